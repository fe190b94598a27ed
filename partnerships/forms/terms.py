"""The terms of a partnership: what both sides read, and the detail of the one basis that was chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import fields_for_model
from django.utils import timezone

from accounts.models import Institution
from groups.forms.fields import date_field, phone_field
from groups.models import Kim
from partnerships.models import Basis, Expertise, Forum, ForumKind, Partnership, Repeats, Side
from partnerships.models.partnership import FORUM_FIELDS
from regions.models import LegalBasis

TERMS = ("title", "purpose", "first_duties", "partner_duties", "starts_on", "ends_on")
LAST_YEAR = 2100  # dates are typed by hand: 0206 and 20226 are slips of a finger
PHONE_SEEN = "Tidak tampil untuk umum, dan tidak tampil lagi setelah kemitraan berakhir."
TIME_SENTENCE = {"invalid": "Tulis waktu seperti 14.30.", "required": "Isi jam pertemuan."}


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def time_field(label: str) -> forms.TimeField:
    formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
    return forms.TimeField(label=label, widget=TimeInput, input_formats=formats, error_messages=TIME_SENTENCE)


def check_dates(form: forms.Form | forms.ModelForm) -> None:
    """No date of another century."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, date) and not 1945 <= value.year <= LAST_YEAR:
            form.add_error(name, "Periksa tahunnya.")


class TermsForm(forms.ModelForm):
    """What every partnership says. `terms_version` is the one the form was made from."""

    starts_on = date_field("Mulai", initial=timezone.localdate)
    ends_on = date_field("Sampai", required=False, help_text="Kosongkan bila belum ditentukan.")
    terms_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    basis: str

    class Meta:
        model = Partnership
        fields = TERMS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "first_duties", "partner_duties")}

    def __init__(self, *args: Any, first: Kim | Institution, second: Institution, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        self.fields["first_duties"].label = f"Yang dilakukan {first}"
        self.fields["partner_duties"].label = f"Yang dilakukan {second}"
        self.fields["title"].help_text = "Pendek dan jelas, misalnya Penyuluhan gizi balita."
        self.order_fields([*self.Meta.fields])
        self.offer(first, second)

    def offer(self, first: Kim | Institution, second: Institution) -> None:
        """Set the choices that depend on who the sides are."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_dates(self)
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", "Kemitraan tidak dapat berakhir sebelum dimulai.")
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        """What `Partnership.propose` and `change_terms` take."""
        return {**{name: self.cleaned_data[name] for name in TERMS}, "basis": self.basis, **self.detail()}

    def detail(self) -> dict[str, Any]:
        raise NotImplementedError


class AnalogForm(TermsForm):
    """With the forum, its place and its schedule."""

    basis = Basis.ANALOG
    kind = forms.ChoiceField(label="Bentuk pertemuan", choices=ForumKind.choices)
    name = fields_for_model(Forum, ["name"])["name"]
    place = fields_for_model(Forum, ["place"])["place"]
    first_on = date_field("Pertemuan pertama")
    begins_at = time_field("Pukul")
    repeats = forms.ChoiceField(label="Berulang", choices=Repeats.choices)
    until = date_field("Berulang sampai", required=False)
    contact_person = fields_for_model(Forum, ["contact_person"])["contact_person"]
    contact_phone = phone_field("Telepon narahubung", help_text=PHONE_SEEN)

    def detail(self) -> dict[str, Any]:
        return {"forum": Forum(**{name: self.cleaned_data[name] for name in FORUM_FIELDS})}


class LegalBasisField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} tentang {obj.about}"[:160]


class RegulationForm(TermsForm):
    basis = Basis.REGULATION
    legal_basis = LegalBasisField(
        label="Dasar hukum",
        queryset=LegalBasis.objects.none(),
        empty_label="Pilih",
        help_text="Tidak ada di daftar? Minta verifikator KIM di wilayah Anda mencatatnya.",
    )

    def offer(self, first: Kim | Institution, second: Institution) -> None:
        field: Any = self.fields["legal_basis"]
        field.queryset = LegalBasis.objects.in_force().covering(first.area_codes)

    def detail(self) -> dict[str, Any]:
        return {"forum": None, "legal_basis": self.cleaned_data["legal_basis"]}


class ExpertiseField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.owner}{'' if obj.is_proven else ', belum terbukti'})"


def owned_by(side: Kim | Institution) -> Q:
    return Q(kim=side) if isinstance(side, Kim) else Q(institution=side) | Q(institution__merged_into=side.pk)


class ExperienceForm(TermsForm):
    basis = Basis.EXPERIENCE
    expertise = ExpertiseField(
        label="Keahlian yang menjadi dasar",
        queryset=Expertise.objects.none(),
        empty_label="Pilih",
        help_text="Keahlian dicatat lebih dulu, dengan rekam jejak dan bukti kepercayaan.",
    )
    need = fields_for_model(Partnership, ["need"], widgets={"need": forms.Textarea(attrs={"rows": 3})})["need"]
    adaptation = fields_for_model(
        Partnership, ["adaptation"], widgets={"adaptation": forms.Textarea(attrs={"rows": 3})}
    )["adaptation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].required = True

    def offer(self, first: Kim | Institution, second: Institution) -> None:
        """All of the side that fills this in; of the other only what is proven, as everybody may read it."""
        own, theirs = (first, second) if self.side == Side.FIRST else (second, first)
        chosen = self.initial.get("expertise")
        readable = Q(is_proven=True) | Q(pk=chosen.pk if chosen else None)
        rows = Expertise.objects.filter(owned_by(own) | owned_by(theirs) & readable)
        rows = rows.select_related("kim", "institution")
        field: Any = self.fields["expertise"]
        field.queryset = rows.order_by("field", "id")

    def detail(self) -> dict[str, Any]:
        return {"forum": None, **{name: self.cleaned_data[name] for name in ("expertise", "need", "adaptation")}}


FORMS: dict[str, type[TermsForm]] = {
    Basis.ANALOG: AnalogForm,
    Basis.REGULATION: RegulationForm,
    Basis.EXPERIENCE: ExperienceForm,
}


def stored_terms(row: Partnership) -> dict[str, Any]:
    """What the form begins with when terms are changed or taken up again."""
    names = (*TERMS, "legal_basis", "expertise", "need", "adaptation")
    forum = {name: getattr(row.forum, name) for name in FORUM_FIELDS} if row.forum else {}
    return {**{name: getattr(row, name) for name in names}, **forum, "terms_version": row.terms_version}


class ForumMoveForm(forms.Form):
    """Another time, place or contact person of a forum that runs."""

    place = fields_for_model(Forum, ["place"])["place"]
    first_on = date_field("Pertemuan berikutnya")
    begins_at = time_field("Pukul")
    repeats = forms.ChoiceField(label="Berulang", choices=Repeats.choices)
    until = date_field("Berulang sampai", required=False)
    contact_person = fields_for_model(Forum, ["contact_person"])["contact_person"]
    contact_phone = phone_field("Telepon narahubung", help_text=PHONE_SEEN)
    terms_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_dates(self)
        return data

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "terms_version"}


class PartnerSearchForm(forms.Form):
    """Finding the other side by its name."""

    q = forms.CharField(label="Nama lembaga", max_length=80, required=False)
