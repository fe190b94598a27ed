"""Two meetings of the founding texts: the synergy meeting in Bali of 9 March 2021, and the workshop in Salatiga."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.models import Institution, Role, Sector, User
from groups.models import Kim
from kimportal.demo.facilitation import WORKSHOP
from kimportal.demo.people import give, make_user
from kimportal.demo.timetravel import at
from partnerships.attendees import parse
from partnerships.models import (
    Agreement,
    AgreementKind,
    Attendance,
    Chosen,
    Commitment,
    Facilitation,
    Meeting,
    MeetingCount,
    MeetingSession,
    Side,
)
from partnerships.models.attendance import as_known, known_to
from regions.models import Area

BALI = datetime(2021, 3, 9, 1, 0, tzinfo=UTC)  # 09.00 WITA
LIAISON = "penghubung.bali"
# As the source has it, with its missing commas, its list letter and its doubled spaces.
BALI_ATTENDEES = """
Peserta yang hadir terdiri dari Dinas Komunikasi, Informatika dan Statistik Provinsi Bali Badan Perencanaan dan
Pembangunan Daerah Provinsi Bali, Dinas  Pemberdayaan          Masyarakat,   Desa,   Kependudukan          dan
Catatan Sipil Provinsi Bali, Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Bali, Dinas Perindustrian dan
Perdagangan Provinsi Bali, RS Bali Mandara, RS Mata Bali Mandara h.Universitas Ganesha, Bank Indonesia Perwakilan
Bali, Dinas Kearsipan dan Perpustakaan Kab/Kota se-Bali, Konsultan Program Transformasi Perpustakaan Berbasis
Inklusi Sosial dan Stakeholder terkait.
"""
BALI_INSTITUTIONS = (
    ("Dinas Komunikasi, Informatika dan Statistik", Sector.GOVERNMENT),
    ("RS Bali Mandara", Sector.HEALTH),
    ("Universitas Ganesha", Sector.EDUCATION),
)
BALI_MINUTES = (
    "Dipaparkan kemajuan transformasi perpustakaan dan dampaknya bagi kesejahteraan masyarakat.\n\n"
    "Dinas Komunikasi, Informatika dan Statistik berencana memasang internet di perpustakaan desa adat. "
    "Perpustakaan Ganesha siap menempatkan mahasiswa KKN. Diharapkan ada MoU dengan pemangku kepentingan."
)
SESSIONS = ("Pengetahuan umum tentang KIM", "Pengelolaan informasi", "Penyusunan program kerja KIM")


def tell_meetings(people: dict[str, User], institutions: dict[tuple[str, str], Institution]) -> int:
    """Hold both; how many."""
    with at(BALI + timedelta(hours=3)):
        hold_in_bali(people)
    begun = (timezone.now() - timedelta(days=90)).replace(hour=2, minute=0, second=0, microsecond=0)
    with at(begun):
        meeting = hold_in_salatiga(institutions["33.73", "aspirasi"], people["verifikator.salatiga"], begun)
    recorded = Facilitation.objects.filter(title=WORKSHOP).first()
    if recorded:
        recorded.meeting = meeting
        recorded.keep(by=people["pengelola"])
    return Meeting.objects.count()


def hold_in_bali(people: dict[str, User]) -> None:
    area = Area.objects.get(code="51")
    host = Institution.objects.create(
        name="Dinas Kearsipan dan Perpustakaan Provinsi Bali", area=area, sector=Sector.LIBRARY
    )
    for name, sector in BALI_INSTITUTIONS:
        Institution.objects.create(name=name, area=area, sector=sector)
    by = people[LIAISON] = make_user(LIAISON, "Pejabat Penghubung", people["warga"].password)
    give(by, Role.LIAISON, institution=host)
    meeting = Meeting.call(
        host,
        by=by,
        session={
            "mode": "virtual",
            "platform": "Rapat virtual",
            "starts_at": BALI,
            "ends_at": BALI + timedelta(hours=2),
        },
        kind="synergy",
        title="Rapat Sinergi Transformasi Perpustakaan Berbasis Inklusi Sosial",
        chair_position="Kepala Bidang Pembinaan Pengawasan Perpustakaan dan Pembudayaan Kegemaran Membaca",
        agenda="Kemajuan transformasi perpustakaan, dampaknya, dan dukungan para pemangku kepentingan.",
        minutes=BALI_MINUTES,
        is_public=True,
    )
    known = known_to(meeting)
    numbers = {row.pk: row for row in known}
    lines = parse(BALI_ATTENDEES, as_known(known)).lines
    Attendance.record(meeting, [Chosen(line.text, numbers.get(line.institution or 0)) for line in lines], by=by)
    promise(meeting, by)


def promise(meeting: Meeting, by: User) -> None:
    network = meeting.attendance.get(line__startswith="Dinas Komunikasi")
    campus = meeting.attendance.get(line="Universitas Ganesha")
    Commitment.make(network, by=by, what="Memasang internet gratis di perpustakaan desa adat yang belum terlayani.")
    Commitment.make(
        campus,
        by=by,
        unit="Perpustakaan Ganesha",
        what="Menempatkan mahasiswa KKN ke desa-desa untuk mendukung perpustakaan.",
        status="ready",
    )
    assert campus.institution is not None  # BALI_INSTITUTIONS
    Agreement.between(
        meeting.host,
        campus.institution,
        Side.FIRST,
        by=by,
        meeting=meeting,
        kind=AgreementKind.JOINT,
        subject="Kerja sama transformasi perpustakaan berbasis inklusi sosial",
        scope="Penempatan mahasiswa KKN di desa, pendampingan perpustakaan desa adat, dan pelatihan warga.",
    )


def hold_in_salatiga(host: Institution, by: User, begun: datetime) -> Meeting:
    """Three sessions on one day, to which the city's KIM come."""
    meeting: Meeting | None = None
    for number, topic in enumerate(SESSIONS):
        starts = begun + timedelta(hours=2 * number)
        session = {"topic": topic, "place": "Aula Contoh", "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
        if meeting:
            meeting.keep_session(MeetingSession(meeting=meeting, **session), by=by)
            continue
        meeting = Meeting.call(
            host,
            by=by,
            session=session,
            kind="workshop",
            title="Workshop Pemberdayaan Kelompok Informasi Masyarakat",
            chair_position="Kepala Dinas",
            agenda="Pengetahuan umum tentang KIM, pengelolaan informasi, dan penyusunan program kerja tiap KIM.",
            is_public=True,
        )
    kims = Kim.objects.listed().within("33.73").order_by("folded").values_list("name", flat=True)
    assert meeting is not None
    Attendance.record(meeting, [Chosen(name) for name in kims], by=by)
    MeetingCount.write(meeting, by=by, total=24, female=13, male=11, disabled=2, able=22)
    return meeting
