"""Starts a development server: `python3 -m ${{ values.module }}`."""

import os
from wsgiref.simple_server import make_server

from .app import application

port = int(os.environ.get("PORT", "${{ values.port }}"))
with make_server("127.0.0.1", port, application) as server:
    print(f"Listening on http://localhost:{port}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
