import json
import unittest
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from ${{ values.module }} import app


def request(method: str, path: str) -> tuple[str, object]:
    """Calls the application as a server would. `validator` checks that both follow WSGI."""
    environ = {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": ""}
    setup_testing_defaults(environ)
    statuses: list[str] = []

    def start_response(status, headers, exc_info=None):
        statuses.append(status)
        return lambda data: None

    body = validator(app.application)(environ, start_response)
    try:
        content = b"".join(body)
    finally:
        body.close()
    return statuses[0], json.loads(content) if content else None


class AppTest(unittest.TestCase):
    def test_is_healthy(self):
        self.assertEqual(request("GET", "/health"), ("200 OK", {"status": "ok"}))

    def test_returns_its_name(self):
        self.assertEqual(request("GET", "/"), ("200 OK", {"service": "${{ values.name }}"}))

    def test_answers_head_without_a_body(self):
        self.assertEqual(request("HEAD", "/health"), ("200 OK", None))

    def test_returns_404_elsewhere(self):
        for method, path in [("GET", "/nothing"), ("POST", "/health")]:
            with self.subTest(method=method, path=path):
                self.assertEqual(request(method, path), ("404 Not Found", {"error": "Not found"}))

    def test_hides_the_cause_of_errors(self):
        def broken(_environ):
            raise ValueError("a secret")

        with patch.dict(app.ROUTES, {("GET", "/"): broken}), self.assertLogs(app.logger):
            status, body = request("GET", "/")
        self.assertEqual(status, "500 Internal Server Error")
        self.assertEqual(body, {"error": "Internal server error"})


if __name__ == "__main__":
    unittest.main()
