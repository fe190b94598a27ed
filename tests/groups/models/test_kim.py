"""What can be done to a KIM: each step both ways, what follows by itself, who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role
from accounts.outbox import OutgoingMail
from groups.models import Decree, Kim, StaleKim
from groups.models.kim import free_slug
from groups.models.record import RESERVED_SLUGS
from groups.workflow import TEXT_REQUIRED, TRANSITIONS, Status
from tests.factories import make_grant, make_kim, make_user

pytestmark = pytest.mark.django_db


class TestChangeStatus:
    @pytest.mark.parametrize("start", list(Status))
    def test_every_allowed_step_works_and_every_other_is_refused(self, start: Status) -> None:
        for to in Status:
            kim = make_kim(status=start)
            before = kim.events.count()
            if to in TRANSITIONS[start]:
                kim.change_status(to, by=None, label="Uji", text="Alasan.")
                assert Kim.objects.get(pk=kim.pk).status == to
                assert kim.events.count() == before + 1
                continue
            with pytest.raises(ValidationError):
                kim.change_status(to, by=None, label="Uji", text="Alasan.")
            assert Kim.objects.get(pk=kim.pk).status == start

    @pytest.mark.parametrize("to", sorted(TEXT_REQUIRED))
    def test_reason_is_required(self, to: Status) -> None:
        kim = make_kim(status=Status.SUBMITTED)
        with pytest.raises(ValidationError, match="Tulis alasan"):
            kim.change_status(to, by=None, label="Uji", text=" ")

    def test_stale_version_changes_nothing(self) -> None:
        kim = make_kim(status=Status.SUBMITTED)
        seen = kim.version
        kim.ask_changes(by=make_user(), text="Lengkapi.", version=seen)
        with pytest.raises(StaleKim):
            kim.reject(by=make_user(), text="Ditolak.", version=seen)

    def test_chain_of_a_whole_life_holds(self) -> None:
        kim = make_kim(status=Status.DISSOLVED)
        assert kim.events.model.problems(kim) == []


class TestSubmit:
    def test_nearest_verifiers_are_told_and_no_others(self) -> None:
        near, far, other = make_user(), make_user(), make_user()
        make_grant(near, Role.KIM_VERIFIER, "13.07")
        make_grant(far, Role.KIM_VERIFIER, "13")
        make_grant(other, Role.KIM_VERIFIER, "33.73")
        kim = make_kim(status=Status.DRAFT)
        OutgoingMail.objects.all().delete()
        kim.submit(by=make_user())
        told = OutgoingMail.objects.filter(template__contains="application_waits").values_list("to", flat=True)
        assert list(told) == [near.email]

    def test_where_nobody_verifies_nothing_fails(self) -> None:
        kim = make_kim(status=Status.DRAFT)
        kim.submit(by=make_user())
        assert kim.status == Status.SUBMITTED


class TestApprove:
    def test_what_was_read_counts_as_confirmed(self) -> None:
        kim = make_kim(status=Status.SUBMITTED)
        kim.approve(by=make_user())
        assert kim.confirmed_on == timezone.localdate()
        assert kim.status == Status.VERIFIED


class TestSettle:
    def test_complete_kim_becomes_active_and_falls_with_its_decree(self) -> None:
        kim = make_kim(status=Status.ACTIVE)
        assert all(need.is_met for need in kim.requirements())
        yesterday = timezone.localdate() - timedelta(days=1)
        Decree.objects.filter(kim=kim).update(valid_from=yesterday - timedelta(days=400), valid_until=yesterday)
        kim.settle()
        assert Kim.objects.get(pk=kim.pk).status == Status.INACTIVE

    @pytest.mark.parametrize("missing", ["bylaws", "decree", "treasurer", "members"])
    def test_one_thing_missing_keeps_it_verified(self, missing: str) -> None:
        kim = make_kim(status=Status.ACTIVE)
        Kim.objects.filter(pk=kim.pk).update(status=Status.VERIFIED)
        if missing == "bylaws":
            Kim.objects.filter(pk=kim.pk).update(bylaws=None)
        elif missing == "decree":
            Decree.objects.filter(kim=kim).delete()
        elif missing == "treasurer":
            kim.memberships.filter(post="treasurer").update(post="member")
        else:
            kim.memberships.exclude(post__in=["chair", "secretary"]).delete()
        kim.refresh_from_db()
        kim.settle()
        assert Kim.objects.get(pk=kim.pk).status == Status.VERIFIED


class TestFreeSlug:
    @pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
    def test_words_of_higher_pages_are_never_a_kims(self, word: str) -> None:
        assert free_slug(word) not in RESERVED_SLUGS

    def test_second_kim_of_a_name_has_an_address_of_its_own(self) -> None:
        first = make_kim(name="KIM Maju")
        assert free_slug("KIM Maju") not in {"", first.slug}

    def test_name_without_letters_has_an_address(self) -> None:
        assert free_slug("🌾🌾")
