"""Kolaka's partnerships: one on each basis, as its own page on KIM names them, one waiting."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Institution, Role, User
from groups.models import Kim
from kimportal.demo.people import give, make_user
from kimportal.demo.timetravel import at
from partnerships.models import Basis, Expertise, Forum, Obligation, Partnership, Side
from regions.models import Area, LegalBasis

REGENCY = "74.01"
LIAISON = "mitra.kolaka"
BEGUN = timedelta(days=90)


def tell_partnerships(people: dict[str, User], institutions: dict[tuple[str, str], Institution]) -> int:
    """The number of partnerships made."""
    health, news = institutions[REGENCY, "kesehatan"], institutions[REGENCY, "informasi"]
    people[LIAISON] = make_user(LIAISON, "Pejabat Penghubung", people["warga"].password)
    for institution in (health, news):
        give(people[LIAISON], Role.LIAISON, institution=institution)
    kim = Kim.objects.managed_by(people["kim.kolaka"]).get()
    with at(timezone.now() - BEGUN):
        rows = [outreach(kim, health, people), duty(kim, news, people), trusted(kim, health, people)]
        for row in rows:
            row.confirm(Side.PARTNER, by=people[LIAISON], terms_version=row.terms_version)
    return len([*rows, waiting(kim, institutions[REGENCY, "jalan"], people)])


def propose(kim: Kim, partner: Institution, people: dict[str, User], **terms: Any) -> Partnership:
    values = {"forum": None, "starts_on": timezone.localdate(), **terms}
    return Partnership.propose(kim, partner, side=Side.FIRST, by=people["kim.kolaka"], **values)


def forum(name: str, place: str, first_on: date) -> Forum:
    return Forum(
        kind="outreach",
        name=name,
        place=place,
        first_on=first_on,
        begins_at=time(9),
        repeats="monthly",
        contact_person="Bidan Contoh",
    )


def outreach(kim: Kim, health: Institution, people: dict[str, User]) -> Partnership:
    return propose(
        kim,
        health,
        people,
        basis=Basis.ANALOG,
        title="Penyuluhan kesehatan di balai desa",
        purpose="Warga pesisir mendapat penjelasan kesehatan langsung dari petugas, tanpa harus memakai internet.",
        first_duties="Mengundang warga, menyiapkan balai desa, dan mencatat yang hadir.",
        partner_duties="Mengirim penyuluh dan bahan sebulan sekali.",
        forum=forum("Temu sehat pesisir", "Balai desa", timezone.localdate() + timedelta(days=7)),
    )


def duty(kim: Kim, news: Institution, people: dict[str, User]) -> Partnership:
    area = Area.objects.get(pk=REGENCY)
    basis = LegalBasis.objects.create(
        kind="perbup",
        number="00/CONTOH",
        year=timezone.localdate().year,
        about="Komunitas Informasi Masyarakat di setiap desa (contoh)",
        issuer="Bupati Kolaka (contoh)",
        issuer_area=area,
    )
    Obligation.objects.create(area=area, legal_basis=basis)
    return propose(
        kim,
        news,
        people,
        basis=Basis.REGULATION,
        title="KIM mitra informasi pembangunan",
        purpose="Kabar pembangunan sampai ke setiap desa lewat jalur yang sama dan dapat diperiksa.",
        first_duties="Menyebarkan kabar Dinas dan menyampaikan tanggapan warga.",
        partner_duties="Mengirim bahan setiap minggu dan menjawab tanggapan warga.",
        legal_basis=basis,
    )


def trusted(kim: Kim, health: Institution, people: dict[str, User]) -> Partnership:
    today = timezone.localdate()
    expertise = Expertise.begin(kim, field="health", years=3, about="Penyuluhan gizi dan sanitasi di desa pesisir.")
    expertise.add_record(
        activity="Lomba dapur sehat antar dusun",
        done_on=today - timedelta(days=120),
        place="Balai desa",
        beneficiaries=64,
        result="Dua dusun membuat kebun sayur bersama.",
    )
    expertise.add_evidence(
        kind="letter", giver="Puskesmas Contoh", given_on=today - timedelta(days=100), about="Ucapan terima kasih."
    )
    return propose(
        kim,
        health,
        people,
        basis=Basis.EXPERIENCE,
        title="Cegah stunting bersama",
        purpose="Ibu hamil dan ibu balita mengenal makanan bergizi dari hasil laut setempat.",
        first_duties="Mendampingi keluarga dari rumah ke rumah.",
        partner_duties="Melatih kader dan menimbang balita.",
        expertise=expertise,
        need="Beberapa dusun jauh dari puskesmas, dan bahan penyuluhan belum memakai bahasa setempat.",
        adaptation="Jadwal mengikuti musim melaut.",
    )


def waiting(kim: Kim, works: Institution, people: dict[str, User]) -> Partnership:
    """One that the liaison of another dinas still has to answer."""
    return propose(
        kim,
        works,
        people,
        basis=Basis.ANALOG,
        title="Kabar jalan desa",
        purpose="Warga tahu kapan jalan diperbaiki, dan Dinas tahu di mana jalan rusak.",
        first_duties="Mengumpulkan kabar warga sebelum pertemuan.",
        partner_duties="Menjelaskan rencana perbaikan.",
        forum=forum("Duduk bersama soal jalan", "Kantor desa", timezone.localdate() + timedelta(days=14)),
    )
