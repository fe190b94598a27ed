"""What officers record of their work for KIM: in the own area, each activity with its results and evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.admin_actions import ActionAdmin, ObjectAction, officer
from accounts.admin_filters import AreaFilter
from accounts.admin_forms import VersionedForm
from accounts.models import Institution, User
from groups.forms.fields import RupiahField
from groups.forms.programme import StartForm
from groups.models import Kim
from partnerships.models import Facilitation, GovernmentRole, Meeting, Principle, Tier
from partnerships.models.facilitation import ORDER, evidence_name
from partnerships.models.facilitation_event import ACTION_LABELS
from partnerships.models.meeting import MEETING_ORDER
from partnerships.models.programs import WORKSHOPS
from partnerships.permissions import can_record_facilitation, offered_tiers, recorded_tiers, records_facilitation
from regions.models import Area

MOST_KIMS = 500  # boxes to tick on one page; a wider activity is recorded regency by regency
TOO_HIGH = "Anda mencatat kegiatan tingkat kantor Anda dan di bawahnya. Pilih tingkat lain."
TOO_MANY_KIMS = f"Hanya {MOST_KIMS} KIM pertama menurut nama. Catat kegiatan yang lebih luas per kabupaten/kota."
MOST_EARLIER = 200
EVIDENCE = tuple(evidence_name(principle) for principle in Principle)
FACTS = ("title", "role", "tier", "area", "agency", "held_on", "budget", "meeting", "follows")
RESULTS = ("result_number", "result_unit", "result_words")


class FacilitationForm(VersionedForm):
    officer: User
    budget = RupiahField(label="Anggaran (rupiah)", initial=0, help_text="Tulis 0 bila tanpa biaya.")

    class Meta:
        model = Facilitation
        fields = (*FACTS, *RESULTS, *EVIDENCE, "kims")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "area" not in self.fields:
            return  # shown for reading only
        self.fields["area"].help_text += " Kosong hanya untuk kegiatan pusat bagi seluruh Indonesia."
        self._offer_rows()

    def _offer_rows(self) -> None:
        """Only what an officer can mean: institutions in use, earlier activities of the own area, KIM of the target."""
        row = self.instance
        agencies = Institution.objects.in_use().visible_to(self.officer).values("pk")
        tiers = {*offered_tiers(self.officer, row.area), row.tier}
        tier = self.fields["tier"]
        assert isinstance(tier, forms.ChoiceField)
        tier.choices = [("", "Pilih tingkat"), *((code, label) for code, label in Tier.choices if code in tiers)]
        tier.error_messages["invalid_choice"] = TOO_HIGH
        self._offer("agency", Institution.objects.filter(Q(pk__in=agencies) | Q(pk=row.agency_id)).order_by("name"))
        earlier = Facilitation.objects.managed_by(self.officer).exclude(pk=row.pk).order_by(*ORDER)[:MOST_EARLIER]
        keys = {*earlier.values_list("pk", flat=True), row.follows_id} - {None}
        self._offer("follows", Facilitation.objects.filter(pk__in=keys).order_by(*ORDER))
        meetings = Meeting.objects.reviewed_by(self.officer).filter(kind__in=sorted(WORKSHOPS), is_cancelled=False)
        recent = meetings.order_by(*MEETING_ORDER).values_list("pk", flat=True)[:MOST_EARLIER]
        keys = {*recent, row.meeting_id} - {None}
        self._offer("meeting", Meeting.objects.filter(pk__in=keys).order_by(*MEETING_ORDER))
        if "kims" in self.fields:
            listed = Kim.objects.listed().order_by("folded", "id")
            near = listed.within(row.area) if row.area else listed
            ticked = {*near.values_list("pk", flat=True)[:MOST_KIMS], *row.kims.values_list("pk", flat=True)}
            self._offer("kims", listed.filter(pk__in=ticked))
            if len(ticked) >= MOST_KIMS:
                self.fields["kims"].help_text = TOO_MANY_KIMS

    def _tiers(self, area: Area | None) -> set[str]:
        """With the one it was recorded for, by whoever might."""
        return {*recorded_tiers(self.officer, area), self.instance.tier}

    def _offer(self, name: str, rows: QuerySet) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> Any:
        data = super().clean() or {}
        area = data.get("area")
        if "area" not in self.errors and not can_record_facilitation(self.officer, area):
            words = "Wilayah ini di luar wilayah tugas Anda." if area else "Tulis wilayah sasaran."
            self.add_error("area", words)
        elif {"area", "tier"} <= data.keys() and data["tier"] not in self._tiers(area):
            self.add_error("tier", TOO_HIGH)
        outside = [kim for kim in data.get("kims") or () if area and area.code not in kim.area_codes]
        if outside:
            self.add_error("kims", f"Di luar wilayah sasaran: {', '.join(kim.name for kim in outside[:5])}.")
        return data


@admin.register(Facilitation)
class FacilitationAdmin(ActionAdmin):
    form = FacilitationForm
    list_display = ("title", "role", "tier", "target", "held_on")
    list_filter = ("role", "tier", AreaFilter)
    list_select_related = ("area",)
    ordering = ORDER
    object_actions = (
        ObjectAction(
            "bagikan-program",
            "Bagikan draf program kerja",
            "Setiap KIM yang dijangkau mendapat draf program kerja kosong di mejanya. Yang sudah punya tidak berubah.",
            StartForm,
            lambda user, row: row.role == GovernmentRole.WORKSHOP and can_record_facilitation(user, row.area),
            lambda row, user, data: row.start_programs(data["year"], by=user),
        ),
    )

    @admin.display(description="wilayah sasaran")
    def target(self, row: Facilitation) -> str:
        return row.place

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Facilitation.objects.managed_by(officer(request))

    def can_view(self, user: User) -> bool:
        return records_facilitation(user)

    def can_add(self, user: User) -> bool:
        return records_facilitation(user)

    def can_change(self, user: User, obj: Facilitation | None) -> bool:
        return records_facilitation(user)  # which rows is `get_queryset`'s affair

    def get_fieldsets(self, request: HttpRequest, obj: Facilitation | None = None) -> Any:
        principles = (
            "Tulis satu kalimat bukti untuk setiap prinsip yang tampak. Yang kosong terbaca sebagai kekurangan."
        )
        found = [
            ("Kegiatan", {"fields": FACTS}),
            ("Hasil", {"fields": RESULTS}),
            ("Tujuh prinsip", {"fields": EVIDENCE, "description": principles}),
        ]
        return [*found, ("KIM yang dijangkau", {"fields": ("kims",)})] if obj else found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.officer = request.user
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kims":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "help_text": ""}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Facilitation, form: Any, change: bool) -> None:
        obj.keep(by=officer(request))

    def response_add(
        self, request: HttpRequest, obj: Facilitation, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Whom it reached is ticked next: the boxes follow from the area."""
        self.message_user(request, "Tersimpan. Sekarang centang KIM yang dijangkau.", messages.SUCCESS)
        return redirect(self.url(obj, "change"))

    def action_label(self, action: str) -> str:
        return ACTION_LABELS[action]
