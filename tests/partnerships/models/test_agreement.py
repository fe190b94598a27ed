"""What the sides put in writing, from hoped to expired."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.outbox import OutgoingMail
from partnerships.models import Agreement, AgreementKind, Partnership, Side, StaleAgreement
from partnerships.workflow import AgreementStatus
from tests.factories import make_document, make_user
from tests.partnerships.factories import make_active, make_agreement, make_partnership, signature, today

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
        with pytest.raises(ValidationError, match="dari kemitraan ini"):
            make_agreement(make_active(), kind=AgreementKind.COOPERATION, umbrella=foreign)


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
