"""The application of a KIM: what it is, who runs it, which papers it has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from accounts.models import User
from groups.forms.fields import BOARD_ROWS, date_field, phone_field
from groups.models import Application, BaseGroup, Issuer, Mode
from groups.models.membership import Post
from regions.fields import AreaField, Typed
from uploads.documents import SafeDocument
from uploads.fields import DocumentField
from uploads.models import Document

LONGEST_ANSWER = 3000  # letters kept of one field of a draft
CONDUCT = "terbuka tanpa membedakan suku, agama, ras, golongan, status dan gender"
DECREE_FIELDS = ("decree_number", "decree_decided_on", "decree_issuer", "decree_valid_from", "decree_valid_until")
FILE_FIELDS = ("decree_file", "bylaws_file")
SENDERS = [(key, label) for key, _, _, label, _ in BOARD_ROWS] + [(Post.MEMBER.value, "Anggota biasa")]


class ApplicationForm(forms.Form):
    """Everything of an application. Suku, agama, ras, golongan and gender are not asked."""

    area = AreaField(label="Desa, kelurahan, atau nagari")
    name = forms.CharField(
        label="Nama KIM",
        max_length=120,
        error_messages={"required": "Tulis nama KIM."},
        help_text="Contoh: KIM Singgalang.",
    )
    mode = forms.ChoiceField(
        label="Cara kerja",
        choices=[("", "Pilih"), *Mode.choices],
        error_messages={"required": "Pilih cara kerja."},
        help_text="Analog: pertemuan, selebaran, papan pengumuman. Digital: media sosial, situs web, aplikasi pesan.",
    )
    base_group = forms.ChoiceField(label="Berasal dari", choices=BaseGroup.choices, initial=BaseGroup.NEW)
    secretariat = forms.CharField(label="Alamat sekretariat", max_length=200, required=False)
    about = forms.CharField(
        label="Tentang KIM", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sender = forms.ChoiceField(
        label="Jabatan Anda di KIM ini",
        choices=[("", "Pilih"), *SENDERS],
        error_messages={"required": "Pilih jabatan Anda. Anda menjadi admin pertama KIM ini."},
        help_text="Anda menjadi admin pertama. Admin lain dapat ditambah kemudian.",
    )
    decree_number = forms.CharField(label="Nomor SK", max_length=80, required=False)
    decree_decided_on = date_field("Tanggal SK", required=False)
    decree_issuer = forms.ChoiceField(
        label="Diterbitkan oleh", choices=[("", "Pilih"), *Issuer.choices], required=False
    )
    decree_valid_from = date_field("Berlaku sejak", required=False)
    decree_valid_until = date_field("Berlaku sampai", required=False)
    decree_file = DocumentField(label="Berkas SK", required=False, help_text="PDF sampai 5 MB, atau foto lembarannya.")
    bylaws_file = DocumentField(
        label="AD/ART",
        required=False,
        help_text="PDF sampai 5 MB, atau foto. Boleh menyusul; wajib untuk menjadi aktif.",
    )
    conduct = forms.BooleanField(
        label=f"Kami menerima tata perilaku KIM: {CONDUCT}.",
        error_messages={"required": "Setujui tata perilaku KIM lebih dulu."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, _, _, label, is_required in BOARD_ROWS:
            message = {"required": f"Tulis nama {label.lower()}."}
            self.fields[f"{key}_name"] = forms.CharField(
                label=f"Nama {label.lower()}", max_length=120, required=is_required, error_messages=message
            )
            self.fields[f"{key}_phone"] = phone_field(f"Telepon {label.lower()}")
            self.fields[f"{key}_public"] = forms.BooleanField(
                label=f"{label} setuju namanya tampil untuk umum", required=False
            )
        self.order_fields(self._reading_order())  # the summary of errors follows the page

    def _reading_order(self) -> list[str]:
        names = list(type(self).base_fields)
        place = names.index("sender")
        board = [f"{key}_{part}" for key, *_ in BOARD_ROWS for part in ("name", "phone", "public")]
        return names[:place] + board + names[place:]

    @classmethod
    def from_answers(cls, answers: dict[str, Any]) -> ApplicationForm:
        """The form as it was left, not yet checked."""
        area = Typed(answers.get("area", ""), answers.get("area_words", ""), answers.get("area_choice", ""))
        return cls(initial={**answers, "area": area})

    @property
    def board_rows(self) -> list[tuple[str, BoundField, BoundField, BoundField]]:
        return [
            (label, self[f"{key}_name"], self[f"{key}_phone"], self[f"{key}_public"])
            for key, _, _, label, _ in BOARD_ROWS
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_people(data)
        self._check_decree(data)
        return data

    def _check_people(self, data: dict[str, Any]) -> None:
        """One person, one post; and the sender is one of them."""
        holders: dict[str, str] = {}
        for key, _, _, label, _ in BOARD_ROWS:
            name = " ".join(data.get(f"{key}_name", "").split()).casefold()
            if name and name in holders:
                sentence = f"Orang ini sudah ditulis sebagai {holders[name]}. Satu orang memegang satu jabatan saja."
                self.add_error(f"{key}_name", sentence)
            elif name:
                holders[name] = label.lower()
        sender = data.get("sender")
        if sender and sender != Post.MEMBER and not data.get(f"{sender}_name") and f"{sender}_name" not in self.errors:
            self.add_error(f"{sender}_name", "Ini jabatan Anda: tulis nama Anda.")

    def _check_decree(self, data: dict[str, Any]) -> None:
        """A decree is given whole or not at all, and ends after it begins."""
        missing = [name for name in DECREE_FIELDS if not data.get(name) and name not in self.errors]
        if len(missing) < len(DECREE_FIELDS):
            for name in missing:
                self.add_error(name, "Lengkapi bagian SK, atau kosongkan semua isiannya.")
        start, end = data.get("decree_valid_from"), data.get("decree_valid_until")
        if start and end and end <= start:
            self.add_error("decree_valid_until", "SK tidak dapat berakhir sebelum mulai berlaku.")

    def new_files(self) -> dict[str, SafeDocument]:
        """The documents that came with this post, by field; also when other fields are wrong."""
        cleaned = getattr(self, "cleaned_data", {})
        return {name: cleaned[name] for name in FILE_FIELDS if cleaned.get(name)}

    def application(self, sender: User, documents: dict[str, Document]) -> Application:
        data = self.cleaned_data
        names = ("area", "name", "mode", "base_group", "secretariat", "about")
        kim = {**{name: data[name] for name in names}, "bylaws": documents.get("bylaws_file")}
        decree: dict[str, Any] = {}
        if data["decree_number"]:
            decree = {name.removeprefix("decree_"): data[name] for name in DECREE_FIELDS}
            decree["file"] = documents.get("decree_file")
        return Application(kim, self._board(sender), decree)

    def _board(self, sender: User) -> list[dict[str, Any]]:
        data, rows = self.cleaned_data, []
        for key, post, section, _, _ in BOARD_ROWS:
            if data[f"{key}_name"]:
                own = {"user": sender, "is_admin": True} if data["sender"] == key else {}
                person = {
                    "name": data[f"{key}_name"],
                    "phone": data[f"{key}_phone"],
                    "is_public": data[f"{key}_public"],
                }
                rows.append({"post": post, "section": section, **person, **own})
        if data["sender"] == Post.MEMBER:
            name = sender.name or sender.email.partition("@")[0]
            rows.append({"post": Post.MEMBER, "name": name, "user": sender, "is_admin": True})
        return rows


def answers_of(data: Any) -> dict[str, str]:
    """What was sent, as text that can be kept: the form's own fields only, each up to LONGEST_ANSWER letters."""
    names = [*ApplicationForm().fields, "area_words", "area_choice"]
    kept = {name: data.get(name, "") for name in names if name not in FILE_FIELDS}
    return {name: clean_text(value) for name, value in kept.items() if value}


def clean_text(value: Any) -> str:
    """Without what a database refuses to keep in JSON."""
    return str(value)[:LONGEST_ANSWER].replace("\0", "").encode("utf-8", "ignore").decode()


def check_sender(form: ApplicationForm, sender: User) -> None:
    """An ordinary member who sends must not carry the name of a board member."""
    if form.cleaned_data.get("sender") != Post.MEMBER:
        return
    own = (sender.name or sender.email.partition("@")[0]).casefold()
    if own in {form.cleaned_data.get(f"{key}_name", "").casefold() for key, *_ in BOARD_ROWS}:
        form.add_error("sender", ValidationError("Nama Anda sudah tertulis di pengurus. Pilih jabatan itu."))
