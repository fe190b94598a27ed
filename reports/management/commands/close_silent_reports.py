"""Close answered reports whose reporter kept silent. The worker does the same every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from reports.upkeep import close_silent_reports


class Command(BaseCommand):
    help = "Menutup laporan yang sudah ditanggapi dan tidak dibalas pelapor sampai tenggatnya lewat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{close_silent_reports()} laporan ditutup karena tidak ada balasan dari pelapor.")
