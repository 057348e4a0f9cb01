"""The playground in a headless Chromium. Run by Scripts/browser-test, which says where the service's program is."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from devtools import Browser
from service import Service

ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky_relu", "softmax"]
ACCESSIBILITY = (pathlib.Path(__file__).parent / "accessibility.js").read_text()
SHIFTS = """
    window.shift = 0;
    window.shifted = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
            window.shift += entry.value;
            window.shifted.push(...entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName));
        }
    }).observe({ type: 'layout-shift', buffered: true });
"""
SETTLED = """document.querySelector('#route-list details') && document.querySelector('#status').textContent
    && document.querySelector('.chain math') && document.querySelector('#tabs [aria-current]')
    && (document.querySelector('#curve').hidden ? document.querySelector('#entry')
        : document.querySelector('#plot .function') && document.querySelector('#value').textContent.trim())"""


class PlaygroundTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service(os.environ["ACTIVATION_SERVER"]))
        cls.browser = cls.enterClassContext(Browser())

    def page(self, fragment, **options):
        page = self.enterContext(self.browser.page(**options))
        page.run_before_scripts(SHIFTS)
        page.open(self.service.url + fragment)
        page.wait(SETTLED)
        return page

    def text(self, page, selector):
        return page.evaluate(f"document.querySelector({json.dumps(selector)}).textContent")

    def assert_calm(self, page):
        self.assertEqual(page.complaints(), [])
        for url in page.requests():
            self.assertTrue(url.startswith((self.service.url, "data:", "about:")), url)

    def test_every_view_renders_without_a_complaint(self):
        for name in ACTIVATIONS:
            for dark in (False, True):
                with self.subTest(name=name, dark=dark):
                    page = self.page(f"#{name}", dark=dark)
                    self.assert_calm(page)
                    self.assertEqual(page.evaluate("document.querySelectorAll('#formula math').length"), 1)
                    self.assertGreater(page.evaluate("document.querySelectorAll('.chain math').length"), 4)
                    boxes = page.evaluate(
                        "[...document.querySelectorAll('.chain .right')].map((m) => m.getBoundingClientRect().height)")
                    self.assertTrue(all(height > 5 for height in boxes), boxes)

    def test_nothing_overflows_and_everything_can_be_used_at_360_and_1440_pixels(self):
        for width in (360, 1440):
            for name in ACTIVATIONS:
                for dark in (False, True):
                    with self.subTest(width=width, name=name, dark=dark):
                        page = self.page(f"#{name}", width=width, height=800, touch=width < 500, dark=dark)
                        page.evaluate("document.querySelectorAll('details').forEach((element) => (element.open = true))")
                        page.wait("document.querySelectorAll('form.try').length"
                                  " === document.querySelectorAll('#route-list details').length")
                        self.assertEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth <= 0"), True)
                        self.assertEqual(page.evaluate("""[...document.querySelectorAll('main *')]
                            .filter((e) => e.checkVisibility() && !e.closest('ol, .scroll, svg, pre, .unseen'))
                            .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80))"""), [])
                        self.assertEqual(page.evaluate(ACCESSIBILITY), [])

    def test_the_check_of_accessibility_finds_what_is_wrong(self):
        page = self.page("#sigmoid")
        page.evaluate("""(() => {
            const add = (tag, text, css) => {
                const element = document.createElement(tag);
                element.textContent = text;
                for (const [name, value] of Object.entries(css ?? {})) element.style[name] = value;
                document.querySelector('main').append(element);
            };
            add('p', 'pale', { color: 'rgb(150, 150, 150)' });
            add('input', '');
            add('button', '×', { width: '10px', minWidth: '0', padding: '0' });
            add('h4', 'too deep');
            document.querySelector('#plot').id = 'curve';
        })()""")
        found = " | ".join(page.evaluate(ACCESSIBILITY))
        for fault in ('"pale"', "No name: input", "Small: button", "skips a level", "Twice: #curve"):
            self.assertIn(fault, found)

    def test_assistive_technology_gets_a_name_for_all_that_can_be_focused(self):
        for name in ("leaky_relu", "softmax"):
            page = self.page(f"#{name}")
            nodes = page.send("Accessibility.getFullAXTree")["nodes"]
            focusable = [
                node for node in nodes if not node["ignored"] and node["role"]["value"] != "RootWebArea"
                and any(p["name"] == "focusable" and p["value"]["value"] for p in node.get("properties", []))]
            self.assertGreater(len(focusable), 20)
            unnamed = [n["role"]["value"] for n in focusable if not n.get("name", {}).get("value", "").strip()]
            self.assertEqual([role for role in unnamed if role not in ("main", "generic")], [])

    def test_nothing_moves_while_the_page_loads(self):
        for width in (360, 1440):
            for name in ("sigmoid", "softmax"):
                with self.subTest(width=width, name=name):
                    page = self.page(f"#{name}", width=width, height=800)
                    self.assertLess(page.evaluate("window.shift"), 0.01, page.evaluate("window.shifted"))

    def test_without_motion_nothing_has_a_transition(self):
        longest = """Math.max(...[...document.querySelectorAll('*')].map((element) =>
            parseFloat(getComputedStyle(element).transitionDuration)))"""
        self.assertEqual(self.page("#softmax", reduced_motion=True).evaluate(longest), 0)
        self.assertGreater(self.page("#softmax").evaluate(longest), 0)

    def test_the_values_on_screen_are_those_of_the_api(self):
        for name, x, parameters in [
                ("sigmoid", 1.25, {}), ("tanh", -0.3, {}), ("relu", 2, {}), ("leaky_relu", -3, {"alpha": 0.2}),
                ("sigmoid", 0.123456789, {}), ("sigmoid", -5.5, {})]:
            with self.subTest(name=name, x=x):
                query = "&".join(f"{key}={value}" for key, value in {"x": x, **parameters}.items())
                page = self.page(f"#{name}?{query}")
                value = self.service.evaluate(name, "forward", input=x, **parameters)["output"]
                slope = self.service.evaluate(name, "derivative", input=x, **parameters)["output"]
                self.assertEqual(float(self.text(page, "#value")), value)
                self.assertEqual(float(self.text(page, "#slope")), slope)
                self.assertEqual(json.loads(self.text(page, "#answer"))["output"], value)
                centre = page.evaluate("Number(document.querySelector('.dot.f').getAttribute('cy'))")
                ticks = page.evaluate("""[...document.querySelectorAll('#plot text[text-anchor=end]:not(.value)')]
                    .map((t) => [Number(t.textContent.replace('−', '-')), Number(t.getAttribute('y')) - 4])""")
                (low, bottom), (high, top) = ticks[0], ticks[-1]
                self.assertAlmostEqual(bottom + (value - low) / (high - low) * (top - bottom), centre, delta=0.2)

    def test_the_curve_goes_through_the_values_of_the_api(self):
        page = self.page("#tanh?from=-3&to=3")
        x, f, d = page.evaluate("""(async () => {
            const path = (style) => document.querySelector(`#plot .${style}`).getAttribute('d').match(/-?[\\d.]+/g).map(Number);
            const ticks = [...document.querySelectorAll('#plot text')].map((t) => [t.getAttribute('text-anchor'), Number(t.textContent.replace('−', '-')), Number(t.getAttribute('x')), Number(t.getAttribute('y')) - 4]);
            const across = ticks.filter(([anchor]) => anchor === 'middle');
            const up = ticks.filter(([anchor]) => anchor === 'end');
            const scale = (list, place) => (pixel) => list[0][1] + (pixel - list[0][place]) / (list.at(-1)[place] - list[0][place]) * (list.at(-1)[1] - list[0][1]);
            const [toX, toY] = [scale(across, 2), scale(up, 3)];
            const [f, d] = [path('function'), path('derivative')];
            const pick = (list, first) => list.filter((_, index) => index % 2 === first);
            return [pick(f, 0).map(toX), pick(f, 1).map(toY), pick(d, 1).map(toY)];
        })()""")
        self.assertGreater(len(x), 400)
        for shown, operation in ((f, "forward"), (d, "derivative")):
            for seen, value in zip(shown, self.service.evaluate("tanh", operation, input=x)["output"]):
                self.assertAlmostEqual(seen, value, delta=0.02)

    def test_a_kink_is_two_open_circles_and_has_no_derivative(self):
        page = self.page("#leaky_relu?alpha=0.25&x=0")
        self.assertEqual(page.evaluate("document.querySelectorAll('#plot .open').length"), 2)
        self.assertEqual(page.evaluate("[...document.querySelectorAll('#plot .value')].map((t) => t.textContent)"), ["0.25", "1"])
        self.assertEqual(self.text(page, "#slope"), "undefined: 0.25 from the left, 1 from the right")
        self.assertEqual(page.evaluate("document.querySelectorAll('#plot .dot.d').length"), 0)
        page.type("#parameter-alpha", "1")
        page.wait("document.querySelectorAll('#plot .open').length === 0 && document.querySelector('#slope').textContent === '1'")
        self.assert_calm(page)

    def test_dragging_zooming_and_keys_change_the_view_and_the_url(self):
        page = self.page("#sigmoid")
        x, y, width, height = page.box("#plot")
        page.drag((x + width / 2, y + height / 2), (x + width / 2 - 200, y + height / 2))
        page.wait("Number(document.querySelector('#from').value) > -5")
        self.assertGreater(float(page.evaluate("document.querySelector('#to').value")), 7)
        page.wait("location.hash.includes('from=')")
        self.assertEqual(page.evaluate("document.querySelector('#plot .function').getAttribute('d').includes('NaN')"), False)
        page.click("#zoom-reset")
        page.wait("document.querySelector('#from').value === '-6'")
        page.click("#zoom-in")
        page.wait("document.querySelector('#from').value === '-4'")
        page.mouse("mouseWheel", x + width / 2, y + height / 2, deltaX=0, deltaY=60, modifiers=2)
        page.wait("Number(document.querySelector('#from').value) < -4")
        page.click("#zoom-reset")
        page.mouse("mouseMoved", 5, 5)
        page.type("#x", "1")
        page.evaluate("document.querySelector('#plot').focus()")
        page.key("ArrowRight")
        page.wait("document.querySelector('#plot').getAttribute('aria-valuenow') === '1.1'")
        value = self.service.evaluate("sigmoid", "forward", input=1.1)["output"]
        self.assertEqual(float(self.text(page, "#value")), value)
        self.assertIn(str(value), page.evaluate("document.querySelector('#plot').getAttribute('aria-valuetext')"))
        page.key("+")
        page.wait("Number(document.querySelector('#to').value) < 6")
        page.mouse("mouseMoved", *page.box("#plot")[:2])
        x, y, width, height = page.box("#plot")
        page.mouse("mouseMoved", x + width * 0.75, y + height / 2)
        page.wait("document.querySelector('#plot').getAttribute('aria-valuenow') !== '1.1'")
        self.assert_calm(page)

    def test_asymptotes_are_drawn_where_the_function_tends_to(self):
        for name, values in [("sigmoid", [0, 1]), ("tanh", [-1, 1]), ("relu", [0]), ("leaky_relu", [])]:
            page = self.page(f"#{name}")
            self.assertEqual(page.evaluate("document.querySelectorAll('#plot .asymptote').length"), len(values))
            text = self.text(page, "#asymptotes")
            self.assertEqual([float(part.split("=")[1]) for part in text.split("y ")[1:] for part in [part.replace("and", "")]], values)

    def test_a_finger_moves_the_view_and_two_zoom(self):
        page = self.page("#tanh", width=390, height=844, touch=True)
        x, y, width, height = page.box("#plot")
        middle = (x + width / 2, y + height / 2)

        def touch(kind, *points):
            page.send("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": [{"x": px, "y": py, "id": index} for index, (px, py) in enumerate(points)]})

        touch("touchStart", middle)
        for step in range(1, 8):
            touch("touchMove", (middle[0] - 10 * step, middle[1]))
        touch("touchEnd")
        page.wait("Number(document.querySelector('#from').value) > -5")
        page.click("#zoom-reset")
        page.wait("document.querySelector('#from').value === '-6'")
        x, y, width, height = page.box("#plot")
        middle = (x + width / 2, y + height / 2)
        touch("touchStart", (middle[0] - 30, middle[1]), (middle[0] + 30, middle[1]))
        for step in range(1, 8):
            touch("touchMove", (middle[0] - 30 - 8 * step, middle[1]), (middle[0] + 30 + 8 * step, middle[1]))
        touch("touchEnd")
        page.wait("Number(document.querySelector('#from').value) > -4 && Number(document.querySelector('#to').value) < 4")
        self.assert_calm(page)

    def test_what_goes_wrong_is_seen(self):
        page = self.page("#leaky_relu")
        page.send("Network.emulateNetworkConditions", {
            "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
        page.type("#parameter-alpha", "0.5")
        page.wait("document.querySelector('#say').className === 'shown'")
        self.assertEqual(self.text(page, "#say"), "The service does not answer.")
        page.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
        page.type("#parameter-alpha", "0.75")
        value = self.service.evaluate("leaky_relu", "forward", input=-2, alpha=0.75)["output"]
        page.type("#x", "-2")
        page.wait(f"document.querySelector('#value').textContent === '{value}'")

    def test_a_drag_changes_bars_and_heatmap(self):
        page = self.page("#softmax")
        before = page.evaluate("[...document.querySelectorAll('#heatmap td')].map((cell) => cell.title)")
        x, y, width, height = page.box("#scores .column")
        page.drag((x + width / 2, y + height * 0.42), (x + width / 2, y + height * 0.1))
        page.wait("Number(document.querySelector('#scores .column').getAttribute('aria-valuenow')) > 4")
        vector = [float(x) for x in page.evaluate("document.querySelector('#components').value").split(",")]
        self.assertEqual(vector[1:], [2, 3])
        forward = self.service.evaluate("softmax", "forward", input=vector)["output"]
        jacobian = self.service.evaluate("softmax", "jacobian", input=vector)["output"]
        page.wait(f"document.querySelector('#chances').getAttribute('aria-label').includes('{forward[0]}')")
        cells = page.evaluate("[...document.querySelectorAll('#heatmap td:not(.sum)')].map((cell) => Number(cell.title))")
        self.assertEqual(cells, [value for row in jacobian for value in row])
        self.assertNotEqual([str(cell) for cell in cells], before)
        bar, column = page.evaluate("""(async () => {
            await new Promise((done) => setTimeout(done, 200));
            const bar = document.querySelector('#chances i');
            return [bar.getBoundingClientRect().height, bar.parentElement.getBoundingClientRect().height];
        })()""")
        self.assertAlmostEqual(bar / column, forward[0], delta=0.01)
        sums = page.evaluate("[...document.querySelectorAll('#heatmap .sum')].map((cell) => Number(cell.textContent.replaceAll('−', '-')))")
        for total in sums:
            self.assertLess(abs(total), 1e-15)
        page.wait("location.hash.includes('v=')")
        self.assert_calm(page)

    def test_an_entry_of_the_jacobian_is_written_out_with_its_numbers(self):
        page = self.page("#softmax?v=0.5,-1,2&i=2&j=0")
        forward = self.service.evaluate("softmax", "forward", input=[0.5, -1, 2])["output"]
        entry = self.service.evaluate("softmax", "derivative", input=[0.5, -1, 2], i=2, j=0)["output"]
        lines = page.evaluate("[...document.querySelectorAll('#written p')].map((line) => line.textContent)")
        self.assertEqual(lines[1:], [f"= −{forward[0]} · {forward[2]}", f"= {entry}".replace("-", "−")])
        page.click("#heatmap tbody tr:nth-child(2) td:nth-child(3)")
        page.key("ArrowDown")
        page.key("ArrowRight")
        page.wait("document.querySelector('#heatmap [aria-selected=true]') === document.activeElement")
        entry = self.service.evaluate("softmax", "derivative", input=[0.5, -1, 2], i=2, j=2)["output"]
        lines = page.evaluate("[...document.querySelectorAll('#written p')].map((line) => line.textContent)")
        self.assertEqual(lines[1:], [f"= {forward[2]} · (1 − {forward[2]})", f"= {entry}"])
        self.assert_calm(page)

    def test_softmax_by_keyboard_and_by_text(self):
        page = self.page("#softmax")
        page.evaluate("document.querySelector('#scores .column').focus()")
        page.key("ArrowUp")
        page.wait("document.querySelector('#components').value === '1.1, 2, 3'")
        page.click("#more")
        page.wait("document.querySelectorAll('#heatmap tbody tr').length === 4 && document.querySelector('#entry')")
        page.type("#components", "3, 1")
        page.wait("document.querySelectorAll('#scores .column').length === 2")
        expected = self.service.evaluate("softmax", "forward", input=[3, 1])["output"]
        page.wait(f"document.querySelector('#chances').getAttribute('aria-label').includes('{expected[0]}, {expected[1]}')")
        page.evaluate("(() => { const t = document.querySelector('#temperature'); t.value = 0.3; t.dispatchEvent(new Event('input')); })()")
        expected = self.service.evaluate("softmax", "forward", input=[3 / 2, 1 / 2])["output"]
        page.wait(f"document.querySelector('#chances').getAttribute('aria-label').includes('{expected[0]}, {expected[1]}')")
        self.assert_calm(page)

    def test_the_copied_line_gives_the_answer_shown(self):
        for fragment in [
                "#leaky_relu?alpha=0.2&x=0&operation=derivative", "#softmax?v=1,2.5&operation=jacobian",
                "#softmax?operation=derivative&i=1&j=1", "#sigmoid?x=-2.5"]:
            with self.subTest(fragment=fragment):
                page = self.page(fragment)
                self.browser.send("Browser.grantPermissions", {
                    "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": self.service.url, "browserContextId": page.context})
                page.click("[data-copy=curl]")
                page.wait("document.querySelector('[data-copy=curl]').textContent === 'Copied'")
                line = page.evaluate("navigator.clipboard.readText()")
                self.assertEqual(line, self.text(page, "#curl"))
                answer = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=20, check=True).stdout
                self.assertEqual(answer, self.text(page, "#answer"))
                page.click("[data-copy=answer]")
                page.wait("document.querySelector('[data-copy=answer]').textContent === 'Copied'")
                self.assertEqual(page.evaluate("navigator.clipboard.readText()"), answer)

    def test_a_shared_url_shows_the_same_view(self):
        page = self.page("#tanh")
        page.type("#from", "-2")
        page.type("#x", "0.5")
        page.evaluate("document.querySelector('input[name=operation][value=derivative]').click()")
        page.wait("location.hash.includes('from=-2') && location.hash.includes('x=0.5') && location.hash.includes('derivative')")
        fragment = page.evaluate("location.hash")
        other = self.page(fragment)
        for selector in ("#value", "#slope", "#curl", "#title"):
            self.assertEqual(self.text(other, selector), self.text(page, selector))
        self.assertEqual(other.evaluate("document.querySelector('#from').value"), "-2")
        other.evaluate("document.querySelectorAll('#tabs a')[4].click()")
        other.wait("document.querySelector('#title').textContent === 'Softmax' && document.querySelector('#entry')")
        other.evaluate("history.back()")
        other.wait("document.querySelector('#title').textContent === 'Hyperbolic tangent'")
        self.assertEqual(self.text(other, "#value"), self.text(page, "#value"))

    def test_nonsense_in_the_url_is_passed_over(self):
        for fragment in ("#nope", "#tanh?from=5&to=1&x=abc", "#softmax?v=a,b&i=99&j=-1&temperature=0", "#%3Cimg%20src=x%3E", "#%",
                         "#leaky_relu?alpha=1e308", "#leaky_relu?alpha=-1e308&x=-6", "#softmax?v=1e308,-1e308"):
            with self.subTest(fragment=fragment):
                self.assert_calm(self.page(fragment))

    def test_every_route_can_be_tried(self):
        page = self.page("#leaky_relu")
        count = page.evaluate("document.querySelectorAll('#route-list details').length")
        self.assertGreater(count, 30)
        for index in range(count):
            path, status, line, body = page.evaluate(f"""(async () => {{
                const item = document.querySelectorAll('#route-list details')[{index}];
                item.hidden = false;
                item.open = true;
                while (!item.querySelector('form')) await new Promise((done) => setTimeout(done, 5));
                const status = item.querySelector('[role=status]');
                item.querySelector('.primary').click();
                while (!status.textContent) await new Promise((done) => setTimeout(done, 5));
                const [line, answer] = item.querySelectorAll('pre');
                return [item.querySelector('.path').textContent, status.textContent, line.textContent, answer.textContent];
            }})()""")
            with self.subTest(path=path):
                self.assertTrue(status.startswith("200 OK"), status)
                answer = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=20, check=True).stdout
                # A browser's answer carries the same; of a long one the page shows the beginning.
                self.assertEqual(answer[:200], body[:200])
        self.assert_calm(page)

    def test_the_policy_blocks_everything_foreign(self):
        page = self.page("#sigmoid")
        blocked = page.evaluate("""(async () => {
            const seen = [];
            addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
            const add = (tag, properties, parent = document.body) => parent.append(Object.assign(document.createElement(tag), properties));
            window.ran = false;
            add('script', { textContent: 'window.ran = true' });
            add('script', { src: 'https://example.com/a.js' });
            add('script', { src: 'openapi.json' });
            add('style', { textContent: 'body { color: red }' });
            add('link', { rel: 'stylesheet', href: 'https://example.com/a.css' });
            add('img', { src: 'https://example.com/a.png' });
            add('iframe', { src: 'https://example.com/' });
            document.body.setAttribute('onclick', 'window.ran = true');
            document.body.click();
            const fetched = await fetch('https://example.com/').then(() => true, () => false);
            const evaluated = (() => { try { return setTimeout('window.ran = true', 0) && false; } catch { return false; } })();
            await new Promise((done) => setTimeout(done, 100));
            return { seen, ran: window.ran, fetched, evaluated, red: getComputedStyle(document.body).color === 'rgb(255, 0, 0)' };
        })()""")
        self.assertEqual((blocked["ran"], blocked["fetched"], blocked["red"]), (False, False, False))
        for directive in ("script-src-elem", "script-src-attr", "style-src-elem", "img-src", "frame-src", "connect-src"):
            self.assertIn(directive, blocked["seen"])

    def test_the_page_is_light_and_cached(self):
        status, fields, body = self.service.get("", Accept="text/html")
        self.assertEqual((status, fields["Content-Type"]), (200, "text/html"))
        self.assertLess(len(body.encode()), 60_000)
        status, _, body = self.service.get("", Accept="text/html", **{"If-None-Match": fields["ETag"]})
        self.assertEqual((status, body), (304, ""))

    def test_where_a_token_is_asked_for_the_page_asks_too(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tokens") as file:
            file.write("a-token-for-this-test\n")
            file.flush()
            with Service(os.environ["ACTIVATION_SERVER"], "--token-file", file.name) as service:
                page = self.enterContext(self.browser.page())
                page.open(service.url)
                page.wait("document.querySelector('#token-dialog').open")
                page.type("#token", "a-token-for-this-test")
                page.click("#token-dialog .primary")
                page.wait(SETTLED)
                self.assertEqual(self.text(page, "#value"), "0.7310585786300049")
                self.assertIn('-H "Authorization: Bearer $TOKEN"', self.text(page, "#curl"))
                self.assertNotIn("a-token", page.evaluate("document.body.textContent + location.href"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
