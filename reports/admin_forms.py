"""Shape and wording of what officers type about a report: one small form for each action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from accounts.models import Institution
from reports.models import Report, ReportPhoto
from reports.models.record import MAX_DESCRIPTION

RELOAD = "Muat ulang halaman ini, lalu ulangi."
MAX_TEXT = 2000
LONGEST_KEY = 2**31 - 1


class ActionForm(forms.Form):
    """An action without words. `version` and `seen` say what the officer had in view."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=LONGEST_KEY,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), RELOAD),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LONGEST_KEY, required=False)

    def __init__(
        self, data: Any = None, *, report: Report, step: tuple[str, str, str], initial: dict[str, Any] | None = None
    ) -> None:
        """`step`: its code, the label of its text and who will read it."""
        code, words, hint = step
        super().__init__(data, auto_id=f"{code}_%s", initial=initial)
        self.report = report
        if "text" in self.fields:
            self.fields["text"].label, self.fields["text"].help_text = words, hint


def text_field(label: str, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        min_length=3,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_TEXT}),
        error_messages={"required": "Tulis dulu isinya.", "min_length": "Tulis sedikitnya 3 huruf."},
    )


class RemarkForm(ActionForm):
    text = text_field("Keterangan", required=False)


class TextForm(ActionForm):
    text = text_field("Keterangan")


class InstitutionForm(TextForm):
    """An institution of the report's regency or above it."""

    institution = forms.ModelChoiceField(
        label="Lembaga",
        queryset=Institution.objects.none(),
        empty_label="Pilih lembaga",
        error_messages={"required": "Pilih lembaga.", "invalid_choice": "Pilih lembaga dari daftar."},
    )
    field_order = ("version", "seen", "institution", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["institution"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = self.institutions()

    def institutions(self) -> QuerySet[Institution]:
        near = Q(area__in=self.report.area_codes) | Q(regency_code=self.report.regency_code)
        return Institution.objects.in_use().filter(near)


class ReferForm(InstitutionForm):
    """The right institution may also be that of another regency of the province."""

    def institutions(self) -> QuerySet[Institution]:
        other = Institution.objects.in_use().filter(province_code=self.report.province_code, district_code="")
        return super().institutions() | other


def photo_label(photo: ReportPhoto) -> str:
    return render_to_string("admin/reports/report/_photo_choice.html", {"photo": photo})


class PublishForm(ActionForm):
    """What everybody will read, and which photos everybody will see."""

    public_text = forms.CharField(
        label="Isi yang dibaca umum",
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MAX_DESCRIPTION}),
        help_text="Hapus nama, nomor, alamat rumah, dan apa saja yang menunjuk kepada seseorang.",
        error_messages={"required": "Tulis isi yang boleh dibaca umum."},
    )
    public_place = forms.CharField(
        label="Tempat yang dibaca umum",
        max_length=200,
        required=False,
        help_text="Cukup jorong atau dusun. Jangan rumah seseorang.",
    )
    photos = forms.TypedMultipleChoiceField(
        label="Foto yang boleh dilihat umum",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Periksa wajah, pelat nomor, dan sudut pandang: foto dari dalam rumah menunjuk kepada pelapor.",
        error_messages={"invalid_choice": "Pilih foto dari laporan ini."},
    )
    is_checked = forms.BooleanField(
        label="Sudah saya periksa: tidak ada nama, nomor, atau alamat orang",
        error_messages={"required": "Periksa isi dan foto, lalu centang."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = list(self.report.photos.all())
        choice = self.fields["photos"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.choices = [(photo.pk, photo_label(photo)) for photo in photos]
        if not photos:
            del self.fields["photos"]
        self.initial.setdefault("public_text", self.report.public_text or self.report.description)
        self.initial.setdefault("public_place", self.report.public_place or self.report.place)
        self.initial.setdefault("photos", [photo.pk for photo in photos if photo.is_public])


class IdentityForm(ActionForm):
    text = forms.CharField(
        label="Alasan membuka identitas",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
        error_messages={
            "required": "Tulis alasannya, paling sedikit 10 huruf.",
            "min_length": "Tulis alasannya, paling sedikit 10 huruf.",
        },
    )
