"""Reads answers, mails, files and the whole database for marks that must not be there (tests/test_canary.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from accounts.outbox import OutgoingMail
from tests.addresses import named_addresses
from tests.stage import KINDS, Stage

ADDRESSES = {address.name: address for address in named_addresses()}
HANDLERS = {"officer", "confidentiality", "superuser"}
READERS = {"province_reader", "national_reader"}
# Who may read what a report says, as it was typed. The public reads the officer's version and nothing else.
MAY_READ = {
    **{kind: HANDLERS | READERS for kind in ("open", "hidden", "anonymous")},
    "unpublished": HANDLERS | READERS | {"liaison", "owner", "holder"},
    **{kind: HANDLERS for kind in ("secret", "both")},
}
ACCOUNT_PAGES = ("admin:accounts_", "accounts:", "account_", "mfa_")


def found_in(text: str, marks: dict[str, str]) -> set[str]:
    return {name for name, mark in marks.items() if mark in text}


def as_text(response: Any) -> str:
    """Status, headers, cookies and body of one answer."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.status_code}\n{headers}\n{response.cookies.output()}\n{body.decode(errors='replace')}"


def may_see_account(role: str, kind: str, name: str) -> bool:
    """One's own account page and the superuser's and privacy officer's lists of accounts name people, not reports."""
    if role == "owner":
        return kind == "unpublished"
    return role in {"superuser", "personal_data_officer"} and name.startswith(ACCOUNT_PAGES)


def leaks(stage: Stage, role: str, name: str, text: str, kinds: Iterable[str] = KINDS) -> Iterator[str]:
    """Marks in this answer that this role must not see there."""
    for kind in kinds:
        marks = stage.marks[kind]
        identity = found_in(text, marks.identity)
        if may_see_account(role, kind, name):
            identity -= {"account name", "account email"}
        if role == "owner" and kind == "unpublished" and name == "accounts:data_copy":
            identity -= {"name", "email", "phone"}
        content = set() if role in MAY_READ[kind] else found_in(text, marks.content)
        yield from (f"{role} {name}: {what} of the {kind} report" for what in identity | content)


def paths(stage: Stage) -> Iterator[tuple[str, str]]:
    """Every named address, and those about a report once for each report."""
    yield from ((name, address.path(stage)) for name, address in ADDRESSES.items())
    yield from report_paths(stage)


def report_paths(stage: Stage) -> Iterator[tuple[str, str]]:
    """Every page about a report, for each report; lists of reports with what might be asked of them."""
    for kind, report in stage.reports.items():
        for name in ("reports:report_detail", "reports:own_report"):
            yield name, reverse(name, args=[report.public_id])
        for name in ("change", "history", "sheet", "delete"):
            yield f"admin:reports_report_{name}", reverse(f"admin:reports_report_{name}", args=[report.pk])
        yield "reports:photo", reverse("reports:photo", args=[stage.photos[kind].image_id, "large"])
    for name in ("reports:report_list", "admin:reports_report_changelist", "reports:report_feed"):
        for query in ("q=jalan", "kata=jalan", "cari=surau", "urut=-created_at", "halaman=rusak", "is_secret=1"):
            yield name, f"{ADDRESSES[name].path(stage)}?{query}"


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sessions decoded."""
    rows = {table: rows_of(table) for table in connection.introspection.table_names()}
    rows["decoded sessions"] = [(repr(session.get_decoded()),) for session in Session.objects.all()]
    return rows


def rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [tuple(map(plain, row)) for row in cursor.fetchall()]


def plain(value: Any) -> Any:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def number_of(marks: dict[str, str], rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, int]:
    text = repr(rows)
    return {name: text.count(mark) for name, mark in marks.items()}


def new_rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for table, rows in after.items():
        known = {repr(row) for row in before.get(table, [])}
        yield from ((table, row) for row in rows if repr(row) not in known)


def clock_times(rows: Iterable[tuple[str, tuple[Any, ...]]]) -> list[tuple[str, Any]]:
    """Moments that are neither midnight in the village or in Greenwich, nor the end of a day."""
    return [
        (table, value) for table, row in rows for value in row if (moment := as_moment(value)) and tells_time(moment)
    ]


def as_moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 and value[:2] == "20" else None
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def tells_time(moment: datetime) -> bool:
    places = [moment.astimezone(zone).strftime("%H:%M:%S") for zone in (UTC, ZoneInfo("Asia/Jakarta"))]
    return not {"00:00:00", "23:59:59"} & set(places)


def files() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def mail_texts(rows: Iterable[OutgoingMail]) -> Iterator[tuple[str, str]]:
    return ((mail.to, f"{mail.to}\n{mail.subject}\n{mail.body}\n{mail.message_id}") for mail in rows)


def leaks_by_mail(stage: Stage, rows: Iterable[OutgoingMail]) -> list[str]:
    """Marks in mail to anybody but the reporter; what a secret report says goes to nobody."""
    found = []
    for to, text in mail_texts(rows):
        for kind, marks in stage.marks.items():
            if marks.identity["email"] in to or marks.identity["account email"] in to:
                continue
            seen = found_in(text, marks.identity)
            found += [f"mail to {to}: {what} of {kind}" for what in seen | found_in(text, marks.content)]
    return found
