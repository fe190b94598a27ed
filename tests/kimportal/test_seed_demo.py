"""The demo: complete, believable, repeatable, and never in the way of real data."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.events import broken_chains
from accounts.models import Role, RoleGrant, User
from accounts.outbox import OutgoingMail
from groups.models import Announcement, Kim, KimEvent, WorkProgram
from groups.models.announcement import Kind as AnnouncementKind
from groups.workflow import ProgramStatus
from groups.workflow import Status as KimStatus
from kimportal.demo.facilitation import DEEDS, WORKSHOP
from kimportal.demo.libraries import VILLAGES
from kimportal.demo.people import DOMAIN, PASSWORD, SUPERUSER
from kimportal.demo.places import REGIONS
from kimportal.demo.stories import sample_code
from libraries.models import Library, Plan, PlannedActivity
from libraries.workflow import ItemState
from partnerships.models import (
    Agreement,
    Commitment,
    Facilitation,
    FacilitationCount,
    Guideline,
    Meeting,
    MeetingEvent,
    Obligation,
    Partnership,
)
from reports import codes
from reports.models import Report, Reporter, ReportEvent
from reports.workflow import CloseReason, Status
from tests.factories import make_tree, make_user

CATEGORIES = import_module("reports.migrations.0003_categories")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Seeded once for all that look at it, and taken back afterwards.

    Those carry no mark: pytest-django runs them after all that do, so that nothing comes between and it stays once.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        CATEGORIES.add_categories(apps, None)  # a flush between tests may have taken what a migration brought
        make_tree(*(code for region in REGIONS for code in region.villages), *VILLAGES)
        call_command("seed_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(demo: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


class TestWhatIsThere:
    def test_120_reports_in_every_state(self, seeded: None) -> None:
        assert Report.objects.count() == 120
        assert set(Report.objects.values_list("status", flat=True)) == set(Status.values)
        assert set(Report.objects.exclude(close_reason="").values_list("close_reason", flat=True)) == set(
            CloseReason.values
        )

    def test_all_ages_none_in_the_future(self, seeded: None) -> None:
        now = timezone.now()
        assert not ReportEvent.objects.filter(at__gt=now).exists()
        assert Report.objects.filter(created_at__lt=now - timedelta(days=90)).exists()
        assert Report.objects.filter(created_at__gt=now - timedelta(days=2)).exists()
        assert Report.objects.overdue().exists()
        assert not Report.objects.silent().exists()

    def test_every_chain_of_events_is_whole_and_in_order(self, seeded: None) -> None:
        assert list(broken_chains(ReportEvent)) == []
        for report in Report.objects.filter(is_anonymous=False):
            moments = list(report.events.order_by("sequence").values_list("at", flat=True))
            assert moments == sorted(moments)

    def test_nobody_in_it_is_real(self, seeded: None) -> None:
        for address in [
            *User.objects.values_list("email", flat=True),
            *Reporter.objects.values_list("email", flat=True),
        ]:
            assert not address or address.endswith(f"@{DOMAIN}")
        assert not Reporter.objects.exclude(phone="").exclude(phone__startswith="0812-0000-").exists()

    def test_texts_are_as_different_as_the_pool_allows(self, seeded: None) -> None:
        texts = list(Report.objects.values_list("description", flat=True))
        assert len(set(texts)) > 110
        assert not [text for text in texts if "{" in text]

    def test_anonymous_secret_published_and_with_photos_are_among_them(self, seeded: None) -> None:
        for rows in (
            Report.objects.filter(is_anonymous=True),
            Report.objects.filter(is_secret=True),
            Report.objects.published(),
            Report.objects.filter(photos__is_public=True),
            Report.objects.filter(is_held=True),
            Report.objects.exclude(source="web"),
        ):
            assert rows.exists()

    def test_every_regency_has_an_officer_and_the_roles_are_held(self, seeded: None) -> None:
        held = set(RoleGrant.objects.current().values_list("role", flat=True))
        assert {Role.REPORT_COORDINATOR, Role.CONFIDENTIALITY_OFFICER, Role.LIAISON, Role.PERSONAL_DATA_OFFICER} <= held
        officers = RoleGrant.objects.filter(role=Role.REPORT_COORDINATOR).values_list("area", flat=True)
        assert set(officers) == {region.code for region in REGIONS}

    def test_a_kim_in_every_state_and_forty_announcements_of_every_kind(self, seeded: None) -> None:
        assert Kim.objects.count() == 12
        assert set(Kim.objects.values_list("status", flat=True)) == set(KimStatus.values)
        rows = Announcement.objects.all()
        assert rows.count() == 40
        assert set(rows.values_list("kind", flat=True)) == set(AnnouncementKind.values)
        assert [row.title for row in rows if row.is_scheduled] == ["Pasar murah menjelang hari raya"]
        assert [row.title for row in rows if row.is_expired] == ["Lomba cerdas cermat KIM sekabupaten"]
        assert rows.filter(relay_count__gt=1).exists()
        assert rows.filter(reached_count__gt=0).exists()
        assert list(broken_chains(KimEvent)) == []

    def test_no_mail_waits(self, seeded: None) -> None:
        assert not OutgoingMail.objects.exists()

    def test_whoever_reads_the_list_can_sign_in(self, seeded: None, client: Client) -> None:
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        addresses = [line.split()[0] for line in out.getvalue().splitlines() if f"@{DOMAIN}" in line]
        assert set(addresses) == set(User.objects.values_list("email", flat=True))
        assert check_password(PASSWORD, User.objects.get(email=SUPERUSER).password)
        response = client.post("/akun/login/", {"login": SUPERUSER, "password": PASSWORD})
        assert response.status_code == 302
        assert client.get("/admin/").status_code == 200

    def test_the_printed_code_opens_a_report(self, seeded: None) -> None:
        code = codes.normalize_code(sample_code())
        assert code is not None
        assert Report.objects.filter(code_digest=codes.code_digest(code)).exists()


@pytest.mark.django_db
class TestRefusals:
    def test_other_data_are_left_alone(self) -> None:
        make_user()
        with pytest.raises(CommandError, match="sudah berisi data"):
            call_command("seed_demo")
        assert not Report.objects.exists()

    def test_if_empty_says_nothing_and_changes_nothing(self) -> None:
        make_user()
        out = StringIO()
        call_command("seed_demo", "--if-empty", stdout=out)
        assert out.getvalue() == ""
        assert User.objects.count() == 1

    def test_without_areas_it_says_what_to_do(self) -> None:
        with pytest.raises(CommandError, match="load_regions"):
            call_command("seed_demo")
        assert not User.objects.exists()

    def test_never_on_a_real_portal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "PRODUCTION", True)
        with pytest.raises(CommandError, match="sungguhan"):
            call_command("seed_demo")

    def test_no_accounts_are_printed_where_there_is_no_demo(self) -> None:
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        assert out.getvalue() == ""


class TestMeetings:
    def test_the_bali_meeting_has_its_twelve_and_two_promises_the_workshop_three_sessions(self, seeded: None) -> None:
        bali, workshop = Meeting.objects.order_by("starts_at")
        assert (bali.attendance.count(), bali.attendance.filter(institution__isnull=False).count()) == (12, 3)
        assert bali.sessions.get().when == "9 Maret 2021 pukul 09.00–11.00 WITA"
        promised = Commitment.objects.order_by("pk").values_list("unit", "status")
        assert list(promised) == [("", "planned"), ("Perpustakaan Ganesha", "ready")]
        hoped = Agreement.objects.get(status="hoped")
        assert (hoped.meeting, hoped.partnership) == (bali, None)
        assert (hoped.first, str(hoped.second)) == (bali.host, "Universitas Ganesha")
        assert workshop.sessions.count() == 3
        assert workshop.attendance.exists()
        assert list(broken_chains(MeetingEvent)) == []


class TestTimetravel:
    def test_now_comes_back_after_a_fault(self) -> None:
        from kimportal.demo.timetravel import at

        real, moment = timezone.now, timezone.now() - timedelta(days=9)
        with at(moment):
            assert timezone.now() == moment
        with pytest.raises(ZeroDivisionError), at(moment):
            1 / 0  # noqa: B018  any error will do
        assert timezone.now is real


class TestPartnerships:
    def test_kolaka_has_one_on_each_basis_and_one_waiting(self, seeded: None) -> None:
        rows = Partnership.objects.filter(regency_code="74.01")
        assert sorted(rows.listed().values_list("basis", flat=True)) == ["analog", "experience", "regulation"]
        assert rows.filter(status="proposed").count() == 1
        assert Obligation.objects.get().area_id == "74.01"


@pytest.mark.usefixtures("seeded")
class TestTellPlans:
    """Of two years, adopted and draft, and a library in a desa adat."""

    def test_last_year_is_told_to_its_end(self) -> None:
        year = timezone.localdate().year - 1
        assert Plan.objects.adopted().filter(year=year).count() == 3
        states = set(PlannedActivity.objects.filter(goal__plan__year=year).values_list("state", flat=True))
        assert states == {ItemState.DONE, ItemState.DROPPED}

    def test_one_of_this_year_is_still_a_draft(self) -> None:
        plans = Plan.objects.filter(year=timezone.localdate().year)
        assert (plans.count(), plans.adopted().count()) == (3, 2)
        assert plans.adopted().with_parts()[0].funding.share == "68,2%"

    def test_a_library_stands_in_a_desa_adat_that_is_made_up(self) -> None:
        library = Library.objects.get(customary_village__isnull=False)
        assert "(contoh)" in str(library.customary_village)


@pytest.mark.usefixtures("seeded")
class TestTellFacilitation:
    """Government's roles: the Salatiga workshop with all seven principles, and gaps that can be believed."""

    def test_the_workshop_shows_all_seven_principles_and_left_drafts(self) -> None:
        row = Facilitation.objects.get(title=WORKSHOP)
        assert all(each.text for each in row.evidence)
        assert row.area_id == "33.73"
        assert {kim.programs.count() for kim in row.kims.all()} == {1}
        assert row.followed_by.count() == 1

    def test_the_workshop_points_at_its_meeting_with_the_figures_of_its_sheet(self) -> None:
        meeting = Facilitation.objects.get(title=WORKSHOP).meeting
        assert meeting is not None
        assert (meeting.kind, meeting.count_row.total) == ("workshop", 24)

    def test_the_grid_has_gaps_and_is_counted(self) -> None:
        grid = FacilitationCount.objects.all().grid(None, None)
        assert grid.total == len(DEEDS)
        assert 0 < grid.filled < grid.cells
        assert all(row.number < grid.total for row in grid.principles)

    def test_two_guidelines_and_a_programme_in_each_state(self) -> None:
        assert Guideline.objects.count() == 2
        assert Guideline.objects.filter(versions__number=2).count() == 1
        written = WorkProgram.objects.filter(items__isnull=False).distinct()
        assert {row.status for row in written} == set(ProgramStatus)

    def test_every_name_says_that_it_is_made_up(self) -> None:
        titles = [
            *Facilitation.objects.values_list("title", flat=True),
            *Guideline.objects.values_list("title", flat=True),
        ]
        assert all("(contoh)" in title for title in titles)
