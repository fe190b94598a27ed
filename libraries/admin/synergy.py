"""What stakeholders gave: kept by officers of a library agency, each in the own area."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_actions import ActionAdmin, ObjectAction, officer
from accounts.admin_filters import AreaFilter
from accounts.admin_forms import VersionedForm
from accounts.models import Institution, Role, RoleGrant, User
from accounts.models.institutions import Sector
from groups.forms.fields import date_field
from libraries.models import ConsultantBridge, InternetPoint, Library, StudentPlacement
from libraries.models.synergy import POINT_ACTIONS
from libraries.permissions import can_open_queue, keeps_area
from libraries.workflow import PointStatus
from partnerships.models import Commitment, Meeting
from regions.fields import AreaField, resolve_words
from regions.models import Area, CustomaryVillage, Level, code_prefixes

MOST_OFFERED = 300
MOST_VILLAGES = 200
OUTSIDE = "Wilayah ini di luar wilayah tugas Anda."


def provinces_of(user: User) -> list[str]:
    """The provinces of an officer's areas: what they promised each other there may concern the officer."""
    return [grant.area_id[:2] for grant in user.grants if grant.role == Role.LIBRARY_OFFICER and grant.area_id]


class KeptForm(VersionedForm):
    """Choices only from what the officer may mean; the area must be the officer's own."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.offered().items():
            if name in self.fields:  # not where the form is only read
                field: Any = self.fields[name]
                kept = getattr(self.instance, f"{name}_id", None)
                keys = {*rows.values_list("pk", flat=True)[:MOST_OFFERED], *([kept] if kept else [])}
                field.queryset = field.queryset.model._default_manager.filter(pk__in=keys)

    def offered(self) -> dict[str, QuerySet]:
        commitments = Commitment.objects.with_party().order_by("-id")
        if not self.user.is_superuser:
            commitments = commitments.filter(party__gathering__in=self.meetings().values("pk"))
        return {"commitment": commitments}

    def meetings(self) -> QuerySet[Meeting]:
        """Those of the officer's provinces that this person may read: some are for their participants alone."""
        rows = Meeting.objects.order_by("-id")
        if self.user.is_superuser:
            return rows
        return rows.visible_to(self.user).filter(province_code__in=provinces_of(self.user))

    def institutions(self) -> QuerySet[Institution]:
        rows = Institution.objects.in_use().order_by("name")
        return rows if self.user.is_superuser else rows.filter(province_code__in=provinces_of(self.user))

    def clean_area(self) -> Area:
        area: Area = self.cleaned_data["area"]
        if not (self.user.is_superuser or self.user.has_role(Role.LIBRARY_OFFICER, code_prefixes(area.code))):
            raise ValidationError(OUTSIDE)
        return area

    def _post_clean(self) -> None:
        if area := self.cleaned_data.get("area"):
            self.instance.area = area
            self.instance.copy_codes()
        super()._post_clean()


class KeptAdmin(ActionAdmin):
    """Readers see, officers of the area write."""

    list_filter: ClassVar[Any] = (AreaFilter,)
    ordering = ("-id",)

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    def can_add(self, user: User) -> bool:
        return keeps_area(user)

    def can_change(self, user: User, obj: Any) -> bool:
        return keeps_area(user) and (obj is None or may_keep(user, obj))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = officer(request)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.keep(by=officer(request))


def may_keep(user: User, row: Any) -> bool:
    return user.is_superuser or user.has_role(Role.LIBRARY_OFFICER, row.area_codes)


class PointForm(KeptForm):
    area = AreaField(label="Desa, kelurahan, atau nagari", level="village")

    class Meta:
        model = InternetPoint
        fields = ("area", "place", "customary_village", "library", "provider", "commitment")

    def offered(self) -> dict[str, QuerySet]:
        villages = CustomaryVillage.objects.all()
        if not self.user.is_superuser:
            villages = villages.filter(self.user.scope(Role.LIBRARY_OFFICER))
        libraries = Library.objects.overseen_by(self.user).order_by("folded", "id")
        own = {"customary_village": villages, "library": libraries, "provider": self.institutions()}
        return {**super().offered(), **own}


class PointStateForm(forms.Form):
    to = forms.ChoiceField(label="Keadaan", choices=PointStatus.choices)
    day = date_field(
        "Tanggal",
        required=False,
        help_text="Yang dijadwalkan: tanggal rencana. Yang terpasang: tanggal dipasang. Lainnya boleh kosong.",
    )


