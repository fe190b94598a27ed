"""What a librarian writes about an activity: its words, its sessions, its materials."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from groups.forms.gathering import GatheringForm
from libraries.models import Activity, ActivityKind, ActivitySession, Audience, Goal, Library, PlannedActivity, Value
from libraries.strategy import SpaceKind
from partnerships.forms.meeting import area_of_text, submission_field, version_field
from uploads.fields import DocumentField

WORDS = ("kind", "space", "goal", "planned", "title", "description", "takes_registrations")
TAG_CHOICES = [("Terutama untuk", Audience.choices), ("Nilai inklusi", Value.choices)]


class ActivityWords(forms.Form):
    """What an activity is about, and for whom first."""

    title = forms.CharField(
        label="Nama kegiatan", max_length=120, error_messages={"required": "Tulis nama kegiatannya."}
    )
    kind = forms.ChoiceField(
        label="Jenis",
        choices=[("", "Pilih jenis"), *ActivityKind.choices],
        error_messages={"required": "Pilih jenisnya.", "invalid_choice": "Pilih salah satu jenis."},
    )
    space = forms.ChoiceField(
        label="Ruang", choices=[("", "Tidak di salah satu ruang"), *SpaceKind.choices], required=False
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label="Tujuan dalam rencana tahunan",
        required=False,
        empty_label="Belum dikaitkan",
        error_messages={"invalid_choice": "Pilih tujuan dari rencana perpustakaan ini."},
    )
    planned = forms.ModelChoiceField(
        PlannedActivity.objects.none(),
        label="Kegiatan dalam rencana tahunan",
        required=False,
        empty_label="Tidak ada dalam rencana",
        help_text="Tujuannya ikut rencana. Agenda ini tampil di samping kegiatan itu.",
        error_messages={"invalid_choice": "Pilih kegiatan dari rencana perpustakaan ini."},
    )
    description = area_of_text(
        "Uraian",
        5,
        3000,
        help_text="Apa yang dilakukan, apa yang perlu dibawa, siapa yang mengajar.",
        error_messages={"required": "Tulis uraiannya."},
    )
    tags = forms.MultipleChoiceField(
        label="Tanda inklusi",
        choices=TAG_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Semua orang tetap boleh ikut.",
        error_messages={"invalid_choice": "Pilih dari daftar ini."},
    )
    takes_registrations = forms.BooleanField(
        label="Warga mendaftar dulu",
        required=False,
        initial=True,
        help_text="Tanpa tanda ini, warga datang langsung.",
    )

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = Goal.objects.filter(plan__library=library).select_related("plan").order_by("-plan__year", "pk")
        field: Any = self.fields["goal"]
        field.queryset = goals
        field.label_from_instance = lambda goal: f"{goal.plan.year}: {goal}"
        linked: Any = self.fields["planned"]
        linked.queryset = planned_of(library, self.initial.get("planned"))
        linked.label_from_instance = lambda row: f"{row.goal.plan.year}: {row}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if planned := data.get("planned"):
            data["goal"] = planned.goal
        return data

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}

    @property
    def chosen_tags(self) -> list[str]:
        return list(self.cleaned_data["tags"])


def planned_of(library: Library, own: PlannedActivity | None) -> Any:
    """What the plans of this year and those beside it hold, and what an older activity is linked to."""
    near = Q(goal__plan__year__gte=timezone.localdate().year - 1)
    rows = PlannedActivity.objects.filter(near | Q(pk=own.pk if own else None), goal__plan__library=library)
    return rows.select_related("goal__plan").order_by("-goal__plan__year", "pk")


class ActivityForm(ActivityWords, GatheringForm):
    """A new activity with its first session."""

    submission_id = submission_field()
    field_order = (
        *("submission_id", "title", "kind", "space", "held_on", "starts", "ends", "mode", "place", "platform", "link"),
        *("seats", "takes_registrations", "description", "tags", "planned", "goal"),
    )


class ActivityEditForm(ActivityWords):
    """Other words."""

    version = version_field()
    field_order = ("version", "title", "kind", "space", "description", "takes_registrations", "tags", "planned", "goal")

    @classmethod
    def initial_of(cls, row: Activity) -> dict[str, Any]:
        tags = [tag.tag for tag in row.tags.all()]
        return {**{name: getattr(row, name) for name in WORDS}, "tags": tags, "version": row.version}

    def differences(self, stored: Activity) -> list[tuple[str, Any, Any]]:
        """Label, stored now, typed: where somebody else changed the same activity meanwhile."""
        names = ("title", "kind", "space", "description")
        return [
            (str(self.fields[name].label), getattr(stored, name), self.cleaned_data.get(name))
            for name in names
            if getattr(stored, name) != self.cleaned_data.get(name)
        ]


class SessionForm(GatheringForm):
    """One session, new (`version` 0) or changed."""

    version = version_field()
    topic = forms.CharField(label="Pokok bahasan", max_length=120, required=False)
    field_order = ("version", "topic", "held_on", "starts", "ends", "mode", "place", "platform", "link", "seats")

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "topic": self.cleaned_data["topic"]}

    @classmethod
    def initial_of(cls, row: ActivitySession) -> dict[str, Any]:  # type: ignore[override]  # a narrower row
        return {**super().initial_of(row), "topic": row.topic, "version": row.version}


class MaterialForm(forms.Form):
    """A file or a link."""

    title = forms.CharField(label="Judul bahan", max_length=120, error_messages={"required": "Tulis judulnya."})
    document = DocumentField(label="Berkas", required=False, help_text="PDF atau foto.")
    url = forms.CharField(
        label="Tautan", max_length=500, required=False, widget=forms.URLInput, help_text="Bila tidak ada berkas."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("document")) == bool(data.get("url")):
            self.add_error("url", "Sertakan berkas atau tautan, salah satu saja.")
        return data
