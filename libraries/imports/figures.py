"""The months of a regency's libraries: what was not entered is entered, what the agency accepted stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from groups.imports.columns import EMPTY_CELL, MONTH_NUMBERS, Column, Words
from libraries.imports.sheet import CHANGED, GAP, NEW, SAME, DryRun, ListKind, Row, in_order, own_libraries
from libraries.models import MonthlyFigures
from libraries.models.figures import COUNTED, MOST, this_month
from libraries.months import FIRST, first_day

NUMBERS = dict(zip(("kunjungan_di_tempat", "kunjungan_daring", "kegiatan", "peserta"), COUNTED, strict=True))
WHOLE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+")


class Month(forms.Field):
    """A month as people and spreadsheets write it: 2026-03, 2026-03-01, 03/2026, 1/3/2026, Maret 2026, Mar-26."""

    FORMS = (
        re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?", re.ASCII),
        re.compile(r"(?:\d{1,2}[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII),
        re.compile(r"(?P<name>[a-z]{3,9})[ -](?P<year>\d{4}|\d{2})", re.ASCII),
    )

    def to_python(self, value: Any) -> date:
        text = str(value or "").strip().lower()
        if not text:
            raise ValidationError(EMPTY_CELL)
        wrong = ValidationError(f"“{text[:40]}” bukan bulan. Tulis misalnya 2026-03 atau Maret 2026.")
        found = next((match for form in self.FORMS if (match := form.fullmatch(text))), None)
        if found is None:
            raise wrong
        parts = found.groupdict()
        number = MONTH_NUMBERS.get(parts["name"][:3], 0) if "name" in parts else int(parts["month"])
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        if not 1 <= number <= 12 or not 1 <= year <= 9999:
            raise wrong
        if date(year, number, 1) < FIRST:
            raise ValidationError(f"Angka dicatat mulai tahun {FIRST.year}.")
        return date(year, number, 1)


class Whole(forms.Field):
    """A whole number, also with dots between its thousands; empty where nothing was counted."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not WHOLE.fullmatch(text) or len(text) > 15:
            raise ValidationError(f"“{text[:40]}” bukan angka bulat. Tulis 0 bila memang tidak ada.")
        number = int(re.sub("[.,]", "", text))
        if number > MOST:
            raise ValidationError("Angka ini terlalu besar untuk satu bulan.")
        return number


def number_column(name: str, about: str) -> Column:
    return Column(name, Whole(required=False), about, "12")


COLUMNS = (
    Column("kode_perpustakaan", Words(80, required=True), "Kode di portal, seperti di berkas unduhan."),
    Column("perpustakaan", Words(200), "Nama, agar Anda mengenali barisnya. Tidak dibaca."),
    Column("bulan", Month(), "Tahun dan bulan.", "2026-03"),
    number_column("kunjungan_di_tempat", "Orang yang datang, dihitung setiap kali datang."),
    number_column("kunjungan_daring", "Pengunjung situs, katalog, atau media sosial."),
    number_column("kegiatan", "Kegiatan yang terlaksana."),
    number_column("peserta", "Peserta semua kegiatan."),
    Column("keadaan", Words(40), "Diterima, dicatat, atau belum dicatat. Tidak dibaca."),
)


class FiguresList(ListKind):
    name, title = "angka", "Angka bulanan"
    most_rows = 1000
    columns = COLUMNS
    shown = ("bulan", *NUMBERS)

    # --- Checking ----------------------------------------------------------------------------------------------------
    def check(self, run: DryRun, by: User) -> None:
        """A handful of queries, however long the list."""
        known = own_libraries((row.values.get("kode_perpustakaan", "") for row in run.rows), by)
        stored = {(each.library_id, each.month): each for each in self._stored(run, known)}
        seen: dict[tuple[int, date], int] = {}
        unread = {fault.line for fault in run.faults if fault.column in NUMBERS}
        for row in run.rows:
            slug, month = row.values.get("kode_perpustakaan"), row.values.get("bulan")
            row.library = known.get(slug or "")
            if slug and row.library is None:
                run.add(row, "kode_perpustakaan", "Tidak ada perpustakaan dengan kode ini di wilayah tugas Anda.")
            if row.library is None or month is None:
                continue
            row.title = row.library.name
            key = (row.library.pk, month)
            if key in seen:
                run.add(row, "bulan", f"Bulan ini sudah tertulis di baris {seen[key]}.")
            seen.setdefault(key, row.line)
            if row.line not in unread:
                self._settle(run, row, stored.get(key))

    def _stored(self, run: DryRun, known: dict[str, Any]) -> Any:
        months = {month for row in run.rows if (month := row.values.get("bulan"))}
        return MonthlyFigures.objects.filter(library__in=[each.pk for each in known.values()], month__in=months)

    def _settle(self, run: DryRun, row: Row, stored: MonthlyFigures | None) -> None:
        numbers = {name: row.values.get(column) for column, name in NUMBERS.items()}
        if all(number is None for number in numbers.values()):
            row.verb = GAP  # a gap stays a gap, and takes nothing away
            return
        self._check_numbers(run, row)
        row.data = {"version": stored.version if stored else 0, **numbers}
        if stored is None:
            row.verb = NEW
        elif stored.numbers == numbers:
            row.verb = SAME
        else:
            row.verb = CHANGED
            if stored.is_locked:
                run.add(row, "bulan", "Bulan ini sudah diterima. Koreksinya di halaman bulan itu, dengan alasan.")

    def _check_numbers(self, run: DryRun, row: Row) -> None:
        assert row.library
        for column in NUMBERS:
            if row.values.get(column) is None:
                run.add(row, column, "Isi angka ini. Tulis 0 bila memang tidak ada; kosongkan keempatnya bila belum.")
        if row.values["bulan"] > this_month(row.library):
            run.add(row, "bulan", "Bulan ini belum tiba.")
        if row.values.get("peserta") and row.values.get("kegiatan") == 0:
            run.add(row, "kegiatan", "Ada peserta tetapi tidak ada kegiatan. Isi jumlah kegiatan.")

    # --- Storing -----------------------------------------------------------------------------------------------------
    def store(self, rows: Sequence[Row], by: User) -> int:
        """Through the action that a librarian's page calls; StaleMonth where somebody else was faster."""
        with transaction.atomic():
            for row in in_order(rows):
                assert row.library
                MonthlyFigures.of_month(row.library, row.values["bulan"]).enter(by=by, **row.data)
        return len(rows)

    # --- Writing out -------------------------------------------------------------------------------------------------
    def lines(self, libraries: Any, year: int) -> Iterator[list[Any]]:
        """Every library and month of a year that has come; a month not entered is an empty row, to be filled."""
        last = min(date(year, 12, 1), first_day(timezone.localdate()))
        months = [date(year, number, 1) for number in range(1, 13) if date(year, number, 1) <= last]
        of_year = MonthlyFigures.objects.between(date(year, 1, 1), last)
        rows = libraries.select_related("institution").order_by("folded", "pk")
        for library in rows.prefetch_related(Prefetch("figures", of_year, to_attr="of_year")).iterator(500):
            known = {row.month: row for row in library.of_year}
            for month in months:
                row = known.get(month)
                state = "belum dicatat" if row is None else "diterima" if row.is_locked else "dicatat"
                numbers = [getattr(row, name) if row else "" for name in COUNTED]
                yield [library.slug, library.name, f"{month:%Y-%m}", *numbers, state]
