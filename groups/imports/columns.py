"""The columns of the list: how each is called, what stands in it, and what is said when it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse

from accounts.models import PHONE
from groups.models import BaseGroup, Issuer, Mode
from regions.folding import fold
from regions.models import Level
from regions.models.codes import is_code, level_of
from regions.tables import csv_response

MONTH_NUMBERS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "sep": 9,
    "okt": 10, "nov": 11, "nop": 11, "des": 12,
}  # fmt: skip
EMPTY_CELL = "Kolom ini harus diisi."
VILLAGE_WANTED = "Tulis kode desa atau kelurahan, misalnya 13.07.11.2004."


class Words(forms.CharField):
    """Text without doubled spaces and line ends."""

    def __init__(self, length: int, *, required: bool = False, **more: Any) -> None:
        super().__init__(max_length=length, required=required, error_messages={"required": EMPTY_CELL}, **more)

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


class VillageCode(forms.Field):
    """The code of a village, also without its dots. It stays text: as a number "13.10" would become 13.1."""

    def to_python(self, value: Any) -> str:
        text = "".join(str(value or "").split())
        if re.fullmatch(r"\d{10}", text, re.ASCII):
            text = f"{text[:2]}.{text[2:4]}.{text[4:6]}.{text[6:]}"
        if not is_code(text):
            raise ValidationError(f"Kode “{text[:40]}” tidak dikenal. {VILLAGE_WANTED}" if text else EMPTY_CELL)
        if (level := level_of(text)) != Level.VILLAGE:
            raise ValidationError(f"{text} adalah kode {level.label.lower()}. {VILLAGE_WANTED}")
        return text


class Day(forms.Field):
    """A date as people write it: 9 Maret 2021, 9/3/2021, 9-3-2021, 2021-03-09."""

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip().lower()
        if not text:
            return None
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?", text, re.ASCII):
            year, month, day = (int(part) for part in found.groups())
        elif found := re.fullmatch(r"(\d{1,2})[ ./-]+([a-z]+|\d{1,2})[ ./-]+(\d{4})", text, re.ASCII):
            day, year = int(found[1]), int(found[3])
            month = int(found[2]) if found[2].isdecimal() else MONTH_NUMBERS.get(found[2][:3], 0)
        else:
            raise ValidationError(f"“{text[:40]}” bukan tanggal. Tulis misalnya 9 Maret 2021 atau 09/03/2021.")
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(f"Tanggal “{text[:40]}” tidak ada di kalender.") from error


class OneOf(forms.Field):
    """One of a closed list, by label or by another word for it."""

    def __init__(self, labels: dict[str, str], *, required: bool = False, default: str = "") -> None:
        super().__init__(required=required)
        self.labels, self.default = labels, default

    def to_python(self, value: Any) -> str:
        text = fold(str(value or ""))
        if not text:
            if self.required:
                raise ValidationError(EMPTY_CELL)
            return self.default
        for label, code in self.labels.items():
            if fold(label) == text or code == text:
                return code
        first = {code: label for label, code in reversed(self.labels.items())}
        raise ValidationError(f"“{str(value)[:40]}” tidak dikenal. Pilih: {'; '.join(reversed(first.values()))}.")


@dataclass(frozen=True)
class Column:
    name: str
    field: forms.Field
    about: str
    example: str = ""

    @property
    def is_required(self) -> bool:
        return self.field.required


MODES = {label: code for code, label in Mode.choices} | {"hybrid": "hybrid", "gabungan": "hybrid", "keduanya": "hybrid"}
BASES = {label: code for code, label in BaseGroup.choices}
ISSUER_WORDS = {
    Issuer.VILLAGE_HEAD: ("Kepala Desa", "Lurah", "Wali Nagari", "Perbekel", "Keuchik", "Peratin"),
    Issuer.DISTRICT_HEAD: ("Camat", "Panewu"),
    Issuer.AGENCY: ("Kepala Dinas", "Diskominfo"),
    Issuer.REGENT: ("Bupati", "Wali Kota", "Walikota"),
}
ISSUERS = {word: issuer.value for issuer, words in ISSUER_WORDS.items() for word in (*words, issuer.label)}
PEOPLE = ("ketua", "sekretaris", "bendahara", "seksi_pengumpulan", "seksi_pengolahan", "seksi_penyebaran")
PHONES = ("telepon_ketua", "telepon_sekretaris", "telepon_bendahara")
DECREE = ("nomor_sk", "tanggal_sk", "penerbit_sk", "berlaku_sejak", "berlaku_sampai")


def phone_of(post: str) -> Column:
    field = Words(20, validators=[PHONE])
    return Column(f"telepon_{post}", field, "Hanya dilihat admin KIM dan verifikator.", "0812 0000 0000")


COLUMNS: tuple[Column, ...] = (
    Column("nama_kim", Words(120, required=True), "Nama KIM.", "KIM Talang Maur"),
    Column("kode_desa", VillageCode(), "Kode Kemendagri desa atau kelurahan, sebagai teks.", "13.07.11.2004"),
    Column(
        "cara_kerja", OneOf(MODES, required=True), "Analog, Digital, atau Analog dan digital.", "Analog dan digital"
    ),
    Column("asal_kelompok", OneOf(BASES, default=BaseGroup.NEW), "Baru bila kosong.", "Karang Taruna"),
    Column("alamat_sekretariat", Words(200), "Alamat sekretariat.", "Kantor Wali Nagari"),
    Column("nomor_induk", Words(40), "Nomor induk nasional, bila ada."),
    Column("email", forms.EmailField(required=False), "Alamat KIM untuk formulir kontak."),
    Column("ketua", Words(120), "Nama ketua.", "Nama Ketua"),
    phone_of("ketua"),
    Column("sekretaris", Words(120), "Nama sekretaris.", "Nama Sekretaris"),
    phone_of("sekretaris"),
    Column("bendahara", Words(120), "Nama bendahara.", "Nama Bendahara"),
    phone_of("bendahara"),
    Column("seksi_pengumpulan", Words(120), "Nama ketua seksi pengumpulan informasi."),
    Column("seksi_pengolahan", Words(120), "Nama ketua seksi pengolahan informasi."),
    Column("seksi_penyebaran", Words(120), "Nama ketua seksi penyebaran informasi."),
    Column(
        "nomor_sk", Words(80), "Nomor SK seperti di surat. Isi semua kolom SK, atau kosongkan semua.", "140/12/2025"
    ),
    Column("tanggal_sk", Day(required=False), "Misalnya 9 Maret 2021 atau 09/03/2021.", "09/03/2025"),
    Column("penerbit_sk", OneOf(ISSUERS), "Kepala Desa, Camat, Kepala Dinas, Bupati, atau Wali Kota.", "Wali Nagari"),
    Column("tentang_sk", Words(200), "Judul SK, boleh kosong."),
    Column("berlaku_sejak", Day(required=False), "Hari pertama masa berlaku SK.", "09/03/2025"),
    Column("berlaku_sampai", Day(required=False), "Hari terakhir masa berlaku SK.", "08/03/2028"),
)
BY_NAME = {column.name: column for column in COLUMNS}


def template_csv() -> StreamingHttpResponse:
    """The empty list: the heading alone, so that no example is ever imported."""
    return csv_response("daftar-kim.csv", [column.name for column in COLUMNS], [])
