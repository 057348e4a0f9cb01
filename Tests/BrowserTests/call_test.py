"""The call, the routes and what the URL holds."""

import subprocess

from playground import PlaygroundCase


class CallTest(PlaygroundCase):
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

    def test_a_tab_is_changed_at_once_whatever_of_the_url_is_still_to_be_written(self):
        page = self.page("#leaky_relu")
        page.type("#x", "2")
        self.assertEqual(page.evaluate("""(() => {
            document.querySelector('#tabs [data-name=tanh]').click();
            return [document.querySelector('#tabs [aria-current]').dataset.name, location.hash];
        })()"""), ["tanh", "#tanh"])
        page.wait("document.querySelector('#title').textContent === 'Hyperbolic tangent'")
        page.evaluate("history.back()")
        page.wait("document.querySelector('#title').textContent === 'Leaky ReLU'")
        self.assertEqual(page.evaluate("location.hash"), "#leaky_relu?x=2")

    def test_nonsense_in_the_url_is_passed_over(self):
        for fragment in ("#nope", "#tanh?from=5&to=1&x=abc", "#softmax?v=a,b&i=99&j=-1&temperature=0", "#%3Cimg%20src=x%3E", "#%",
                         "#leaky_relu?alpha=1e308", "#leaky_relu?alpha=-1e308&x=-6", "#softmax?v=1e308,-1e308"):
            with self.subTest(fragment=fragment):
                self.assert_calm(self.page(fragment))

    def test_every_route_can_be_tried(self):
        page = self.page("#leaky_relu")
        count = page.evaluate("document.querySelectorAll('#route-list details').length")
        self.assertEqual(count, page.evaluate('''(async () => {
            const { paths } = await (await fetch('openapi.json')).json();
            return Object.values(paths).flatMap(Object.keys).filter((key) => key !== 'parameters').length;
        })()'''))
        self.assertGreater(count, 10)
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
