"""The disk fills up, the media folder becomes read-only: a clear answer, no code that was not stored, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench.drills.portal import Ground, Portal, Server, free_port
from tests.bench.drills.senders import post, report_body, small_photo
from tests.bench.drills.table import Row

DISK_MB = 420  # photos are refused below 300 free, /healthz fails below 200
SENTENCE = "penyimpanan di server penuh atau terkunci"


def drill(ground: Ground, scale: float) -> Iterator[Row]:
    if os.geteuid() != 0:
        yield Row("full disk", "needs root to mount a small disk", "not drilled", is_met=False)
        return
    with small_disk() as disk, ground.portal(place=disk / "portal") as portal:
        yield from full(portal, disk)
    with small_disk() as disk, ground.portal(MEDIA_ROOT=str(disk / "media")) as portal:
        portal.media = disk / "media"
        yield from read_only(portal, disk)
    with small_disk() as disk, ground.portal(place=disk / "portal") as portal:
        yield control(portal, disk)


@contextmanager
def small_disk() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="drill-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def fill(disk: Path, *, leave: int) -> None:
    """Ballast until `leave` megabytes are free; 0 leaves not a byte."""
    ballast = (disk / "ballast").open("ab")
    try:
        while leave == 0 or os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize > leave * 2**20:
            ballast.write(b"0" * (2**20 if leave else 4096))
            ballast.flush()
    except OSError:
        pass
    finally:
        with suppress(OSError):
            ballast.close()


class Person:
    """Sends one report, remembers what was acknowledged."""

    def __init__(self, server: Server) -> None:
        self.server, self.acknowledged, self.number = server, [], 0

    def send(self, *, photo: bool) -> tuple[int, dict[str, str], str]:
        self.number += 1
        self.last = str(uuid4()), photo
        return self.again()

    def again(self) -> tuple[int, dict[str, str], str]:
        key, photo = self.last
        body = report_body(key, f"Laporan ke-{self.number} saat disk penuh.", small_photo() if photo else None)
        status, headers, content = post(self.server.port, body)
        if status in {200, 201}:
            self.acknowledged.append([key, json.loads(content)["tracking_code"], int(photo)])
        return status, headers, content.decode()


def faults_of(portal: Portal, acknowledged: list[list[Any]]) -> dict[str, int]:
    facts = portal.ask("audit", acknowledged)
    names = ("lost", "wrong_code", "photos_missing", "half", "twice", "counted_wrong", "broken_chains")
    return {name: facts[name] for name in names if facts[name]}


def full(portal: Portal, disk: Path) -> Iterator[Row]:
    server = portal.serve(free_port())
    server.wait()
    person = Person(server)
    first = person.send(photo=True)[0]
    fill(disk, leave=250)
    status, _, text = person.send(photo=True)
    words = person.send(photo=False)[0]
    health, facts = server.health()
    told = f"with photo {status}, in words {words}, /healthz {health} {facts['status']}"
    sound = (first, status, words, health) == (201, 422, 201, 200) and SENTENCE in text and facts["media"] == "full"
    yield Row("disk nearly full (250 MB left)", "photo refused in words, report in words taken", told, sound)
    fill(disk, leave=0)
    status, headers, text = person.send(photo=False)
    health, _ = server.health()
    told = f"{status}, Retry-After {headers.get('retry-after')}, /healthz {health}"
    yield Row("disk full to the last byte", "503 with Retry-After, no code", told, (status, health) == (503, 503))
    (disk / "ballast").unlink()
    again = person.again()[0]
    faults = faults_of(portal, person.acknowledged)
    yield Row(
        "room again",
        "the same send is taken, nothing is lost",
        f"{again}, {faults or 'no fault'}",
        again == 201 and not faults,
    )


def read_only(portal: Portal, disk: Path) -> Iterator[Row]:
    server = portal.serve(free_port())
    server.wait()
    person = Person(server)
    person.send(photo=True)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    status, _, text = person.send(photo=True)
    words = person.send(photo=False)[0]
    health, facts = server.health()
    told = f"with photo {status}, in words {words}, /healthz {health} {facts['status']}, media {facts['media']}"
    sound = (status, words, health) == (422, 201, 200) and SENTENCE in text and facts["media"] == "read-only"
    faults = faults_of(portal, person.acknowledged)
    yield Row(
        "media read-only", "photo refused in words, report in words taken, said by /healthz", told, sound and not faults
    )


def control(portal: Portal, disk: Path) -> Row:
    server = portal.serve(free_port(), "tests.bench.drills.early")
    server.wait()
    person = Person(server)
    fill(disk, leave=0)
    for _ in range(3):
        person.send(photo=False)
    (disk / "ballast").unlink()
    lost = faults_of(portal, person.acknowledged).get("lost", 0)
    return Row("full disk, control that acknowledges before commit", "loses some", f"{lost} lost", lost > 0)
