"""Count anew in how many villages there is an active KIM."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from groups.models import DistrictCoverage


class Command(BaseCommand):
    help = "Menghitung ulang cakupan KIM per kecamatan, misalnya setelah load_regions. Aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Cakupan KIM dihitung untuk {DistrictCoverage.objects.rebuild()} kecamatan.")
