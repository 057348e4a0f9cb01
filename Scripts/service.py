"""Starts and ends the server for the scripts beside this file. What shell scripts need too is in common.bash."""
import json, os, signal, socket, subprocess, sys, threading

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def common(*command):
    """Runs a function of common.bash; returns what it prints."""
    path = os.environ["PATH"] + ":/usr/sbin"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", '. Scripts/common.bash; "$@"', sys.argv[0], *command], cwd=ROOT, check=True,
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PATH": path}).stdout


def executable():
    """The release build, made if it is missing; ACTIVATION_SERVER names another one."""
    return os.path.join(ROOT, common("release_server").strip())


def install(program, package):
    """Installs a Debian package if a program is missing."""
    common("need", program, package)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running server; its log is collected."""

    def __init__(self, *arguments, port=0):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ACTIVATION_")}
        self.process = subprocess.Popen(
            [executable(), "--port", str(port), "--log-format", "json", *arguments], stderr=subprocess.PIPE, text=True,
            env=environment)
        self.log = []
        self.port = None
        for line in self.process.stderr:
            self.log.append(line)
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("message") == "listening":
                self.port = int(event["url"].rsplit(":", 1)[1])
                break
        if self.port is None:
            sys.exit(f"the server does not start: {''.join(self.log)}")
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, patience=60):
        """Ends it as an orchestrator does; its exit status must be 0."""
        self.process.send_signal(signal.SIGTERM)
        self.await_end(patience)

    def await_end(self, patience=60):
        """Waits until it ends; its exit status must be 0."""
        status = self.process.wait(patience)
        if status != 0:
            sys.exit(f"the server ended with status {status}: {''.join(self.log)}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
