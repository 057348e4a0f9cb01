"""Starts and ends the server for the scripts beside this file."""
import json, os, signal, socket, subprocess, sys, threading

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def executable():
    """The release build, made if it is missing; ACTIVATION_SERVER names another one."""
    path = os.environ.get("ACTIVATION_SERVER", os.path.join(ROOT, ".build", "release", "activation-server"))
    if not os.access(path, os.X_OK):
        subprocess.run(["swift", "build", "-c", "release", "--product", "activation-server"], cwd=ROOT, check=True)
    return path


def install(program, package):
    """Installs a Debian package if a program is missing."""
    if any(os.access(os.path.join(folder, program), os.X_OK) for folder in os.get_exec_path() + ["/usr/sbin"]):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    apt = as_root + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run(apt + ["update"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        apt + ["install", "-y", "--no-install-recommends", package], check=True, stdout=subprocess.DEVNULL)


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
        status = self.process.wait(patience)
        if status != 0:
            sys.exit(f"the server ended with status {status}: {''.join(self.log)}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
