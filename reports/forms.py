"""Shape and wording of what people type about a report."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict

from regions.fields import AreaField
from reports.models import Category, Source
from reports.models.filing import Contact, Filing
from reports.models.record import MAX_DESCRIPTION
from uploads.fields import MISSING, PhotosField

WRONG_EMAIL = "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id."
LONGEST_TYPED = 80  # a code of sixteen letters, with room for hyphens and slips
IDENTITY_FIELDS = ("name", "email", "phone", "consent")
phone_validator = RegexValidator(
    r"^\+?[0-9][0-9 ().-]{6,18}$", "Tulis nomor telepon dengan angka, misalnya 0812 0000 0000."
)


class FilingForm(forms.Form):
    """The report form. Bind it through `for_post`: an anonymous reporter's identity is dropped before anything."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Muat ulang halaman ini."})
    description = forms.CharField(
        label="Apa yang ingin Anda laporkan?",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MAX_DESCRIPTION}),
        max_length=MAX_DESCRIPTION,
        min_length=10,
        help_text="Apa yang terjadi, di mana, sejak kapan. Jangan tulis nama atau nomor telepon orang lain.",
        error_messages={
            "required": "Tulis isi laporan.",
            "min_length": "Isi laporan terlalu pendek. Tulis sedikitnya 10 huruf.",
        },
    )
    category = forms.ModelChoiceField(
        label="Kategori",
        queryset=Category.objects.in_use(),
        empty_label="Pilih kategori",
        error_messages={"required": "Pilih kategori.", "invalid_choice": "Pilih kategori dari daftar."},
    )
    area = AreaField(label="Desa, kelurahan, atau nagari")
    place = forms.CharField(
        label="Tempat atau patokan",
        max_length=200,
        required=False,
        help_text="Jorong, dusun, RT/RW, atau dekat apa. Misalnya: Jorong Koto, depan surau.",
    )
    latitude = forms.DecimalField(
        widget=forms.HiddenInput,
        required=False,
        min_value=-12,
        max_value=7,
        max_digits=20,
        error_messages={"invalid": "Lokasi tidak terbaca. Kosongkan, lalu tulis patokan saja."},
    )
    longitude = forms.DecimalField(
        widget=forms.HiddenInput,
        required=False,
        min_value=94,
        max_value=142,
        max_digits=20,
        error_messages={"invalid": "Lokasi tidak terbaca. Kosongkan, lalu tulis patokan saja."},
    )
    photos = PhotosField(label="Foto", required=False)
    is_anonymous = forms.BooleanField(
        label="Anonim",
        required=False,
        help_text="Petugas pun tidak tahu siapa Anda; nama, kontak dan akun tidak disimpan.",
    )
    is_secret = forms.BooleanField(
        label="Rahasia",
        required=False,
        help_text="Hanya petugas berwenang yang membaca; tidak pernah tampil.",
    )
    hide_contact = forms.BooleanField(
        label="Sembunyikan kontak saya",
        required=False,
        help_text="Petugas bertanya lewat portal ini saja; lembaga tidak pernah melihat kontak Anda.",
    )
    name = forms.CharField(
        label="Nama", max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Untuk kabar dan untuk meminta kode baru bila kode hilang.",
        error_messages={"invalid": WRONG_EMAIL},
    )
    phone = forms.CharField(
        label="Telepon",
        max_length=20,
        required=False,
        validators=[phone_validator],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    consent = forms.BooleanField(
        label="Saya setuju nama dan kontak saya disimpan untuk menindaklanjuti laporan ini",
        required=False,
    )

    sent: QueryDict  # what came, without the identity of an anonymous reporter

    @classmethod
    def blank(cls, **initial: Any) -> FilingForm:
        return cls(initial={"submission_id": uuid4(), **initial})

    @classmethod
    def for_post(cls, data: QueryDict, files: Any) -> FilingForm:
        """Bind what was sent; with "Anonim" the name and contact are gone before they are even checked."""
        data = data.copy()
        if data.get("is_anonymous") not in (None, "", "false", "False", "0"):
            for name in IDENTITY_FIELDS:
                data.pop(name, None)
        form = cls(data, files)
        form.sent = data
        return form

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            data["latitude"] = data["longitude"] = None  # half a position is none; words remain
        if any(data.get(name) for name in ("name", "email", "phone")) and not data.get("consent"):
            self.add_error("consent", "Centang persetujuan, atau kosongkan nama dan kontak Anda.")
        return data

    def clean_submission_id(self) -> UUID:
        value: UUID = self.cleaned_data["submission_id"]
        if value.version != 4:
            raise ValidationError("Muat ulang halaman ini.")
        return value

    def filing(self, *, user: Any = None, is_held: bool = False) -> Filing:
        """The checked answers. `user` is the signed-in reporter, kept only when the report is not anonymous."""
        data = self.cleaned_data
        anonymous = data["is_anonymous"]
        contact = Contact() if anonymous else Contact(data["name"], data["email"], data["phone"], user)
        return Filing(
            submission_id=data["submission_id"],
            category=data["category"],
            description=data["description"],
            area=data["area"],
            place=data["place"],
            latitude=_six_places(data["latitude"]),
            longitude=_six_places(data["longitude"]),
            is_anonymous=anonymous,
            is_secret=data["is_secret"],
            hide_contact=data["hide_contact"],
            is_held=is_held,
            contact=contact,
        )


def _six_places(value: Any) -> Any:
    return None if value is None else round(value, 6)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Kode lacak",
        max_length=LONGEST_TYPED,
        help_text="Enam belas huruf dan angka, misalnya 7K2M-9QXR-4T8V-B1CD. Huruf besar atau kecil sama saja.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Tulis kode lacak."},
    )


class ReplyForm(forms.Form):
    """Words from the reporter: more information, or why the matter is not done."""

    text = forms.CharField(
        label="Keterangan",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=3,
        max_length=2000,
        error_messages={"required": "Tulis keterangan Anda.", "min_length": "Tulis sedikitnya 3 huruf."},
    )


class LostCodeForm(forms.Form):
    email = forms.EmailField(
        label="E-mail yang Anda tulis di laporan",
        error_messages={"required": "Tulis alamat e-mail.", "invalid": WRONG_EMAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PhotoForm(forms.Form):
    photos = PhotosField(label="Tambah foto", required=False)

    def clean_photos(self) -> Any:
        """Nobody has to send this form, so the field is not marked as one that must be filled."""
        if not self.cleaned_data["photos"]:
            raise ValidationError(MISSING, code="required")
        return self.cleaned_data["photos"]


class NeighbourForm(FilingForm):
    """What an officer writes down for a person without a phone."""

    source = forms.ChoiceField(
        label="Bagaimana laporan ini disampaikan?",
        choices=[choice for choice in Source.choices if choice[0] != Source.WEB],
        error_messages={"required": "Pilih cara penyampaian."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].label = "Apa yang dilaporkan warga?"
        self.fields["is_anonymous"].help_text = "Nama, kontak dan akun warga tidak disimpan di mana pun."
        self.fields["hide_contact"].help_text = "Petugas bertanya lewat portal saja; lembaga tidak melihat kontak."
        self.fields["hide_contact"].label = "Sembunyikan kontak warga"
        self.fields["consent"].label = "Warga setuju nama dan kontaknya disimpan untuk menindaklanjuti laporan ini"
