"""What people type and paste: read as it was meant, or said to be wrong; never read in part."""

import json
import math

from playground import SETTLED, PlaygroundCase

NUMBERS = [
    # What is typed, and what is read: a number, or a part of what is said to be wrong.
    ("an integer", "2", 2), ("a sign", "+2", 2), ("a point at its start", ".5", 0.5), ("a point at its end", "5.", 5),
    ("an exponent", "1.5e-3", 0.0015), ("blanks around it", "  -2\u00a0", -2), ("a typeset minus", "−2.5", -2.5),
    ("an en dash", "–2.5", -2.5), ("a blank after the sign", "- 3", -3), ("a comma after it", "3,", 3),
    ("an array of one", "[3]", 3), ("negative zero", "-0", -0.0), ("all digits of a float64", "0.1234567890123456", 0.1234567890123456),
    ("infinity", "Infinity", math.inf), ("minus infinity", "-inf", -math.inf), ("its symbol", "−∞", -math.inf),
    ("NumPy's infinity", "-np.inf", -math.inf), ("Python's infinity", "float('inf')", math.inf), ("not a number", "nan", math.nan),
    ("a quoted string", '"NaN"', math.nan), ("torch's", "torch.nan", math.nan),
    ("too large", "1e400", "beyond the largest number"), ("a decimal comma", "3,5", "has a comma"),
    ("thousands", "1,000", "has a comma"), ("both", "1.234,5", "has a comma"), ("three numbers", "1 2 3", "one number, not 3"),
    ("two numbers", "1, 2", "one number, not 2"), ("nothing", "", "Enter a number"), ("a word", "abc", "“abc” is not a number"),
    ("half an exponent", "1e", "not a number"), ("hexadecimal", "0x10", "not a number"), ("an underscore", "1_000", "not a number"),
    ("a fraction", "1/3", "not a number"), ("two points", "1.2.3", "not a number"), ("per cent", "50%", "not a number"),
    ("a number and more", "12abc", "not a number"),
]
VECTORS = [
    ("commas", "1, 2, 4", [1, 2, 4]), ("commas alone", "1,2,4", [1, 2, 4]), ("blanks", "1 2 3", [1, 2, 3]),
    ("many blanks", "  1   2\u00a03 ", [1, 2, 3]), ("new lines", "1\n2\r\n3\n", [1, 2, 3]), ("tabulators", "1\t2\t3", [1, 2, 3]),
    ("semicolons", "1; 2;3", [1, 2, 3]), ("a JSON array", "[1, 2.5, -3e0]", [1, 2.5, -3]), ("a row", "[[1, 2, 3]]", [1, 2, 3]),
    ("a trailing comma", "[1, 2, 3,]", [1, 2, 3]), ("commas and new lines", "1,\n2,\n3,\n", [1, 2, 3]), ("a tuple", "(1, 2)", [1, 2]),
    ("what NumPy prints", "[1. 2. 3.]", [1, 2, 3]), ("NumPy's array", "np.array([1., 2.])", [1, 2]),
    ("a tensor", "tensor([0.5, -1.0], dtype=torch.float64)", [0.5, -1]), ("typeset minus signs", "−1, –2, -3", [-1, -2, -3]),
    ("a mask", "[1, -Infinity, 2]", [1, -math.inf, 2]), ("a mask in quotes", '["-Infinity", 0]', [-math.inf, 0]),
    ("NaN", "1, NaN", [1, math.nan]), ("infinities", "inf -inf ∞", [math.inf, -math.inf, math.inf]), ("one", "7", [7]),
    ("ten", "1 2 3 4 5 6 7 8 9 10", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), ("two, or a decimal comma", "3,5", [3, 5]),
    ("twelve", "1,2,3,4,5,6,7,8,9,10,11,12", "12 numbers"), ("too large", "1, 1e400", "1e400 is beyond"),
    ("decimal commas with semicolons", "1,5; 2,5", "not both"), ("decimal commas with blanks", "1,5 2,5", "same way"),
    ("rows by semicolons", "1 2; 3 4", "same way"), ("a matrix", "[[1, 2], [3, 4]]", "not a matrix"), ("nothing", "", "at least one"),
    ("an empty array", "[]", "at least one"), ("a hole", "1,,2", "missing"), ("a hole at the start", ",1", "missing"),
    ("an open bracket", "[1, 2", "counterpart"), ("a word", "1, two", "“two” is not a number"), ("null", "[1, null]", "“null” is not a number"),
]


