"""A mail server of the drill's own on loopback: takes mail and remembers it, or refuses, or dies on the way."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_string
from types import TracebackType
from typing import Any, Self

from tests.bench.drills.portal import free_port


class Talk(socketserver.StreamRequestHandler):
    """Just enough of SMTP for smtplib."""

    server: PostOffice

    def handle(self) -> None:
        if self.server.refuses:
            self.say("421 tutup")
            return
        self.say("220 drill")
        while line := self.rfile.readline():
            word = line[:4].strip().upper()
            if word == b"DATA":
                self.say("354 lanjut")
                self.server.take("".join(iter(self.text_line, ".\r\n")))
            self.say("221 selesai" if word == b"QUIT" else "250 baik")
            if word == b"QUIT":
                return

    def text_line(self) -> str:
        return self.rfile.readline().decode() or ".\r\n"

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """`received` counts Message-IDs; `on_mail` runs after a mail is taken, before the sender is told."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, refuses: bool = False) -> None:
        super().__init__(("127.0.0.1", free_port()), Talk)
        self.refuses = refuses
        self.received: Counter[str] = Counter()
        self.on_mail: Callable[[int], Any] = lambda number: None

    @property
    def settings(self) -> dict[str, str]:
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.server_address[1]), "EMAIL_USE_TLS": "0"}

    def take(self, text: str) -> None:
        self.received[str(message_from_string(text)["Message-ID"])] += 1
        self.on_mail(self.received.total())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker killed in the middle of a talk is what the drill wants."""

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()
