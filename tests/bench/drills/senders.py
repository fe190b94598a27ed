"""Many residents filing at once. Each keeps its submission key and sends again until it is told a code."""

from __future__ import annotations

import http.client
import io
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from PIL import Image

from tests.bench.drills.inside import VILLAGE

TOKEN = "d" * 32  # a browser brings its own; the server compares cookie and field
BOUNDARY = "batas-kiriman"
MOST_TRIES = 400
PAUSE = 0.25  # seconds before a lost or refused send is repeated


def small_photo() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((96, 72), 60).convert("RGB").save(stream, "JPEG", quality=60)
    return stream.getvalue()


def multipart(fields: dict[str, str], photo: bytes | None) -> bytes:
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if photo:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
        lines.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + photo + b"\r\n")
    return b"".join([*lines, f"--{BOUNDARY}--\r\n".encode()])


def report_body(key: str, text: str, photo: bytes | None) -> bytes:
    fields = {"submission_id": key, "category": "jalan", "description": text, "area": VILLAGE, "step": "submit"}
    return multipart({**fields, "csrfmiddlewaretoken": TOKEN}, photo)


def post(port: int, body: bytes, timeout: float = 60) -> tuple[int, dict[str, str], bytes]:
    """One try on a fresh connection, as from a phone on a weak network."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "application/json"}
    try:
        link.request("POST", "/laporan/baru/", body, {**headers, "Cookie": f"csrftoken={TOKEN}"})
        answer = link.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        link.close()


@dataclass
class Senders:
    """Files `number` reports, each with a photo; keeps every acknowledgement and counts every answer."""

    port: int
    number: int
    threads: int = 16
    retries: bool = True
    photo: bytes | None = field(default_factory=small_photo)
    acknowledged: list[list[Any]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(self.file, range(self.number)))

    def file(self, place: int) -> None:
        key = str(uuid4())
        body = report_body(key, f"Jalan berlubang nomor {place} ({key[:8]}).", self.photo)
        for _ in range(MOST_TRIES):
            if self.stopped.is_set() or self.attempt(key, body) or not self.retries:
                return
            time.sleep(PAUSE)
        self.answers["given up"] += 1

    def attempt(self, key: str, body: bytes) -> bool:
        """Whether this try was acknowledged."""
        try:
            status, headers, content = post(self.port, body)
        except (OSError, http.client.HTTPException):
            self.answers["no answer"] += 1
            return False
        name = str(status)
        if status == 503 and "retry-after" not in headers:
            name = "503 without Retry-After"
        self.answers[name] += 1
        if status not in {200, 201}:
            return False
        code = json.loads(content)["tracking_code"]
        self.acknowledged.append([key, code, 1 if self.photo else 0])
        return True
