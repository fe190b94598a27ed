"""A partnership's life: proposed, agreed by both sides, active, ended; one basis with its own detail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.outbox import OutgoingMail
from partnerships.models import Basis, Forum, Partnership, Side, StalePartnership
from partnerships.workflow import Status
from regions.models import LegalStatus
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import (
    make_active,
    make_expertise,
    make_forum,
    make_legal_basis,
    make_partnership,
    terms,
    today,
)
from tests.together import together

pytestmark = pytest.mark.django_db


def confirm(row: Partnership, side: Side = Side.PARTNER, version: int | None = None) -> None:
    row.confirm(side, by=make_user(), terms_version=version or row.terms_version)


class TestPropose:
    @pytest.mark.parametrize("basis", Basis.values)
    def test_each_basis_carries_its_own_detail_and_no_other(self, basis: str) -> None:
        row = make_partnership(basis=basis)
        details = {"analog": row.forum, "regulation": row.legal_basis, "experience": row.expertise}
        assert {name for name, detail in details.items() if detail} == {basis}
        assert row.status == Status.PROPOSED
        assert not row.is_listed

    def test_the_other_side_is_asked_by_mail(self) -> None:
        partner, liaison = make_institution(), make_user("penghubung@mitra.invalid")
        make_grant(liaison, Role.LIAISON, institution=partner)
        make_partnership(partner=partner)
        assert OutgoingMail.objects.filter(to__contains=liaison.email).count() == 1

    def test_overlapping_terms_are_refused_with_the_other_ones_name(self) -> None:
        row = make_partnership(title="Yang pertama")
        with pytest.raises(ValidationError, match="bertumpuk dengan “Yang pertama”"):
            make_partnership(row.kim, row.partner, starts_on=today(365), ends_on=today(700))
        make_partnership(row.kim, row.partner, starts_on=today(366), ends_on=today(700))

    def test_an_institution_merged_into_another_counts_as_it(self) -> None:
        row, new = make_partnership(), make_institution()
        row.partner.merge_into(new, make_user(is_superuser=True))
        with pytest.raises(ValidationError, match="bertumpuk"):
            make_partnership(row.kim, new)
        assert Partnership.objects.get(pk=row.pk).second == new
        assert Partnership.objects.get(pk=row.pk).partner_id != new.pk  # keys of history are never rewritten

    def test_an_open_end_overlaps_whatever_comes_later(self) -> None:
        row = make_partnership(ends_on=None)
        with pytest.raises(ValidationError, match="belum ditentukan"):
            make_partnership(row.kim, row.partner, starts_on=today(4000), ends_on=None)

    def test_not_with_oneself(self) -> None:
        one = make_institution()
        with pytest.raises(ValidationError, match="dirinya sendiri"):
            make_partnership(one, one)

    def test_it_does_not_end_before_it_starts(self) -> None:
        with pytest.raises(ValidationError, match="sebelum dimulai"):
            make_partnership(starts_on=today(), ends_on=today(-1))


class TestRegulation:
    def test_the_basis_must_reach_the_kims_area(self) -> None:
        with pytest.raises(ValidationError, match="tidak berlaku di wilayah"):
            make_partnership(basis=Basis.REGULATION, legal_basis=make_legal_basis("13.71"))

    def test_a_national_one_reaches_everywhere(self) -> None:
        assert make_partnership(basis=Basis.REGULATION, legal_basis=make_legal_basis(None)).legal_basis

    def test_a_revoked_one_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="sudah dicabut"):
            make_partnership(basis=Basis.REGULATION, legal_basis=make_legal_basis(status=LegalStatus.REVOKED))

    def test_revoking_flags_every_partnership_on_it_and_tells_both_sides_once(self) -> None:
        basis = make_legal_basis()
        rows = [make_active(basis=Basis.REGULATION, legal_basis=basis) for _ in range(2)]
        basis.status = LegalStatus.REVOKED
        basis.save()
        OutgoingMail.objects.all().delete()
        assert Partnership.objects.all().flag_revoked_due() == 2
        assert Partnership.objects.all().flag_revoked_due() == 0
        assert all(Partnership.objects.get(pk=row.pk).rests_on_revoked for row in rows)
        assert OutgoingMail.objects.filter(subject__startswith="Dasar hukum dicabut").count() == 2  # of the two KIM

    def test_it_cannot_be_confirmed_once_revoked(self) -> None:
        row = make_partnership(basis=Basis.REGULATION)
        row.legal_basis.status = LegalStatus.REVOKED
        row.legal_basis.save()
        with pytest.raises(ValidationError, match="sudah dicabut"):
            confirm(row)


class TestExperience:
    def test_without_a_work_done_or_a_word_of_trust_it_stays_proposed(self) -> None:
        kim = make_kim()
        bare = make_expertise(kim, proven=False, years=0)
        row = make_partnership(kim, basis=Basis.EXPERIENCE, expertise=bare)
        with pytest.raises(ValidationError) as refused:
            confirm(row)
        assert len(refused.value.messages) == 2
        bare.add_record(activity="Lomba", done_on=today(-9), place="Balai", beneficiaries=4, result="Baik")
        bare.add_evidence(kind="award", giver="Camat Uji", given_on=today(-5))
        confirm(row)
        assert row.status == Status.ACTIVE

    def test_the_need_is_asked_for(self) -> None:
        with pytest.raises(ValidationError, match="kebutuhan nyata"):
            make_partnership(basis=Basis.EXPERIENCE, need="")

    def test_only_an_experience_of_one_of_the_sides(self) -> None:
        with pytest.raises(ValidationError, match="salah satu pihak"):
            make_partnership(basis=Basis.EXPERIENCE, expertise=make_expertise(make_kim()))


class TestConfirm:
    def test_active_and_listed_only_with_both_yes(self) -> None:
        row = make_partnership()
        assert not Partnership.objects.listed().exists()
        confirm(row)
        row.refresh_from_db()
        assert (row.status, row.is_listed) == (Status.ACTIVE, True)
        assert [event.action for event in row.events.all()] == ["proposed", "confirmed", "active"]

    def test_a_yes_to_terms_that_changed_is_stale(self) -> None:
        row = make_partnership()
        seen = row.terms_version
        row.change_terms(side=Side.FIRST, by=make_user(), forum=make_forum(), **terms(purpose="Lain."))
        with pytest.raises(StalePartnership):
            confirm(row, version=seen)

    def test_changed_terms_need_both_again(self) -> None:
        row = make_partnership()
        row.change_terms(side=Side.PARTNER, by=make_user(), forum=make_forum(), **terms(purpose="Lain."))
        assert row.first_confirmed_at is None
        confirm(row, Side.FIRST)
        assert row.status == Status.ACTIVE

    def test_a_schedule_that_is_over_is_refused(self) -> None:
        row = make_partnership(forum=make_forum(first_on=today(-1), repeats="none"))
        with pytest.raises(ValidationError, match="sudah lewat semua"):
            confirm(row)
        row.refresh_from_db()
        assert row.partner_confirmed_at is None

    def test_the_table_forbids_a_second_yes(self) -> None:
        row = make_active()
        with pytest.raises(ValidationError, match="tidak dapat menjadi"):
            confirm(row)


class TestChangeTerms:
    @pytest.mark.parametrize("to", [Basis.REGULATION, Basis.EXPERIENCE])
    def test_another_basis_leaves_no_old_detail_behind(self, to: str) -> None:
        row = make_partnership()
        extra: dict[str, Any] = {"legal_basis": make_legal_basis()}
        if to == Basis.EXPERIENCE:
            extra = {"expertise": make_expertise(row.kim), "need": "Gizi."}
        row.change_terms(side=Side.FIRST, by=make_user(), forum=None, **terms(basis=to, **extra))
        assert not Forum.objects.exists()
        row.refresh_from_db()
        row.change_terms(side=Side.FIRST, by=make_user(), forum=make_forum(), **terms())
        row.refresh_from_db()
        assert (row.legal_basis, row.expertise, row.need, row.adaptation) == (None, None, "", "")

    def test_the_database_refuses_two_details(self) -> None:
        row = make_partnership()
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.filter(pk=row.pk).update(legal_basis=make_legal_basis())

    def test_the_database_refuses_a_basis_without_its_detail(self) -> None:
        row = make_partnership()
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.filter(pk=row.pk).update(basis=Basis.REGULATION)

    def test_what_both_agreed_to_is_not_changed(self) -> None:
        row = make_active()
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            row.change_terms(side=Side.FIRST, by=make_user(), forum=make_forum(), **terms())


class TestEnd:
    def test_a_no_says_why(self) -> None:
        row = make_partnership()
        with pytest.raises(ValidationError, match="Tulis alasannya"):
            row.cancel(Side.PARTNER, by=make_user(), text=" ")
        row.cancel(Side.PARTNER, by=make_user(), text="Belum sempat.")
        assert row.events.get(action="cancelled").text == "Belum sempat."

    def test_ended_early_it_stays_in_the_directory(self) -> None:
        row = make_active()
        row.end(Side.FIRST, by=make_user(), text="Selesai lebih cepat.")
        assert row.status == Status.ENDED
        assert Partnership.objects.listed().get() == row

    def test_its_last_day_ends_it_also_after_missed_nights(self) -> None:
        row = make_active(ends_on=today(1))
        assert Partnership.objects.all().settle_due() == 0
        Partnership.objects.filter(pk=row.pk).update(starts_on=today(-30), ends_on=today(-4))
        assert Partnership.objects.all().settle_due() == 1
        assert Partnership.objects.get().status == Status.ENDED

    def test_a_changed_sector_reaches_the_directory(self) -> None:
        row = make_active()
        type(row.partner).objects.filter(pk=row.partner_id).update(sector="health")
        Partnership.objects.all().settle_due()
        assert Partnership.objects.get().sector == "health"


class TestMoveForum:
    def test_another_place_is_logged_and_told_to_both(self) -> None:
        partner = make_institution(email="mitra@contoh.invalid")
        row = make_active(partner=partner)
        OutgoingMail.objects.all().delete()
        row.move_forum(Side.PARTNER, by=make_user(), place="Masjid Raya")
        assert row.events.get(action="forum_moved").data == {"fields": ["place"]}
        assert OutgoingMail.objects.filter(subject__startswith="Waktu, tempat, atau narahubung berubah").count() == 2

    def test_nothing_changed_tells_nobody(self) -> None:
        row = make_active()
        row.move_forum(Side.FIRST, by=make_user(), place=row.forum.place)
        assert not row.events.filter(action="forum_moved").exists()

    def test_not_into_the_past(self) -> None:
        row = make_active()
        with pytest.raises(ValidationError, match="sudah lewat semua"):
            row.move_forum(Side.FIRST, by=make_user(), first_on=today(-3), repeats="none")
        assert Forum.objects.get().first_on == today(7)


class TestEvaluationDue:
    def test_both_sides_are_asked_once_a_year_whenever_the_clock_runs(self) -> None:
        row = make_active()
        assert Partnership.objects.all().ask_evaluations_due() == 0
        Partnership.objects.filter(pk=row.pk).update(starts_on=today(-400))
        assert Partnership.objects.all().ask_evaluations_due() == 1
        assert Partnership.objects.all().ask_evaluations_due() == 0
        Partnership.objects.filter(pk=row.pk).update(evaluation_asked_on=today(-370))
        assert Partnership.objects.all().ask_evaluations_due() == 1


class TestVisibleTo:
    def test_a_proposal_is_its_sides_and_its_officers_affair(self) -> None:
        admin, liaison, stranger = make_user(), make_user(), make_user()
        verifier, foreign = make_user(), make_user()
        partner = make_institution()
        make_grant(liaison, Role.LIAISON, institution=partner)
        make_grant(verifier, Role.KIM_VERIFIER, "13.07")
        make_grant(foreign, Role.KIM_VERIFIER, "13.71")
        make_partnership(make_kim(admin=admin), partner)
        seen = {
            user.pk for user in (admin, liaison, stranger, verifier, foreign) if Partnership.objects.visible_to(user)
        }
        assert seen == {admin.pk, liaison.pk, verifier.pk}

    def test_the_database_lists_nothing_that_is_not_agreed(self) -> None:
        row = make_partnership()
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.filter(pk=row.pk).update(is_listed=True, status="active")


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_of_four_overlapping_proposals_one_is_kept(self) -> None:
        kim, partner, by = make_kim(), make_institution(), make_user()

        def propose() -> str:
            try:
                make_partnership(kim, partner, by=by)
            except ValidationError:
                return "refused"
            return "kept"

        assert sorted(together(4, propose)) == ["kept", "refused", "refused", "refused"]
        assert Partnership.objects.count() == 1
        assert Forum.objects.count() == 1
