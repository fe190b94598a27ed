"""Fill an empty portal with made-up people and reports, for trying it out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Institution, User
from accounts.outbox import OutgoingMail
from kimportal.demo import facilitation
from kimportal.demo.groups import GroupTeller
from kimportal.demo.kims import KIMS
from kimportal.demo.libraries import VILLAGES, LibraryTeller
from kimportal.demo.meetings import tell_meetings
from kimportal.demo.partnerships import tell_partnerships
from kimportal.demo.people import make_institutions, make_people
from kimportal.demo.places import REGIONS
from kimportal.demo.stories import Teller
from kimportal.demo.voices import tell_voices
from regions.models import Area
from reports.models import Report

PROGRESS = 20  # reports between two signs of life


class Command(BaseCommand):
    help = "Mengisi portal kosong dengan orang dan laporan contoh. Menolak bila sudah ada data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="diam saja bila sudah ada data")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists() or Report.objects.exists() or Institution.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                "Basis data ini sudah berisi data. Contoh hanya untuk portal kosong; "
                "pakai VAR_DIR atau DATABASE_URL lain untuk mencobanya."
            )
        check_ready()
        with transaction.atomic():
            reports, kims, announcements, libraries = self.seed()
            OutgoingMail.objects.all().delete()  # nobody waits for mail about made-up reports
        self.stdout.write(
            f"Contoh siap: {reports} laporan, {kims} KIM, {announcements} pengumuman, {libraries} perpustakaan."
        )

    def seed(self) -> tuple[int, int, int, int]:
        people = make_people()
        institutions = make_institutions(people)
        told = 0
        for told, _ in enumerate(Teller(people, institutions).tell_all(), start=1):
            if told % PROGRESS == 0 and self.stdout.isatty():
                self.stdout.write(f"  {told} laporan …")
        teller = GroupTeller(people)
        kims, announcements = teller.tell_all()
        tell_partnerships(people, institutions)
        facilitation.tell(people, teller.kims)
        tell_meetings(people, institutions)
        libraries = LibraryTeller(people).tell_all()
        tell_voices(people)
        return told, kims, announcements, libraries


def check_ready() -> None:
    """Whether made-up people may live here: never on a real portal, and only in places that exist."""
    if settings.PRODUCTION:
        raise CommandError("Contoh tidak boleh dibuat di portal sungguhan (PRODUCTION menyala).")
    wanted = {code for region in REGIONS for code in region.villages} | {kim.code for kim in KIMS} | {*VILLAGES}
    missing = wanted - set(Area.objects.filter(code__in=wanted).values_list("code", flat=True))
    if missing:
        raise CommandError(
            f"Wilayah {', '.join(sorted(missing))} belum ada. Jalankan dulu: python manage.py load_regions"
        )
