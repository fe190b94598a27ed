"""Libraries of the founding texts (four nagari, twelve villages in Bali) with two made-up years that tell a story."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from kimportal.demo.agenda import tell_agenda
from kimportal.demo.people import give, library_officer, make_user
from kimportal.demo.places import LIBRARY_AGENCIES
from kimportal.demo.plans import tell_customary_village, tell_plans
from kimportal.demo.timetravel import at
from libraries.models import Library, MediaExposure, MonthlyFigures, Participation, Source, Target
from libraries.months import first_day, run_of, shift
from libraries.workflow import Stage
from regions.models import Area

# Village and a word for its library; Kab. Lima Puluh Kota, then Badung, Klungkung and Tabanan (2021).
NAGARI = ("13.07.03.2002", "13.07.03.2005", "13.07.11.2004", "13.07.01.2003")
BALI = (
    *("51.03.02.2009", "51.03.02.2008", "51.03.03.2008", "51.03.03.2014", "51.03.05.2003"),
    *("51.05.02.2003", "51.05.03.2015", "51.05.04.2002", "51.05.04.2010"),
    *("51.02.05.2004", "51.02.05.2005", "51.02.08.2010"),
)
VILLAGES = (*NAGARI, *BALI)
LIAISON, LIAISON_AT = "penghubung.perpustakaan", NAGARI[2]  # answers the KIM of the same nagari
TITLES = ("Pelatihan menenun ramai diikuti", "Anak-anak betah membaca", "Kelas pemasaran daring", "Panen buku bekas")
YEARS = 2


class LibraryTeller:
    """Founds the libraries and lives two years with them, the same on every run."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people = people
        self.chance = random.Random(5)  # noqa: S311  made-up figures, no secret
        self.last = shift(first_day(timezone.localdate()), -1)

    def tell_all(self) -> int:
        """How many libraries there are now."""
        begun = datetime(self.last.year - YEARS, 1, 15, 3, tzinfo=timezone.get_default_timezone())
        with at(begun):
            officers = {code: self.officer(code) for code in LIBRARY_AGENCIES}
            libraries = [self.found(village, officers[village[:5]]) for village in VILLAGES]
            self.add_liaison(next(each for each in libraries if each.area_id == LIAISON_AT))
        for number, library in enumerate(libraries):
            self.live(library, officers[library.regency_code], number)
        tell_agenda(libraries, officers)
        tell_plans(libraries, officers[libraries[0].regency_code])
        tell_customary_village(libraries[-1], officers[libraries[-1].regency_code])
        return len(libraries)

    def officer(self, code: str) -> User:
        """The Dinas of a regency and the officer who works in it."""
        area = Area.objects.get(pk=code)
        Institution(name=f"{LIBRARY_AGENCIES[code]} {area.name}", area=area, sector=Sector.GOVERNMENT).save()
        slug = library_officer(code)
        user = self.people[slug] = make_user(slug, "Petugas Dinas Perpustakaan", self.people["warga"].password)
        give(user, Role.LIBRARY_OFFICER, area=area)
        return user

    def add_liaison(self, library: Library) -> None:
        """Who says yes for the library when a KIM proposes a partnership."""
        user = self.people[LIAISON] = make_user(LIAISON, "Penghubung", self.people["warga"].password)
        give(user, Role.LIAISON, institution=library.institution)

    def found(self, village: str, officer: User) -> Library:
        area = Area.objects.get(pk=village)
        institution = Institution(
            name=f"Perpustakaan {area.label}", area=area, sector=Sector.LIBRARY, phone="0752 555 0100"
        )
        institution.save()
        agency = Institution.objects.get(area=village[:5], name__startswith=LIBRARY_AGENCIES[village[:5]])
        library = Library.found(
            by=officer,
            institution=institution,
            agency=agency,
            hours="Senin sampai Jumat pukul 08.00–15.00, Sabtu pukul 08.00–12.00.",
            directions=f"Di samping kantor {area.label}.",
            connectivity=self.chance.choice(("none", "limited", "adequate")),
            equipment="3 komputer, 1 server, 4 rak (contoh).",
            collection="1.000 buku, 500 judul (contoh).",
        )
        self.select(library, officer)
        return library

    def select(self, library: Library, officer: User) -> None:
        is_nagari = library.area_id in NAGARI
        row = Participation(
            library=library,
            year=self.last.year - (1 if is_nagari else YEARS),
            source=Source.SELF if is_nagari else Source.APBN,
            decree_number=f"{self.chance.randrange(10, 99)}/CONTOH/{self.last.year - 1}",
            decided_on=date(self.last.year - 1, 1, 10),
        )
        row.propose(by=officer)
        steps = (Stage.SELECTED,) if is_nagari else (Stage.SELECTED, Stage.RUNNING)
        for step in steps:
            row.move(step, by=officer)

    # --- Two years ---------------------------------------------------------------------------------------------------
    def live(self, library: Library, officer: User, number: int) -> None:
        """Slow at first, more after the programme came, a gap here and there; the newest month waits."""
        size = self.chance.randrange(60, 160)
        for place, month in enumerate(run_of(self.last, 12 * YEARS)):
            if self.chance.random() < 0.07 or (month == self.last and number % 3 == 0):
                continue  # nobody wrote it down
            after = datetime.combine(shift(month, 1), datetime.min.time(), timezone.get_default_timezone())
            with at(min(after + timedelta(days=3), timezone.now())):
                self.enter(library, officer, month, size + place * (number % 4), is_waiting=month == self.last)
        targets = {"visits": (size * 10, size * 14), "involvement": (200, 350), "media": (2, 6), "partnerships": (0, 2)}
        values = {code: {"baseline": low, "target": high} for code, (low, high) in targets.items()}
        Target.set_for(library, self.last.year, by=officer, targets=values)

    def enter(self, library: Library, officer: User, month: date, visits: int, *, is_waiting: bool) -> None:
        activities = self.chance.randrange(0, 4)
        row = MonthlyFigures.of_month(library, month)
        row.enter(
            by=officer,
            version=0,
            visits_onsite=visits + self.chance.randrange(-20, 20),
            visits_online=self.chance.randrange(0, 30),
            activities=activities,
            participants=activities * self.chance.randrange(8, 20),
        )
        if self.chance.random() < 0.25:
            self.clip(library, officer, month)
        if not is_waiting:
            row.accept(by=officer, version=row.version)

    def clip(self, library: Library, officer: User, month: date) -> None:
        slug = f"{library.pk}-{month:%Y-%m}"
        MediaExposure(
            library=library,
            outlet="Harian Contoh",
            title=self.chance.choice(TITLES),
            published_on=month.replace(day=self.chance.randrange(1, 28)),
            url=f"https://harian.contoh.invalid/{slug}",
        ).keep(by=officer)
