"""Shape and wording of what officers type about a KIM: one small form for each step, and the list they bring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from groups.models import Kim, Membership

RELOAD = "Muat ulang halaman ini, lalu ulangi."
MAX_TEXT = 2000
LONGEST_KEY = 2**31 - 1
MAX_LIST_BYTES = 2 * 1024 * 1024


class StepForm(forms.Form):
    """`version` and `seen` say what the officer had in view."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=LONGEST_KEY,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), RELOAD),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LONGEST_KEY, required=False)

    def __init__(self, data: Any = None, *, kim: Kim, code: str, words: str, hint: str, **initial: Any) -> None:
        super().__init__(data, auto_id=f"{code}_%s", initial=initial)
        self.kim = kim
        if "text" in self.fields:
            self.fields["text"].label, self.fields["text"].help_text = words, hint


def text_field(required: bool) -> forms.CharField:
    return forms.CharField(
        required=required,
        min_length=3,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_TEXT}),
        error_messages={"required": "Tulis dulu isinya.", "min_length": "Tulis sedikitnya 3 huruf."},
    )


class RemarkForm(StepForm):
    text = text_field(required=False)


class ReasonForm(StepForm):
    text = text_field(required=True)


class InviteForm(StepForm):
    """Who of the members is to run the KIM's desk, and by which address."""

    member = forms.ModelChoiceField(
        label="Anggota",
        queryset=Membership.objects.none(),
        empty_label="Pilih anggota",
        error_messages={"required": "Pilih anggota.", "invalid_choice": "Pilih anggota dari daftar."},
    )
    email = forms.EmailField(
        label="Alamat e-mail anggota itu", help_text="Undangan dikirim ke sana dan berlaku 14 hari."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["member"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = self.kim.memberships.current().filter(user__isnull=True)


class ListForm(forms.Form):
    """The file with a regency's KIM."""

    file = forms.FileField(
        label="Berkas CSV",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Paling besar 2 MB dan 5.000 baris.",
        error_messages={"required": "Pilih berkas CSV."},
    )
    is_vouched = forms.BooleanField(
        label="KIM dalam daftar ini sudah menyetujui tata perilaku: terbuka tanpa membedakan suku, agama, ras, "
        "golongan, status, dan gender",
        error_messages={"required": "Pastikan dulu, lalu centang."},
    )

    def clean_file(self) -> bytes:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_LIST_BYTES:
            raise forms.ValidationError("Berkas ini lebih dari 2 MB. Bagi daftarnya menjadi beberapa berkas.")
        content = file.read()
        if not content.strip():
            raise forms.ValidationError("Berkas ini kosong.")
        return content
