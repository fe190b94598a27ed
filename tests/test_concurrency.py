"""Nothing is stored twice and nothing is silently overwritten, however many come at once (quality.md C1, C3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from accounts.limits import LimitCounter, count, hit
from accounts.models import Role
from accounts.outbox import OutgoingMail
from reports import codes, cookies
from reports.models import Actor, Report, ReportCount, ReportEvent, ReportPhoto
from reports.models.recovery import send_recovery_links, use_recovery_link
from reports.models.report import StaleReport
from reports.workflow import Status
from tests.factories import make_area, make_grant, make_photo_bytes, make_report, make_user
from tests.stage import restore_categories
from uploads.models import Image

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
VILLAGE = "13.07.11.2004"
JSON = {"Accept": "application/json"}


def at_once(number: int, act: Callable[[int], T]) -> list[T]:
    """Run `act(0)`, `act(1)` ... in threads that all start together; their results, their connections closed."""
    barrier = Barrier(number)

    def start(place: int) -> T:
        try:
            barrier.wait(30)
            return act(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(start, range(number)))


@pytest.fixture
def served() -> None:
    """A village whose regency has a report officer."""
    restore_categories()
    make_area(VILLAGE)
    make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")


def body(key: UUID, text: str = "Jalan berlubang besar di tanjakan.", **over: Any) -> dict[str, Any]:
    return {"submission_id": str(key), "category": "jalan", "description": text, "area": VILLAGE, **over}


def send(key: UUID, headers: dict[str, str] | None = None, **over: Any) -> Any:
    return Client().post("/laporan/baru/", {**body(key), **over, "step": "submit"}, headers=headers)


@pytest.mark.usefixtures("served")
class TestExactlyOnce:
    def test_fifty_parallel_posts_make_one_report_and_fifty_equal_confirmations(self) -> None:
        key = uuid4()
        answers = at_once(50, lambda place: send(key, JSON))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 49}
        assert {answer.json()["tracking_code"] for answer in answers} == {
            codes.display_code(codes.code_for_submission(key))
        }
        assert Report.objects.count() == ReportEvent.objects.count() == 1
        assert ReportCount.objects.get().count == 1

    def test_each_parallel_browser_gets_the_receipt_of_the_same_report(self) -> None:
        key = uuid4()
        answers = at_once(10, lambda place: send(key, email="warga@contoh.invalid", consent="on"))
        assert {answer.status_code for answer in answers} == {302}
        kept = {signing.loads(answer.cookies[cookies.NAME].value, salt="reports.code") for answer in answers}
        assert kept == {codes.code_for_submission(key)}
        assert OutgoingMail.objects.filter(to="warga@contoh.invalid").count() == 1

    def test_a_photo_sent_by_parallel_posts_is_kept_once(self) -> None:
        key, content = uuid4(), make_photo_bytes(200, 150)
        upload = [SimpleUploadedFile("foto.jpg", content, "image/jpeg") for _ in range(8)]
        answers = at_once(8, lambda place: send(key, JSON, photos=[upload[place]]))
        assert {answer.status_code for answer in answers} <= {200, 201}
        assert Report.objects.get().photos.count() == ReportPhoto.objects.count() == 1
        assert Image.objects.count() == 1

    def test_a_lost_answer_can_be_asked_for_again(self) -> None:
        key = uuid4()
        first, again = send(key, JSON), send(key, JSON)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()

    def test_parallel_posts_with_other_content_store_one_and_show_no_code_to_the_rest(self) -> None:
        key = uuid4()
        answers = at_once(8, lambda place: send(key, JSON, description=f"Isi yang berbeda nomor {place}."))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
        code = codes.display_code(codes.code_for_submission(key))
        assert sum(code in answer.content.decode() for answer in answers) == 1
        assert Report.objects.count() == 1

    def test_other_content_under_the_same_key_keeps_the_text_under_a_new_key(self) -> None:
        key = uuid4()
        send(key)
        answer = send(key, description="Tulisan kedua yang tidak boleh hilang.")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Tulisan kedua yang tidak boleh hilang." in page
        assert str(key) not in page
        assert codes.display_code(codes.code_for_submission(key)) not in page
        assert cookies.NAME not in answer.cookies

    def test_a_key_is_not_spent_by_a_refused_form(self) -> None:
        key = uuid4()
        assert send(key, JSON, description="").status_code == 422
        assert send(key, JSON).status_code == 201


@pytest.mark.usefixtures("served")
class TestUnique:
    def test_sixteen_parallel_creators_get_sixteen_codes_and_the_counter_is_right(self) -> None:
        answers = at_once(16, lambda place: send(uuid4(), JSON, description=f"Laporan nomor {place} di nagari."))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["tracking_code"] for answer in answers}) == 16
        assert Report.objects.values("public_id").distinct().count() == 16
        assert sum(ReportCount.objects.values_list("count", flat=True)) == 16

    def test_eight_threads_with_fifty_hits_keep_four_hundred(self) -> None:
        at_once(8, lambda place: [hit("test", "key", limit=1, seconds=86_400) for _ in range(50)])
        assert count("test", "key", 86_400) == 400

    def test_a_limit_lets_exactly_as_many_pass_as_it_says(self) -> None:
        over = at_once(16, lambda place: hit("test", "key", limit=10, seconds=86_400))
        assert Counter(over) == {False: 10, True: 6}


@pytest.mark.usefixtures("served")
class TestTwoOfficers:
    def test_of_two_answers_to_one_version_one_is_told_to_look_again(self) -> None:
        report = make_report(VILLAGE)

        def verify(place: int) -> str:
            try:
                Report.objects.get(pk=report.pk).verify(by=Actor(f"Petugas {place}"), version=report.version)
            except StaleReport:
                return "stale"
            return "done"

        assert Counter(at_once(8, verify)) == {"done": 1, "stale": 7}
        report.refresh_from_db()
        assert (report.status, report.version) == (Status.VERIFIED, 2)
        assert report.events.filter(action="verified").count() == 1

    def test_parallel_notes_are_all_kept_in_one_whole_chain(self) -> None:
        report = make_report(VILLAGE)
        at_once(
            16, lambda place: Report.objects.get(pk=report.pk).add_note(by=Actor("Petugas"), text=f"Catatan {place}.")
        )
        assert report.events.filter(action="note_added").count() == 16
        assert ReportEvent.problems(report) == []

    def test_a_used_recovery_link_gives_one_new_code(self) -> None:
        send(uuid4(), email="lupa@contoh.invalid", consent="on", description="Laporan yang kodenya hilang.")
        assert send_recovery_links("lupa@contoh.invalid", "http://testserver") == 1
        mail = OutgoingMail.objects.filter(to="lupa@contoh.invalid").order_by("-pk")[0]
        token = mail.body.partition("/laporan/kode-baru/")[2].partition("/")[0]
        new = at_once(6, lambda place: use_recovery_link(token))
        assert len([code for code in new if code]) == 1


def test_without_a_lock_increments_are_lost(served: None) -> None:
    """The control: reading, adding and writing back loses some of what `hit` keeps."""
    hit("test", "key", limit=1, seconds=86_400)
    barrier = Barrier(8)

    def careless(place: int) -> None:
        row = LimitCounter.objects.get()
        barrier.wait(10)
        row.hits += 1
        row.save()

    at_once(8, careless)
    assert LimitCounter.objects.get().hits < 9
