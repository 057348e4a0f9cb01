"""Drives a headless Chromium over its DevTools protocol, by pipe: nothing to install but the browser."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


class Browser:
    """A browser with a profile of its own, gone when the `with` block ends."""

    def __init__(self, program="chromium", language="en-US"):
        self._profile = tempfile.mkdtemp(prefix="playground-browser-")
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        arguments = [
            program, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self._profile}", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb", f"--lang={language}",
        ]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root, as in a container.

        def plumb():  # Chromium reads descriptor 3 and writes descriptor 4.
            first, second = os.dup(to_browser), os.dup(from_browser)
            high_read, high_write = os.dup2(first, 50), os.dup2(second, 51)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        self._process = subprocess.Popen(
            arguments, preexec_fn=plumb, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._next_id = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
        except (OSError, TimeoutError, EOFError):
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def send(self, method, parameters=None, session=None, timeout=60):
        """Sends a command and returns its result; events that come meanwhile are kept."""
        self._next_id += 1
        message = {"id": self._next_id, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + timeout
        while True:
            answer = self._receive(deadline, method)
            if answer.get("id") == message["id"]:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def _receive(self, deadline, what):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError(f"The browser does not answer {what}.")
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise EOFError("The browser has ended.")
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(line)

    def page(self, **options):
        return Page(self, **options)


class Page:
    """A tab in a context of its own: no cookies, no storage, no cache of another."""

    def __init__(self, browser, width=1440, height=900, dark=False, scale=1, touch=False, reduced_motion=False,
                 forced_colors=False):
        self._browser = browser
        context = browser.send("Target.createBrowserContext")["browserContextId"]
        target = browser.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})["targetId"]
        self._session = browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.context = context
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.send(f"{domain}.enable")
        self.resize(width, height, scale, touch)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        if reduced_motion:
            features.append({"name": "prefers-reduced-motion", "value": "reduce"})
        if forced_colors:
            features.append({"name": "forced-colors", "value": "active"})
        self.send("Emulation.setEmulatedMedia", {"features": features})
        self.send("Emulation.setFocusEmulationEnabled", {"enabled": True})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Gives back what the page holds; closing twice is closing once."""
        if self.context:
            self._browser.send("Target.disposeBrowserContext", {"browserContextId": self.context})
            self._browser.events = [e for e in self._browser.events if e.get("sessionId") != self._session]
            self.context = None

    def send(self, method, parameters=None, timeout=60):
        return self._browser.send(method, parameters, self._session, timeout)

    def resize(self, width, height, scale=1, touch=False):
        self.send("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": touch})
        self.send("Emulation.setTouchEmulationEnabled", {"enabled": touch})

    def run_before_scripts(self, source):
        self.send("Page.addScriptToEvaluateOnNewDocument", {"source": source})

    def open(self, url):
        self.send("Page.navigate", {"url": "about:blank"})  # So that a new fragment loads the page anew.
        result = self.send("Page.navigate", {"url": url})
        if "errorText" in result:
            raise RuntimeError(f"{url}: {result['errorText']}")
        self.wait("document.readyState === 'complete'")

    def evaluate(self, expression):
        """The value of a JavaScript expression, promises awaited."""
        result = self.send("Runtime.evaluate", {
            "expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True})
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def wait(self, condition, seconds=30):
        """Until a JavaScript condition holds. On a page that is still coming or just being left, it may throw."""
        deadline = time.monotonic() + seconds
        while (outcome := self._outcome(condition)) is not True:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Never came true: {condition} ({outcome})")

    def _outcome(self, condition):
        """True if it holds, or comes to hold within a moment; otherwise what it is instead, for the message."""
        try:
            return self.evaluate(f"""new Promise((done) => {{
                const outcome = () => {{
                    try {{
                        return Boolean({condition});
                    }} catch (error) {{
                        return String(error);
                    }}
                }};
                const first = outcome();
                if (first === true) done(true);
                else setTimeout(() => done(outcome()), 25);
            }})""")
        except RuntimeError as error:
            if any(text in str(error) for text in ("navigated or closed", "context was destroyed")):
                return str(error)
            raise

    def hold(self, *patterns):
        """From now on, requests that match wait until `held` has given them out and `release` or `fail` ends the wait."""
        self.send("Fetch.enable", {"patterns": [{"urlPattern": pattern} for pattern in patterns]})

    def held(self):
        """Identifier and address of each request that has begun to wait since the last call."""
        self.evaluate("0")  # Events arrive with answers.
        mine = [
            event for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] == "Fetch.requestPaused"]
        self._browser.events = [event for event in self._browser.events if event not in mine]
        return [(event["params"]["requestId"], event["params"]["request"]["url"]) for event in mine]

    def await_held(self, count=1, seconds=30):
        """The same, once there are at least so many."""
        deadline = time.monotonic() + seconds
        held = []
        while len(held) < count:
            held += self.held()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(held)} of {count} requests came.")
        return held

    def release(self, request):
        self._end("Fetch.continueRequest", {"requestId": request})

    def fail(self, request):
        self._end("Fetch.failRequest", {"requestId": request, "errorReason": "ConnectionRefused"})

    def fulfil(self, request, status, body, **fields):
        """Answers in the service's place."""
        self._end("Fetch.fulfillRequest", {
            "requestId": request, "responseCode": status, "body": base64.b64encode(body.encode()).decode(),
            "responseHeaders": [{"name": name.replace("_", "-"), "value": value} for name, value in fields.items()]})

    def _end(self, method, parameters):
        try:
            self.send(method, parameters)
        except RuntimeError as error:
            if "Invalid InterceptionId" not in str(error):  # The page has given it up.
                raise

    def hold_no_more(self):
        self.send("Fetch.disable")

    def complaints(self):
        """What the page has complained of: errors of scripts, of the console, of the policy, of loading."""
        found = []
        for event in self._browser.events:
            if event.get("sessionId") != self._session:
                continue
            method, parameters = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                details = parameters["exceptionDetails"]
                found.append(details.get("exception", {}).get("description", details["text"]))
            elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
                found.append(" ".join(str(argument.get("value", "")) for argument in parameters["args"]))
            elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                entry = parameters["entry"]
                found.append(f"{entry['text']} {entry.get('url', '')}")
        return found

    def requests(self):
        return [
            event["params"]["request"]["url"] for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] == "Network.requestWillBeSent"]

    def statuses(self):
        """Address and status of each answer as it came over the wire; a cached one that was confirmed is a 304."""
        mine = [event for event in self._browser.events if event.get("sessionId") == self._session]
        urls = {
            event["params"]["requestId"]: event["params"]["request"]["url"] for event in mine
            if event["method"] == "Network.requestWillBeSent"}
        return [
            (urls.get(event["params"]["requestId"], "").split("#")[0], event["params"]["statusCode"]) for event in mine
            if event["method"] == "Network.responseReceivedExtraInfo"]

    def box(self, selector):
        """Left, top, width, height of an element in the window, scrolled into view."""
        box = self.evaluate(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            const {{ x, y, width, height }} = element.getBoundingClientRect();
            return [x, y, width, height];
        }})()""")
        return box

    def mouse(self, kind, x, y, buttons=0, **more):
        parameters = {"type": kind, "x": x, "y": y, "buttons": buttons, **more}
        if buttons or kind == "mouseReleased":
            parameters["button"] = "left"
        if kind in ("mousePressed", "mouseReleased"):
            parameters["clickCount"] = 1
        self.send("Input.dispatchMouseEvent", parameters)

    def drag(self, start, end, steps=6):
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, buttons=1)
        for step in range(1, steps + 1):
            part = step / steps
            self.mouse(
                "mouseMoved", start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, buttons=1)
        self.mouse("mouseReleased", *end)

    def click(self, selector):
        x, y, width, height = self.box(selector)
        self.mouse("mousePressed", x + width / 2, y + height / 2, buttons=1)
        self.mouse("mouseReleased", x + width / 2, y + height / 2)

    def key(self, key, modifiers=0):
        """One key stroke, as `ArrowLeft` or `+`; modifiers: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift."""
        codes = {
            "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
            "ArrowRight": 39, "ArrowDown": 40}
        code = codes.get(key, ord(key[0].upper()))
        text = key if len(key) == 1 else "\r" if key == "Enter" else ""
        common = {"key": key, "modifiers": modifiers, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", "text": text, **common})
        self.send("Input.dispatchKeyEvent", {"type": "keyUp", **common})

    def type(self, selector, text):
        """Replaces what a field holds."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select()")
        self.send("Input.insertText", {"text": text})

    def pixel(self, selector):
        """Red, green and blue of what is painted in the middle of an element, in a window that need not scroll."""
        x, y, width, height = self.box(selector)
        return self.pixels(x + width / 2, y + height / 2, 1, 1)[0]

    def pixels(self, x, y, width, height):
        """Red, green and blue of each pixel of a part of the window."""
        data = self.send("Page.captureScreenshot", {
            "clip": {"x": x, "y": y, "width": width, "height": height, "scale": 1}})["data"]
        return self.evaluate(f"""(async () => {{
            const image = new Image();
            image.src = 'data:image/png;base64,{data}';
            await image.decode();
            const canvas = Object.assign(document.createElement('canvas'), {{ width: image.width, height: image.height }});
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            const {{ data }} = context.getImageData(0, 0, image.width, image.height);
            return Array.from({{ length: data.length / 4 }}, (_, k) => [...data.slice(4 * k, 4 * k + 3)]);
        }})()""")

    def screenshot(self, path, selector=None, whole=False):
        parameters = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            parameters["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        elif selector:
            x, y, width, height = self.box(selector)
            parameters["clip"] = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        data = self.send("Page.captureScreenshot", parameters)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
