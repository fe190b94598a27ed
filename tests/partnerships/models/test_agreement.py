"""What the sides put in writing, from hoped to expired."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.events import broken_chains
from accounts.models import Role
from accounts.outbox import OutgoingMail
from partnerships.models import (
    Agreement,
    AgreementEvent,
    AgreementKind,
    AgreementParty,
    Partnership,
    Side,
    StaleAgreement,
)
from partnerships.workflow import AgreementStatus
from tests.factories import make_document, make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import make_active, make_agreement, make_hope, make_partnership, signature, today
from tests.partnerships.meetings import make_liaison, make_meeting

pytestmark = pytest.mark.django_db


def sign(row: Agreement, **over: Any) -> Agreement:
    row.sign(Side.FIRST, by=make_user(), file=over.pop("file", make_document()), **signature(**over))
    return row


class TestSign:
    @pytest.mark.parametrize(
        ("lacking", "word"),
        [
            ({"number": " "}, "nomor"),
            ({"signed_on": None}, "tanggal tanda tangan"),
            ({"file": None}, "berkas naskah"),
            ({"first_signer": ""}, "penanda tangan pihak pertama"),
            ({"second_signer": ""}, "penanda tangan pihak kedua"),
            ({"valid_until": None}, "akhir masa berlaku"),
        ],
    )
    def test_an_unsigned_signed_one_is_told_what_is_missing(self, lacking: dict[str, Any], word: str) -> None:
        row = make_agreement()
        with pytest.raises(ValidationError, match=f"Belum ada {word}"):
            sign(row, **lacking)
        assert Agreement.objects.get().status == AgreementStatus.DRAFTING

    def test_the_database_holds_it_too(self) -> None:
        row = sign(make_agreement())
        for lacking in ({"number": ""}, {"file": None}, {"second_signer": ""}, {"signed_on": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Agreement.objects.filter(pk=row.pk).update(**lacking)

    def test_nothing_is_signed_while_one_side_alone_wants_the_partnership(self) -> None:
        with pytest.raises(ValidationError, match="Kedua pihak belum menyetujui"):
            sign(make_agreement(make_partnership()))

    def test_not_in_the_future(self) -> None:
        with pytest.raises(ValidationError, match="masa depan"):
            sign(make_agreement(), signed_on=today(2))

    def test_a_hoped_one_is_drafted_first(self) -> None:
        with pytest.raises(ValidationError, match="diharapkan tidak dapat ditandatangani"):
            sign(make_agreement(is_hoped=True))

    def test_a_stale_form_is_told_so(self) -> None:
        row = make_agreement()
        row.change(Side.PARTNER, by=make_user(), subject="Lain")
        with pytest.raises(StaleAgreement):
            row.sign(Side.FIRST, by=make_user(), file=make_document(), version=1, **signature())

    def test_two_of_one_kind_do_not_run_at_once(self) -> None:
        row = sign(make_agreement(), number="12/MOU")
        other = make_agreement(row.partnership)
        with pytest.raises(ValidationError, match="bertumpuk dengan naskah nomor 12/MOU"):
            sign(other)
        sign(other, valid_from=today(400), valid_until=today(800))


class TestCooperation:
    def test_it_hangs_on_its_mou(self) -> None:
        row = make_active()
        with pytest.raises(ValidationError, match="Pilih MoU yang menaunginya"):
            make_agreement(row, kind=AgreementKind.COOPERATION)

    def test_signed_only_when_the_mou_is(self) -> None:
        mou = make_agreement()
        work = make_agreement(mou.partnership, kind=AgreementKind.COOPERATION, umbrella=mou)
        with pytest.raises(ValidationError, match="MoU yang menaungi PKS ini belum ditandatangani"):
            sign(work)
        sign(mou)
        work.refresh_from_db()
        assert sign(work).status == AgreementStatus.SIGNED

    def test_not_on_the_mou_of_others(self) -> None:
        foreign = make_agreement()
        with pytest.raises(ValidationError, match="kedua pihak ini"):
            make_agreement(make_active(), kind=AgreementKind.COOPERATION, umbrella=foreign)


class TestBetween:
    def test_a_meeting_hopes_for_one_between_its_host_and_a_guest(self) -> None:
        liaison, campus = make_liaison(make_institution(name="Kampus Uji"))
        meeting = make_meeting(make_institution(area="51"))
        row = make_hope(meeting.institution, campus, meeting=meeting)
        assert (row.status, row.partnership, row.province_code) == (AgreementStatus.HOPED, None, "51")
        assert OutgoingMail.objects.get().to == liaison.email  # the other side does not find it by chance
        with pytest.raises(ValidationError, match="bukan pihak"):
            make_hope(make_institution(), campus, meeting=meeting)

    def test_pressed_twice_is_one(self) -> None:
        first, other = make_liaison()[1], make_liaison()[1]
        assert make_hope(first, other) == make_hope(first, other) != make_hope(first, other, subject="Lain")
        row = make_active()
        assert make_agreement(row) == make_agreement(row)
        assert OutgoingMail.objects.filter(subject__contains="Diharapkan").count() == 4  # two letters each

    def test_from_hoped_to_expired_with_a_history_of_its_own(self) -> None:
        row = make_hope(make_kim())
        row.start_draft(Side.PARTNER, by=make_user())
        sign(row)
        Agreement.objects.filter(pk=row.pk).update(valid_until=today(17))
        assert Agreement.objects.all().settle_due() == 1
        assert Agreement.objects.all().remind_due() == 1
        assert Agreement.objects.all().remind_due() == 0
        Agreement.objects.filter(pk=row.pk).update(valid_from=today(-9), valid_until=today(-2))
        assert Agreement.objects.all().settle_due() == 1
        steps = ["begun", "drafting", "signed", "in_effect", "reminded", "expired"]
        assert [event.action for event in row.events.all()] == [f"agreement_{step}" for step in steps]
        assert list(broken_chains(AgreementEvent)) == []

    def test_a_cooperation_in_a_partnership_may_hang_on_it(self) -> None:
        kim, other = make_kim(), make_institution()
        mou = make_hope(kim, other)
        row = make_agreement(make_active(kim, other), kind=AgreementKind.COOPERATION, umbrella=mou)
        assert row.umbrella == mou
        with pytest.raises(ValidationError, match="kedua pihak ini"):
            make_agreement(make_active(kim), kind=AgreementKind.COOPERATION, umbrella=mou)

    def test_two_of_one_kind_between_the_same_two_do_not_run_at_once(self) -> None:
        first, other = make_institution(), make_institution()
        rows = [make_hope(first, other, is_hoped=False, subject=subject) for subject in ("KKN", "Magang")]
        sign(rows[0], number="7/MOU")
        with pytest.raises(ValidationError, match="bertumpuk dengan naskah nomor 7/MOU"):
            sign(rows[1])
        sign(make_hope(first, is_hoped=False))  # with somebody else it may


class TestVisibleTo:
    def test_its_parties_and_their_officers_and_nobody_else(self) -> None:
        first, second, third = (make_liaison() for _ in range(3))
        admin = make_user()
        alone, within = make_hope(first[1], second[1]), make_agreement()
        for row in (alone, within):
            AgreementParty.join(row, third[1], Side.FIRST, by=make_user())
        AgreementParty.join(alone, make_kim("51.03.02.2009", admin=admin), Side.FIRST, by=make_user())
        officer, foreign = make_user(), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        make_grant(foreign, Role.KIM_VERIFIER, "51.03")
        seen = {user: set(Agreement.objects.visible_to(user)) for user in (first[0], second[0], third[0], admin)}
        assert seen == {first[0]: {alone}, second[0]: {alone}, third[0]: {alone, within}, admin: {alone}}
        assert set(Agreement.objects.visible_to(officer)) == {alone, within}
        for stranger in (foreign, make_user(), AnonymousUser()):
            assert not Agreement.objects.visible_to(stranger).exists()


class TestCalendar:
    def test_states_follow_the_days_whenever_the_clock_runs(self) -> None:
        row = sign(make_agreement(), valid_from=today(3))
        assert Agreement.objects.all().settle_due() == 0
        Agreement.objects.filter(pk=row.pk).update(valid_from=today(-9), valid_until=today(-2))
        assert Agreement.objects.all().settle_due() == 2  # it began and ended while the worker slept
        row.refresh_from_db()
        assert row.status == AgreementStatus.EXPIRED
        assert [event.action for event in row.partnership.events.all()][-2:] == [
            "agreement_in_effect",
            "agreement_expired",
        ]

    def test_a_reminder_survives_missed_nights_and_comes_once(self) -> None:
        row = sign(make_agreement())
        assert Agreement.objects.all().remind_due() == 0
        Agreement.objects.filter(pk=row.pk).update(valid_until=today(17))  # day 60 passed unseen
        OutgoingMail.objects.all().delete()
        assert Agreement.objects.all().remind_due() == 1
        assert Agreement.objects.all().remind_due() == 0
        assert OutgoingMail.objects.filter(subject__startswith="Perjanjian segera berakhir").count() == 1

    def test_none_where_the_next_one_is_signed(self) -> None:
        row = sign(make_agreement())
        sign(make_agreement(row.partnership, renews=row), valid_from=today(366), valid_until=today(700))
        Agreement.objects.filter(pk=row.pk).update(valid_until=today(17))
        assert Agreement.objects.all().remind_due() == 0


class TestRenewal:
    def test_a_chain_of_the_same_kind(self) -> None:
        row = sign(make_agreement())
        with pytest.raises(ValidationError, match="sejenis"):
            make_agreement(row.partnership, kind=AgreementKind.MEMORANDUM, renews=row)
        newer = make_agreement(row.partnership, renews=row)
        assert row.renewal == newer
        with pytest.raises(ValidationError):
            make_agreement(row.partnership, renews=row)

    def test_what_is_signed_is_not_rewritten(self) -> None:
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            sign(make_agreement()).change(Side.FIRST, by=make_user(), subject="Lain")

    def test_an_end_says_why(self) -> None:
        row = sign(make_agreement())
        with pytest.raises(ValidationError, match="Tulis alasan"):
            row.terminate(Side.FIRST, by=make_user(), text="")
        row.terminate(Side.FIRST, by=make_user(), text="Program selesai.")
        assert Partnership.objects.get().events.get(action="agreement_terminated").text == "Program selesai."
