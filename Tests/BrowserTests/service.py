"""Starts the service for a test, on a free port of the loopback, and asks it."""

import json
import re
import subprocess
import urllib.error
import urllib.request


class Service:
    """The service under test; it ends with the `with` block."""

    def __init__(self, program, *arguments):
        self._process = subprocess.Popen(
            [program, "--port", "0", "--log-format", "text", *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self._process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                self.url = found.group() + "/"
                return
        raise RuntimeError("The service does not start.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def get(self, path, **fields):
        """Status, fields and body of a GET."""
        request = urllib.request.Request(self.url + path, headers=fields)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def evaluate(self, activation, operation, **fields):
        """The answer to an evaluate POST, as data."""
        request = urllib.request.Request(
            f"{self.url}v1/{activation}/{operation}", data=json.dumps(fields).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())
