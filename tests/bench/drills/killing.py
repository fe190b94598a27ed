"""quality.md C2: the server dies twenty times while people send reports with photos. Nothing acknowledged is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from tests.bench.drills.cluster import Cluster
from tests.bench.drills.portal import Ground, Portal, Server, free_port
from tests.bench.drills.senders import Senders
from tests.bench.drills.table import Row

POSTS, KILLS = 6000, 20
CONTROL_POSTS, CONTROL_KILLS = 600, 4
RECOVER = 1.5  # seconds without a server, or without PostgreSQL


def drill(ground: Ground, scale: float) -> Iterator[Row]:
    posts, kills = max(40, int(POSTS * scale)), max(2, int(KILLS * min(1, scale * 4)))
    with ground.portal() as portal:
        yield from rows("kill, SQLite", portal, posts, kills, None)
    if ground.cluster:
        with ground.portal(postgres=True) as portal:
            yield from rows("kill, PostgreSQL", portal, posts, kills, ground.cluster)
    with ground.portal() as portal:
        lost = storm(portal, max(60, int(CONTROL_POSTS * scale)), CONTROL_KILLS, None, "tests.bench.drills.early")[
            "lost"
        ]
    yield Row("kill, control that acknowledges before commit", "loses some", f"{lost} lost", lost > 0)


def rows(name: str, portal: Portal, posts: int, kills: int, cluster: Cluster | None) -> Iterator[Row]:
    started = time.monotonic()
    facts = storm(portal, posts, kills, cluster)
    took = time.monotonic() - started
    what = f"{kills} kills of the app" + (f", {kills // 2} of PostgreSQL" if cluster else "")
    sent = f"{facts['acknowledged']} acknowledged of {posts}, {what}, {took:.0f} s"
    yield Row(name, f"{posts} posts with photos acknowledged", sent, facts["acknowledged"] == posts)
    faults = {key: facts[key] for key in ("lost", "wrong_code", "photos_missing", "half", "twice", "counted_wrong")}
    faults["broken_chains"] = facts["broken_chains"]
    found = ", ".join(f"{key} {number}" for key, number in faults.items())
    yield Row(f"{name}: what is stored", "every one once, whole, with its photo", found, not any(faults.values()))
    answers = facts["answers"]
    bad = {key: number for key, number in answers.items() if key not in {"200", "201", "503", "no answer"}}
    yield Row(f"{name}: answers", "no 500; 503 only with Retry-After", str(dict(sorted(answers.items()))), not bad)


def storm(portal: Portal, posts: int, kills: int, cluster: Cluster | None, app: str = "kimportal.wsgi") -> dict:
    """Send while killing; what is there afterwards."""
    server = portal.serve(free_port(), app)
    server.wait()
    senders = Senders(server.port, posts)
    sending = threading.Thread(target=senders.run)
    sending.start()
    for number in range(kills):
        wait_for(senders, sending, posts * (number + 1) // (kills + 1))
        strike(server, cluster if number % 2 else None)
    sending.join()
    time.sleep(1)
    facts = portal.ask("audit", senders.acknowledged)
    return {**facts, "acknowledged": len(senders.acknowledged), "answers": senders.answers}


def wait_for(senders: Senders, sending: threading.Thread, number: int) -> None:
    while sending.is_alive() and len(senders.acknowledged) < number:
        time.sleep(0.02)


def strike(server: Server, cluster: Cluster | None) -> None:
    """The app dies; every second time PostgreSQL instead, then the app has to live through its absence."""
    if cluster:
        cluster.kill()
        time.sleep(RECOVER)
        cluster.start()
        cluster.wait()
        return
    server.kill()
    server.start()
    server.wait()
