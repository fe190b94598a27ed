"""Remove photo files that no row knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from uploads.models import ORPHAN_AGE, Image

HOURS = int(ORPHAN_AGE.total_seconds() // 3600)


class Command(BaseCommand):
    help = "Hapus berkas foto yang tidak lagi dimiliki satu baris pun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=int, default=HOURS, help=f"umur paling sedikit dalam jam (bawaan {HOURS})")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["hours"] < HOURS:
            raise CommandError(f"--hours paling sedikit {HOURS}: berkas yang lebih muda mungkin sedang dikirim.")
        swept = Image.sweep_orphans(timedelta(hours=options["hours"]))
        self.stdout.write(f"{swept} foto tanpa pemilik dihapus.")
