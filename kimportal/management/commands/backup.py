"""Write all rows, photos and documents of one moment into one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kimportal.backup.making import make
from kimportal.backup.progress import dotted


class Command(BaseCommand):
    help = "Membuat cadangan basis data, foto, dan dokumen dalam satu berkas, selagi portal tetap bekerja."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", help="berkas atau folder tujuan; bila kosong: VAR_DIR/backups")

    def handle(self, *args: Any, **options: Any) -> None:
        path = self.place(Path(options["path"]) if options["path"] else Path(settings.VAR_DIR) / "backups")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            manifest = make(path, self.stdout.write)
        except OSError as error:
            raise CommandError(f"Cadangan tidak dapat ditulis ke {path}: {error.strerror or error}.") from error
        files = manifest["files"]
        count = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            f"Cadangan selesai: {path} ({dotted(path.stat().st_size // 1024)} kB, {dotted(count)} baris, "
            f"{dotted(files['count'])} berkas)."
        )
        if files["missing"]:
            self.stderr.write(f"{files['missing']} berkas tidak ada lagi di folder media, jadi tidak ikut.")
        self.stdout.write("Kunci tidak ikut. Simpan SECRET_KEY, TRACKING_KEY, EVENT_KEY, DIGEST_KEY di tempat lain.")

    def place(self, wanted: Path) -> Path:
        if wanted.is_dir() or not wanted.suffix:
            wanted = wanted / f"kimportal-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
        if wanted.exists():
            raise CommandError(f"{wanted} sudah ada. Pilih nama lain.")
        return wanted