@admin.register(InternetPoint)
class InternetPointAdmin(KeptAdmin):
    form = PointForm
    list_display = ("place", "status", "village")
    list_filter = ("status", AreaFilter)
    list_select_related = ("area",)
    object_actions = (
        ObjectAction(
            "keadaan",
            "Catat keadaan",
            "Belum terlayani, diusulkan, dijadwalkan, lalu terpasang: satu langkah setiap kali.",
            PointStateForm,
            lambda user, row: may_keep(user, row),
            lambda row, user, data: row.move(PointStatus(data["to"]), by=user, day=data["day"]),
        ),
    )

    @admin.display(description="desa")
    def village(self, row: InternetPoint) -> str:
        return row.area.label

    def action_label(self, action: str) -> str:
        return POINT_ACTIONS[action]


class PlacementForm(KeptForm):
    area = AreaField(
        label="Wilayah penempatan", level=None, help_text="Kabupaten atau kecamatan yang memuat semua desanya."
    )
    village_lines = forms.CharField(
        label="Desa",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu desa setiap baris: nama dan kecamatannya, atau kode wilayah.",
    )

    class Meta:
        model = StudentPlacement
        fields = ("university", "programme", "area", "students", "supervisor", "starts_on", "ends_on", "commitment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "village_lines" in self.fields:
            self.initial["village_lines"] = "\n".join(
                self.instance.villages.order_by("code").values_list("code", flat=True)
            )

    def offered(self) -> dict[str, QuerySet]:
        return {**super().offered(), "university": self.institutions().filter(sector=Sector.EDUCATION)}

    def clean_village_lines(self) -> list[Area]:
        lines = [line.strip() for line in self.cleaned_data["village_lines"].splitlines() if line.strip()]
        if len(lines) > MOST_VILLAGES:
            raise ValidationError(f"Paling banyak {MOST_VILLAGES} desa dalam satu penempatan.")
        found, errors = [], []
        for line in lines:
            resolved = resolve_words(line, Level.VILLAGE)
            found += [resolved.area] if resolved.area else []
            errors += [] if resolved.area else [f"“{line[:60]}”: {resolved.problem}"]
        if errors:
            raise ValidationError(errors)
        return found

    def clean(self) -> Any:
        data = super().clean() or {}
        area, villages = data.get("area"), data.get("village_lines") or []
        outside = [each.label for each in villages if area and area.code not in code_prefixes(each.code)]
        if outside:
            self.add_error("village_lines", f"Di luar wilayah penempatan: {', '.join(outside[:5])}.")
        return data


@admin.register(StudentPlacement)
class StudentPlacementAdmin(KeptAdmin):
    form = PlacementForm
    list_display = ("programme", "students", "starts_on")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = PlacementForm.Meta.fields
        return (*names[:3], "village_lines", *names[3:]) if self.has_change_permission(request, obj) else names

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        form.instance.villages.set(form.cleaned_data["village_lines"])


class BridgeForm(KeptForm):
    class Meta:
        model = ConsultantBridge
        fields = ("consultant", "area", "one", "other", "about", "bridged_on", "meeting")

    def offered(self) -> dict[str, QuerySet]:
        grants = RoleGrant.objects.current().filter(role=Role.TPBIS_CONSULTANT)
        if not self.user.is_superuser:
            grants = grants.filter(area__code__in=self.near(grants))
        consultants = User.objects.filter(pk__in=grants.values("user"))
        rows = self.institutions()
        return {"consultant": consultants, "one": rows, "other": rows, "meeting": self.meetings()}

    def near(self, grants: QuerySet[RoleGrant]) -> list[str]:
        """Areas of consultants that lie in the officer's provinces, or are one of them."""
        codes = set(grants.filter(area__isnull=False).values_list("area_id", flat=True))
        return [code for code in codes if code[:2] in provinces_of(self.user)]


@admin.register(ConsultantBridge)
class ConsultantBridgeAdmin(KeptAdmin):
    form = BridgeForm
    list_display = ("about", "bridged_on")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "consultant":
            kwargs["form_class"] = ConsultantField
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ConsultantField(forms.ModelChoiceField):
    """Officers, who give the role, read the name; events and pages do not."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name or f"Konsultan nomor {obj.pk}"
