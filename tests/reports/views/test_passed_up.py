"""The way upward: what a KIM passes on to the government, in figures that name nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from groups.models import Kim
from reports.models import Report
from reports.workflow import Status
from tests.cast import OTHER_VILLAGE, VILLAGE
from tests.factories import make_area, make_grant, make_kim, make_report, make_user

pytestmark = pytest.mark.django_db
CREATE = reverse("reports:neighbour_create")


@pytest.fixture
def admin() -> User:
    return make_user()


@pytest.fixture
def kim(admin: User) -> Kim:
    make_area(VILLAGE)
    make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
    return make_kim(VILLAGE, admin=admin, status="verified")


def answers(**over: Any) -> dict[str, Any]:
    values = {
        "submission_id": str(uuid4()),
        "source": "in_person",
        "category": "jalan",
        "description": "Lampu jalan mati di depan posyandu.",
        "area": VILLAGE,
    }
    return {**values, **over}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestFilingByAKim:
    def test_admin_files_in_the_kims_name_and_never_as_the_reporter(self, kim: Kim, admin: User) -> None:
        answer = signed_in(admin).post(CREATE, answers(name="Pak Tani", consent="on"))
        assert answer.url == reverse("reports:neighbour_receipt")
        report = Report.objects.get()
        event = report.events.get()
        assert (report.kim, event.action, event.actor_label) == (kim, "filed_for", kim.name)
        assert (report.reporter.name, report.reporter.user) == ("Pak Tani", None)

    def test_another_village_is_refused_with_a_sentence(self, kim: Kim, admin: User) -> None:
        make_area(OTHER_VILLAGE)
        answer = signed_in(admin).post(CREATE, answers(area=OTHER_VILLAGE))
        assert answer.status_code == 422
        assert "di luar wilayah tugas Anda" in answer.content.decode()
        assert not Report.objects.exists()

    def test_village_that_nobody_serves_is_told_where_to_turn(self, kim: Kim, admin: User) -> None:
        User.objects.exclude(pk=admin.pk).update(is_active=False)
        answer = signed_in(admin).post(CREATE, answers())
        assert "belum melayani laporan di sini" in answer.content.decode()

    def test_kim_that_nobody_verified_files_nothing(self, admin: User) -> None:
        make_area(VILLAGE)
        make_kim(VILLAGE, admin=admin, status="submitted")
        assert signed_in(admin).get(CREATE).status_code == 403

    def test_admin_gains_no_sight_of_reports(self, kim: Kim, admin: User) -> None:
        report = make_report(VILLAGE)
        client = signed_in(admin)
        assert client.get(f"/admin/reports/report/{report.pk}/change/").status_code in {302, 403, 404}
        assert not Report.objects.visible_to(admin).exists()


class TestKimReports:
    def page(self, kim: Kim, user: User | None = None) -> str:
        client = signed_in(user) if user else Client()
        answer = client.get(reverse("reports:kim_reports", args=[kim.slug]))
        assert answer.status_code == 200
        return answer.content.decode()

    def filed(self, kim: Kim, number: int, status: Status = Status.SUBMITTED) -> None:
        for _ in range(number):
            report = make_report(VILLAGE, status=status, kim=kim)
            Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=2))

    def test_counts_what_was_passed_up_and_answered(self, kim: Kim) -> None:
        self.filed(kim, 5)
        self.filed(kim, 6, Status.ANSWERED)
        page = self.page(kim)
        assert "<dd>11</dd>" in page
        assert "<dd>6</dd>" in page

    def test_small_numbers_and_the_present_day_are_not_told(self, kim: Kim) -> None:
        assert "<dd>0</dd>" in self.page(kim)
        make_report(VILLAGE, kim=kim)
        assert "<dd>0</dd>" in self.page(kim)
        self.filed(kim, 4)
        assert "kurang dari 5" in self.page(kim)

    def test_only_its_admin_is_led_to_the_form(self, kim: Kim, admin: User) -> None:
        assert CREATE in self.page(kim, admin)
        assert CREATE not in self.page(kim, make_user())
        assert CREATE not in self.page(kim)

    def test_kim_that_is_not_listed_is_404(self, client: Client) -> None:
        make_area(VILLAGE)
        kim = make_kim(VILLAGE, status="submitted")
        assert client.get(reverse("reports:kim_reports", args=[kim.slug])).status_code == 404
