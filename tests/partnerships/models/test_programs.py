"""A workshop leaves each KIM that came with a draft of its work programme."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q

from groups.models import WorkProgram
from partnerships.models import Meeting
from partnerships.models.programs import attending_kims, give_programs
from tests.factories import make_institution, make_kim, make_user
from tests.partnerships.factories import today
from tests.partnerships.meetings import make_attendance, make_meeting

pytestmark = pytest.mark.django_db
YEAR = 2027


def workshop(*lines: str, **over: Any) -> Meeting:
    row = make_meeting(make_institution(), **{"kind": "workshop", **over})
    for line in lines:
        make_attendance(row, line)
    return row


class TestAttendingKims:
    def test_only_kim_whose_name_stands_on_the_list(self) -> None:
        melati, kenanga = make_kim(name="KIM Melati"), make_kim(name="KIM Kenanga")
        make_kim(name="KIM Dahlia")
        row = workshop("kim  melati", "KIM Kenanga (Nagari Talang Maur)", "Dinas Kominfo")
        assert attending_kims(row, Q()) == [kenanga, melati]
        assert attending_kims(row, Q(pk=melati.pk)) == [melati]


class TestGivePrograms:
    def test_each_finds_an_empty_draft_once_and_the_meeting_remembers(self) -> None:
        kims = [make_kim(name="KIM Melati"), make_kim(name="KIM Kenanga")]
        row = workshop("KIM Melati", "KIM Kenanga")
        assert give_programs(row, kims, YEAR, by=make_user()) == 2
        assert give_programs(row, kims, YEAR, by=make_user()) == 0
        assert WorkProgram.objects.filter(year=YEAR, status="draft").count() == 2
        events = row.events.filter(action="programs_given")
        assert [event.data["kims"] for event in events] == [[kim.pk for kim in kims]]

    def test_kim_are_locked_in_one_order_whatever_was_ticked_first(self) -> None:
        kims = [make_kim(name="KIM Melati"), make_kim(name="KIM Kenanga")]
        give_programs(workshop("KIM Melati", "KIM Kenanga"), kims[::-1], YEAR, by=make_user())
        assert list(WorkProgram.objects.order_by("pk").values_list("kim", flat=True)) == [kim.pk for kim in kims]

    def test_who_has_one_keeps_it(self) -> None:
        kim = make_kim(name="KIM Melati")
        own = WorkProgram.objects.start(kim, YEAR, by=make_user())
        own.keep([{"activity": "Pelatihan", "target": "20 orang", "budget": 0, "source": "self"}])
        assert give_programs(workshop("KIM Melati"), [kim], YEAR, by=make_user()) == 0
        assert own.items.count() == 1

    def test_who_did_not_come_gets_none(self) -> None:
        with pytest.raises(ValidationError, match="Tidak ada KIM ini"):
            give_programs(workshop("KIM Melati"), [make_kim(name="KIM Dahlia")], YEAR, by=make_user())

    @pytest.mark.parametrize("over", [{"kind": "synergy"}, {"session": {"starts_at": None}}])
    def test_not_before_it_is_held_and_not_from_another_kind(self, over: dict[str, Any]) -> None:
        if "session" in over:
            from django.utils import timezone

            over = {"session": {"starts_at": timezone.now() + (today(2) - today())}}
        row = workshop("KIM Melati", **over)
        with pytest.raises(ValidationError, match="sesudah workshop"):
            give_programs(row, [make_kim(name="KIM Melati")], YEAR, by=make_user())
