"""The made-up people and institutions of the demo, and the one password they share."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Consent, Institution, Role, RoleGrant, User
from accounts.models.privacy import ACCOUNT_CONSENT, DataRequest, Purpose, RequestKind
from kimportal.demo.kims import KIMS
from kimportal.demo.places import ELSEWHERE, INSTITUTIONS, LIBRARY_AGENCIES, REGIONS
from regions.models import Area

PASSWORD = "contoh-desa-2026"  # noqa: S105  printed for whoever tries the demo
DOMAIN = "contoh.invalid"
SUPERUSER = f"pengelola@{DOMAIN}"

# E-mail, what the person does here (shown with the accounts), role, area.
STAFF: list[tuple[str, str, Role | None, str | None]] = [
    ("pengelola", "Pengelola portal", None, None),
    *((f"petugas.{each.slug}", "Petugas laporan", Role.REPORT_COORDINATOR, each.code) for each in REGIONS),
    *(
        (f"kerahasiaan.{each.slug}", "Petugas kerahasiaan", Role.CONFIDENTIALITY_OFFICER, each.code)
        for each in REGIONS[:1]
    ),
    *((f"verifikator.{each.slug}", "Verifikator KIM", Role.KIM_VERIFIER, each.code) for each in REGIONS),
    ("pembaca.sumbar", "Pembaca provinsi", Role.PROVINCE_READER, "13"),
    ("pembaca.nasional", "Pembaca nasional", Role.NATIONAL_READER, None),
    ("data.pribadi", "Pejabat pelindungan data pribadi", Role.PERSONAL_DATA_OFFICER, None),
    ("ppid.limapuluhkota", "PPID", Role.INFORMATION_OFFICER, "13.07"),
    ("pustakawan.limapuluhkota", "Pustakawan", Role.LIBRARIAN, "13.07"),
]
RESIDENTS = ("warga", "warga.bali")


def make_people() -> dict[str, User]:
    """Everybody, by the part of the e-mail before the @. One hash for all: hashing is slow on purpose."""
    hashed = make_password(PASSWORD)
    people = {}
    for slug, what, role, area in STAFF:
        user = people[slug] = make_user(slug, what, hashed, is_superuser=role is None)
        if role:
            give(user, role, area=Area.objects.get(code=area) if area else None)
    for slug in RESIDENTS:
        people[slug] = make_user(slug, "Warga", hashed)
        Consent.objects.create(user=people[slug], purpose=Purpose.ACCOUNT, text_version=ACCOUNT_CONSENT)
    DataRequest.file(RequestKind.ACCESS, "Saya ingin tahu data apa yang disimpan tentang saya.", user=people["warga"])
    return people


def make_user(slug: str, what: str, hashed: str, *, is_superuser: bool = False) -> User:
    name = f"{what} Contoh {slug.partition('.')[2].title()}".strip()
    user = User.objects.create(email=f"{slug}@{DOMAIN}", name=name, password=hashed, is_superuser=is_superuser)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def give(user: User, role: Role, **scope: object) -> None:
    since = timezone.localdate() - timedelta(days=365)
    RoleGrant.objects.create(user=user, role=role, valid_from=since, **scope)


def make_institutions(people: dict[str, User]) -> dict[tuple[str, str], Institution]:
    """The institutions of each regency by (regency code, category); the first one of each has a liaison."""
    found = {}
    for region in REGIONS:
        place = Area.objects.get(code=region.code)
        for key, name, sector, categories in INSTITUTIONS:
            row = Institution(
                name=f"{name} {place.name}", sector=sector, area=place, email=f"{key}.{region.slug}@{DOMAIN}"
            )
            row.save()
            found.update({(region.code, category): row for category in categories})
            if key == INSTITUTIONS[0][0]:
                slug = f"penghubung.{region.slug}"
                people[slug] = make_user(slug, "Pejabat Penghubung", people["warga"].password)
                give(people[slug], Role.LIAISON, institution=row)
        for number, name in enumerate(ELSEWHERE):
            other = Institution(name=name, area=place)
            other.save()
            found[(region.code, f"elsewhere-{number}")] = other
    return found


def library_officer(code: str) -> str:
    """The first part of the e-mail of the library officer in a regency."""
    return f"dinas.perpustakaan.{code.replace('.', '-')}"


def accounts() -> list[tuple[str, str]]:
    """E-mail and what the account is for, as `make run` prints them; nothing where there is no demo."""
    if not User.objects.filter(email=SUPERUSER).exists():
        return []
    liaisons = [(f"penghubung.{each.slug}", "Pejabat Penghubung dinas") for each in REGIONS]
    liaisons.append(("mitra.kolaka", "Pejabat Penghubung Dinas Kesehatan dan Kominfo"))
    liaisons.append(("penghubung.bali", "Pejabat Penghubung Dinas Perpustakaan Provinsi Bali"))
    liaisons.append(("penghubung.perpustakaan", "Pejabat Penghubung Perpustakaan Nagari Talang Maur"))
    liaisons.append(("konsultan.bali", "Konsultan TPBIS Provinsi Bali"))
    officers = [(library_officer(code), "Petugas Dinas Perpustakaan") for code in LIBRARY_AGENCIES]
    kims = [(f"kim.{each.slug}", f"Admin {each.name}") for each in KIMS]
    rows = (
        [(slug, what) for slug, what, *_ in STAFF]
        + liaisons
        + officers
        + kims
        + [(slug, "Warga") for slug in RESIDENTS]
    )
    places = {each.slug: each.code for each in REGIONS}
    places |= {library_officer(code).partition(".")[2]: code for code in LIBRARY_AGENCIES}
    names = dict(Area.objects.filter(code__in=places.values()).values_list("code", "name"))
    shown = []
    for slug, what in rows:
        code = places.get(slug.partition(".")[2], "")
        shown.append((f"{slug}@{DOMAIN}", f"{what} {names.get(code, '')}".strip()))
    return shown