class FieldsTest(PlaygroundCase):
    def put(self, page, selector, text):
        """As a paste would, which may hold line ends."""
        page.evaluate(f"""(() => {{
            const field = document.querySelector({json.dumps(selector)});
            field.focus();
            field.value = {json.dumps(text)};
            field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
        }})()""")

    def same(self, seen, value):
        return math.isnan(seen) if math.isnan(value) else (seen, math.copysign(1, seen)) == (value, math.copysign(1, value))

    def said(self, page, selector):
        """What assistive technology reads with the field, after making sure that it can be seen."""
        said, invalid = page.evaluate(f"""(() => {{
            const field = document.querySelector('{selector}');
            const said = document.getElementById(field.getAttribute('aria-describedby'));
            return [said.checkVisibility() ? said.textContent : '', field.getAttribute('aria-invalid')];
        }})()""")
        self.assertIn(invalid, ("true", None))
        return said, invalid == "true"

    def input_of_the_call(self, page):
        """The input of the request that is shown; -0 keeps its sign."""
        return json.loads(self.text(page, "#request").split("\n\n")[1], parse_int=float)["input"]

    def test_a_number_is_read_whole_or_said_to_be_wrong(self):
        page = self.page("#tanh?x=0.75")
        for name, text, expected in NUMBERS:
            with self.subTest(name):
                self.put(page, "#x", text)
                said, is_invalid = self.said(page, "#x")
                self.assertEqual(page.evaluate("document.querySelector('#x').value"), text)
                if isinstance(expected, str):
                    self.assertTrue(is_invalid)
                    self.assertIn(expected, said)
                    self.assertEqual(self.texts(page, "#value, #slope, #curl, #request, #answer"), ["—"] * 5)
                    self.assertEqual(page.evaluate("document.querySelectorAll('#plot .dot').length"), 0)
                    self.assertTrue(page.evaluate("document.querySelector('[data-copy=curl]').disabled"))
                    page.evaluate("document.querySelector('#x').blur()")
                    self.assertEqual(page.evaluate("document.querySelector('#x').value"), text)
                else:
                    self.assertEqual((said, is_invalid), ("", False))
                    self.assertTrue(self.same(float(self.input_of_the_call(page)), expected))
                    page.wait("document.querySelector('#value').textContent && document.querySelector('#answer').textContent")
                    output = self.service.evaluate("tanh", "forward", input=self.input_of_the_call(page))["output"] or expected
                    self.assertTrue(self.same(float(self.text(page, "#value")), float(output)))
        self.assert_calm(page)

    def test_a_number_that_is_lost_to_underflow_is_said_to_be(self):
        page = self.page("#relu")
        self.put(page, "#x", "1e-400")
        self.assertEqual(self.said(page, "#x"), ("1e-400 is too small for float64: it is read as 0.", False))
        self.assertTrue(self.text(page, "#slope").startswith("undefined"))

    def test_a_vector_is_read_whole_or_said_to_be_wrong(self):
        page = self.page("#softmax?v=0.25,0.5")
        for name, text, expected in VECTORS:
            with self.subTest(name):
                self.put(page, "#components", text)
                said, is_invalid = self.said(page, "#components")
                if isinstance(expected, str):
                    self.assertTrue(is_invalid)
                    self.assertIn(expected, said)
                    self.assertEqual(self.texts(page, "#curl, #request, #answer"), ["—"] * 3)
                    self.assertEqual(set(self.texts(page, "#chances b, #heatmap td")), {""})
                    page.wait("getComputedStyle(document.querySelector('#heatmap td')).opacity === '0'")
                    page.wait("getComputedStyle(document.querySelector('#chances i')).opacity === '0'")
                else:
                    self.assertFalse(is_invalid, said)
                    seen = [float(item) for item in self.input_of_the_call(page)]
                    self.assertEqual(len(seen), len(expected))
                    self.assertTrue(all(map(self.same, seen, expected)), seen)
                    page.wait(SETTLED)
                    output = self.service.evaluate("softmax", "forward", input=self.input_of_the_call(page))["output"]
                    chances = page.evaluate("document.querySelector('#chances').getAttribute('aria-label')").split(": ")[1]
                    self.assertTrue(all(map(self.same, map(float, chances.split(", ")), map(float, output))), chances)
        self.put(page, "#components", "3,5")
        self.assertEqual(self.said(page, "#components")[0], "Read as two numbers. For a decimal, write 3.5.")
        self.assert_calm(page)

    def test_a_wrong_parameter_takes_curve_and_reading_away_and_a_right_one_brings_them_back(self):
        page = self.page("#leaky_relu?alpha=0.2&x=-1")
        for text, reason in (("0,5", "has a comma"), ("NaN", "finite"), ("1e400", "beyond"), ("", "Enter a number"), ("∞", "finite")):
            with self.subTest(text=text):
                page.type("#parameter-alpha", text) if text else self.put(page, "#parameter-alpha", text)
                said, is_invalid = self.said(page, "#parameter-alpha")
                self.assertTrue(is_invalid)
                self.assertIn(reason, said)
                self.assertEqual(self.texts(page, "#value, #slope, #curl, #answer"), ["—"] * 4)
                self.assertEqual(page.evaluate("document.querySelectorAll('#plot .function').length"), 0)
                self.assertEqual(page.evaluate("document.querySelector('#picture').checkVisibility()"), False)
        page.type("#parameter-alpha", "0.5")
        page.wait(SETTLED)
        self.assertEqual(self.text(page, "#value"), "-0.5")
        self.assertEqual(self.said(page, "#parameter-alpha"), ("", False))

    def test_a_wrong_range_says_so_and_both_ends_count(self):
        page = self.page("#sigmoid")
        for selector, text, reason in (
                ("#from", "8", "less than"), ("#to", "-7", "less than"), ("#from", "6", "less than"), ("#to", "2e6", "1000000"),
                ("#from", "5.9999", "0.001"), ("#to", "6,5", "comma"), ("#from", "-Infinity", "finite")):
            with self.subTest(selector=selector, text=text):
                page.click("#zoom-reset")
                page.wait(SETTLED)
                page.type(selector, text)
                said, is_invalid = self.said(page, selector)
                self.assertTrue(is_invalid)
                self.assertIn(reason, said)
                self.assertEqual(page.evaluate("document.querySelectorAll('#plot .function').length"), 0)
        page.click("#zoom-reset")
        page.type("#from", "8")
        page.type("#to", "10.123456789")  # Now the other end is right, too, and nothing is rounded.
        page.wait(SETTLED)
        page.wait("location.hash === '#sigmoid?from=8&to=10.123456789'")
        self.assertEqual([self.said(page, id)[1] for id in ("#from", "#to")], [False, False])
        page.type("#to", "x")
        page.type("#from", "-3")  # Waits for the other end, also once it is left.
        page.evaluate("document.querySelector('#from').blur()")
        self.assertEqual(page.evaluate("document.querySelector('#from').value"), "-3")
        self.assertEqual(page.evaluate("document.querySelectorAll('#plot .function').length"), 0)
        page.type("#to", "3")
        page.wait("location.hash === '#sigmoid?from=-3&to=3'")
        page.wait(SETTLED)

    def test_what_is_typed_stays_until_another_hand_changes_it(self):
        page = self.page("#sigmoid")
        page.type("#x", "1.50")
        self.assertEqual(page.evaluate("document.querySelector('#x').value"), "1.50")
        page.evaluate("document.querySelector('#x').blur()")
        self.assertEqual(page.evaluate("document.querySelector('#x').value"), "1.5")
        page.type("#x", "3,5")
        x, y, width, height = page.box("#plot")
        page.mouse("mouseMoved", x + width * 0.6, y + height / 2)  # The field has the focus still.
        page.wait("document.querySelector('#x').getAttribute('aria-invalid') === null")
        shown = float(page.evaluate("document.querySelector('#x').value"))
        self.assertEqual(float(self.text(page, "#value")), self.service.evaluate("sigmoid", "forward", input=shown)["output"])

    def test_a_link_says_what_of_it_cannot_be_shown(self):
        for fragment, parts, meant in (
                ("#nope", ["“nope”", "This is sigmoid."], None), ("#sigmiod", ["“sigmiod”", "This is sigmoid, which was probably meant."], None),
                ("#Leaky-ReLU", ["Did you mean leaky_relu?"], "#leaky_relu"), ("#tahn", ["This is sigmoid."], None), ("#relu6", ["Did you mean relu?"], "#relu"),
                ("#tanh?x=abc", ["x=abc", "“abc” is not a number", "This is x = 1."], None),
                ("#tanh?x=3,5", ["has a comma"], None), ("#tanh?from=5&to=1", ["less than", "usual range"], None),
                ("#tanh?alpha=2", ["tanh has no alpha"], None), ("#leaky_relu?alpha=1e400", ["beyond", "This is alpha = 0.01."], None),
                ("#softmax?v=a,b", ["“a” is not a number"], None), ("#softmax?v=1,2,3,4,5,6,7,8,9,10,11", ["11 numbers"], None),
                ("#softmax?i=99&temperature=0", ["index below 3", "0.1 to 10"], None), ("#sigmoid?operation=vjb", ["no such operation"], None)):
            with self.subTest(fragment=fragment):
                page = self.page(fragment)
                notes = self.text(page, "#link-notes")
                for part in parts:
                    self.assertIn(part, notes)
                self.assertEqual(page.evaluate("document.querySelector('#link-notes').checkVisibility()"), True)
                self.assertEqual(page.evaluate("document.querySelector('#link-notes a')?.getAttribute('href') ?? null"), meant)
                if meant:
                    page.click("#link-notes a")
                    page.wait(f"document.querySelector('#tabs [aria-current]').getAttribute('href') === '{meant}'")
                    self.assertEqual(page.evaluate("document.querySelector('#link-notes').hidden"), True)
        for fragment in ("", "#tanh", "#tanh?x=0.5&from=-2&operation=derivative", "#softmax?v=1,-Infinity&i=0&j=0", "#sigmoid?x=NaN"):
            with self.subTest(fragment=fragment):
                self.assertEqual(self.page(fragment).evaluate("document.querySelector('#link-notes').hidden"), True)
