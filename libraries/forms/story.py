"""Writing an impact story: what changed, the proof, and the consent that was signed."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django import forms

from libraries.models import ImpactStory
from libraries.models.story import TOLD, Domain
from uploads.fields import DocumentField

NAMING = [
    ("alias", "Dengan nama samaran: nama asli tidak tampil untuk umum"),
    ("named", "Dengan nama asli: orangnya menandatangani persetujuan untuk itu"),
]
HINTS = {
    "title": "Misalnya: Belajar menenun, kini punya pesanan tetap.",
    "real_name": "Hanya untuk bukti persetujuan. Tidak tampil untuk umum, kecuali orangnya memilih nama asli.",
    "alias": "Misalnya: Ibu Melati. Nama ini yang tampil.",
    "before": "Keadaan orang itu sebelum ke perpustakaan. Jangan tulis nama asli, nomor telepon, atau alamat rumah.",
    "after": "Apa yang berubah, dan apa peran perpustakaan.",
    "proof_url": "Misalnya berita atau halaman toko. Bukti hanya dibaca petugas Dinas.",
}


class StoryForm(forms.ModelForm):
    """`version` is that of the story the form was made from."""

    naming = forms.ChoiceField(
        label="Nama yang tampil",
        choices=NAMING,
        initial="alias",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih nama yang tampil."},
    )
    proof_upload = DocumentField(label="Berkas bukti", required=False, help_text="PDF atau foto.")
    signed = forms.BooleanField(
        label="Orangnya sudah membaca lembar persetujuan dan menandatanganinya.",
        error_messages={"required": "Tanpa persetujuan yang ditandatangani, cerita tidak dapat disimpan."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("title", "domain", "naming", "alias", "real_name", "before", "after", "proof_url", "proof_upload")

    class Meta:
        model = ImpactStory
        fields = TOLD
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in ("before", "after")}  # noqa: RUF012  as Django wants

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in HINTS.items():
            self.fields[name].help_text = words
        for name in ("title", "alias", "real_name", "before", "after"):
            self.fields[name].required = True
        domain = cast("forms.TypedChoiceField", self.fields["domain"])
        domain.choices = [("", "Pilih bidang"), *Domain.choices]
        domain.help_text = "TIK: komputer, internet, dan telepon pintar."
        domain.error_messages["required"] = "Pilih bidang."
        row = self.instance
        if row.pk:
            self.initial.update(naming="named" if row.is_named else "alias", version=row.version)
            self.fields["signed"].required = False
            self.fields["signed"].help_text = "Centang lagi hanya bila nama yang tampil diganti."
        else:
            self.initial["submission_id"] = uuid4()

    def clean_proof_url(self) -> str:
        """People write "contoh.id/berita"; what is no address at all is told so by the model."""
        typed: str = self.cleaned_data["proof_url"]
        return f"https://{typed}" if "." in typed and "://" not in typed and " " not in typed else typed

    def clean(self) -> dict[str, Any]:
        """Consent was given when the story was written; another way to be named is another consent."""
        data = super().clean() or {}
        row, naming = self.instance, data.get("naming")
        if row.pk and naming and (naming == "named") != row.is_named and not data.get("signed"):
            self.add_error("signed", self.fields["signed"].error_messages["required"])
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here the row that was given stays as it is stored."""

    @property
    def is_named(self) -> bool:
        return bool(self.cleaned_data["naming"] == "named")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TOLD}

    def differences(self, stored: ImpactStory) -> list[tuple[str, str, str]]:
        """Label, what is stored now, what was typed: where somebody else changed the same story meanwhile."""
        pairs = ((name, getattr(stored, name), self.cleaned_data.get(name)) for name in TOLD)
        return [
            (str(self.fields[name].label), str(now), str(typed))
            for name, now, typed in pairs
            if typed is not None and now != typed
        ]
