"""Past one machine: two web groups and two workers on one PostgreSQL and one media folder.

Who writes at one group reads it at the other at once; limits count across both; mail goes out once.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.bench.drills.portal import Ground, Portal, connect, free_port
from tests.bench.drills.post_office import PostOffice
from tests.bench.drills.senders import BOUNDARY, TOKEN, multipart, post, report_body
from tests.bench.drills.table import Row

PEOPLE = 200
TRIES = 10  # wrong codes an hour from one browser


def drill(ground: Ground, scale: float) -> Iterator[Row]:
    people = max(10, int(PEOPLE * min(1, scale)))
    with PostOffice() as office, ground.portal(postgres=ground.cluster is not None) as portal:
        portal.extra.update(office.settings)
        ports = [free_port(), free_port()]
        for port in ports:
            portal.serve(port).wait()
        workers = [portal.worker("right", DRILL_SECONDS="600") for _ in range(2)]
        with ThreadPoolExecutor(4) as pool:
            stale = sum(pool.map(lambda number: is_stale(ports, number), range(people)))
        yield Row("two web groups: own report at the other group", "0 stale", f"{stale} stale of {people}", stale == 0)
        yield shared_limit(ports)
        yield one_code(ports, people)
        mails = once(portal, office, people)
        yield Row("two web groups, two workers: receipt mails", "each once", *mails)
        alive = sum(worker.poll() is None for worker in workers)
        yield Row("two workers share the clock", "both alive", f"{alive} of 2", alive == 2)


def is_stale(ports: list[int], number: int) -> bool:
    """File at one group, open the receipt at the other with the same cookie."""
    here, there = ports[number % 2], ports[1 - number % 2]
    key = str(uuid4())
    fields = {"submission_id": key, "category": "jalan", "area": "13.07.11.2004", "step": "submit", "consent": "on"}
    fields |= {"description": f"Lampu jalan mati nomor {number}.", "email": f"warga{number}@contoh.invalid"}
    status, headers, content = post(here, multipart({**fields, "csrfmiddlewaretoken": TOKEN}, None))
    code = json.loads(content)["tracking_code"] if status == 201 else "-"
    with connect(there) as link:
        link.request("GET", "/laporan/tanda-terima/", headers={"Cookie": headers["set-cookie"].split(";")[0]})
        answer = link.getresponse()
        return answer.status != 200 or code not in answer.read().decode()


def shared_limit(ports: list[int]) -> Row:
    """Wrong tracking codes from one browser, in turn at both groups: the eleventh is refused wherever it comes."""
    answers = [try_code(ports[number % 2]) for number in range(TRIES + 2)]
    refused = [number for number, status in enumerate(answers, start=1) if status == 429]
    figure = f"refused from try {refused[0]}" if refused else f"never refused: {answers}"
    return Row("two web groups: limit on wrong codes", "holds across both", figure, refused[:1] == [TRIES + 1])


def try_code(port: int) -> int:
    body = multipart({"code": "0000-0000-0000-0000", "csrfmiddlewaretoken": TOKEN}, None)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": f"csrftoken={TOKEN}"}
    link.request("POST", "/laporan/lacak/", body, headers)
    status = link.getresponse().status
    link.close()
    return status


def one_code(ports: list[int], people: int) -> Row:
    """The same form sent to both groups at the same moment."""

    def both(number: int) -> set[str]:
        body = report_body(str(uuid4()), f"Pohon tumbang nomor {number}.", None)
        with ThreadPoolExecutor(2) as pool:
            return {
                json.loads(answer[2]).get("tracking_code", "") for answer in pool.map(lambda p: post(p, body), ports)
            }

    with ThreadPoolExecutor(2) as pool:
        wrong = sum(len(codes) != 1 or "" in codes for codes in pool.map(both, range(people)))
    return Row(
        "two web groups: one form sent to both", "one report, one code", f"{wrong} wrong of {people}", wrong == 0
    )


def once(portal: Portal, office: PostOffice, people: int) -> tuple[str, bool]:
    until = time.monotonic() + 120
    while time.monotonic() < until and len(office.received) < people:
        time.sleep(0.5)
    twice = sum(times - 1 for times in office.received.values())
    written = sum(portal.ask("mails").values())
    return f"{written} written, {len(office.received)} received, {twice} twice", len(
        office.received
    ) == written and not twice
