"""What a government did: nine roles, seven principles, later and earlier steps, and drafts left with KIM."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from groups.workflow import Status
from partnerships.models import Facilitation, GovernmentRole, Principle, Tier
from tests.facilitation_access import EVIDENCE, RESULTS, make_facilitation, make_program
from tests.factories import make_area, make_grant, make_institution, make_kim, make_user
from tests.partnerships.meetings import make_meeting

pytestmark = pytest.mark.django_db


class TestRoles:
    def test_the_source_has_nine_roles_never_ten(self) -> None:
        assert len(GovernmentRole) == 9
        assert [role.label for role in GovernmentRole][:3] == [
            "Perumusan kebijakan",
            "Bimbingan teknis",
            "Fasilitasi pengembangan model",
        ]

    def test_the_source_has_seven_principles_and_three_tiers(self) -> None:
        assert (len(Principle), len(Tier)) == (7, 3)

    @pytest.mark.parametrize("over", [{"role": "tenth"}, {"tier": "village"}])
    def test_others_are_refused_by_the_database_too(self, over: dict[str, str]) -> None:
        values = {"title": "x", "role": "policy", "tier": "regency", "held_on": date(2026, 1, 1), **over}
        row = Facilitation(area=make_area("13.07"), agency=make_institution(), **values)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


class TestMeasurable:
    """ "terukur ... baik secara kuantitatif maupun kualitatif": both, or no evidence for it."""

    @pytest.mark.parametrize("missing", ["result_number", "result_words"])
    def test_needs_a_number_and_words(self, missing: str) -> None:
        values = {**RESULTS, missing: None if missing == "result_number" else ""}
        with pytest.raises(ValidationError, match="Terukur perlu hasil dalam angka"):
            make_facilitation(measurable_evidence="Dihitung sebelum dan sesudah.", **values)

    def test_with_both_it_is_stored(self) -> None:
        assert make_facilitation(measurable_evidence="Dihitung.", **RESULTS).pk

    def test_the_database_refuses_it_too(self) -> None:
        row = make_facilitation()
        with pytest.raises(IntegrityError), transaction.atomic():
            Facilitation.objects.filter(pk=row.pk).update(measurable_evidence="Dihitung.")

    def test_a_number_has_its_unit(self) -> None:
        with pytest.raises(ValidationError, match="Tulis satuan"):
            make_facilitation(result_number=20)


class TestPlace:
    def test_only_the_centre_works_for_the_whole_country(self) -> None:
        assert make_facilitation(None, tier="central").place == "Seluruh Indonesia"
        with pytest.raises(ValidationError, match="Hanya kegiatan pusat"):
            make_facilitation(None, tier="province")

    def test_a_regency_works_within_one(self) -> None:
        with pytest.raises(ValidationError, match="satu kabupaten/kota"):
            make_facilitation("13", tier="regency")
        assert make_facilitation("13", tier="province").regency_code == ""

    def test_officers_manage_their_own_area(self) -> None:
        own, other = make_facilitation("13.07"), make_facilitation("13.71")
        officer, national = make_user(), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        make_grant(national, Role.KIM_VERIFIER)
        assert list(Facilitation.objects.managed_by(officer)) == [own]
        assert set(Facilitation.objects.managed_by(national)) == {own, other}
        assert set(Facilitation.objects.visible_to(make_user())) == {own, other}
        assert not Facilitation.objects.managed_by(make_user()).exists()


class TestTime:
    def test_what_is_still_to_come_is_not_recorded(self) -> None:
        with pytest.raises(ValidationError, match="masih di depan"):
            make_facilitation(held_on=timezone.localdate() + timedelta(days=1))

    def test_a_follow_up_comes_later(self) -> None:
        first = make_facilitation(held_on=date(2026, 3, 9))
        second = make_facilitation(held_on=date(2026, 6, 1), follows=first)
        assert list(first.followed_by.all()) == [second]
        for day in (date(2026, 3, 9), date(2026, 1, 1)):
            with pytest.raises(ValidationError, match="setelah kegiatan yang dilanjutkannya"):
                make_facilitation(held_on=day, follows=first)

    def test_a_date_after_its_follow_up_is_refused_so_no_chain_is_a_circle(self) -> None:
        first = make_facilitation(held_on=date(2026, 3, 9))
        second = make_facilitation(held_on=date(2026, 6, 1), follows=first)
        first.held_on = date(2026, 7, 1)
        with pytest.raises(ValidationError, match="lebih dahulu"):
            first.keep(by=make_user())
        first.refresh_from_db()
        first.follows = second
        with pytest.raises(ValidationError):
            first.keep(by=make_user())


class TestKeep:
    def test_says_in_the_history_who_recorded_and_changed_it(self) -> None:
        officer = make_user(name="Petugas Uji")
        row = make_facilitation(by=officer)
        row.title = "Sarasehan"
        row.keep(by=officer)
        assert [event.action for event in row.events.all()] == ["recorded", "changed"]
        assert {event.actor_key for event in row.events.all()} == {officer.pk}

    def test_evidence_lists_all_principles_with_their_gaps(self) -> None:
        row = make_facilitation(**{**EVIDENCE, "synergy_evidence": ""}, **RESULTS)
        assert [each.text == "" for each in row.evidence] == [True, *[False] * 6]


class TestStartPrograms:
    def test_leaves_each_reached_kim_with_one_draft_and_is_harmless_twice(self) -> None:
        row, officer = make_facilitation(), make_user()
        written, blank, gone = make_kim(), make_kim(), make_kim(status=Status.DISSOLVED)
        make_program(written, 2027)
        row.kims.set([written, blank, gone])
        assert [row.start_programs(2027, by=officer) for _ in range(2)] == [2, 2]
        assert written.programs.get(year=2027).items.count() == 2
        assert blank.programs.get(year=2027).is_editable
        assert not gone.programs.exists()

    def test_only_a_workshop_does(self) -> None:
        row = make_facilitation(role="policy")
        with pytest.raises(ValidationError, match="workshop"):
            row.start_programs(2027, by=make_user())

    def test_a_year_nobody_means_starts_none(self) -> None:
        row, kim = make_facilitation(), make_kim()
        row.kims.add(kim)
        with pytest.raises(ValidationError):
            row.start_programs(1, by=make_user())
        assert not kim.programs.exists()


class TestMeeting:
    """The workshop as it was called in the portal."""

    def test_only_a_workshop_points_at_one_and_not_before_it_was_held(self) -> None:
        meeting, by = make_meeting(kind="workshop"), make_user()
        row = make_facilitation(role="workshop", held_on=timezone.localdate())
        row.meeting = meeting
        row.keep(by=by)
        row.role = "policy"
        with pytest.raises(ValidationError, match="Hanya workshop"):
            row.keep(by=by)
        row.role, row.held_on = "workshop", timezone.localdate() - timedelta(days=40)
        with pytest.raises(ValidationError, match="diadakan sesudah"):
            row.keep(by=by)
