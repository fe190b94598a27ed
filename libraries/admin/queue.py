"""The libraries of an officer's area: put into the registry, kept, moved through the programme."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.admin_actions import ActionAdmin, ObjectAction, officer
from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_forms import VersionedForm
from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from groups.forms.fields import date_field
from libraries.admin import importing
from libraries.imports import KINDS, ListKind
from libraries.models import Library, Participation, Source
from libraries.models.event import ACTION_LABELS
from libraries.models.library import LibraryQuerySet, customary_near
from libraries.models.searching import with_words
from libraries.permissions import can_import, can_open_queue, oversees
from libraries.workflow import Stage
from regions.fields import AreaField

PROFILE = ("agency", "customary_village", "hours", "directions", "connectivity", "equipment", "collection", "is_listed")


class LibraryForm(VersionedForm):
    """A library in the registry; name and place are asked once, when it is founded."""

    user: User
    name = forms.CharField(label="Nama perpustakaan", max_length=160)
    place = AreaField(label="Desa, kelurahan, atau nagari", level="village")

    class Meta:
        model = Library
        fields = PROFILE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "agency" in self.fields:  # not where the form is only read
            cast("forms.ModelChoiceField[Any]", self.fields["agency"]).queryset = agencies_of(self.user, self.instance)
        if "customary_village" in self.fields:
            cast("forms.ModelChoiceField[Any]", self.fields["customary_village"]).queryset = customary_near(
                self.instance
            )
        if self.instance.pk:
            del self.fields["name"], self.fields["place"]

    def clean(self) -> Any:
        data = super().clean() or {}
        place = data.get("place")
        if place and not oversees(self.user, Library(area=place, institution_id=0)):
            self.add_error("place", "Desa ini di luar wilayah tugas Anda.")
        if place and (name := data.get("name")):
            self._check_institution(Institution(name=name, area=place, sector=Sector.LIBRARY))
        return data

    def _check_institution(self, institution: Institution) -> None:
        """The institution is stored with the library: what is wrong with it is said here, beside the name."""
        institution.copy_codes()
        try:
            institution.full_clean()
        except ValidationError as error:
            self.add_error("name", error.messages)


def agencies_of(user: User, row: Any) -> QuerySet[Institution]:
    """Those of the officer's area, and the one that the row has: it may be the province's."""
    own = Institution.objects.in_use().visible_to(user).filter(sector=Sector.GOVERNMENT)
    return Institution.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=row.agency_id)).order_by("name")


class StageForm(forms.Form):
    """One step of one year."""

    year = forms.IntegerField(label="Tahun", min_value=2018, max_value=2100)
    to = forms.ChoiceField(label="Tahap", choices=Stage.choices)
    source = forms.ChoiceField(
        label="Jalur",
        choices=Source.choices,
        help_text="APBN: dibiayai anggaran pusat. Replikasi mandiri: dibiayai daerah atau desa sendiri.",
    )
    decree_number = forms.CharField(label="Nomor SK", max_length=80, required=False)
    decided_on = date_field("Tanggal SK", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year


def take_step(library: Library, by: User, data: dict[str, Any]) -> None:
    """Propose the library for a year, or move that year one step on."""
    row = library.participations.filter(year=data["year"]).first()
    if row is None:
        if data["to"] != Stage.PROPOSED:
            raise ValidationError("Tahun ini belum diusulkan. Catat dulu usulannya.")
        row = Participation(library=library, year=data["year"], source=data["source"])
        row.decree_number, row.decided_on = data["decree_number"], data["decided_on"]
        row.propose(by=by)
        return
    if data["decree_number"]:
        row.decree_number, row.decided_on = data["decree_number"], data["decided_on"]
    row.move(Stage(data["to"]), by=by)


class StageFilter(ChoiceFilter):
    title = "program TPBIS"
    parameter_name = "tahap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Stage.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(stage=self.value()) if self.value() else queryset


@admin.register(Library)
class LibraryAdmin(ActionAdmin):
    form = LibraryForm
    list_display = ("title", "village", "stage", "is_listed")
    list_filter = (StageFilter, AreaFilter)
    list_select_related = ("area", "institution")
    search_fields = ("folded",)  # what is searched says `with_words`; stock admin asks only whether there is any
    search_help_text = "nama perpustakaan atau desanya"
    ordering = ("folded", "id")
    object_actions = (
        ObjectAction(
            "tahap",
            "Catat tahap program",
            "Diusulkan, terpilih dengan SK, berjalan, lalu mandiri: satu langkah setiap kali.",
            StageForm,
            lambda user, row: oversees(user, row),
            take_step,
        ),
    )

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    def can_add(self, user: User) -> bool:
        return user.is_superuser or any(grant.role == Role.LIBRARY_OFFICER for grant in user.grants)

    def can_change(self, user: User, obj: Library | None) -> bool:
        return self.can_add(user) if obj is None else oversees(user, obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(f"{word}/{kind.name}/", wrap(view), {"kind": kind}, name=f"libraries_library_{word}_{kind.name}")
            for kind in KINDS.values()
            for word, view in (("impor", self.import_view), ("unduh", self.export_view))
        ]
        return [*own, *super().get_urls()]

    def import_view(self, request: HttpRequest, kind: ListKind) -> HttpResponse:
        if not can_import(officer(request)):
            raise PermissionDenied
        return importing.import_list(request, kind, self.admin_site.each_context(request))

    def export_view(self, request: HttpRequest, kind: ListKind) -> HttpResponseBase:
        if not can_import(officer(request)):
            raise PermissionDenied
        return importing.export_list(request, kind)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        user = officer(request)
        tools = importing.tools() if can_import(user) else []
        return super().changelist_view(request, {"tools": tools, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> LibraryQuerySet:
        return Library.objects.overseen_by(officer(request)).select_related("area", "institution")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = search_term.replace("\0", "").strip()
        return (with_words(queryset, words) if words else queryset), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = officer(request)
        return form

    def get_fields(self, request: HttpRequest, obj: Library | None = None) -> Any:
        """The desa adat is chosen once the library has a district."""
        return PROFILE if obj else ("name", "place", *(name for name in PROFILE if name != "customary_village"))

    def save_model(self, request: HttpRequest, obj: Library, form: Any, change: bool) -> None:
        """Through the actions, which write the history and keep the counters."""
        by, values = officer(request), {name: form.cleaned_data[name] for name in PROFILE if name in form.cleaned_data}
        if change:
            Library.objects.get(pk=obj.pk).change(by=by, **values)
            return
        institution = Institution(
            name=form.cleaned_data["name"], area=form.cleaned_data["place"], sector=Sector.LIBRARY
        )
        institution.full_clean()
        institution.save()
        obj.pk = Library.found(by=by, institution=institution, **values).pk

    def action_label(self, action: str) -> str:
        return ACTION_LABELS[action]

    @admin.display(description="nama")
    def title(self, library: Library) -> str:
        return library.institution.name

    @admin.display(description="desa")
    def village(self, library: Library) -> str:
        return ", ".join(library.area.full_name.split(", ")[:2])
