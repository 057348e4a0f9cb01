"""Keeps a service busy with everything that holds memory, all of it at the same time, and asks it small things meanwhile.

Arguments: port, the service's memory limit in MiB, seconds. Prints what became of each kind of request, and fails unless
every small request was answered 200 within 5 s, also one whose body comes in two parts.
"""
import collections, multiprocessing, random, select, socket, sys, time

port, limit_mib, seconds = map(int, sys.argv[1:])
HOST = b"Host: localhost\r\n"
# Beside all of this on two cores a small request takes some 0.7 s; one that has to wait for large ones takes 10 s and more.
SLOWEST_SECONDS_MAX = 5
# The largest body that the service takes: a quarter of its memory, 64 MiB at most.
body_limit = min(64, limit_mib // 4) << 20


def post(path, body, declared=None):
    length = len(body) if declared is None else declared
    return b"POST %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s" % (path, HOST, length, body)


def get(target):
    return b"GET %s HTTP/1.1\r\n%s\r\n" % (target, HOST)


def array(items, fields=b""):
    return b"{" + fields + b'"input":[' + items + b"]}"


def filled(item, byte_count, fields=b""):
    return array(item * (byte_count // len(item) - 1) + item.rstrip(b","), fields)


def numbers(count):
    generator = random.Random(count)
    return b",".join(b"%.17g" % generator.gauss(0, 1) for _ in range(count))


large = min(31_000_000, body_limit - 1_000)
long_number = b"1." + b"7" * 3_000 + b","
# Name: connections, whether they read their answers, seconds that each lasts at most, and what it sends again and again.
MIXES = {
    "empty rows along axis 0": (4, True, 60, post(b"/v1/softmax/forward", filled(b"[],", large, b'"axis":0,'))),
    "Jacobians of empty rows": (2, True, 60, post(b"/v1/softmax/jacobian", filled(b"[],", large, b'"axis":0,'))),
    "rows of one number": (4, True, 60, post(b"/v1/softmax/forward", filled(b"[1],", large // 2, b'"axis":0,'))),
    "numbers of one digit": (6, True, 60, post(b"/v1/softmax/forward", filled(b"1,", large // 4, b'"dtype":"float32",'))),
    "long vectors": (4, True, 60, post(b"/v1/softmax/jacobian", filled(b"1,", 1_000_000))),
    "long numbers": (4, True, 60, post(b"/v1/tanh/forward", filled(long_number, large // 2))),
    "answers unread": (150, False, 10, post(b"/v1/sigmoid/forward", array(numbers(2_000))) * 40),
    "large answers unread": (20, False, 10, post(b"/v1/softmax/jacobian", array(numbers(1_000)))),
    "documents unread": (60, False, 10, get(b"/openapi.json") * 200),
    "metrics and pictures": (4, True, 60, (get(b"/metrics") + get(b"/v1/tanh/plot.svg")) * 50),
    "requests ahead": (40, False, 10, get(b"/v1/tanh/plot.svg") + get(b"/livez") * 1_500),
    "lengths declared": (20, True, 10, post(b"/v1/tanh/forward", b'{"input":[' + b"1," * 8_000, large)),
    "heads without an end": (300, True, 8, b"GET /livez HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 30_000),
    "idle": (1_000, True, 30, b""),
}
ONCE = {"lengths declared", "heads without an end", "idle"}


def run(name, outcomes):
    """Plays the clients of one kind until it is ended."""
    count, reads, lifetime, content = MIXES[name]
    clients, tally = {}, collections.Counter()
    while True:
        now = time.monotonic()
        for connection in [c for c, (_, end) in clients.items() if end < now]:
            del clients[connection]
            connection.close()
        while len(clients) < count:
            connection = socket.socket()
            if not reads:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.settimeout(5)
            try:
                connection.connect(("127.0.0.1", port))
            except OSError:
                tally["refused"] += 1
                connection.close()
                time.sleep(0.05)
                break
            connection.setblocking(False)
            clients[connection] = (memoryview(content), now + lifetime * random.uniform(0.5, 1))
        poll = select.poll()
        by_descriptor = {connection.fileno(): connection for connection in clients}
        for descriptor, connection in by_descriptor.items():
            wanted = (select.POLLIN if reads else 0) | (select.POLLOUT if clients[connection][0] else 0)
            poll.register(descriptor, wanted)
        for descriptor, events in poll.poll(200):
            connection = by_descriptor[descriptor]
            rest, end = clients[connection]
            try:
                if events & select.POLLIN:
                    piece = connection.recv(1 << 18)
                    for status in (b"200", b"413", b"503"):
                        tally[status.decode()] += piece.count(b"HTTP/1.1 " + status)
                    if not piece:
                        raise OSError
                if events & select.POLLOUT and rest:
                    rest = rest[connection.send(rest[: 1 << 17]) :]
                    if not rest and name not in ONCE:
                        rest = memoryview(content)
                if events & (select.POLLHUP | select.POLLERR):
                    raise OSError
                clients[connection] = (rest, end)
            except BlockingIOError:
                pass
            except OSError:
                tally["closed"] += 1
                del clients[connection]
                connection.close()
        outcomes[name] = dict(+tally)


def receive_piece(connection, before):
    piece = connection.recv(1 << 16)
    if not piece:
        raise OSError("the connection ended: " + repr(before[:100]))
    return piece


def receive(connection):
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += receive_piece(connection, answer)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += receive_piece(connection, body)
    return head[9:12].decode()


def small(connection, kind):
    if kind == 0:
        connection.sendall(post(b"/v1/tanh/forward", b'{"input":[0.5,-1.25,3]}'))
    elif kind == 1:
        connection.sendall(get(b"/readyz"))
    else:
        request = post(b"/v1/tanh/derivative", array(numbers(3_000 if kind == 3 else 200)))
        connection.sendall(request[: len(request) // 2])
        time.sleep(0.02)
        connection.sendall(request[len(request) // 2 :])
    return receive(connection)


def main():
    outcomes = multiprocessing.Manager().dict()
    processes = [multiprocessing.Process(target=run, args=(name, outcomes), daemon=True) for name in MIXES]
    for process in processes:
        process.start()
    results, slowest = collections.Counter(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 60) as connection:
                for kind in range(4):
                    start = time.monotonic()
                    results[f"{('whole', 'probe', 'in two parts', '60 kB in two parts')[kind]}: "
                            f"{small(connection, kind)}"] += 1
                    slowest = max(slowest, time.monotonic() - start)
        except OSError as error:
            results[f"{type(error).__name__}: {error}"] += 1
            if isinstance(error, ConnectionRefusedError):
                break
    for process in processes:
        process.kill()
    for name in MIXES:
        print(f"  {name}: {outcomes.get(name)}")
    print(f"small requests: {dict(results)}, the slowest in {slowest:.2f} s")
    are_answered = results and all(result.endswith(": 200") for result in results)
    sys.exit(0 if are_answered and slowest <= SLOWEST_SECONDS_MAX else 1)


if __name__ == "__main__":
    main()
