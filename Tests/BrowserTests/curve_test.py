"""The curve, its derivative and the point that is read."""

import json
import re

from playground import PlaygroundCase

# What is wrong with where a drawing's texts and circles lie: outside, or a number over its neighbour.
AXES = """(() => {
    const wrong = [];
    const svg = document.querySelector('SVG');
    const { width, height } = svg.viewBox.baseVal?.width ? svg.viewBox.baseVal : svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((element) => ({ element, box: element.getBBox() }));
    const circles = [...svg.querySelectorAll('circle')].map((element) => ({ element, box: element.getBBox() }));
    for (const { element, box } of [...boxes, ...circles]) {
        if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > width + 0.5 || box.y + box.height > height + 0.5)
            wrong.push(`outside: ${element.outerHTML}`);
    }
    const below = boxes.filter(({ box }) => box.y + box.height > height - 30);
    below.sort((a, b) => a.box.x - b.box.x);
    if (below.length < 2) wrong.push(`only ${below.length} numbers along x`);
    for (let k = 1; k < below.length; k += 1) {
        const [left, right] = [below[k - 1], below[k]];
        if (left.box.x + left.box.width + 4 > right.box.x)
            wrong.push(`${left.element.textContent} runs into ${right.element.textContent}`);
    }
    return wrong;
})()"""


class CurveTest(PlaygroundCase):
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
            self.assertEqual([float(part.split("=")[1].replace("−", "-")) for part in text.split("y ")[1:] for part in [part.replace("and", "")]], values)

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

    def test_numbers_along_the_axes_keep_apart_and_inside(self):
        for width in (360, 1440):
            page = self.page("#sigmoid", width=width, height=800)
            for fragment in ("#relu?from=-1000000&to=1000000", "#tanh?from=999999.998&to=999999.9995", "#sigmoid",
                             "#tanh?from=0.0001&to=0.0011", "#leaky_relu?alpha=1e308",
                             "#leaky_relu?alpha=-0.00001&from=-6&to=-1"):
                with self.subTest(fragment=fragment, width=width):
                    page.evaluate("document.querySelector('#plot').replaceChildren()")
                    page.evaluate(f"location.hash = '{fragment}'")
                    page.wait("document.querySelector('#plot .function')")
                    self.assertEqual(page.evaluate(AXES.replace("SVG", "#plot")), [])

    def test_the_numbers_along_an_axis_have_one_notation(self):
        page = self.page("#sigmoid")
        for fragment in ("#relu?from=-1000000&to=1000000", "#tanh?from=0.0001&to=0.0011", "#sigmoid?from=-1&to=1", "#tanh",
                         "#leaky_relu?alpha=1e308", "#leaky_relu?alpha=-0.00001&from=-6&to=-1", "#relu?from=-0.001&to=0.001"):
            page.evaluate("document.querySelector('#plot').replaceChildren()")
            page.evaluate(f"location.hash = '{fragment}'")
            page.wait("document.querySelector('#plot .function')")
            for anchor in ("middle", "end"):
                labels = self.texts(page, f"#plot text[text-anchor={anchor}]:not(.value)")
                with self.subTest(fragment=fragment, labels=labels):
                    self.assertGreater(len(labels), 1)
                    forms = {re.sub(r"\d+", "0", label.lstrip("−").split("e")[0].split(".")[0])
                             + str(len(label.split("e")[0].partition(".")[2])) + str("e" in label)
                             for label in labels if label != "0" or not any("e" in other for other in labels)}
                    self.assertEqual(len(forms), 1)

    def test_a_derivative_that_coincides_with_its_function_is_seen_beside_it(self):
        for dark in (False, True):
            page = self.page("#relu?x=4", dark=dark)
            y, x = page.evaluate("""(() => {
                const box = document.querySelector('#plot').getBoundingClientRect();
                const [, x, y] = document.querySelector('#plot .function').getAttribute('d').match(/^M([\\d.-]+) ([\\d.]+)/);
                return [box.top + Number(y), box.left + 80];
            })()""")
            painted = [tuple(pixel) for pixel in page.pixels(x, round(y) - 3, 100, 6)]
            for style in (".function", ".derivative"):
                colour = page.evaluate(f"getComputedStyle(document.querySelector('#plot {style}')).stroke.match(/\\d+/g).map(Number)")
                self.assertGreater(painted.count(tuple(colour)), 40, style)

    def test_the_picture_is_a_drawing_with_a_title_whatever_the_range(self):
        page = self.enterContext(self.browser.page())
        for query in ("sigmoid/plot.svg", "relu/plot.svg?from=-1000000&to=1000000", "softmax/plot.svg?theme=dark",
                      "tanh/plot.svg?from=-1000000&to=-999999.999", "tanh/plot.svg?from=0.0001&to=0.0011",
                      "leaky_relu/plot.svg?alpha=1&from=-0&to=1", "leaky_relu/plot.svg?alpha=-3&from=0&to=5",
                      "leaky_relu/plot.svg?alpha=1.7e308", "leaky_relu/plot.svg?alpha=-1e308&from=-1000&to=0"):
            with self.subTest(query=query):
                page.open(f"{self.service.url}v1/{query}")
                self.assertEqual(page.evaluate("document.documentElement.namespaceURI"), "http://www.w3.org/2000/svg")
                self.assertEqual(page.evaluate("document.querySelectorAll('parsererror').length"), 0)
                self.assertTrue(self.text(page, "title").endswith("and its derivative"))
                self.assertIn("Drawn for x from", self.text(page, "desc"))
                self.assertEqual(page.evaluate(AXES.replace("SVG", "svg")), [])
                self.assert_calm(page)
