"""Plain functions that make rows: `make_area()`, `make_user(email=...)`. Every value can be given."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image as Canvas
from PIL import ImageDraw

from accounts.models import Institution, RoleGrant, User
from groups.models import Announcement, Decree, Issuer, Kim, Membership, Post
from groups.workflow import Status as KimStatus
from regions import catalogue
from regions.models import Area, LocalTerm, TimeZone, code_prefixes
from reports.models import Actor, Category, Report
from reports.models.filing import Filing, file_report
from reports.workflow import Status
from uploads.documents import make_safe_document
from uploads.images import make_safe
from uploads.models import Document, Image

_numbers = count(1)  # keeps made-up names apart


PASSWORD = "jendela-biru-sore"


def make_user(email: str | None = None, name: str = "", *, verified: bool = True, **over: Any) -> User:
    """A person who can sign in with `PASSWORD`; the address is verified unless said otherwise."""
    email = email or f"warga{next(_numbers)}@contoh.invalid"
    user = User.objects.create_user(email, over.pop("password", PASSWORD), name=name, **over)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def make_institution(name: str | None = None, area: Area | str = "13.07", **over: Any) -> Institution:
    row = Institution(name=name or f"Dinas Uji {next(_numbers)}", area=_area(area), **over)
    row.save()
    return row


def make_grant(
    user: User,
    role: str,
    area: Area | str | None = None,
    institution: Institution | None = None,
    **over: Any,
) -> RoleGrant:
    """A grant that holds today; no area and no institution means the whole country."""
    grant = RoleGrant.objects.create(
        user=user, role=role, area=_area(area) if area else None, institution=institution, **over
    )
    user.__dict__.pop("grants", None)  # read once a request; a test's user lives longer
    return grant


def _area(area: Area | str) -> Area:
    return make_area(area) if isinstance(area, str) else area


def make_photo_bytes(
    width: int = 640, height: int = 480, *, kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """A small drawn photo, left half dark and right half light; `options` go to Pillow's `save` (exif=, comment=)."""
    canvas = Canvas.new("L", (width, height), 200)
    ImageDraw.Draw(canvas).rectangle((0, 0, width // 2, height), fill=40)
    stream = io.BytesIO()
    canvas.convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def make_image(content: bytes | None = None) -> Image:
    """A stored photo: row and files."""
    return Image.store(make_safe(io.BytesIO(content or make_photo_bytes())))


def make_area(code: str = "13.07.11.2004", name: str | None = None, **over: Any) -> Area:
    """The area with this code, as the shipped data name it, with the areas above it; one that exists is returned."""
    codes = code_prefixes(code)
    present = Area.objects.in_bulk(codes)
    if code in present:
        return present[code]
    if not LocalTerm.objects.exists():
        catalogue.add_terms()
    zone = catalogue.time_zones().get(code[:2], TimeZone.WIB)
    for each in [each for each in codes if each not in present]:
        values = {"name": catalogue.names().get(each, f"Wilayah {each}"), "time_zone": zone}
        if each == code:
            values |= {"name": name or values["name"], **over}
        present[each] = Area.objects.create(code=each, **values)
    return present[code]


def make_tree(*codes: str) -> list[Area]:
    """Several areas, by default places of the founding texts: Talang Maur, Taeh Bukik, Kalibening, Kutuh, Kolaka."""
    return [make_area(code) for code in codes or FOUNDING_CODES]


FOUNDING_CODES = (
    "13.07.11.2004",
    "13.07.03.2002",
    "13.07.01.2003",
    "33.73.02.1004",
    "51.03.05.2003",
    "74.01",
)


def make_published_report(
    area: Area | str = "13.07.11.2004", text: str = "Jembatan kayu lapuk.", **over: Any
) -> Report:
    """A report that a verifier approved, with the text that everybody may read."""
    report, officer = make_report(area, **over), Actor("Petugas laporan uji")
    report.verify(by=officer)
    report.publish(by=officer, text=text, place="", photo_ids=[])
    return report


def make_filing(area: Area | str = "13.07.11.2004", category: Category | str = "jalan", **over: Any) -> Filing:
    """A checked form from Talang Maur; give `contact=Contact(...)` for a reporter who says who it is."""
    values: dict[str, Any] = {
        "submission_id": uuid4(),
        "category": Category.objects.get(code=category) if isinstance(category, str) else category,
        "description": "Jalan berlubang besar di tanjakan, dua motor jatuh minggu ini.",
        "area": _area(area),
        "place": "Jorong Koto, depan surau",
    }
    return Filing(**{**values, **over})


def make_report(
    area: Area | str = "13.07.11.2004", *, status: Status | str = Status.SUBMITTED, published: bool = False, **over: Any
) -> Report:
    """A report filed and moved to `status` by its own actions; seen by nobody else unless `published`."""
    report = file_report(make_filing(area=_area(area), **over)).report
    by = Actor("Petugas laporan uji")
    for step in PATHS[Status(status)]:
        step(report, by)
    if published:
        photos = report.photos.values_list("pk", flat=True)
        report.publish(by=by, text=report.description, place=report.place, photo_ids=photos)
    return report


def _forward(report: Report, by: Actor) -> None:
    institution = Institution.objects.filter(regency_code=report.regency_code).first() or make_institution()
    report.forward(by=by, text="Mohon ditindaklanjuti.", institution=institution)


def _refer(report: Report, by: Actor) -> None:
    report.refer_elsewhere(by=by, text="Ini wewenang lembaga lain.", institution=make_institution())


_VERIFIED: list[Callable[[Report, Actor], object]] = [lambda report, by: report.verify(by=by)]
_FOLLOWED = [*_VERIFIED, _forward, lambda report, by: report.start_follow_up(by=by)]
_ANSWERED = [*_FOLLOWED, lambda report, by: report.answer(by=by, text="Jalan sudah ditambal.")]
PATHS: dict[Status, list[Callable[[Report, Actor], object]]] = {
    Status.SUBMITTED: [],
    Status.ON_HOLD: [lambda report, by: report.ask(by=by, text="Di jorong mana?")],
    Status.VERIFIED: _VERIFIED,
    Status.NOT_AUTHORIZED: [_refer],
    Status.ARCHIVED: [lambda report, by: report.archive(by=by, text="Bukan tentang pelayanan publik.")],
    Status.FORWARDED: _FOLLOWED[:2],
    Status.IN_FOLLOW_UP: _FOLLOWED,
    Status.ANSWERED: _ANSWERED,
    Status.DISPUTED: [*_ANSWERED, lambda report, by: report.dispute(text="Lubangnya masih ada.")],
    Status.CLOSED: [*_ANSWERED, lambda report, by: report.confirm()],
}


# --- KIM -------------------------------------------------------------------------------------------------------------
def make_kim(
    area: Area | str = "13.07.11.2004",
    name: str | None = None,
    *,
    status: KimStatus | str = KimStatus.VERIFIED,
    admin: User | None = None,
    **over: Any,
) -> Kim:
    """A KIM moved to `status` by its own actions; its admin is the chair (given, or a new account)."""
    admin = admin or make_user()
    values = {"name": name or f"KIM Uji {next(_numbers)}", "area": _area(area), "mode": "hybrid", **over}
    kim = Kim.apply(by=admin, **values)
    make_membership(kim, Post.CHAIR, user=admin, name=admin.name or "Ketua Uji", is_admin=True)
    for step in KIM_PATHS[KimStatus(status)]:
        step(kim, admin)
    kim.refresh_from_db()
    return kim


def make_membership(kim: Kim, post: Post | str = Post.MEMBER, **over: Any) -> Membership:
    """A person of this KIM, recorded by its own action."""
    values = {"name": f"Anggota Uji {next(_numbers)}", "post": post, **over}
    return Membership.add(kim, by=None, **values)


def make_decree(kim: Kim, valid_from: date | None = None, valid_until: date | None = None, **over: Any) -> Decree:
    """A decree of the village head; in force today unless dates are given."""
    today = timezone.localdate()
    start = valid_from or today - timedelta(days=200)
    values: dict[str, Any] = {
        "number": f"140/{next(_numbers):03}/SK/2026",
        "decided_on": min(start, today),
        "issuer": Issuer.VILLAGE_HEAD,
        "valid_from": start,
        "valid_until": valid_until or start + timedelta(days=3 * 365),
        **over,
    }
    return Decree.add(kim, by=None, **values)


def make_document(content: bytes | None = None) -> Document:
    return Document.store(make_safe_document(io.BytesIO(content or make_pdf_bytes())))


def make_pdf_bytes(extra: bytes = b"", stream: bytes = b"BT (Surat Keputusan) Tj ET") -> bytes:
    """A small PDF of one page; `extra` goes into its catalogue, `stream` is its compressed content."""
    packed = zlib.compress(stream)
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R " + extra + b">>\nendobj\n"
        b"2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>\nendobj\n"
        b"4 0 obj\n<</Length " + str(len(packed)).encode() + b" /Filter /FlateDecode>>\nstream\n" + packed + b"\n"
        b"endstream\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


def _complete(kim: Kim, by: User) -> None:
    """Everything that recognition asks for: the KIM becomes active by itself."""
    for post in (Post.SECRETARY, Post.TREASURER):
        make_membership(kim, post)
    kim.bylaws = make_document()
    kim.save()
    make_decree(kim)


def _end_decree(kim: Kim, by: User) -> None:
    today = timezone.localdate()
    kim.decrees.update(valid_from=today - timedelta(days=400), valid_until=today - timedelta(days=1))
    kim.settle()


_SUBMITTED: list[Callable[[Kim, User], object]] = [lambda kim, by: kim.submit(by=by)]
_KIM_VERIFIED = [*_SUBMITTED, lambda kim, by: kim.approve(by=by)]
KIM_PATHS: dict[KimStatus, list[Callable[[Kim, User], object]]] = {
    KimStatus.DRAFT: [],
    KimStatus.SUBMITTED: _SUBMITTED,
    KimStatus.REVISION: [*_SUBMITTED, lambda kim, by: kim.ask_changes(by=by, text="Lengkapi SK.")],
    KimStatus.REJECTED: [*_SUBMITTED, lambda kim, by: kim.reject(by=by, text="Sudah ada KIM di desa ini.")],
    KimStatus.VERIFIED: _KIM_VERIFIED,
    KimStatus.ACTIVE: [*_KIM_VERIFIED, _complete],
    KimStatus.INACTIVE: [*_KIM_VERIFIED, _complete, _end_decree],
    KimStatus.DISSOLVED: [*_KIM_VERIFIED, lambda kim, by: kim.dissolve(by=by, text="Anggota pindah.")],
}


# --- Announcements ---------------------------------------------------------------------------------------------------
def make_announcement(
    kim: Kim | None = None,
    *,
    area: Area | str | None = None,
    office: Area | str | None = None,
    published: bool = True,
    at: datetime | None = None,
    by: User | None = None,
    **over: Any,
) -> Announcement:
    """An announcement that is out since `at` (default now): of `kim`, else of the Dinas of `office` (13.07)."""
    place = _area(area or (kim.area if kim else "13.07"))
    values: dict[str, Any] = {
        "title": f"Posyandu hari ke-{next(_numbers)}",
        "body": "Posyandu buka **pukul 08.00**.\n\n- Bawa buku KIA\n- Gratis",
        "office": None if kim else _area(office or "13.07"),
        **over,
    }
    row, writer = Announcement(kim=kim, area=place, **values), by or make_user()
    if published:
        row.publish(by=writer, at=at)
    else:
        row.keep(by=writer)
    return row
