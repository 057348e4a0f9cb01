"""Scores, probabilities and the Jacobian."""

from playground import PlaygroundCase


class SoftmaxTest(PlaygroundCase):
    def test_a_drag_changes_bars_and_heatmap(self):
        page = self.page("#softmax", reduced_motion=True)
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
        bars = page.evaluate("""[...document.querySelectorAll('#chances i')].map((bar) =>
            bar.getBoundingClientRect().height / bar.parentElement.getBoundingClientRect().height)""")
        for bar, value in zip(bars, forward, strict=True):
            self.assertAlmostEqual(bar, value, delta=0.01)
        sums = page.evaluate("[...document.querySelectorAll('#heatmap .sum')].map((cell) => Number(cell.textContent.replaceAll('−', '-')))")
        for total, row in zip(sums, jacobian, strict=True):
            self.assertAlmostEqual(total, sum(row), delta=abs(sum(row)) * 0.06)
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

    def test_with_a_temperature_the_jacobian_is_that_of_the_function_shown(self):
        vector, t = [0.5, -1, 2], 0.5
        page = self.page(f"#softmax?v=0.5,-1,2&i=2&j=0&temperature={t}")
        cells = page.evaluate("[...document.querySelectorAll('#heatmap td:not(.sum)')].map((cell) => Number(cell.title))")
        jacobian = self.service.evaluate("softmax", "jacobian", input=[x / t for x in vector])["output"]
        self.assertEqual(cells, [value / t for row in jacobian for value in row])
        h = 1e-5  # And by differences of what the bars show.
        for j in range(3):
            above, below = (
                self.service.evaluate("softmax", "forward", input=[(x + step * (k == j)) / t for k, x in enumerate(vector)])["output"]
                for step in (h, -h))
            for i in range(3):
                self.assertAlmostEqual(cells[3 * i + j], (above[i] - below[i]) / (2 * h), delta=1e-8)
        s = self.service.evaluate("softmax", "forward", input=[x / t for x in vector])["output"]
        lines = self.texts(page, "#written p")
        self.assertEqual(lines[1:], [f"= −1/0.5 · {s[0]} · {s[2]}", f"= {jacobian[2][0] / t}".replace("-", "−")])
        self.assertEqual([self.text(page, id) for id in ("#heat-argument", "#chances-name")], ["(x / 0.5)", "S(x / 0.5)"])
        self.assertEqual(page.evaluate("document.querySelector('#temperature-note').checkVisibility()"), True)
        self.load(page, "#softmax?v=0.5,-1,2&i=2&j=0")
        self.assertEqual(self.text(page, "#heat-argument"), "")
        self.assertEqual(page.evaluate("document.querySelector('#temperature-note').checkVisibility()"), False)

    def test_softmax_by_keyboard_and_by_text(self):
        page = self.page("#softmax")
        page.evaluate("document.querySelector('#scores .column').focus()")
        page.key("ArrowUp")
        page.wait("document.querySelector('#components').value === '1.1, 2, 3'")
        value = self.service.evaluate("softmax", "forward", input=[1.1, 2, 3])["output"][0]
        page.wait("document.querySelector('#scores .column').getAttribute('aria-valuetext')"
                  f" === '1.1, probability {value}'")
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
