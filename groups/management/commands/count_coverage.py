"""Count anew in how many villages there is an active KIM."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from groups.models import DistrictCoverage


class Command(BaseCommand):
    help = "Menghitung ulang cakupan KIM per kecamatan, misalnya setelah load_regions. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Hanya bila belum pernah dihitung.")

    def handle(self, *args: Any, if_empty: bool = False, **options: Any) -> None:
        if if_empty and DistrictCoverage.objects.exists():
            return
        self.stdout.write(f"Cakupan KIM dihitung untuk {DistrictCoverage.objects.rebuild()} kecamatan.")
