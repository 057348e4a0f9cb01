"""Takes the pictures in docs/images. Run by Scripts/screenshots, which says where the service's program is."""

import os
import pathlib
import sys

from devtools import Browser
from playground import SETTLED
from service import Service

DESK = {"width": 1180, "height": 820}
PHONE = {"width": 390, "height": 844, "touch": True, "scale": 2}
LEAKY = "#leaky_relu?alpha=0.2&x=-2.5&operation=derivative"
SOFTMAX = "#softmax?v=1.5,-0.5,3,0.5,2&i=2&j=4&operation=jacobian"
# Name, fragment, window, and what is brought to its top; nothing for the top of the page.
VIEWS = [
    ("curve", LEAKY, DESK, None),
    ("softmax", SOFTMAX, DESK, None),
    ("derivation", "#sigmoid", DESK, "#derivation"),
    ("routes", LEAKY, DESK, "#routes"),
    ("phone-curve", LEAKY, PHONE, None),
    ("phone-softmax", SOFTMAX, PHONE, None),
]
OPEN_A_ROUTE = "[...document.querySelectorAll('#route-list details')].find((item) => !item.hidden).open = true"


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with Service(os.environ["ACTIVATION_SERVER"]) as service, Browser() as browser:
        for name, fragment, window, top in VIEWS:
            for theme in ("light", "dark"):
                with browser.page(dark=theme == "dark", reduced_motion=True, **window) as page:
                    page.open(service.url + fragment)
                    page.wait(SETTLED)
                    # Ports and times differ from run to run; the pictures need not.
                    page.evaluate("document.querySelector('#status').textContent = '200 OK · 0.4 ms'")
                    page.evaluate("""document.querySelector('#curl').textContent =
                        document.querySelector('#curl').textContent.replace(/127.0.0.1:\\d+/, 'localhost:8080')""")
                    if name == "routes":
                        page.evaluate(OPEN_A_ROUTE)
                        page.wait("document.querySelector('form.try')")
                        page.evaluate("document.querySelector('form.try .primary').click()")
                        page.wait("document.querySelector('form.try [role=status]').textContent")
                        page.evaluate("""(() => {
                            const form = document.querySelector('form.try');
                            const line = form.querySelector('pre');
                            line.textContent = line.textContent.replace(/127.0.0.1:\\d+/, 'localhost:8080');
                            form.querySelector('[role=status]').textContent = '200 OK · application/json · 0.4 ms';
                        })()""")
                    if top:
                        page.evaluate(f"document.querySelector('{top}').scrollIntoView({{ block: 'start' }})")
                        page.evaluate("scrollBy(0, -16)")
                    page.screenshot(folder / f"{name}-{theme}.png")
        for name in ("sigmoid", "tanh", "relu", "leaky_relu", "softmax"):
            path = f"v1/{name}/plot.svg" + ("?alpha=0.2" if name == "leaky_relu" else "")
            (folder / f"{name}.svg").write_text(service.get(path)[2])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
