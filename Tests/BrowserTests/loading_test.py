"""No value under a label that it does not belong to, whatever the answers do; and recovery without help."""

import json
import pathlib
import random
import re
import subprocess

from playground import SETTLED, PlaygroundCase

PAIRS = (pathlib.Path(__file__).parent / "pairs.js").read_text()
REFERENCE = """(() => {
    const text = (selector) => document.querySelector(selector).textContent.trim();
    return {
        curve: ['function', 'derivative'].map((style) => document.querySelector(`#plot .${style}`)?.getAttribute('d')),
        asymptotes: text('#asymptotes'), formula: text('#formula'), derivation: text('#derivations'),
    };
})()"""
V1 = ("*/v1", "*/v1/*")
# Waits of more than 200 ms never end, so that what happens does not happen because of them.
NO_LONG_WAITS = """
    const original = window.setTimeout;
    window.setTimeout = (work, milliseconds, ...rest) => (milliseconds > 200 ? 0 : original(work, milliseconds, ...rest));
"""


class LoadingTest(PlaygroundCase):
    def watched(self, fragment):
        page = self.enterContext(self.browser.page())
        page.run_before_scripts(PAIRS)
        self.load(page, fragment)
        return page

    def choose(self, page, name):
        page.evaluate(f"document.querySelector('#tabs [data-name={name}]').click()")
        page.wait(f"document.querySelector('#tabs [aria-current]').dataset.name === '{name}'")

    def assert_pairs(self, page):
        """Every pair that was ever seen is one that the service confirms. Returns how many kinds of pairs there were."""
        seen = page.evaluate("seen")
        references = {"page": self.page("#sigmoid")}
        for kind, labels in seen.items():
            for label, values in labels.items():
                for value in values:
                    with self.subTest(kind=kind, label=label):
                        getattr(self, f"confirm_{kind}")(json.loads(label), json.loads(value), references)
        return set(seen)

    def number(self, text):
        return text if text in ("NaN", "Infinity", "-Infinity") else float(text)

    def confirm_reading(self, label, shown, _):
        name, value_name, slope_name, alpha, x = label
        if value_name != f"{name}(x)" or slope_name != f"{name}′(x)":
            self.assertEqual(shown, ["", ""])
        parameters = {"alpha": float(alpha)} if alpha else {}
        for text, operation in zip(shown, ("forward", "derivative")):
            if text in ("", "—") or text.startswith("undefined"):
                continue
            output = self.service.evaluate(name, operation, input=self.number(x), **parameters)["output"]
            self.assertEqual(self.number(text), output)

    def confirm_spoken(self, label, shown, _):
        if not shown:
            return
        name, alpha = label
        x, value = re.match(r"x (\S+), function (\S+), ", shown).groups()
        parameters = {"alpha": float(alpha)} if alpha else {}
        self.assertEqual(float(value), self.service.evaluate(name, "forward", input=float(x), **parameters)["output"])

    def reference(self, fragment, references):
        """What a page that nothing hurries shows of a function."""
        if fragment not in references:
            page = references["page"]
            page.evaluate(f"""new Promise((done) => {{
                if (location.hash === '{fragment}') done();
                addEventListener('hashchange', done, {{ once: true }});
                location.hash = '{fragment}';
            }})""")
            page.wait(SETTLED)
            references[fragment] = page.evaluate(REFERENCE)
        return references[fragment]

    def confirm_curve(self, label, shown, references):
        if shown == [None, None]:
            return
        name, alpha, start, end = label
        query = f"from={start}&to={end}" + (f"&alpha={alpha}" if alpha else "")
        for path, settled in zip(shown, self.reference(f"#{name}?{query}", references)["curve"]):
            self.assert_on(self.points(path), self.points(settled))

    def points(self, path):
        values = [float(text) for text in re.findall(r"-?[\d.]+", path)]
        return list(zip(values[::2], values[1::2]))

    def assert_on(self, points, curve):
        """Within a pixel, in the view, which the settled curve spans.

        A curve that is being refined has fewer points, and may not reach the edges yet or go beyond them.
        """
        self.assertGreater(len(curve), 1)
        for x, y in points:
            left = max((point for point in curve if point[0] <= x + 1), default=None)
            right = min((point for point in curve if point[0] >= x - 1), default=None)
            if not left or not right:
                continue
            near = [py for px, py in curve if abs(px - x) < 4] + [left[1], right[1]]
            self.assertTrue(min(near) - 1 <= y <= max(near) + 1, (x, y, near))

    def confirm_asymptotes(self, label, shown, references):
        name, alpha = label
        if shown:
            fragment = f"#{name}" + (f"?alpha={alpha}" if alpha else "")
            self.assertEqual(shown, self.reference(fragment, references)["asymptotes"])

    def confirm_vector(self, label, shown, _):
        name, components, temperature = label
        vector, t = [float(word) for word in components.split(",")], float(temperature)
        scaled = [x / t for x in vector]
        forward = self.service.evaluate(name, "forward", input=scaled)["output"]
        jacobian = [value / t for row in self.service.evaluate(name, "jacobian", input=scaled)["output"] for value in row]
        if ":" in shown["chances"]:
            self.assertEqual([float(word) for word in shown["chances"].split(":")[1].split(",")], forward)
        self.assertIn(len(shown["bars"]), (len(vector),))
        for text, value in zip(shown["bars"], forward, strict=True):
            if text:
                self.assertAlmostEqual(float(text.replace("−", "-")), value, delta=5e-4)
        for title, text, value in zip(shown["titles"], shown["cells"], jacobian, strict=True):
            # Both are there or both are not.
            self.assertEqual(bool(title), bool(text))
            if title:
                self.assertEqual(float(title), value)
                self.assertAlmostEqual(float(text.replace("−", "-")), value, delta=abs(value) * 0.06)
        if shown["entry"]:
            self.assertEqual(float(shown["entry"].removeprefix("= ").replace("−", "-")), jacobian[shown["chosen"]])

    def confirm_formula(self, name, shown, references):
        settled = self.reference(f"#{name}", references)["formula"]
        catalogue = json.loads(self.service.get(f"v1/{name}")[2])["formula"]
        self.assertIn(shown, ("", settled, catalogue))

    def confirm_derivation(self, name, shown, references):
        settled = self.reference(f"#{name}", references)["derivation"]
        self.assertIn(shown, ("", settled))

    def confirm_title(self, name, shown, _):
        entry = json.loads(self.service.get(f"v1/{name}")[2])
        self.assertEqual(shown, [entry["title"], entry["summary"]])

    def confirm_answer(self, curl, shown, references):
        if shown in ("", "—") or not curl:
            return
        if curl not in references:
            references[curl] = subprocess.run(
                ["sh", "-c", curl], capture_output=True, text=True, timeout=20, check=True).stdout
        self.assertEqual(shown, references[curl])

    def confirm_request(self, curl, shown, _):
        if shown in ("", "—"):
            return
        path = re.match(r"POST (\S+)", shown).group(1)
        self.assertIn(path, curl)
        self.assertIn(shown.split("\n\n")[1], curl)

    def test_while_the_service_is_away_nothing_of_another_function_is_shown_and_it_comes_back_by_itself(self):
        page = self.watched("#sigmoid")
        page.hold(*V1)
        self.choose(page, "tanh")
        for _ in range(12):  # The page goes on asking.
            for request, _ in page.await_held():
                page.fail(request)
        page.wait("!document.querySelector('#notice').hidden")
        self.assertEqual(self.text(page, "#notice-text"), "The service does not answer.")
        self.assertEqual(self.texts(page, "#value, #slope, #answer, #derivations"), [""] * 4)
        self.assertEqual(page.evaluate("document.querySelectorAll('#plot .function, #plot .derivative, #plot .dot').length"), 0)
        self.assertEqual(page.evaluate("document.querySelectorAll('[aria-busy=true]').length > 3"), True)
        for request, _ in page.held():
            page.fail(request)
        page.hold_no_more()
        page.wait(SETTLED)
        page.wait("document.querySelector('#notice').hidden")
        value = self.service.evaluate("tanh", "forward", input=1)["output"]
        self.assertEqual(self.text(page, "#value"), str(value))
        self.assertGreaterEqual(self.assert_pairs(page), {"reading", "curve", "formula", "derivation", "answer"})

    def test_the_network_and_the_tab_coming_back_are_not_waited_for(self):
        for event in ("window.dispatchEvent(new Event('online'))", "document.dispatchEvent(new Event('visibilitychange'))"):
            with self.subTest(event=event), self.browser.page() as page:
                page.run_before_scripts(NO_LONG_WAITS)
                self.load(page, "#sigmoid")
                page.hold(*V1)
                self.choose(page, "relu")
                for request, _ in page.await_held(6):
                    page.fail(request)
                for request, _ in page.await_held():  # Asked again soon, and refused again: now the waits are long.
                    page.fail(request)
                page.hold_no_more()
                page.evaluate(event)
                page.wait(SETTLED)

    def test_the_pointer_follows_the_axes_while_the_curve_of_another_function_is_late(self):
        page = self.page("#tanh?from=-6&to=6")
        page.hold(*V1)
        page.evaluate("location.hash = '#relu?from=0&to=100'")
        page.wait("document.querySelector('#to').value === '100' && !document.querySelector('#plot .function')")
        labels = """[...document.querySelectorAll('#plot text[text-anchor=middle]')]
            .map((t) => [Number(t.textContent.replace('−', '-')), t.getBoundingClientRect()])
            .map(([x, box]) => [x, box.left + box.width / 2])"""
        ticks = {x: pixel for x, pixel in page.evaluate(labels)}
        self.assertIn(40, ticks)
        _, y, _, height = page.box("#plot")
        page.mouse("mouseMoved", ticks[40], y + height / 2)
        page.wait("Number(document.querySelector('#x').value) > 10")
        self.assertAlmostEqual(float(page.evaluate("document.querySelector('#x').value")), 40, delta=0.5)
        page.hold_no_more()
        page.wait(SETTLED)

    def test_a_request_that_is_never_answered_is_given_up_and_asked_again(self):
        page = self.watched("#sigmoid")
        page.hold(*V1)
        self.choose(page, "tanh")
        page.await_held(4)
        page.await_held()
        page.hold_no_more()
        page.wait(SETTLED)
        self.assert_pairs(page)

    def test_answers_that_come_late_and_in_another_order_change_nothing(self):
        page = self.watched("#leaky_relu")
        chance = random.Random(22)
        waiting = []
        page.hold(*V1)

        def set_slider(selector, value):
            return (f"(() => {{ const s = document.querySelector('{selector}'); s.value = {value};"
                    " s.dispatchEvent(new Event('input', { bubbles: true })); })()")

        actions = [lambda name=name: self.choose(page, name) for name in ("relu", "tanh", "leaky_relu")]
        actions += [lambda x=x: page.type("#x", x) for x in ("-2", "0.123", "-3.25")]
        actions += [lambda a=a: page.type("#parameter-alpha", a) for a in ("0.5", "0.25", "0.75")]
        actions += [lambda v=v: page.evaluate(set_slider("#slide-alpha", v)) for v in (1.5, -0.5, 0.1)]
        actions += [lambda o=o: page.evaluate(f"document.querySelector('[name=operation][value={o}]').click()") for o in ("derivative", "forward")]
        actions += [lambda: self.choose(page, "softmax"), lambda: page.type("#components", "3, 1"),
                    lambda: page.evaluate(set_slider("#temperature", 0.3)), lambda: page.type("#components", "0.5, 2, 1"),
                    lambda: page.evaluate("document.querySelector('#heatmap tbody tr:nth-child(2) td').click()"),
                    lambda: page.evaluate("document.querySelector('#more').click()"),
                    lambda: self.choose(page, "sigmoid"), lambda: page.type("#from", "-3"), lambda: page.click("#zoom-in")]
        for action in actions:
            action()
            for _ in range(4):
                waiting += page.held()
                chance.shuffle(waiting)
                for _ in range(chance.randrange(4)):
                    if waiting:
                        request, _url = waiting.pop()  # Often an old one, after newer ones.
                        (page.fail if chance.random() < 0.2 else page.release)(request)
        page.hold_no_more()
        page.wait(SETTLED)
        kinds = self.assert_pairs(page)
        self.assertEqual(len(kinds), 10, kinds)

    def test_a_drag_shows_each_step_with_its_own_values(self):
        for fragment, selector in (("#leaky_relu", "#slide-alpha"), ("#softmax", "#temperature"), ("#softmax", "#scores .column .track")):
            with self.subTest(selector=selector):
                page = self.watched(fragment)
                x, y, width, height = page.box(selector)
                if width > height:
                    page.drag((x + width / 2, y + height / 2), (x + width * 0.9, y + height / 2), steps=12)
                else:
                    page.drag((x + width / 2, y + height / 2), (x + width / 2, y + height * 0.1), steps=12)
                page.wait(SETTLED)
                page.wait(f"location.hash.length > {len(fragment)}")
                self.assert_pairs(page)
                self.assertGreater(len(page.evaluate("Object.keys(seen.curve ?? seen.vector)")), 3)

    def test_a_busy_service_and_a_stranger_in_its_place_are_asked_again(self):
        page = self.watched("#sigmoid")
        page.hold(*V1)
        self.choose(page, "tanh")
        answers = [(503, '{"detail":"The server is busy."}'), (200, "<html>Log in to the network</html>"), (502, "Bad Gateway")]
        for status, body in answers * 3:
            for request, _ in page.await_held():
                page.fulfil(request, status, body)
        page.hold_no_more()
        page.wait(SETTLED)
        page.wait("document.querySelector('#notice').hidden")
        self.assert_pairs(page)

    def test_a_problem_is_said_and_not_asked_again(self):
        page = self.watched("#sigmoid")
        page.hold(*V1)
        self.choose(page, "leaky_relu")
        for request, url in page.await_held(5):
            if "derivative" in url:
                page.fulfil(request, 422, '{"detail":"alpha is out of its range."}')
            else:
                page.release(request)
        for request, url in page.held():
            page.release(request)
        page.wait("document.querySelector('#notice-text').textContent === 'alpha is out of its range.'")
        self.assertEqual(page.evaluate("document.querySelector('#again').hidden"), True)
        self.assertEqual(page.evaluate("document.querySelectorAll('#plot .function').length"), 0)
        page.hold_no_more()
        page.type("#parameter-alpha", "0.5")
        page.wait(SETTLED)
        page.wait("document.querySelector('#notice').hidden")
        self.assert_pairs(page)

    def test_an_answer_of_the_routes_is_gone_once_its_request_is_edited(self):
        page = self.watched("#sigmoid")
        page.evaluate("[...document.querySelectorAll('#route-list details')].find((d) => d.textContent.includes('POST')).open = true")
        page.wait("document.querySelector('form.try textarea')")
        page.click("form.try .primary")
        page.wait("document.querySelector('form.try [role=status]').textContent")
        page.type("form.try textarea", '{"input": 2}')
        shown = "['[role=status]', 'pre:last-child'].map((s) => document.querySelector(`form.try ${s}`).textContent)"
        self.assertEqual(page.evaluate(shown), ["", ""])
        page.hold(*V1)
        page.click("form.try .primary")
        held = page.await_held()
        page.type("form.try textarea", '{"input": 3}')
        for request, _ in held:
            page.release(request)
        page.click("form.try .primary")
        page.hold_no_more()
        page.wait("document.querySelector('form.try [role=status]').textContent")
        output = self.service.evaluate("sigmoid", "forward", input=3)["output"]
        self.assertIn(str(output), page.evaluate(shown)[1])

    def test_before_the_catalogue_is_there_nothing_can_be_changed(self):
        page = self.enterContext(self.browser.page())
        page.run_before_scripts(PAIRS)
        page.hold(*V1)
        page.open(self.service.url + "#tanh")
        self.assertEqual(page.evaluate("document.querySelector('main').inert"), True)
        for request, _ in page.await_held():
            page.fail(request)
        page.hold_no_more()
        page.wait(SETTLED)
        self.assertEqual(page.evaluate("document.querySelector('main').inert"), False)
        self.assert_pairs(page)
