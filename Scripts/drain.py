"""Ends servers under load without a proxy before them, and counts requests that get no answer: must be none.

Part of Scripts/rolling-restart. Three kinds, each for as many rounds as the argument says (5); each must have answers, and
a server under load must end with status 0:
- kept connections with requests and answers of 100 KB and more, which go on until an answer says that they end;
- a thousand connections that wait to be accepted when the signal comes;
- clients that open connections all the while. One that is refused has lost nothing.
"""
import http.client, json, random, resource, signal, socket, sys, threading, time

from service import Server

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
NUMBERS = [round(random.Random(1).uniform(0, 1) + n, 13) for n in range(6_000)]
LARGE = json.dumps({"input": NUMBERS}).encode()
WIDE = json.dumps({"input": list(range(400))}).encode()
SMALL = b'{"input":[1,-1]}'


class Count:
    """Answers and losses, counted by several threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.answered, self.lost, self.reasons = 0, 0, set()

    def add(self, failure=None):
        with self.lock:
            if failure is None:
                self.answered += 1
            else:
                self.lost += 1
                self.reasons.add(failure)


def keep_asking(port, count, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    while True:
        try:
            connection.request("POST", path, body)
            answer = connection.getresponse()
            text = answer.read()
            count.add(None if answer.status == 200 and text.endswith(b"}") else f"status {answer.status}")
        except (OSError, http.client.HTTPException) as failure:
            return count.add(type(failure).__name__)
        if answer.will_close:
            return


def kept_connections(count):
    server = Server("--workers", "2")
    paths = [("/v1/sigmoid/forward", LARGE), ("/v1/relu/jacobian", WIDE)]
    threads = [
        threading.Thread(target=keep_asking, args=(server.port, count, *paths[n % 2])) for n in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.3, 0.6))
    server.stop()
    for thread in threads:
        thread.join()


def read_answer(connection, count):
    answer = b""
    try:
        while piece := connection.recv(65_536):
            answer += piece
        whole = answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"}")
        count.add(None if whole else f"{len(answer)} bytes")
    except OSError as failure:
        count.add(type(failure).__name__)


def request(path, body):
    return (
        f"POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body


def waiting_connections(count):
    server = Server("--workers", "2")
    # While it is stopped, the kernel takes its connections.
    server.signal(signal.SIGSTOP)
    connections = [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(1_000)]
    for connection in connections:
        connection.sendall(request("/v1/relu/forward", SMALL))
    server.signal(signal.SIGTERM)
    server.signal(signal.SIGCONT)
    for connection in connections:
        with connection:
            read_answer(connection, count)
    server.await_end()


def open_and_ask(port, count):
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=3)
        except OSError:
            return
        with connection:
            connection.settimeout(60)
            try:
                connection.sendall(request("/v1/relu/forward", SMALL))
            except OSError as failure:
                return count.add(type(failure).__name__)
            read_answer(connection, count)


def new_connections(count):
    server = Server("--workers", "2")
    threads = [threading.Thread(target=open_and_ask, args=(server.port, count)) for _ in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.2, 0.4))
    server.stop()
    for thread in threads:
        thread.join()


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    lost = 0
    for kind in (kept_connections, waiting_connections, new_connections):
        count = Count()
        for _ in range(ROUNDS):
            kind(count)
        lost += count.lost
        name = kind.__name__.replace("_", " ")
        if count.answered < ROUNDS:
            sys.exit(f"{name}: {count.answered} answers in {ROUNDS} rounds")
        print(f"{name:20} {count.answered} answered, {count.lost} lost  {', '.join(sorted(count.reasons))}", flush=True)
    sys.exit(lost > 0)


main()
