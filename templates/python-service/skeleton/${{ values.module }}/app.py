"""The service as a WSGI application for any WSGI server."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

Answer = tuple[HTTPStatus, dict[str, Any]]
Handler = Callable[["WSGIEnvironment"], Answer]


def health(_environ: WSGIEnvironment) -> Answer:
    return HTTPStatus.OK, {"status": "ok"}


def about(_environ: WSGIEnvironment) -> Answer:
    return HTTPStatus.OK, {"service": "${{ values.name }}"}


ROUTES: dict[tuple[str, str], Handler] = {
    ("GET", "/"): about,
    ("GET", "/health"): health,
}


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    method = environ["REQUEST_METHOD"]
    path = environ.get("PATH_INFO") or "/"
    handler = ROUTES.get(("GET" if method == "HEAD" else method, path))
    try:
        if handler:
            status, body = handler(environ)
        else:
            status, body = HTTPStatus.NOT_FOUND, {"error": "Not found"}
    except Exception:
        logger.exception("%s %s failed", method, path)
        status, body = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "Internal server error"}
    content = json.dumps(body).encode() + b"\n"
    start_response(
        f"{status.value} {status.phrase}",
        [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(content))),
        ],
    )
    return [] if method == "HEAD" else [content]
