"""Reading a list by its columns, and what a dry run of it says; each kind of list checks and stores its own rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Role, User
from groups.imports import Fault
from groups.imports.columns import Column
from libraries.models import Library
from regions.models import code_prefixes
from regions.tables import csv_rows

NEW, CHANGED, SAME, GAP = "baru", "diubah", "sama", "kosong"
WRITTEN = frozenset({NEW, CHANGED})


@dataclass
class Row:
    """One line of the list: its clean values, and what taking it over would do."""

    line: int
    values: dict[str, Any]
    verb: str = ""
    library: Library | None = None
    area: Any = None
    data: dict[str, Any] = field(default_factory=dict)  # what would be stored
    title: str = ""

    @property
    def place(self) -> str:
        """Where it lies, in words: a code of another village is seen before anything is stored."""
        area = self.area or (self.library.area if self.library else None)
        return area.full_name if area else ""


@dataclass
class DryRun:
    """What a list would do, or everything that is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def written(self) -> list[Row]:
        return [row for row in self.rows if row.verb in WRITTEN]

    @property
    def is_ready(self) -> bool:
        return bool(self.written) and not self.faults

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(row.verb for row in self.rows)
        return [(verb, found[verb]) for verb in (NEW, CHANGED, SAME, GAP) if found[verb]]

    def add(self, row: Row, column: str, text: str) -> None:
        self.faults.append(Fault(row.line, column, text))


class ListKind(ABC):
    """One kind of list: its columns, how it is checked, how it is stored, how it is written out."""

    name: str
    title: str
    most_rows: int
    columns: tuple[Column, ...]
    shown: tuple[str, ...]  # the columns that the preview shows

    def dry_run(self, content: bytes, by: User) -> DryRun:
        """Check a whole file for this officer; nothing is written."""
        run = DryRun()
        try:
            self._read(content, run)
        except ValidationError as error:
            run.faults.append(Fault(0, "", error.messages[0]))
        self.check(run, by)
        places = {column.name: place for place, column in enumerate(self.columns)}
        run.faults.sort(key=lambda fault: (fault.line, places.get(fault.column, 0)))
        return run

    @abstractmethod
    def check(self, run: DryRun, by: User) -> None:
        """Find what the rows are about, and what is wrong with them."""

    @abstractmethod
    def store(self, rows: Sequence[Row], by: User) -> int:
        """All of it or nothing; how many rows. IntegrityError or a Stale… where somebody else was faster."""

    @abstractmethod
    def lines(self, libraries: Any, year: int) -> Iterator[list[Any]]:
        """The same columns from what is stored, ready to be filled and read again."""

    def _read(self, content: bytes, run: DryRun) -> None:
        lines = csv_rows(content)
        heading = [name.lower().replace(" ", "_") for name in next(lines, (0, []))[1]]
        self._check_heading(heading)
        for line, cells in lines:
            if len(run.rows) == self.most_rows:
                raise ValidationError(f"Paling banyak {self.most_rows} baris dalam satu berkas. Bagi daftarnya.")
            if any(cells[len(heading) :]):
                words = f"Baris ini berisi {len(cells)} kolom, judulnya {len(heading)}. Periksa tanda pemisahnya."
                run.faults.append(Fault(line, "", words))
                continue
            run.rows.append(self._clean(line, dict(zip(heading, cells, strict=False)), run))
        if not run.rows and not run.faults:
            raise ValidationError("Berkas ini tidak berisi satu pun baris. Isi mulai baris kedua.")

    def _check_heading(self, heading: list[str]) -> None:
        known = {column.name for column in self.columns}
        missing = [column.name for column in self.columns if column.is_required and column.name not in heading]
        if missing:
            raise ValidationError(f"Baris pertama tidak memuat kolom: {', '.join(missing)}.")
        if unknown := [name for name in heading if name and name not in known]:
            raise ValidationError(f"Kolom tidak dikenal di baris pertama: {', '.join(unknown)[:200]}.")
        if twice := sorted({name for name in heading if name and heading.count(name) > 1}):
            raise ValidationError(f"Kolom ini tertulis dua kali di baris pertama: {', '.join(twice)}.")

    def _clean(self, line: int, texts: dict[str, str], run: DryRun) -> Row:
        """Clean values; a column that the file does not have stays out of them, so that it changes nothing."""
        row = Row(line, {})
        for column in self.columns:
            if column.name not in texts:
                continue
            try:
                row.values[column.name] = column.field.clean(texts[column.name])
            except ValidationError as error:
                run.faults += [Fault(line, column.name, text) for text in error.messages]
        return row


def own_libraries(slugs: Iterable[str], by: User) -> dict[str, Library]:
    """The libraries of these addresses in which this officer acts, by address."""
    wanted = {slug for slug in slugs if slug}
    rows = Library.objects.overseen_by(by).filter(slug__in=wanted).select_related("institution", "area", "agency")
    return {row.slug: row for row in rows if acts_in(by, row.area_id)}


def in_order(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are stored, their libraries locked (call it first in the transaction).

    Everybody else locks one library, then its district. A list that held a district while it waited for a library, or
    took districts in an order of its own, would stop others and itself for good.
    """
    keys = {row.library.pk for row in rows if row.library}
    list(Library._base_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return sorted(rows, key=lambda row: str(row.library.area_id if row.library else row.area.pk))


def acts_in(by: User, code: str) -> bool:
    return by.is_superuser or by.has_role(Role.LIBRARY_OFFICER, code_prefixes(code))
