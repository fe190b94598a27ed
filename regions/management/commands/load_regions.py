"""Load or refresh the area tree."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from regions.catalogue import DATA_DIR, BrokenFileError
from regions.loading import Changes, load
from regions.models import Area

WIDTH = 30
LISTED = 20  # names and codes shown of each sort; a first load would print 91,599


class Command(BaseCommand):
    help = "Memuat atau memperbarui daftar wilayah Indonesia. Aman diulang; tidak ada wilayah yang dihapus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA_DIR, help="Folder berkas CSV (bawaan: regions/data).")
        parser.add_argument("--if-empty", action="store_true", help="Hanya bila belum ada wilayah sama sekali.")

    def handle(self, *args: Any, folder: Path, if_empty: bool = False, **options: Any) -> None:
        if if_empty and Area.objects.exists():
            return
        started = time.monotonic()
        try:
            changes = load(folder, self.show_progress)
        except BrokenFileError as error:
            raise CommandError(f"{error} Tidak ada data yang diubah.") from error
        for line in report(changes):
            self.stdout.write(line)
        self.stdout.write(self.style.SUCCESS(f"Selesai dalam {time.monotonic() - started:.1f} detik."))

    def show_progress(self, what: str, done: int, total: int) -> None:
        """One line that fills; where the output is a file, only the end is written."""
        is_last = done == total
        if self.stdout.isatty() or is_last:
            bar = "#" * (WIDTH * done // total)
            ending = "\n" if is_last else "\r"
            self.stdout.write(f"{what} [{bar:<{WIDTH}}] {done:,} dari {total:,}".replace(",", "."), ending=ending)
            self.stdout.flush()


def report(changes: Changes) -> list[str]:
    """What changed, in sentences."""
    if not changes:
        return ["Daftar wilayah sudah sesuai; tidak ada yang berubah."]
    counts = {
        "wilayah baru": changes.added,
        "wilayah berganti zona waktu, sebutan atau nama lain": changes.updated,
        "baris ikut pindah ke kode baru": changes.moved_rows,
        "istilah setempat baru": changes.terms,
        "nama lain baru": changes.aliases,
    }
    lines = [f"{count} {what}." for what, count in counts.items() if count]
    lines += listed("berganti nama", [f"{code} {old} -> {new}" for code, old, new in changes.renamed])
    lines += listed("digantikan", [f"{old} -> {new}" for old, new in changes.replaced])
    lines += listed("tidak berlaku lagi, tanpa pengganti (isi successors.csv bila ada)", changes.retired)
    lines += listed("berlaku kembali", changes.returned)
    return lines


def listed(what: str, items: list[str]) -> list[str]:
    if not items:
        return []
    rest = [f"  dan {len(items) - LISTED} lagi"] if len(items) > LISTED else []
    return [f"{len(items)} wilayah {what}:", *(f"  {item}" for item in items[:LISTED]), *rest]
