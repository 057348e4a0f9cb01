#!/usr/bin/env python3
"""Measures the service and its peers side by side, one after the other, in one run.

    measure.py --server PATH [--peers DIR] [--only NAME,...] [--seconds 4] [--json FILE] [--readme FILE] [--svg FILE]

W1: one number, keep-alive, 64 connections, and 1 connection for latency.   W2: 1,000 numbers of 17 digits, 16 connections.
W3: 1,000,000 numbers in one request, 19.5 MB each way.   W4: the softmax Jacobian of 1,000 numbers, a million out.
CPU is user + system time of the server's processes; wall times are medians. Everything listens on loopback and is
ended at the end. Wants wrk on the PATH; a peer that is not there is left out and said so.
"""
import argparse, datetime, json, os, platform, random, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def tree(pid):
    """A process and all below it."""
    found = [pid]
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/children") as f:
                for child in f.read().split():
                    found += tree(int(child))
        except OSError:
            pass
    return found


def cpu_seconds(pid):
    total = 0
    for p in tree(pid):
        with open(f"/proc/{p}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory_mb(pid, key):
    total = 0
    for p in tree(pid):
        with open(f"/proc/{p}/status") as f:
            m = re.search(key + r":\s+(\d+) kB", f.read())
        total += int(m.group(1)) if m else 0
    return total / 1024


def reset_peak(pid):
    for p in tree(pid):
        with open(f"/proc/{p}/clear_refs", "w") as f:
            f.write("5")


def http_post(path, body):
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


# Made once: to fill so much memory with zeros takes longer than most servers take to start.
RECEIVED = bytearray(64 << 20)


class Client:
    """One keep-alive connection that reads answers whole, by length or by chunks, into one buffer."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = RECEIVED

    def exchange(self, request):
        """(status, bytes of the answer). Sending and receiving overlap only as the server lets them."""
        self.socket.sendall(request)
        view, filled, head_end, need = memoryview(self.buffer), 0, -1, None
        while True:
            n = self.socket.recv_into(view[filled:], 1 << 20)
            if n == 0:
                raise ConnectionError("closed in mid-answer")
            filled += n
            if head_end < 0:
                head_end = self.buffer.find(b"\r\n\r\n", 0, filled)
                if head_end < 0:
                    continue
                head = bytes(view[:head_end]).decode("latin-1")
                m = re.search(r"(?im)^content-length:\s*(\d+)", head)
                need = head_end + 4 + int(m.group(1)) if m else None
            if need is not None and filled >= need or need is None and self.buffer.endswith(b"\r\n0\r\n\r\n", 0, filled):
                return int(self.buffer[9:12]), filled

    def close(self):
        self.socket.close()


def wrk(port, path, body, connections, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f'wrk.method = "POST"\nwrk.path = "{path}"\nwrk.headers["Content-Type"] = "application/json"\n'
                     f"wrk.body = [==[{body.decode()}]==]\n")
        script.flush()
        out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "-s", script.name,
                              f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True,
                             timeout=seconds + 60).stdout
    unit = {"us": 1.0, "ms": 1e3, "s": 1e6}
    latency = {p: float(v) * unit[u] for p, v, u in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)", out)}
    if "Non-2xx" in out:
        raise RuntimeError(out)
    return int(re.search(r"(\d+) requests in", out).group(1)), latency


class Server:
    def __init__(self, name, command, constant=False):
        self.name, self.command, self.constant = name, command, constant

    def start(self):
        self.port = free_port()
        command = [a.replace("{port}", str(self.port)) for a in self.command]
        began = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        probe = http_post("/v1/sigmoid/forward", b'{"input":0.5}')
        while True:
            try:
                client = Client(self.port)
                client.exchange(probe)
                client.close()
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 30:
                    raise RuntimeError(f"{self.name} does not start")
                time.sleep(0.0005)
        self.start_ms = (time.monotonic() - began) * 1e3

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def big(server, path, body, rounds):
    """Median wall and CPU of one large request, in ms, over one connection."""
    request, walls = http_post(path, body), []
    client = Client(server.port)
    client.exchange(request)
    before = cpu_seconds(server.process.pid)
    for _ in range(rounds):
        began = time.monotonic()
        status, _ = client.exchange(request)
        walls.append((time.monotonic() - began) * 1e3)
        if status != 200:
            raise RuntimeError(f"{server.name}: {status}")
    cpu = (cpu_seconds(server.process.pid) - before) * 1e3 / rounds
    client.close()
    return statistics.median(walls), min(walls), cpu


def small(server, body, connections, seconds):
    pid = server.process.pid
    wrk(server.port, "/v1/sigmoid/forward", body, connections, 1)
    before = cpu_seconds(pid)
    count, latency = wrk(server.port, "/v1/sigmoid/forward", body, connections, seconds)
    return (cpu_seconds(pid) - before) * 1e6 / count, latency


def measure(server, bodies, seconds):
    server.start()
    row = {"name": server.name, "start_ms": server.start_ms}
    try:
        pid = server.process.pid
        time.sleep(0.5)
        row["idle_mb"] = memory_mb(pid, "VmRSS")
        row["w1_cpu_us"], latency = small(server, bodies["w1"], 64, seconds)
        row["w1_p99_us"] = latency["99"]
        _, latency = small(server, bodies["w1"], 1, seconds)
        row["w1_p50_us"] = latency["50"]
        row["w2_cpu_us"], _ = small(server, bodies["w2"], 16, seconds)
        if not server.constant:
            reset_peak(pid)
            row["w3_ms"], row["w3_min_ms"], row["w3_cpu_ms"] = big(server, "/v1/sigmoid/forward", bodies["w3"], 15)
            row["w3_peak_mb"] = memory_mb(pid, "VmHWM")
            row["w4_ms"], row["w4_min_ms"], row["w4_cpu_ms"] = big(server, "/v1/softmax/jacobian", bodies["w4"], 15)
    finally:
        server.stop()
    return row


PIPELINE = """
import sys, time, statistics, orjson, numpy as np
from scipy.special import expit, softmax
w3, w4 = open(sys.argv[1], 'rb').read(), open(sys.argv[2], 'rb').read()
def sigmoid():
    return orjson.dumps({"output": expit(np.array(orjson.loads(w3)["input"]))}, option=orjson.OPT_SERIALIZE_NUMPY)
def jacobian():
    s = softmax(np.array(orjson.loads(w4)["input"]))
    return orjson.dumps({"output": np.diag(s) - np.outer(s, s)}, option=orjson.OPT_SERIALIZE_NUMPY)
for f in sigmoid, jacobian:
    f()
    times = []
    for _ in range(15):
        t = time.perf_counter(); f(); times.append((time.perf_counter() - t) * 1e3)
    print(statistics.median(times))
"""


def pipeline(python, bodies):
    """Medians in ms of orjson → NumPy → SciPy → orjson in one process without any HTTP: W3, W4."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for key in ("w3", "w4"):
            paths.append(os.path.join(folder, key))
            with open(paths[-1], "wb") as f:
                f.write(bodies[key])
        out = subprocess.run([python, "-c", PIPELINE, *paths], capture_output=True, text=True, check=True).stdout
    return [float(line) for line in out.split()]


def make_bodies():
    r = random.Random(7)
    numbers = lambda n: ",".join("%.17g" % r.gauss(0, 1) for _ in range(n)).encode()
    body = lambda n: b'{"input":[' + numbers(n) + b"]}"
    return {"w1": b'{"input":0.5}', "w2": body(1000), "w3": body(1_000_000), "w4": body(1000)}


# As nginx has one worker here: on a machine of few cores two loops beside the client take turns.
ONE_LOOP = "this service, one event loop"


def servers(a, folder):
    yield Server("this service", [a.server, "--port", "{port}"])
    yield Server(ONE_LOOP, [a.server, "--port", "{port}", "--workers", "1"])
    reply = '{"activation":"sigmoid","operation":"forward","dtype":"float64","shape":[],"parameters":{},"output":0.6224593312018546}'
    if shutil.which("nginx"):
        conf = os.path.join(folder, "nginx.sh")
        with open(conf, "w") as f:
            f.write(f"""cat >{folder}/nginx.conf <<'N'
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log /dev/null; events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 100000000; client_body_buffer_size 1m; client_body_temp_path {folder}/body;
proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
server {{ listen 127.0.0.1:PORT; location / {{ default_type application/json; return 200 '{reply}'; }} }} }}
N
sed -i "s/PORT/$1/" {folder}/nginx.conf; exec nginx -p {folder} -c {folder}/nginx.conf
""")
        yield Server("nginx constant reply", ["sh", conf, "{port}"], constant=True)
    for name, path, command in (
            ("Go net/http", "go/peer", ["{path}", "{port}"]),
            ("Hummingbird + Codable", "hummingbird/peer", ["{path}", "{port}"])):
        binary = os.path.join(a.peers, path)
        if os.path.exists(binary):
            yield Server(name, [c.replace("{path}", binary) for c in command])
    if shutil.which("node"):
        yield Server("Node", ["node", os.path.join(HERE, "node/server.js"), "{port}"])
    uvicorn = os.path.join(os.path.dirname(a.python), "uvicorn")
    if os.path.exists(uvicorn):
        yield Server("FastAPI + orjson + NumPy", [uvicorn, "--app-dir", os.path.join(HERE, "fastapi"), "app:app",
                                                  "--port", "{port}", "--log-level", "warning"])


COLUMNS = (("w1_cpu_us", "W1 CPU µs"), ("w1_p50_us", "W1 p50 µs, 1 connection"), ("w1_p99_us", "W1 p99 µs, 64"),
           ("w2_cpu_us", "W2 CPU µs"), ("w3_ms", "W3 ms"), ("w3_peak_mb", "W3 peak MB"), ("w4_ms", "W4 ms"),
           ("idle_mb", "idle MB"), ("start_ms", "start ms"))


def digits(value):
    """Three digits where they tell something, whole numbers past that."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def markdown(rows, pipe, rounds):
    model = next((l.split(":", 1)[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown CPU")
    lines = [f"Measured {datetime.date.today()} on {os.cpu_count()} cores of {model}, everything on loopback in one run of "
             f"`Benchmarks/peers/run`, medians of {rounds} rounds; the machine is shared, so compare ratios, not absolute "
             "figures.", "",
             "| server | " + " | ".join(t for _, t in COLUMNS) + " |", "| --- |" + " --- |" * len(COLUMNS)]
    for row in rows:
        cells = ["–" if key not in row else digits(row[key]) for key, _ in COLUMNS]
        lines.append(f"| {row['name']} | " + " | ".join(cells) + " |")
    if pipe:
        lines.append(f"| orjson → NumPy/SciPy → orjson in one process, no HTTP | – | – | – | – | {digits(pipe[0])} | – | {digits(pipe[1])} | – | – |")
    return "\n".join(lines)


def goals(rows, pipe):
    """This service's goals, each with its figure and the figure's share of the goal: up to 1 it is reached."""
    ours = rows[0]
    one_loop = next((r for r in rows if r["name"] == ONE_LOOP), ours)
    nginx = next((r for r in rows if r["name"].startswith("nginx")), None)
    lines = []

    def row(what, goal, figure, unit):
        lines.append(f"| {what} | ≤ {goal:g}{unit} | {figure:.3g}{unit} | {figure / goal:.2f} |")

    if nginx:
        row("W1 CPU a request ÷ nginx, one loop", 0.9, one_loop["w1_cpu_us"] / nginx["w1_cpu_us"], "")
        row("W1 p50 at one connection ÷ nginx", 0.6, ours["w1_p50_us"] / nginx["w1_p50_us"], "")
        row("W2 CPU a request ÷ nginx", 3, ours["w2_cpu_us"] / nginx["w2_cpu_us"], "")
    row("W2 CPU a request", 30, ours["w2_cpu_us"], " µs")
    if pipe:
        row("W3 wall ÷ Python pipeline", 0.26, ours["w3_ms"] / pipe[0], "")
        row("W4 wall ÷ Python pipeline", 0.3, ours["w4_ms"] / pipe[1], "")
    row("W3 peak memory", 50, ours["w3_peak_mb"], " MB")
    row("idle memory", 12, ours["idle_mb"], " MB")
    row("first answer after start", 10, ours["start_ms"], " ms")
    return "\n".join(["| goal | at most | measured | measured ÷ goal |", "| --- | --- | --- | --- |", *lines])


def svg(rows):
    """Bars for W1 CPU and W3 wall, logarithmic lengths would mislead: each panel is linear to its largest value."""
    panels = [("W1: CPU µs a request, one number", "w1_cpu_us"), ("W3: ms for a million numbers", "w3_ms")]
    width, bar, gap, left = 720, 18, 6, 200
    parts, y = [], 10
    for title, key in panels:
        data = [(r["name"], r[key]) for r in rows if key in r]
        top = max(v for _, v in data)
        parts.append(f'<text x="10" y="{y + 16}" font-weight="600">{title}</text>')
        y += 28
        for name, value in data:
            length = max(1, (width - left - 80) * value / top)
            color = "#e4572e" if name.startswith("this service") else "#8aa1b1"
            parts.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{name}</text>'
                         f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar}" rx="2" fill="{color}"/>'
                         f'<text x="{left + length + 6:.1f}" y="{y + 13}">{digits(value)}</text>')
            y += bar + gap
        y += 16
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" font-family="system-ui, sans-serif" '
            f'font-size="12" role="img" aria-label="The service and its peers"><style>text{{fill:#333}}'
            f'@media (prefers-color-scheme: dark){{text{{fill:#ddd}}}}</style>' + "".join(parts) + "</svg>\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--server", required=True)
    p.add_argument("--peers", default=os.path.join(HERE, "../../.build-peers"), help="folder with the built peers")
    p.add_argument("--python", default=sys.executable, help="a Python with orjson, numpy, scipy, fastapi, uvicorn")
    p.add_argument("--only", help="names of servers, comma separated")
    p.add_argument("--seconds", type=int, default=4)
    p.add_argument("--rounds", type=int, default=3, help="how often all are measured in turn; medians are told")
    p.add_argument("--json")
    p.add_argument("--readme", help="file whose section between <!-- performance --> marks is rewritten")
    p.add_argument("--svg")
    a = p.parse_args()
    bodies, rounds, pipes = make_bodies(), {}, []
    for _ in range(a.rounds):
        with tempfile.TemporaryDirectory() as folder:
            for server in servers(a, folder):
                if a.only and server.name not in a.only.split(","):
                    continue
                try:
                    row = measure(server, bodies, a.seconds)
                except (OSError, RuntimeError, subprocess.SubprocessError) as e:
                    if server.name == "this service":
                        raise
                    print(f"{server.name}: left out: {e}", flush=True)
                    continue
                rounds.setdefault(server.name, []).append(row)
                print(json.dumps(row), flush=True)
        try:
            pipes.append(pipeline(a.python, bodies))
        except subprocess.CalledProcessError as e:
            print("no Python pipeline:", e.stderr.splitlines()[-1])
    rows = [{"name": name} | {key: statistics.median(row[key] for row in measured)
                              for key in measured[0] if key != "name"} for name, measured in rounds.items()]
    pipe = [statistics.median(column) for column in zip(*pipes)]
    text = markdown(rows, pipe, a.rounds)
    print("\n" + text)
    if rows[0]["name"] == "this service":
        print("\n" + goals(rows, pipe))
    if a.json:
        with open(a.json, "w") as f:
            json.dump({"rows": rows, "pipeline_ms": pipe}, f, indent=1)
    if a.svg:
        with open(a.svg, "w") as f:
            f.write(svg(rows))
    if a.readme:
        if a.svg:
            picture = os.path.relpath(a.svg, os.path.dirname(os.path.abspath(a.readme)))
            text = f"![CPU and time of the service and its peers]({picture})\n\n" + text
        with open(a.readme) as f:
            old = f.read()
        mark = re.compile(r"(<!-- performance -->\n).*?(<!-- /performance -->)", re.S)
        with open(a.readme, "w") as f:
            f.write(mark.sub(lambda m: m.group(1) + text + "\n" + m.group(2), old))


if __name__ == "__main__":
    main()
