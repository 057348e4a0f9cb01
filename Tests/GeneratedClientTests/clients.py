"""One face for the clients of both generators: what each makes of the same description."""
import importlib
import pathlib
import pkgutil

import generator_client
import python_client
import python_client.api
from python_client import models


class Refused(Exception):
    """A problem, as the client parsed it."""

    def __init__(self, problem):
        super().__init__(f"{problem.type_ if hasattr(problem, 'type_') else problem.type}")


class PythonClient:
    """By openapi-python-client: a module for each operation."""

    name = "openapi-python-client"

    def __init__(self, url):
        self.client = python_client.Client(base_url=url)
        self.modules = {
            path.stem: f"python_client.api.{path.parent.name}.{path.stem}"
            for path in pathlib.Path(python_client.api.__path__[0]).glob("*/*.py") if path.stem != "__init__"
        }

    @property
    def operations(self):
        return set(self.modules)

    def call(self, operation, *path, **arguments):
        """The parsed answer, or its bytes where the client has no type for it."""
        function = importlib.import_module(self.modules[operation]).sync_detailed
        answer = function(*path, client=self.client, **arguments)
        if answer.status_code >= 400:
            raise Refused(answer.parsed)
        return answer.content if answer.parsed is None else answer.parsed

    def evaluate(self, activation, operation, kind, fields):
        known = {("input_" if name == "input" else name): self.value(name, value) for name, value in fields.items()}
        body = getattr(models, f"{kind}Request")(**known)
        return self.call("evaluate", activation, models.Operation(operation), body=body).to_dict()

    def evaluate_by_query(self, activation, operation, fields):
        known = {("input_" if name == "input" else name): self.value(name, value) for name, value in fields.items()}
        return self.call("evaluate_by_query", activation, models.Operation(operation), **known).to_dict()

    @staticmethod
    def value(name, value):
        return models.DType(value) if name == "dtype" else value

    @staticmethod
    def parse(model, document):
        return getattr(models, model).from_dict(document)


class GeneratorClient:
    """By openapi-generator: a class for each tag, a method for each operation."""

    name = "openapi-generator"

    def __init__(self, url):
        client = generator_client.ApiClient(generator_client.Configuration(host=url))
        self.methods = {}
        for api in (generator_client.EvaluateApi, generator_client.CatalogueApi, generator_client.ServiceApi):
            for name in vars(api):
                if not name.startswith("_") and not name.endswith(("_with_http_info", "_without_preload_content")):
                    self.methods[name] = getattr(api(client), name)

    @property
    def operations(self):
        return set(self.methods)

    def call(self, operation, *path, **arguments):
        try:
            return self.methods[operation](*path, **arguments)
        except generator_client.ApiException as error:
            raise Refused(error.data) from error

    def evaluate(self, activation, operation, kind, fields):
        body = generator_client.EvaluationRequest(getattr(generator_client, f"{kind}Request")(**fields))
        return self.call("evaluate", activation, operation, body).to_dict()

    def evaluate_by_query(self, activation, operation, fields):
        return self.call("evaluate_by_query", activation, operation, **fields).to_dict()

    @staticmethod
    def parse(model, document):
        return getattr(generator_client, model).from_dict(document)
