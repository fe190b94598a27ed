"""quality.md C5: the mail server is away for an hour, a worker is killed while sending. Nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.drills.portal import Ground, Portal, kill_group
from tests.bench.drills.post_office import PostOffice
from tests.bench.drills.table import Row

MAILS = 200
MINUTE = 60


def drill(ground: Ground, scale: float) -> Iterator[Row]:
    number = max(12, int(MAILS * min(1, scale)))
    for postgres in (False, True) if ground.cluster else (False,):
        name = "PostgreSQL" if postgres else "SQLite"
        yield outage(ground, number, f"mail server away for an hour, {name}", postgres=postgres)
        yield killed(ground, number, f"worker killed while sending, {name}", postgres=postgres)
    yield control_twice(ground, number)
    yield control_lost(ground, number)


def waiting_mails(portal: Portal, office: PostOffice, number: int) -> None:
    portal.extra.update(office.settings)
    portal.ask("write_mails", number)


def work(portal: Portal, workers: int = 2, mode: str = "right", *, seconds: int = 6, shift: int = 0) -> None:
    children = [portal.worker(mode, DRILL_SHIFT=str(shift), DRILL_SECONDS=str(seconds)) for _ in range(workers)]
    for child in children:
        child.wait(180)


def finish(portal: Portal, number: int, shift: int = 0) -> None:
    """Let two workers go on until nothing waits; a mail in dead hands is free again after five minutes."""
    for round_number in range(6):
        if portal.ask("mails").get("sent", 0) >= number:
            return
        work(portal, shift=shift + round_number * 10 * MINUTE)


def judged(office: PostOffice, number: int, *, repeats: int) -> tuple[str, bool]:
    lost = number - len(office.received)
    twice = sum(times - 1 for times in office.received.values())
    return f"{number} mails: {lost} lost, {twice} repeated", lost == 0 and twice <= repeats


def outage(ground: Ground, number: int, name: str, *, postgres: bool) -> Row:
    """Two workers knock at the closed door every ten minutes; then it opens."""
    with PostOffice(refuses=True) as office, ground.portal(postgres=postgres) as portal:
        waiting_mails(portal, office, number)
        for minutes in (0, 30, 60):
            work(portal, seconds=3, shift=minutes * MINUTE)
        office.refuses = False
        finish(portal, number, shift=70 * MINUTE)
        figure, sound = judged(office, number, repeats=0)
    return Row(name, "0 lost, 0 twice", figure, sound)


def killed(ground: Ground, number: int, name: str, *, postgres: bool) -> Row:
    """The worker dies after the mail server took a mail and before the worker heard so."""
    with PostOffice() as office, ground.portal(postgres=postgres) as portal:
        waiting_mails(portal, office, number)
        child = portal.worker("right", DRILL_SECONDS="30")
        office.on_mail = lambda count: kill_group(child) if count == number // 2 else None
        child.wait(180)
        office.on_mail = lambda count: None
        finish(portal, number, shift=10 * MINUTE)
        figure, sound = judged(office, number, repeats=1)
    return Row(name, "0 lost, at most 1 repeated with the same Message-ID", figure, sound)


def control_twice(ground: Ground, number: int) -> Row:
    with PostOffice() as office, ground.portal() as portal:
        waiting_mails(portal, office, number)
        work(portal, mode="claim_nothing", seconds=15)
        twice = sum(times - 1 for times in office.received.values())
    return Row("mail, control: two workers that claim nothing", "repeats some", f"{twice} repeated", twice > 0)


def control_lost(ground: Ground, number: int) -> Row:
    with PostOffice() as office, ground.portal() as portal:
        waiting_mails(portal, office, number)
        child = portal.worker("mark_first", DRILL_SECONDS="30")
        office.on_mail = lambda count: kill_group(child) if count == number // 2 else None
        office.take = lambda text: office.on_mail(number // 2)  # type: ignore[method-assign]  dies before it keeps any
        child.wait(180)
        del office.take
        office.on_mail = lambda count: None
        finish(portal, number, shift=10 * MINUTE)
        lost = number - len(office.received)
    return Row("mail, control that marks before sending", "loses some", f"{lost} lost", lost > 0)
