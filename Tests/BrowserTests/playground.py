"""What the tests of the playground have in common: one service and one browser a file, a fresh page a test."""

import json
import os
import pathlib
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
SETTLED = """!document.querySelector('[aria-busy=true]') && document.querySelector('#route-list details') && document.querySelector('#status').textContent
    && document.querySelector('.chain math') && document.querySelector('#tabs [aria-current]')
    && (document.querySelector('#curve').hidden ? document.querySelector('#entry')
        : document.querySelector('#plot .function') && document.querySelector('#value').textContent.trim())"""


class PlaygroundCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service(os.environ["ACTIVATION_SERVER"]))
        cls.browser = cls.enterClassContext(Browser())

    def page(self, fragment, **options):
        page = self.enterContext(self.browser.page(**options))
        page.run_before_scripts(SHIFTS)
        self.load(page, fragment)
        return page

    def load(self, page, fragment):
        page.open(self.service.url + fragment)
        page.wait(SETTLED)

    def text(self, page, selector):
        return page.evaluate(f"document.querySelector({json.dumps(selector)}).textContent")

    def texts(self, page, selector):
        return page.evaluate(f"[...document.querySelectorAll({json.dumps(selector)})].map((e) => e.textContent)")

    def assert_calm(self, page):
        self.assertEqual(page.complaints(), [])
        for url in page.requests():
            self.assertTrue(url.startswith((self.service.url, "data:", "about:")), url)
