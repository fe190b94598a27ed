"""`visible_to` and `handled_by` are the doors to a row: who sees which of a mixed set."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from reports.models import Report, ReportPhoto
from reports.models.filing import Contact
from reports.workflow import Status
from tests.cast import OTHER_VILLAGE, Cast
from tests.factories import make_image, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(cast: Cast) -> dict[str, Report]:
    mine = Contact(user=cast.owner)
    return {
        "published": make_report(status=Status.VERIFIED, published=True),
        "unpublished": make_report(contact=mine),
        "secret": make_report(is_secret=True, contact=mine),
        "anonymous": make_report(is_anonymous=True, contact=mine),
        "forwarded": make_report(status=Status.FORWARDED),
        "forwarded secret": make_report(status=Status.FORWARDED, is_secret=True),
        "foreign": make_report(OTHER_VILLAGE),
    }


ALL = {"published", "unpublished", "secret", "anonymous", "forwarded", "forwarded secret", "foreign"}
OPEN = ALL - {"secret", "forwarded secret"}
HANDLED: dict[str, set[str]] = {
    "owner": set(),
    "other": set(),
    "officer": ALL - {"foreign"},
    "foreign_officer": {"foreign"},
    "confidentiality": ALL - {"foreign"},
    "liaison": {"forwarded", "forwarded secret"},
    "province_reader": OPEN,
    "national_reader": OPEN,
    "personal_data_officer": set(),
    "superuser": OPEN,
}


def names(rows: object, reports: dict[str, Report]) -> set[str]:
    found = {row.pk for row in rows}
    return {name for name, report in reports.items() if report.pk in found}


def add_photo(report: Report, position: int, *, is_public: bool) -> None:
    digest = str(report.pk)
    ReportPhoto.objects.create(
        report=report,
        submission_digest=digest,
        source_digest=f"{digest}-{position}",
        image=make_image(),
        position=position,
        is_public=is_public,
    )


class TestHandledBy:
    @pytest.mark.parametrize("role", HANDLED)
    def test_each_role_works_on_its_own(self, role: str, cast: Cast, reports: dict[str, Report]) -> None:
        assert names(Report.objects.handled_by(getattr(cast, role)), reports) == HANDLED[role]


class TestVisibleTo:
    @pytest.mark.parametrize("role", HANDLED)
    def test_published_own_and_handled(self, role: str, cast: Cast, reports: dict[str, Report]) -> None:
        own = {"unpublished", "secret"} if role == "owner" else set()
        assert names(Report.objects.visible_to(getattr(cast, role)), reports) == HANDLED[role] | own | {"published"}

    def test_visitor_sees_the_published_only(self, reports: dict[str, Report]) -> None:
        assert names(Report.objects.visible_to(AnonymousUser()), reports) == {"published"}

    def test_photos_follow_their_report_and_the_tick(self, cast: Cast, reports: dict[str, Report]) -> None:
        """Who handles or filed a report sees all of its photos; others the ticked ones of a published report."""
        for report in reports.values():
            for position, is_public in enumerate((False, True)):
                add_photo(report, position, is_public=is_public)
        for role, user in cast.people.items():
            full = HANDLED.get(role, set()) | ({"unpublished", "secret"} if role == "owner" else set())
            seen = ReportPhoto.objects.visible_to(user or AnonymousUser()).select_related("report")
            expected = {(name, ticked) for name in full for ticked in (False, True)} | {("published", True)}
            assert {(name, photo.is_public) for photo in seen for name in names([photo.report], reports)} == expected


class TestQueueOrder:
    def test_nearest_deadline_first_and_what_looks_automatic_last(self, cast: Cast) -> None:
        held = make_report(is_held=True)
        late, soon = make_report(), make_report()
        Report.objects.filter(pk=soon.pk).update(due_at=held.due_at and held.created_at)
        order = list(Report.objects.pending().in_queue_order().values_list("pk", flat=True))
        assert order == [soon.pk, late.pk, held.pk]


class TestSilent:
    def test_answered_reports_whose_days_are_over(self) -> None:
        report = make_report(status=Status.ANSWERED)
        assert not Report.objects.silent().exists()
        Report.objects.filter(pk=report.pk).update(due_at=report.created_at)
        assert Report.objects.silent().get() == report
