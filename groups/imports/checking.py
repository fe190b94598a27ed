"""Reading a list and finding every mistake in it, by row and column, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role, User
from groups.imports.columns import BY_NAME, COLUMNS, DECREE, PEOPLE, PHONES
from groups.models import Kim
from groups.workflow import Status
from regions.folding import fold
from regions.models import Area, Level, code_prefixes
from regions.tables import csv_rows

MOST_ROWS = 5000
PLACES = {name: place for place, name in enumerate(BY_NAME)}
FREE = (Status.REJECTED, Status.DISSOLVED)  # their names may be used again


class Fault(NamedTuple):
    """One mistake: where it stands in the file and what to do about it."""

    line: int
    column: str
    text: str


@dataclass
class Row:
    """One KIM of the list, as read."""

    line: int
    values: dict[str, Any]
    area: Area | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same KIM: village and name, however it is capitalised and dotted."""
        return self.values.get("kode_desa") or "", name_key(self.values.get("nama_kim") or "")

    @property
    def people(self) -> dict[str, str]:
        return {post: name for post in PEOPLE if (name := self.values.get(post))}

    @property
    def has_decree(self) -> bool:
        return any(self.values.get(name) for name in (*DECREE, "tentang_sk"))


@dataclass
class Plan:
    """What a list would create, or everything that is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return bool(self.rows) and not self.faults


def name_key(name: str) -> str:
    return fold(name) or name.casefold()


def plan_for(content: bytes, by: User) -> Plan:
    """Check a whole file for this officer. A dozen queries, however long the list."""
    plan = Plan()
    try:
        read(content, plan)
    except ValidationError as error:
        plan.faults.append(Fault(0, "", error.messages[0]))
    find_villages(plan, by)
    for row in plan.rows:
        plan.faults += row_faults(row)
    find_doubles(plan)
    plan.faults.sort(key=lambda fault: (fault.line, PLACES.get(fault.column, 0)))
    return plan


# --- Reading ---------------------------------------------------------------------------------------------------------
def read(content: bytes, plan: Plan) -> None:
    """Rows with clean values; what cannot be read is a fault. Raises ValidationError where the file is none."""
    lines = csv_rows(content)
    heading = [name.lower().replace(" ", "_") for name in next(lines, (0, []))[1]]
    check_heading(heading)
    for line, cells in lines:
        if len(plan.rows) == MOST_ROWS:
            raise ValidationError(f"Paling banyak {MOST_ROWS} baris dalam satu berkas. Bagi daftarnya.")
        if any(cells[len(heading) :]):
            words = f"Baris ini berisi {len(cells)} kolom, judulnya {len(heading)}. Periksa tanda pemisahnya."
            plan.faults.append(Fault(line, "", words))
            continue
        texts = dict(zip(heading, cells, strict=False))
        values, faults = clean(line, texts)
        plan.faults += faults
        plan.rows.append(Row(line, values))
    if not plan.rows and not plan.faults:
        raise ValidationError("Berkas ini tidak berisi satu pun KIM. Isi mulai baris kedua.")


def check_heading(heading: list[str]) -> None:
    missing = [column.name for column in COLUMNS if column.is_required and column.name not in heading]
    if missing:
        raise ValidationError(f"Baris pertama tidak memuat kolom: {', '.join(missing)}.")
    if unknown := [name for name in heading if name and name not in BY_NAME]:
        raise ValidationError(f"Kolom tidak dikenal di baris pertama: {', '.join(unknown)[:200]}.")
    if twice := sorted({name for name in heading if name and heading.count(name) > 1}):
        raise ValidationError(f"Kolom ini tertulis dua kali di baris pertama: {', '.join(twice)}.")


def clean(line: int, texts: dict[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in COLUMNS:
        try:
            values[column.name] = column.field.clean(texts.get(column.name, ""))
        except ValidationError as error:
            faults += [Fault(line, column.name, text) for text in error.messages]
    return values, faults


# --- Checking --------------------------------------------------------------------------------------------------------
def find_villages(plan: Plan, by: User) -> None:
    """Each row's village: one that exists today, in the area that this officer verifies."""
    codes = {code for row in plan.rows if (code := row.values.get("kode_desa"))}
    areas = Area.objects.select_related("successor").in_bulk(codes)
    for row in plan.rows:
        if code := row.values.get("kode_desa"):
            row.area = areas.get(code)
            if text := village_fault(code, row.area, by):
                plan.faults.append(Fault(row.line, "kode_desa", text))


def village_fault(code: str, area: Area | None, by: User) -> str:
    if area is None or area.level != Level.VILLAGE:
        return f"Tidak ada desa atau kelurahan dengan kode {code}."
    if area.retired_on:
        new = f" Sekarang: {area.successor.code}, {area.successor.label}." if area.successor else ""
        return f"{area.label} tidak berlaku lagi.{new}"
    if not by.has_role(Role.KIM_VERIFIER, code_prefixes(code)):
        return f"{area} di luar wilayah tugas Anda."
    return ""


def row_faults(row: Row) -> Iterator[Fault]:
    yield from people_faults(row)
    if row.has_decree:
        yield from decree_faults(row)


def people_faults(row: Row) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for post, name in row.people.items():
        if other := seen.get(name_key(name)):
            text = f"{name} sudah tertulis sebagai {in_words(other)}. Satu orang memegang satu jabatan saja."
            yield Fault(row.line, post, text)
        seen.setdefault(name_key(name), post)
    for column in PHONES:
        post = column.removeprefix("telepon_")
        if row.values.get(column) and post not in row.people:
            yield Fault(row.line, post, f"Tulis nama {post}, atau kosongkan teleponnya.")


def in_words(post: str) -> str:
    return f"ketua {post.replace('_', ' ')}" if post.startswith("seksi") else post


def decree_faults(row: Row) -> Iterator[Fault]:
    values = row.values
    for name in DECREE:
        if name in values and not values[name]:
            yield Fault(row.line, name, "Isi juga kolom ini, atau kosongkan semua kolom SK.")
    since, until, decided = (values.get(name) for name in ("berlaku_sejak", "berlaku_sampai", "tanggal_sk"))
    if since and until and until <= since:
        yield Fault(row.line, "berlaku_sampai", "SK tidak dapat berakhir sebelum mulai berlaku.")
    if decided and decided > timezone.localdate():
        yield Fault(row.line, "tanggal_sk", "Tanggal SK tidak boleh di masa depan.")


def find_doubles(plan: Plan) -> None:
    """A KIM twice in the file, or already in the portal."""
    rows = [row for row in plan.rows if all(row.key)]
    taken = present(row.key[0] for row in rows)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.key in taken:
            plan.faults.append(Fault(row.line, "nama_kim", "KIM dengan nama ini sudah ada di desa tersebut."))
        elif row.key in seen:
            text = f"KIM ini sudah tertulis di baris {seen[row.key]}."
            plan.faults.append(Fault(row.line, "nama_kim", text))
        seen.setdefault(row.key, row.line)


def present(codes: Iterator[str]) -> set[tuple[str, str]]:
    """Village and name of the KIM that stand in these villages already."""
    kims = Kim.objects.filter(area__in=set(codes)).exclude(status__in=FREE)
    return {(code, name_key(name)) for code, name in kims.values_list("area_id", "name")}
