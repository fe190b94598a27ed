"""One mail an officer and working day, none twice, none lost."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Role
from accounts.outbox import OutgoingMail
from reports.models import OfficerDigest
from tests.cast import Cast
from tests.factories import make_grant, make_institution, make_report, make_user

pytestmark = pytest.mark.django_db
WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
MONDAY = datetime(2026, 11, 23, 7, 5, tzinfo=WIB)


def mails_to(address: str) -> int:
    return OutgoingMail.objects.filter(to=address, subject="Laporan masyarakat hari ini").count()


class TestSendDue:
    def test_once_a_working_day_and_again_the_next(self, cast: Cast) -> None:
        make_report()
        assert OfficerDigest.send_due(MONDAY) == 1
        assert OfficerDigest.send_due(MONDAY.replace(hour=15)) == 0
        assert OfficerDigest.send_due(MONDAY.replace(day=24)) == 1
        assert mails_to(cast.officer.email) == 2

    def test_not_before_seven_on_the_clock_of_the_area(self, cast: Cast) -> None:
        balinese = make_user("bali@contoh.invalid")
        make_grant(balinese, Role.REPORT_COORDINATOR, "51.03")
        make_report()
        make_report(area="51.03.05.2003")
        six_in_java = MONDAY.replace(hour=6, minute=30)
        assert OfficerDigest.send_due(six_in_java) == 1
        assert (mails_to(balinese.email), mails_to(cast.officer.email)) == (1, 0)

    @pytest.mark.parametrize("day", [21, 22])
    def test_not_on_a_free_day(self, cast: Cast, day: int) -> None:
        make_report()
        assert OfficerDigest.send_due(MONDAY.replace(day=day)) == 0

    def test_after_lost_days_one_mail(self, cast: Cast) -> None:
        make_report()
        OfficerDigest.send_due(MONDAY)
        assert OfficerDigest.send_due(MONDAY.replace(day=26, hour=22)) == 1

    def test_no_mail_where_nothing_waits(self, cast: Cast) -> None:
        make_report(area="13.71.01.1001")
        OfficerDigest.send_due(MONDAY)
        assert mails_to(cast.officer.email) == 0
        assert mails_to(cast.foreign_officer.email) == 1

    def test_counts_only_what_the_officer_handles(self, cast: Cast) -> None:
        make_report()
        make_report(area="13.71.01.1001")
        OfficerDigest.send_due(MONDAY)
        body = OutgoingMail.objects.get(to=cast.officer.email).body
        assert "Menunggu tindakan: 1" in body

    def test_a_liaison_hears_of_the_institution_alone(self, cast: Cast) -> None:
        from reports.models import Actor

        make_report()
        report = make_report()
        report.verify(by=Actor.officer(cast.officer))
        report.forward(by=Actor.officer(cast.officer), text="Mohon ditindaklanjuti.", institution=cast.institution)
        OfficerDigest.send_due(MONDAY)
        assert "Menunggu tindakan: 1" in OutgoingMail.objects.get(to=cast.liaison.email).body

    def test_who_lost_the_role_gets_none(self, cast: Cast) -> None:
        make_report()
        cast.officer.role_grants.get().revoke(cast.superuser)
        OutgoingMail.objects.all().delete()
        OfficerDigest.send_due(MONDAY)
        assert mails_to(cast.officer.email) == 0

    def test_the_place_of_an_institution_gives_the_clock(self) -> None:
        person = make_user()
        make_grant(person, Role.LIAISON, institution=make_institution(area="51.03"))
        seven_in_bali = datetime(2026, 11, 23, 7, 5, tzinfo=WITA)
        OfficerDigest.send_due(seven_in_bali)
        assert OfficerDigest.objects.filter(user=person).exists()
