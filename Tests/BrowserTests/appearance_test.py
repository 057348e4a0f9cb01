"""What the page looks like, to eyes and to assistive technology."""

from playground import ACCESSIBILITY, ACTIVATIONS, PlaygroundCase


class AppearanceTest(PlaygroundCase):
    def test_every_view_renders_fits_and_can_be_read(self):
        for width in (360, 1440):
            for dark in (False, True):
                page = self.page("#sigmoid", width=width, height=800, touch=width < 500, dark=dark)
                for name in ACTIVATIONS:
                    with self.subTest(name=name, width=width, dark=dark):
                        self.load(page, f"#{name}")
                        self.assertLess(page.evaluate("window.shift"), 0.01, page.evaluate("window.shifted"))
                        self.assert_typeset(page)
                        page.evaluate("document.querySelectorAll('details').forEach((element) => (element.open = true))")
                        page.wait("document.querySelectorAll('form.try').length"
                                  " === document.querySelectorAll('#route-list details').length")
                        self.assert_fits(page)
                        self.assertEqual(page.evaluate(ACCESSIBILITY), [])
                        self.assert_calm(page)

    def assert_typeset(self, page):
        self.assertEqual(page.evaluate("document.querySelectorAll('#formula math').length"), 1)
        heights = page.evaluate(
            "[...document.querySelectorAll('.chain .right')].map((m) => m.getBoundingClientRect().height)")
        self.assertGreater(len(heights), 4)
        self.assertTrue(all(height > 5 for height in heights), heights)

    def assert_fits(self, page):
        self.assertEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth <= 0"), True)
        self.assertEqual(page.evaluate("""[...document.querySelectorAll('main *')]
            .filter((e) => e.checkVisibility() && !e.closest('ol, .scroll, svg, pre, .unseen'))
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80))"""), [])

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

    def test_nothing_moves_while_the_pointer_reads_the_curve(self):
        for width in (360, 1440):
            with self.subTest(width=width):
                page = self.page("#leaky_relu?alpha=0.123456789012", width=width, height=1400)
                x, y, across, height = page.box("#plot")
                before = page.evaluate("window.shift")
                for part in range(1, 20):
                    page.mouse("mouseMoved", x + across * part / 20, y + height / 2)
                    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                page.type("#x", "0")
                page.wait("document.querySelector('#slope').textContent.startsWith('undefined')")
                self.assertLess(page.evaluate("window.shift") - before, 0.001, page.evaluate("window.shifted"))

    def test_without_motion_nothing_has_a_transition(self):
        longest = """Math.max(...[...document.querySelectorAll('*')].map((element) =>
            parseFloat(getComputedStyle(element).transitionDuration)))"""
        self.assertEqual(self.page("#softmax", reduced_motion=True).evaluate(longest), 0)
        self.assertGreater(self.page("#softmax").evaluate(longest), 0)

    def test_numbers_keep_apart_in_ten_columns(self):
        vector = "1,2,3,4,5,-1,-2,-6,-0.123,0.25"
        for width in (360, 600, 1440):
            with self.subTest(width=width):
                page = self.page(f"#softmax?v={vector}", width=width, height=800, touch=width < 500)
                self.assertEqual(page.evaluate("""(() => {
                    const boxOf = (element) => {
                        const range = document.createRange();
                        range.selectNodeContents(element);
                        return range.getBoundingClientRect();
                    };
                    const wide = [];
                    for (const element of document.querySelectorAll('#heatmap td, .column b, .column small')) {
                        const text = boxOf(element);
                        const room = (element.closest('.column') ?? element).getBoundingClientRect();
                        if (text.left < room.left - 1 || text.right > room.right + 1) wide.push(element.textContent);
                    }
                    return wide;
                })()"""), [])
                self.assertEqual(page.evaluate("document.documentElement.scrollWidth - innerWidth <= 0"), True)
                heights = page.evaluate("[...document.querySelectorAll('.track')].map((t) => t.clientHeight)")
                self.assertEqual(len(set(heights)), 2, "one height for scores, one for probabilities")

    def test_a_phone_shows_the_whole_line_and_speaks_of_fingers(self):
        for width in (320, 390):
            for fragment in ("#leaky_relu?alpha=0.123456789012&x=-2.123456789", "#softmax?v=0.123456789,-1,2,3,4,5,-6.125,1e-10,8,9&operation=derivative"):
                with self.subTest(width=width, fragment=fragment):
                    page = self.page(fragment, width=width, height=844, touch=True)
                    self.assertEqual(page.evaluate("""(() => {
                        const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.querySelector('#curl');
                        return [scrollHeight - clientHeight, scrollWidth - clientWidth];
                    })()"""), [0, 0])
                    self.assert_fits(page)
                    if "relu" in fragment:
                        hint = page.evaluate("document.querySelector('#plot-help').innerText")
                        self.assertIn("pinch", hint)
                        self.assertNotIn("Ctrl", hint)
        hint = self.page("#tanh").evaluate("document.querySelector('#plot-help').innerText")
        self.assertIn("Ctrl + scroll", hint)
        self.assertNotIn("pinch", hint)

    def test_the_tabulator_reaches_everything_in_order_and_shows_where_it_is(self):
        for name in ("leaky_relu", "softmax"):
            with self.subTest(name=name):
                page = self.page(f"#{name}")
                expected = page.evaluate("""(() => {
                    const stops = [...document.querySelectorAll('a, button, input, textarea, pre, summary, [tabindex="0"]')]
                        .filter((e) => e.checkVisibility() && e.tabIndex >= 0 && (e.type !== 'radio' || e.checked));
                    window.reached = [];
                    window.unseen = [];
                    document.addEventListener('focusin', ({ target }) => {
                        const style = getComputedStyle(target.type === 'radio' ? target.parentElement : target);
                        reached.push(stops.indexOf(target));
                        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1) unseen.push(target.outerHTML);
                    });
                    return stops.length;
                })()""")
                self.assertGreater(expected, 30)
                for _ in range(expected):
                    page.key("Tab")
                self.assertEqual(page.evaluate("reached"), list(range(expected)))
                self.assertEqual(page.evaluate("unseen"), [])

    def test_the_link_past_the_navigation_keeps_the_url(self):
        page = self.page("#tanh?x=0.5")
        page.key("Tab")
        self.assertEqual(page.evaluate("document.activeElement.id"), "skip")
        page.key("Enter")
        page.wait("document.activeElement.id === 'main'")
        self.assertEqual(page.evaluate("location.hash"), "#tanh?x=0.5")

    def test_where_the_system_chooses_the_colours_bars_and_curves_are_still_seen(self):
        # What is painted, for computed styles tell the colours that were asked for.
        page = self.page("#softmax?v=1,3", height=2000, forced_colors=True, reduced_motion=True)
        paper = page.pixel("#chances .column:first-child .track")
        for bar in ("#scores .column:last-child i", "#chances .column:last-child i"):
            self.assertNotEqual(page.pixel(bar), paper)
        diagonal, beside = (page.evaluate(f"getComputedStyle({cell}).backgroundColor") for cell in (
            "document.querySelector('#heatmap td')", "document.querySelectorAll('#heatmap td')[1]"))
        self.assertNotEqual(diagonal, beside)
        self.load(page, "#tanh")
        curves = page.evaluate("['.function', '.derivative'].map((s) => getComputedStyle(document.querySelector(s)).stroke)")
        self.assertEqual(len(set(curves)), 2)
