"""Calls every operation of every activation through generated clients, and compares the answers with plain HTTP's.

Run by Scripts/client-generators, which generates the clients. The argument is the URL of the service.
"""
import json
import math
import sys
import urllib.parse
import urllib.request

from clients import GeneratorClient, PythonClient, Refused

SCALAR, VECTOR, NESTED = -0.5, [-1.5, 0, 2], [[[-1.5, 0.5], [1, 3]], [[0, -2], [1e-3, 40]]]
INPUTS = [SCALAR, VECTOR, NESTED, [], [[]], "Infinity", ["NaN", 1], [-1e308, 5e-324]]

# What some answers are, independently of the service.
SIGMOID = 1 / (1 + math.exp(0.5))
KNOWN = [
    ("sigmoid", "forward", SCALAR, SIGMOID),
    ("sigmoid", "derivative", SCALAR, SIGMOID * (1 - SIGMOID)),
    ("tanh", "forward", VECTOR, [math.tanh(-1.5), 0, math.tanh(2)]),
    ("tanh", "jacobian", [0, 0], [[1, 0], [0, 1]]),
    ("relu", "forward", NESTED, [[[0, 0.5], [1, 3]], [[0, 0], [1e-3, 40]]]),
    ("relu", "derivative", VECTOR, [0, None, 1]),
    ("leaky_relu", "forward", [-2, 3], [-0.02, 3]),
    ("softmax", "forward", [[0, 0], [1, 1]], [[0.5, 0.5], [0.5, 0.5]]),
    ("softmax", "jacobian", [0, 0], [[0.25, -0.25], [-0.25, 0.25]]),
    ("sigmoid", "forward", ["-Infinity", "NaN"], [0, "NaN"]),
]


class Service:
    """The service over plain HTTP."""

    def __init__(self, url):
        self.url = url

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return json.load(answer)

    def post(self, path, fields):
        request = urllib.request.Request(self.url + path, json.dumps(fields).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def requests(entry, operation):
    """Requests with every input, and with every field that the operation of the activation takes."""
    fields = entry["fields"][operation]
    yield from ({"input": value} for value in INPUTS if not (fields == [] or value in ([], [[]]) and "i" in fields))
    yield {"input": VECTOR, "dtype": "float32"}
    for name in (parameter["name"] for parameter in entry["parameters"]):
        yield {"input": VECTOR, name: 0.5}
    if "axis" in fields:
        yield {"input": NESTED, "axis": 1}
    if "i" in fields:
        yield {"input": VECTOR, "i": 0, "j": -1}
    if "at_kink" in fields:
        yield {"input": VECTOR, "at_kink": "left"}
        yield {"input": VECTOR, "at_kink": 0.5}



def near(value, expected):
    if isinstance(expected, list):
        return len(value) == len(expected) and all(near(*pair) for pair in zip(value, expected))
    if isinstance(expected, (int, float)) and isinstance(value, (int, float)):
        return math.isclose(value, expected, rel_tol=1e-14, abs_tol=1e-300)
    return value == expected


def check_evaluations(client, service, catalogue, expect):
    for entry in catalogue["activations"]:
        kind = entry["kind"].capitalize()
        for operation in entry["fields"]:
            path = f"/v1/{entry['name']}/{operation}"
            for fields in requests(entry, operation):
                answer = client.evaluate(entry["name"], operation, kind, fields)
                expect(answer == service.post(path, fields), f"{path} {fields}: {answer}")
                text = fields["input"] if isinstance(fields["input"], str) else json.dumps(fields["input"])
                answer = client.evaluate_by_query(entry["name"], operation, {**fields, "input": text})
                query = urllib.parse.urlencode({**fields, "input": text})
                expect(answer == service.get(f"{path}?{query}"), f"{path}?{query}: {answer}")
    for activation, operation, value, expected in KNOWN:
        kind = "Vector" if activation == "softmax" else "Elementwise"
        output = client.evaluate(activation, operation, kind, {"input": value})["output"]
        expect(near(output, expected), f"{activation}/{operation} of {value}: {output}, not {expected}")


def check_others(client, service, expect):
    entry = client.call("catalogue_entry", "relu")
    expect(entry.name == "relu" and entry.derivations, "catalogue_entry")
    expect(len(client.call("catalogue").activations) >= 5, "catalogue")
    expect(b"<svg" in bytes(client.call("plot", "tanh")), "plot")
    expect(b"openapi:" in bytes(client.call("openapi_yaml")), "openapi_yaml")
    expect("activation_build_info" in client.call("metrics"), "metrics")
    for health in ("healthz", "livez", "readyz"):
        expect(client.call(health).status == "ok", health)
    expect(client.call("problem", "ragged-array").title == service.get("/problems/ragged-array")["title"], "problem")
    for operation in ("openapi_json", "index"):
        expect(client.call(operation) is not None, operation)


def check_problems(client, expect):
    for activation, operation, fields, problem in [
        ("relu", "forward", {"input": 1, "at_kink": "left"}, "parameter-does-not-apply"),
        ("relu", "forward", {"input": [[1], [1, 2]]}, "ragged-array"),
        ("no_such_function", "forward", {"input": 1}, "unknown-activation"),
    ]:
        try:
            client.evaluate(activation, operation, "Elementwise", fields)
            expect(False, f"{problem} is not reported")
        except Refused as refused:
            expect(str(refused) == f"/problems/{problem}", f"{refused} instead of {problem}")


def check_growth(client, expect):
    """A client made today reads answers with names that a later service has."""
    answer = {"activation": "new", "operation": "new", "dtype": "new", "shape": [], "parameters": {"new": "x"},
              "output": 1, "new_field": 1}
    expect(client.parse("Answer", answer).dtype == "new", "an answer of a later service is not read")
    problem = {"type": "/problems/new", "title": "New", "status": 422, "detail": "", "new_field": 1}
    expect(client.parse("Problem", problem).title == "New", "a problem of a later service is not read")


def main(url):
    service = Service(url)
    catalogue = service.get("/v1")
    paths = service.get("/openapi.json")["paths"]
    described = {operation["operationId"] for path in paths.values() for operation in path.values()}
    failures = []
    for client in (PythonClient(url), GeneratorClient(url)):
        count = 0

        def expect(condition, message):
            nonlocal count
            count += 1
            if not condition:
                failures.append(f"{client.name}: {message}")

        expect(client.operations == described, f"operations {client.operations ^ described} are missing")
        check_evaluations(client, service, catalogue, expect)
        check_others(client, service, expect)
        check_problems(client, expect)
        check_growth(client, expect)
        print(f"{client.name}: {len(client.operations)} operations, {count} checks")
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


main(sys.argv[1])
