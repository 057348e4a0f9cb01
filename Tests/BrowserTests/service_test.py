"""The page and its service: policy, weight, tokens, and a service that is away."""

import os
import tempfile

from playground import SETTLED, PlaygroundCase
from service import Service


class ServiceTest(PlaygroundCase):
    def test_the_policy_blocks_everything_foreign(self):
        page = self.page("#sigmoid")
        blocked = page.evaluate("""(async () => {
            window.seen = [];
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
            try { setTimeout('window.ran = true', 0); } catch { /* refused at once */ }
            return await fetch('https://example.com/').then(() => false, () => true);
        })()""")
        self.assertTrue(blocked)
        for directive in ("script-src", "script-src-elem", "script-src-attr", "style-src-elem", "img-src", "frame-src", "connect-src"):
            page.wait(f"seen.includes('{directive}')")
        self.assertEqual(page.evaluate("[ran, getComputedStyle(document.body).color === 'rgb(255, 0, 0)']"), [False, False])

    def test_the_page_is_light_and_cached(self):
        status, fields, body = self.service.get("", Accept="text/html")
        self.assertEqual((status, fields["Content-Type"]), (200, "text/html"))
        self.assertLess(len(body.encode()), 80_000)
        status, _, body = self.service.get("", Accept="text/html", **{"If-None-Match": fields["ETag"]})
        self.assertEqual((status, body), (304, ""))
        page = self.page("#sigmoid")
        self.load(page, "#tanh")
        self.assertEqual([status for url, status in page.statuses() if url == self.service.url], [200, 304])

    def test_what_goes_wrong_is_seen_until_it_is_mended(self):
        page = self.page("#leaky_relu")
        self.cut_off(page, True)
        page.type("#parameter-alpha", "0.5")
        page.wait("!document.querySelector('#notice').hidden")
        self.assertEqual(self.text(page, "#notice-text"), "The service does not answer.")
        self.cut_off(page, False)
        page.wait("document.querySelector('#notice').hidden")  # It asks again by itself.
        page.type("#x", "-2")
        value = self.service.evaluate("leaky_relu", "forward", input=-2, alpha=0.5)["output"]
        page.wait(f"document.querySelector('#value').textContent === '{value}'")

    def cut_off(self, page, is_offline):
        page.send("Network.emulateNetworkConditions", {
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})

    def test_a_service_that_is_away_at_first_is_asked_again(self):
        page = self.enterContext(self.browser.page())
        page.send("Network.setBlockedURLs", {"urls": ["*/v1*"]})
        page.open(self.service.url + "#sigmoid")
        page.wait("!document.querySelector('#notice').hidden")
        page.send("Network.setBlockedURLs", {"urls": []})
        page.click("#again")
        page.wait(SETTLED)
        self.assertEqual(page.evaluate("document.querySelector('#notice').hidden"), True)
        self.assertEqual(self.text(page, "#value"), "0.7310585786300049")

    def test_a_form_says_that_the_service_is_away(self):
        page = self.page("#sigmoid")
        page.evaluate("document.querySelector('#route-list details').open = true")
        page.wait("document.querySelector('form.try')")
        self.cut_off(page, True)
        page.click("form.try .primary")
        page.wait("document.querySelector('form.try [role=status]').textContent === 'The service does not answer.'")

    def test_where_a_token_is_asked_for_the_page_asks_too(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tokens") as file:
            file.write("a-token-for-this-test\n")
            file.flush()
            with Service(os.environ["ACTIVATION_SERVER"], "--token-file", file.name) as service:
                page = self.enterContext(self.browser.page())
                page.run_before_scripts("""
                    const original = URL.createObjectURL;
                    URL.createObjectURL = (blob) => {
                        blob.text().then((text) => (window.saved = text));
                        return original.call(URL, blob);
                    };
                """)
                page.open(service.url)
                page.wait("document.querySelector('#token-dialog').open")
                page.key("Escape")
                page.wait("!document.querySelector('#token-dialog').open && !document.querySelector('#notice').hidden")
                page.click("#again")
                page.wait("document.querySelector('#token-dialog').open")
                page.type("#token", "another-token")
                page.click("#token-dialog .primary")
                page.wait("document.querySelector('#token-dialog').open"
                          " && document.querySelector('#token-note').textContent === 'The service knows no such token.'")
                page.type("#token", "a-token-for-this-test")
                page.click("#token-dialog .primary")
                page.wait(SETTLED)
                self.assertEqual(self.text(page, "#value"), "0.7310585786300049")
                self.assertIn('-H "Authorization: Bearer $TOKEN"', self.text(page, "#curl"))
                self.assertNotIn("a-token", page.evaluate("document.body.textContent + location.href"))
                page.click("#picture")  # A link sends no token.
                page.wait("window.saved?.startsWith('<svg')")
                self.assertEqual(page.evaluate("location.pathname"), "/")
