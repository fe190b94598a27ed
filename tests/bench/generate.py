"""Fill an empty database with a made-up country: `python -m tests.bench.generate --reports 1000000`.

Believable proportions over the real area tree, rows as valid as the portal's own (`--check` proves it). DATABASE_URL
and VAR_DIR say where; photos and papers are links to a few drawn files.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import Institution, User
from groups import models as groups
from groups.models.coverage import DistrictCoverage
from libraries.models import Library
from reports.models import Report, ReportCount
from tests.bench import announcements, kims, libraries, partnerships, reports
from tests.bench.country import SERVED, Country
from tests.bench.kims import Known
from tests.bench.writing import Batch, analyze, hurry, indexes_away, set_sequences, store, words_away

STEP = 2_000  # rows of a batch
COUNTED = (
    *(User, Institution, groups.Kim, groups.Membership, groups.Decree, groups.Announcement, groups.Dissemination),
    Library,
)
BIG = (
    *("reports_report", "reports_reportevent", "reports_reportphoto", "reports_reporter", "accounts_eventhead"),
    *("groups_kimevent", "groups_membership", "groups_kim", "groups_kimword", "groups_announcement"),
    *("groups_announcementword", "groups_dissemination", "libraries_library", "libraries_libraryword"),
    *("libraries_monthlyfigures", "libraries_mediaexposure", "libraries_libraryevent"),
)
Make = Callable[[range], Batch]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Size:
    reports: int
    kims: int = 84_000
    announcements: int = 0
    libraries: int = 84_000
    served: int = SERVED
    partnerships: int = partnerships.PARTNERSHIPS

    @classmethod
    def of(cls, number: int) -> Size:
        return cls(number, announcements=number // 10)


class Bar:
    """One line on the terminal, redrawn; without a terminal a line every tenth."""

    def __init__(self) -> None:
        self.what, self.begun, self.shown = "", time.monotonic(), -1

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self.what:
            self.what, self.begun, self.shown = what, time.monotonic(), -1
        percent = 100 * done // max(total, 1)
        if percent == self.shown or (not sys.stderr.isatty() and percent // 10 == self.shown // 10):
            return
        self.shown, spent = percent, time.monotonic() - self.begun
        left = spent * (total - done) / max(done, 1)
        line = f"{what:<14} [{'#' * (percent // 4):<25}] {percent:3} %  {done:>9,} dari {total:,}  sisa {left:4.0f} s"
        end = "\n" if done >= total or not sys.stderr.isatty() else "\r"
        print(line.replace(",", "."), end=end, file=sys.stderr, flush=True)


# --- Many processes make, PostgreSQL takes from each, SQLite from one ------------------------------------------------
_make: Make | None = None


def work(numbers: range) -> Batch:
    """In a process of its own."""
    assert _make is not None
    batch = _make(numbers)
    if connection.vendor == "postgresql":
        store(batch)
        batch.rows = {}
    return batch


def make_all(make: Make, ranges: Sequence[range], processes: int) -> Iterator[Batch]:
    """Every batch, stored. Without processes in this one, inside whatever transaction is open."""
    global _make
    if not processes:
        for numbers in ranges:
            batch = make(numbers)
            store(batch)
            yield batch
        return
    _make = make
    connections.close_all()  # no process shares another's connection
    with get_context("fork").Pool(processes, hurry) as pool:
        hurry()
        for batch in pool.imap(work, ranges):
            if batch.rows:
                store(batch)
            yield batch


def cut(total: int, step: int = STEP) -> list[range]:
    """1 to `total` in ranges."""
    return [range(start, min(start + step, total + 1)) for start in range(1, total + 1, step)]


def generate(size: Size, processes: int, progress: Progress = lambda *_: None) -> None:
    """Everything, in the order in which it refers to each other."""
    country = Country(size.served)

    def run(what: str, make: Make, total: int) -> tuple[list[Any], Counter[Any]]:
        facts, counts, done = [], Counter[Any](), 0
        ranges = cut(total)
        for numbers, batch in zip(ranges, make_all(make, ranges, processes), strict=True):
            facts += batch.facts
            counts.update(batch.counts)
            done += len(numbers)
            progress(what, done, total)
        return facts, counts

    known, _ = run("KIM", partial(kims.make_kims, country), size.kims)
    run("Pengumuman", partial(make_announcements, country, known), size.announcements)
    _, counts = run("Laporan", partial(make_reports, country, known, size.reports), size.reports)
    add_counts(counts)
    DistrictCoverage.objects.all().rebuild()
    _, counts = run("Perpustakaan", partial(libraries.make_libraries, country), size.libraries)
    libraries.add_rollups(counts)
    partnerships.add_partnerships(size.partnerships)
    progress("Kemitraan", size.partnerships, size.partnerships)
    set_sequences(COUNTED)


def make_announcements(country: Country, known: list[Known], numbers: range) -> Batch:
    speakers = [each for each in known if each.status in announcements.SPEAKING]
    return announcements.Teller(country, speakers, numbers).tell()


def make_reports(country: Country, known: list[Known], total: int, numbers: range) -> Batch:
    active = {each.area: each for each in known if each.status == "active"}
    return reports.Teller(country, active, range(numbers.start - 1, numbers.stop - 1), total).tell()


def add_counts(counts: Counter[Any]) -> None:
    leaves = []
    for (area, category, status, month), number in counts.items():
        leaf = ReportCount(area_id=area, category_id=category, status=status, month=month, count=number)
        leaf.copy_codes()
        leaves.append(leaf)
    ReportCount._base_manager.bulk_create(leaves, batch_size=2000)


def fill(size: Size, processes: int) -> None:
    """From an empty database to one that can be measured; indexes and full text are made once, at the end."""
    bar, begun = Bar(), time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("load_regions", if_empty=True, verbosity=0)
    if Report.objects.exists():
        raise SystemExit("Basis data ini sudah berisi laporan. Pakai basis data kosong.")
    hurry()
    with words_away(), indexes_away(BIG):
        generate(size, processes, bar)
        print("Membuat indeks …", file=sys.stderr)
        hurry()
    connection.check_constraints()
    analyze()
    minutes = (time.monotonic() - begun) / 60
    print(
        f"Selesai {timezone.localtime():%H.%M}: {size.reports:,} laporan dalam {minutes:.1f} menit.".replace(",", ".")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--kims", type=int, default=Size.kims)
    parser.add_argument("--libraries", type=int, default=Size.libraries)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--check", action="store_true", help="periksa isi setelah dibuat")
    options = parser.parse_args()
    fill(Size(options.reports, options.kims, options.reports // 10, options.libraries), options.processes)
    if options.check:
        from tests.bench.check import problems

        found = list(problems())
        print("\n".join(found) or "Isi basis data sah.")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
