"""What holds between the files under deploy/. A part of Scripts/deploy-check and Scripts/prometheus-check.

    deploy_files.py rule [--write]      the PrometheusRule has the groups of alerts.yml; --write renders it anew
    deploy_files.py kustomizations      no kustomization has a field that kustomize has deprecated
    deploy_files.py rules               prints all queries as recording rules, for promtool to parse
    deploy_files.py names PAGE          each metric that a query names is on that page of /metrics
    deploy_files.py answers URL         the Prometheus there answers every query of the dashboard with something
"""
import json
import pathlib
import re
import sys
import urllib.parse
import urllib.request

import yaml

DEPLOY = pathlib.Path(__file__).resolve().parent.parent / "deploy"
ALERTS = DEPLOY / "prometheus/alerts.yml"
RULE = DEPLOY / "kubernetes/components/monitoring/prometheusrule.yaml"
DASHBOARD = DEPLOY / "grafana/activation-service.json"

RULE_HEAD = """\
# The alerts of deploy/prometheus/alerts.yml, rendered by `Scripts/deploy-check --write`: edit those, not this file.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: activation-service
  labels:
    app.kubernetes.io/name: activation-service
spec:
"""

# https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/: what `kustomize edit fix` replaces.
DEPRECATED = {"bases", "commonLabels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "vars",
              "imageTags", "helmChartInflationGenerator"}

# What Grafana puts in place of its variables, about.
VARIABLES = {"$__rate_interval": "1m", "$job": ".*", "$instance": ".*"}


def rendered_rule():
    text = ALERTS.read_text()
    groups = text[text.index("groups:"):]
    return RULE_HEAD + "".join("  " + line if line.strip() else line for line in groups.splitlines(keepends=True))


def check_rule(write):
    if write:
        RULE.write_text(rendered_rule())
    assert yaml.safe_load(RULE.read_text())["spec"] == yaml.safe_load(ALERTS.read_text()), \
        f"{RULE} differs from {ALERTS}: Scripts/deploy-check --write"
    print("the PrometheusRule has the alerts of alerts.yml")


def check_kustomizations():
    paths = sorted((DEPLOY / "kubernetes").rglob("kustomization.yaml"))
    for path in paths:
        found = DEPRECATED & set(yaml.safe_load(path.read_text()))
        assert not found, f"{path}: {', '.join(found)} is deprecated"
    print(f"{len(paths)} kustomizations without deprecated fields")


def alert_queries():
    return [rule["expr"] for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def dashboard_queries():
    queries = []
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        for target in panel.get("targets", []):
            query = target["expr"]
            for name, value in VARIABLES.items():
                query = query.replace(name, value)
            assert "$" not in query, f"{panel['title']}: unknown variable in {target['expr']}"
            queries.append(query)
    assert len(queries) >= 20, "the dashboard has hardly any query"
    return queries


def print_rules():
    rules = [{"record": f"query:{i}", "expr": query} for i, query in enumerate(alert_queries() + dashboard_queries())]
    print(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}, sort_keys=False))


def metric_names(query):
    """What is a metric in a query: neither a label, a function nor a word of the language."""
    query = re.sub(r'"[^"]*"', "", query)
    query = re.sub(r"\{[^}]*\}|\[[^]]*\]", " ", query)
    query = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", query)
    names = re.findall(r"\b([a-zA-Z_:][a-zA-Z0-9_:]*)\b(?!\s*\()", query)
    return {name for name in names if name not in ("and", "or", "unless", "bool", "offset")} - {"up"}


def check_names(page):
    known = set()
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)", pathlib.Path(page).read_text(), re.M):
        known |= {f"{name}_{part}" for part in ("bucket", "count", "sum")} if kind == "histogram" else {name}
    used = set().union(*map(metric_names, alert_queries() + dashboard_queries()))
    assert len(used) >= 15, f"only {sorted(used)} are seen"
    assert used <= known, f"/metrics has no {', '.join(sorted(used - known))}"
    print(f"alerts and dashboard name {len(used)} metrics, all of which /metrics has")


def check_answers(url):
    for query in dashboard_queries():
        with urllib.request.urlopen(f"{url}/api/v1/query?" + urllib.parse.urlencode({"query": query})) as answer:
            assert json.load(answer)["data"]["result"], f"no answer to {query}"
    print(f"Prometheus answers {len(dashboard_queries())} queries of the dashboard")


COMMANDS = {"rule": lambda *options: check_rule("--write" in options), "kustomizations": check_kustomizations,
            "rules": print_rules, "names": check_names, "answers": check_answers}
if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
    sys.exit(__doc__)
try:
    COMMANDS[sys.argv[1]](*sys.argv[2:])
except AssertionError as error:
    sys.exit(f"deploy_files: {error}")
