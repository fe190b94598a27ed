"""The proxy that ends HTTPS, as far as a browser on loopback needs one: it says so with every request.

Headers that a browser is told to add do not reach the request for its service worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

TIMEOUT = 30  # seconds
HOP = {"connection", "transfer-encoding", "keep-alive"}  # belong to one connection, not to the answer


def handler(behind: str) -> type[BaseHTTPRequestHandler]:
    class Front(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = HTTPConnection(behind, timeout=TIMEOUT)
            asked.request("GET", self.path, headers={**dict(self.headers), "X-Forwarded-Proto": "https"})
            answer = asked.getresponse()
            body = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            asked.close()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    return Front


@contextmanager
def https_front(origin: str) -> Iterator[str]:
    """The origin to give to a browser while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(urlsplit(origin).netloc))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
