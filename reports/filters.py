"""What a reader may narrow the published reports by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.utils import timezone

from regions.fields import AreaField
from regions.filters import AreaFilterSet
from reports.models import Category, Report
from reports.models.queries import ReportQuerySet
from reports.models.searching import area_mark, category_mark, status_mark
from reports.workflow import Status

LONGEST_WORDS = 100
PERIODS = [("7", "7 hari terakhir"), ("30", "30 hari terakhir"), ("365", "Setahun terakhir")]


def category_choices() -> list[tuple[str, str]]:
    return list(Category.objects.values_list("code", "name"))


class ReportFilter(AreaFilterSet):
    """Words, area, category, state and time."""

    q = django_filters.CharFilter(label="Kata", max_length=LONGEST_WORDS, method="with_words")
    category = django_filters.ChoiceFilter(label="Kategori", empty_label="Semua kategori")
    status = django_filters.ChoiceFilter(label="Keadaan", choices=Status.choices, empty_label="Semua keadaan")
    since = django_filters.ChoiceFilter(label="Tampil", choices=PERIODS, empty_label="Kapan saja", method="within_days")

    class Meta:
        model = Report
        fields = ["q", "area", "category", "status", "since"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["category"].extra["choices"] = category_choices()  # read once for the check and the form

    @property
    def in_words(self) -> str:
        """What is chosen, for the closed filter: “jalan”, Kecamatan Mungka, Ditanggapi."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        words = [f"“{chosen['q']}”" if chosen.get("q") else "", chosen["area"].label if chosen.get("area") else ""]
        lists = [name for name in ("category", "status", "since") if chosen.get(name)]
        labels = [dict(self.form.fields[name].choices)[chosen[name]] for name in lists]
        return ", ".join(str(word) for word in [*words, *labels] if word)

    def within_days(self, queryset: ReportQuerySet, name: str, value: str) -> ReportQuerySet:
        return queryset.filter(published_at__gte=since(value))

    def with_words(self, queryset: ReportQuerySet, name: str, value: str) -> ReportQuerySet:
        chosen = self.form.cleaned_data
        marks = [area_mark(chosen["area"].code)] if chosen.get("area") else []
        marks += [category_mark(chosen["category"])] if chosen.get("category") else []
        marks += [status_mark(chosen["status"])] if chosen.get("status") else []
        from_moment = since(chosen["since"]) if chosen.get("since") else None
        return queryset.search(value, public=True, marks=marks, since=from_moment)


def since(days: str) -> datetime:
    return timezone.now() - timedelta(days=int(days))


class AreaForm(forms.Form):
    """Which area the numbers are about; empty for all of Indonesia."""

    area = AreaField(label="Wilayah", level=None, required=False)
