"""What the made-up libraries say and hear: survey, stories, questions, and what stakeholders gave. All fictitious."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from kimportal.demo.drawing import draw_photo
from kimportal.demo.people import give, library_officer, make_user
from kimportal.demo.timetravel import at
from libraries.models import (
    Article,
    ConsultantBridge,
    ImpactStory,
    InternetPoint,
    Library,
    LibraryPhoto,
    StudentPlacement,
    SurveyTally,
)
from libraries.models.survey import counts_version
from libraries.months import first_day, run_of, shift
from libraries.workflow import ArticleStatus, PointStatus, StoryStatus
from partnerships.models import Commitment
from regions.models import Area, CustomaryVillage

STORIES = (
    ("13.07.11.2004", "Belajar menenun, kini punya pesanan", "Ibu Melati (contoh)", "economy"),
    ("13.07.03.2002", "Anak-anak pulang sekolah membaca", "Pak Kenanga (contoh)", "education"),
    ("51.05.02.2003", "Kelompok tari punya buku catatannya sendiri", "Kelompok Jepun (contoh)", "culture"),
)
BEFORE = "Cerita contoh. Sebelum ke perpustakaan, hal ini belum pernah dicoba."
AFTER = "Cerita contoh. Sesudah ikut kegiatan di perpustakaan, orang ini mengajarkannya kepada tetangga."
FAQS = (
    (
        "Apakah yang dimaksud perpustakaan berbasis inklusi sosial?",
        "Perpustakaan yang membantu masyarakat mengembangkan potensinya dengan melihat **keragaman budaya**, kemauan "
        "menerima perubahan, dan kesempatan berusaha, serta melindungi budaya dan hak asasi manusia.",
    ),
    (
        "Apakah perpustakaan desa hanya untuk membaca?",
        "Tidak. Ada tiga ruang:\n\n- berbagi pengalaman\n- belajar yang kontekstual\n- berlatih keterampilan kerja",
    ),
    ("Berapa biayanya?", "Contoh: gratis. Tanyakan kepada pustakawan perpustakaan Anda."),
)
POINTS = (
    ("51.03.02.2009", PointStatus.INSTALLED),
    ("51.03.02.2008", PointStatus.SCHEDULED),
    ("51.05.02.2003", PointStatus.PROPOSED),
    ("51.02.08.2010", PointStatus.NOT_SERVED),
)
STEPS = (PointStatus.PROPOSED, PointStatus.SCHEDULED, PointStatus.INSTALLED)


def tell_voices(people: dict[str, User]) -> None:
    chance, last = random.Random(8), shift(first_day(timezone.localdate()), -1)  # noqa: S311  made up, no secret
    officer = people[library_officer("13.07")]
    for library in Library.objects.select_related("area").order_by("pk"):
        tell_survey(library, officer, last, chance)
    tell_stories(officer, chance)
    tell_articles(officer)
    tell_synergy(people, officer)


def tell_survey(library: Library, officer: User, last: date, chance: random.Random) -> None:
    """A year of paper sheets, a little better every month; few sheets now and then."""
    for place, month in enumerate(run_of(last, 12)):
        sheets = chance.randrange(3, 30)
        counts = [spread(sheets, chance, good=60 + place * 2) for _ in range(5)]
        with at(min(day_after(month), timezone.now())):
            version = counts_version(SurveyTally.paper_counts(library, month))
            SurveyTally.enter_paper(library, month, counts, by=officer, version=version)


def day_after(month: date) -> datetime:
    return datetime.combine(shift(month, 1), datetime.min.time(), timezone.get_default_timezone()) + timedelta(days=2)


def spread(sheets: int, chance: random.Random, *, good: int) -> list[int]:
    """So many answers over 1 to 5, `good` percent of them 4 or 5."""
    found = [0] * 5
    for _ in range(sheets):
        found[chance.choice((3, 4)) if chance.randrange(100) < good else chance.choice((0, 1, 2))] += 1
    return found


def tell_stories(officer: User, chance: random.Random) -> None:
    for number, (village, title, alias, domain) in enumerate(STORIES):
        library = Library.objects.get(area=village)
        story = ImpactStory.write(
            library,
            by=officer,
            is_named=False,
            title=title,
            alias=alias,
            domain=domain,
            before=BEFORE,
            after=AFTER,
            real_name=f"Orang {number + 1}",
            proof_url=f"https://kabar.contoh.invalid/{number}",
        )
        for step in (StoryStatus.SUBMITTED, StoryStatus.PUBLISHED):
            story.move(step, by=officer)
        LibraryPhoto.add(
            library,
            draw_photo("lain", chance),
            by=officer,
            alt="Gambar contoh sebuah rumah dengan dua jendela",
            people="none",
        )


def tell_articles(officer: User) -> None:
    agency = Library.objects.filter(regency_code="13.07").exclude(agency=None).select_related("agency")[0].agency
    assert agency is not None
    rows = [Article(kind="faq", agency=agency, title=title, body=body) for title, body in FAQS]
    rows.append(
        Article(
            kind="article",
            agency=agency,
            title="Perpustakaan untuk semua di empat nagari",
            body="Artikel contoh. Empat nagari terpilih menjalankan program: **Taeh Bukik**, **Piobang**, "
            "**Talang Maur**, dan **Tanjuang Bungo**.",
            source="https://perpusnas.contoh.invalid",
            writer="Penulis Contoh",
            editor="Editor Contoh",
            is_byline_agreed=True,
        )
    )
    for row in rows:
        row.keep(by=officer)
        row.move(ArticleStatus.PUBLISHED, by=officer)


def tell_synergy(people: dict[str, User], officer: User) -> None:
    """The promises of the meeting of 2021 in Bali, some kept."""
    promised = Commitment.objects.filter(what__startswith="Memasang internet").first()
    today = timezone.localdate()
    for village, status in POINTS:
        area = Area.objects.get(pk=village)
        custom = CustomaryVillage(area=area, name=f"{area.name} (contoh)")
        custom.save()
        library = Library.objects.get(area=area)
        row = InternetPoint(
            area=area, customary_village=custom, library=library, place=f"Ruang baca {custom}", commitment=promised
        )
        row.keep(by=officer)
        for step in STEPS[: (list(PointStatus)).index(status)]:
            row.move(step, by=officer, day=today - timedelta(days=20) if step == PointStatus.INSTALLED else today)
    campus = Institution.objects.get(name="Universitas Ganesha")
    students = StudentPlacement(
        university=campus,
        area=Area.objects.get(pk="51.03"),
        programme="KKN Literasi Desa (contoh)",
        students=24,
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=15),
        commitment=Commitment.objects.filter(what__startswith="Menempatkan mahasiswa").first(),
    )
    students.keep(by=officer)
    students.villages.set(Area.objects.filter(pk__in=[village for village, _ in POINTS[:2]]))
    bridge(people, officer, campus)


def bridge(people: dict[str, User], officer: User, campus: Institution) -> None:
    consultant = people["konsultan.bali"] = make_user("konsultan.bali", "Konsultan TPBIS", people["warga"].password)
    give(consultant, Role.TPBIS_CONSULTANT, area=Area.objects.get(pk="51"))
    other = Institution.objects.filter(province_code="51", sector=Sector.FINANCE).first()
    other = other or Institution.objects.filter(province_code="51").exclude(pk=campus.pk).order_by("pk")[0]
    ConsultantBridge(
        consultant=consultant,
        area=Area.objects.get(pk="51"),
        one=campus,
        other=other,
        about="Pelatihan pemasaran untuk perpustakaan desa (contoh).",
        bridged_on=timezone.localdate() - timedelta(days=60),
    ).keep(by=officer)
