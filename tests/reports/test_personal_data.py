"""A person's own reports: copied, erased, let go; never those of others, never an anonymous one."""

from __future__ import annotations

import pytest

from accounts import personal_data
from accounts.models import Consent
from accounts.models.privacy import Purpose
from reports.models import RecoveryLink, Report, Reporter, ReportEvent
from reports.models.filing import Contact
from reports.models.recovery import send_recovery_links
from reports.notifications import reporter_address
from tests.cast import Cast
from tests.factories import make_report, make_user

pytestmark = pytest.mark.django_db


def file_as(cast: Cast, **over: object) -> Report:
    contact = Contact("Pemilik Contoh", "pemilik@contoh.invalid", "0812-0000-0001", cast.owner)
    return make_report(contact=contact, **over)


class TestCopy:
    def test_holds_the_own_words_and_contact(self, cast: Cast) -> None:
        report = file_as(cast, description="Jalan di depan rumah saya rusak.")
        [row] = personal_data.copy_of(cast.owner)["laporan"]
        assert row["nomor"] == report.public_id
        assert row["isi"] == "Jalan di depan rumah saya rusak."
        assert row["nomor telepon"] == "0812-0000-0001"

    def test_holds_nothing_of_another_person(self, cast: Cast) -> None:
        file_as(cast)
        assert personal_data.copy_of(cast.other)["laporan"] == []

    def test_an_anonymous_report_is_nobodys(self, cast: Cast) -> None:
        file_as(cast, is_anonymous=True)
        assert personal_data.copy_of(cast.owner)["laporan"] == []

    def test_a_report_with_the_proven_address_counts_as_own(self, cast: Cast) -> None:
        make_report(contact=Contact(email="Pemilik@contoh.invalid"))
        assert len(personal_data.copy_of(cast.owner)["laporan"]) == 1

    def test_an_unproven_address_shows_nothing(self, cast: Cast) -> None:
        file_as(cast)
        liar = make_user("pura-pura@contoh.invalid")
        liar.emailaddress_set.create(email="pemilik@contoh.invalid", verified=False)
        assert personal_data.copy_of(liar)["laporan"] == []


class TestErase:
    def test_the_report_stays_and_nobody_is_left_of_who_filed_it(self, cast: Cast) -> None:
        report = file_as(cast)
        send_recovery_links("pemilik@contoh.invalid", "https://contoh.invalid")
        personal_data.erase(cast.owner)
        assert Report.objects.filter(pk=report.pk).exists()
        assert not Reporter.objects.exists()
        assert not RecoveryLink.objects.exists()
        event = report.events.last()
        assert (event.action, event.actor_label, event.actor_key) == ("identity_erased", "Sistem", None)
        assert ReportEvent.verify_chain(report)

    def test_others_stay(self, cast: Cast) -> None:
        file_as(cast)
        personal_data.erase(cast.other)
        assert Reporter.objects.count() == 1


class TestRelease:
    def test_withdrawn_consent_ends_the_mails(self, cast: Cast) -> None:
        report = file_as(cast)
        Consent.objects.create(user=cast.owner, purpose=Purpose.REPORT, text_version="laporan-1").withdraw(cast.owner)
        assert reporter_address(Report.objects.get(pk=report.pk)) == ""

    def test_the_consent_of_another_purpose_or_person_changes_nothing(self, cast: Cast) -> None:
        report = file_as(cast)
        for person, purpose in [(cast.owner, Purpose.ACCOUNT), (cast.other, Purpose.REPORT)]:
            personal_data.release(Consent.objects.create(user=person, purpose=purpose, text_version="akun-1"))
        assert reporter_address(Report.objects.get(pk=report.pk)) == "pemilik@contoh.invalid"
