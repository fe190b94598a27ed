"""The forms of a yearly plan: one part of it a page, short enough for a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from groups.forms.fields import RupiahField
from groups.models import FundSource
from libraries.forms.month import VersionForm
from libraries.models import Goal, Plan, PlannedActivity
from libraries.models.goal import AIM_LENGTH
from libraries.models.plan import FIRST_YEAR, LAST_YEAR
from libraries.strategy import SDGS, GoalKind, SpaceKind
from libraries.workflow import ENDED, ItemState
from regions.templatetags.regions import MONTHS

FOUR_DIGITS = "Tulis tahun dengan empat angka, misalnya 2027."


def long_text(label: str, length: int, help_text: str = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, required=False, help_text=help_text, widget=widget)


def short_text(label: str, sentence: str, help_text: str = "") -> forms.CharField:
    errors = {"required": sentence}
    return forms.CharField(label=label, max_length=160, help_text=help_text, error_messages=errors)


class StartForm(forms.Form):
    """The year of a new plan."""

    year = forms.IntegerField(
        label="Tahun",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        initial=lambda: timezone.localdate().year + 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), FOUR_DIGITS),
    )


class PartForm(VersionForm):
    """A part of a plan. Two people's versions of it can be laid side by side."""

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def differences(self, stored: dict[str, Any]) -> list[tuple[str, str, str]]:
        """Label, stored now, typed: where somebody else changed the same part meanwhile."""
        pairs = [(name, stored[name], typed) for name, typed in self.typed().items()]
        return [
            (str(self.fields[name].label), self.in_words(name, now), self.in_words(name, typed))
            for name, now, typed in pairs
            if str(now) != str(typed)
        ]

    def in_words(self, name: str, value: Any) -> str:
        labels = {str(code): str(label) for code, label in getattr(self.fields[name], "choices", [])}
        values = value if isinstance(value, list) else [value]
        words = [labels.get(str(each), str(each)) for each in values if each not in (None, "")]
        return ", ".join(words)


class DesignForm(PartForm):
    """The design of the library and of its collection."""

    design = long_text(
        "Rancangan perpustakaan", 2000, "Ruang, jam buka, sarana: apa yang dibuat agar warga memanfaatkannya.", 6
    )
    collection = long_text("Rancangan koleksi", 2000, "Buku dan bahan apa yang ditambah, menurut kebutuhan warga.", 6)

    @classmethod
    def stored(cls, plan: Plan) -> dict[str, Any]:
        return {"design": plan.design, "collection": plan.collection}


class GoalForm(PartForm):
    """A goal in the library's own words, and the SDG it serves."""

    aim = long_text("Sasaran tahun ini", AIM_LENGTH, "Apa yang berubah bila tujuan ini tercapai di desa ini.")
    numbers = forms.TypedMultipleChoiceField(
        label="Tujuan Pembangunan Berkelanjutan (SDGs)",
        choices=[(number, f"{number}. {name}") for number, name in SDGS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def stored(cls, goal: Goal) -> dict[str, Any]:
        return {"aim": goal.aim, "numbers": goal.numbers}

    def clean_numbers(self) -> list[int]:
        return sorted(self.cleaned_data["numbers"])


class PlannedForm(PartForm):
    """One planned activity; it always points at a goal."""

    title = short_text("Kegiatan", "Tulis nama kegiatannya.", "Misalnya: Kelas menenun untuk ibu muda.")
    goal = forms.ChoiceField(label="Untuk tujuan", choices=GoalKind.choices)
    space = forms.ChoiceField(
        label="Ruang",
        choices=[("", "Di luar tiga ruang, misalnya menambah sarana"), *SpaceKind.choices],
        required=False,
    )
    target = short_text("Sasaran", "Tulis sasarannya.", "Yang dapat dihitung, misalnya: 20 peserta, 4 pertemuan.")
    month = forms.TypedChoiceField(
        label="Bulan",
        choices=[("", "Belum ditentukan"), *enumerate(MONTHS, start=1)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    budget = RupiahField(label="Anggaran (rupiah)", help_text="Perkiraan cukup. Tulis 0 bila tanpa biaya.")
    source = forms.ChoiceField(
        label="Sumber dana",
        choices=FundSource.choices,
        initial=FundSource.OWN,
        help_text="APBN: anggaran pusat. APBD: anggaran daerah. Swadaya: dari perpustakaan dan warga sendiri.",
    )

    @classmethod
    def stored(cls, row: PlannedActivity) -> dict[str, Any]:
        return {**row.answers, "goal": row.goal.kind}

    def values(self, plan: Plan) -> dict[str, Any]:
        """What was typed, with the goal of this plan in place of its kind."""
        goals = {goal.kind: goal for goal in plan.goals.all()}
        return {**self.typed(), "goal": goals[self.cleaned_data["goal"]]}


class ProgressForm(PartForm):
    """How far an activity of an adopted plan is."""

    state = forms.ChoiceField(label="Kemajuan", choices=ItemState.choices)
    result = long_text("Hasil", 500, "Apa yang dihasilkan; bila batal, alasannya. Tanpa nama orang.")

    @classmethod
    def stored(cls, row: PlannedActivity) -> dict[str, Any]:
        return {"state": row.state, "result": row.result}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("state") in ENDED and not data.get("result") and "result" not in self.errors:
            self.add_error("result", "Tulis hasilnya, atau alasan dibatalkan.")
        return data


class ReopenForm(forms.Form):
    """Why the agency opens an adopted plan again."""

    text = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan membuka kembali rencana ini."},
    )
