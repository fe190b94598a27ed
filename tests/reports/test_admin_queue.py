"""The officers' queue: whose rows, in which order, found by what, at which cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.admin.queue import in_words
from reports.models import Report
from reports.models.filing import Contact
from tests.cast import OTHER_VILLAGE
from tests.factories import make_area, make_grant, make_institution, make_report, make_user

QUEUE = reverse("admin:reports_report_changelist")
INDEX = reverse("admin:index")
MARK = "Zubaidah-Penanda"


def page(client, user, query="", status=200):
    client.force_login(user)
    answer = client.get(f"{QUEUE}{query}")
    assert answer.status_code == status
    return answer.content.decode()


def change(report):
    return reverse("admin:reports_report_change", args=(report.pk,))


class TestQueue:
    def test_each_role_sees_the_rows_it_handles_and_no_other(self, client, cast):
        make_area(OTHER_VILLAGE)
        open_report, secret = make_report(), make_report(is_secret=True)
        elsewhere = make_report(OTHER_VILLAGE)
        forwarded = make_report(status="forwarded")
        rows = {report: change(report) for report in (open_report, secret, elsewhere, forwarded)}
        expected = {
            "officer": {open_report, secret, forwarded},
            "confidentiality": {open_report, secret, forwarded},
            "foreign_officer": {elsewhere},
            "liaison": {forwarded},
            "province_reader": {open_report, elsewhere, forwarded},
            "national_reader": {open_report, elsewhere, forwarded},
            "superuser": {open_report, elsewhere, forwarded},
        }
        for name, seen in expected.items():
            content = page(client, cast.people[name])
            assert {report for report, url in rows.items() if url in content} == seen, name

    def test_what_an_officer_sees_as_a_citizen_is_no_work(self, client, cast):
        make_area(OTHER_VILLAGE)
        published = make_report(OTHER_VILLAGE, status="verified", published=True)
        own = make_report(OTHER_VILLAGE, contact=Contact(user=cast.officer))
        content = page(client, cast.officer, "?keadaan=semua")
        for report in (published, own):
            assert change(report) not in content
            assert client.get(change(report)).status_code == 404

    @pytest.mark.parametrize("name", ["owner", "other", "visitor"])
    def test_who_holds_no_right_is_sent_away(self, client, cast, name):
        if user := cast.people[name]:
            client.force_login(user)
        assert client.get(QUEUE).status_code in {302, 403}

    def test_officer_for_personal_data_has_no_queue(self, client, cast):
        page(client, cast.personal_data_officer, status=403)

    def test_shows_what_waits_nearest_deadline_first_and_held_last(self, client, cast):
        late, soon, held = make_report(), make_report(), make_report(is_held=True)
        closed = make_report(status="closed")
        Report.objects.filter(pk=late.pk).update(due_at="2026-01-05T00:00:00Z")
        Report.objects.filter(pk=held.pk).update(due_at="2025-12-01T00:00:00Z")
        content = page(client, cast.officer)
        assert content.index(change(late)) < content.index(change(soon)) < content.index(change(held))
        assert change(closed) not in content
        assert "lewat tenggat" in content
        assert "masuk hari ini" in content

    def test_words_of_a_secret_report_are_not_in_the_list(self, client, cast):
        make_report(is_secret=True, description="Kepala desa meminta uang Penanda.")
        content = page(client, cast.officer)
        assert "Penanda" not in content
        assert "isi rahasia" in content

    def test_a_long_report_is_cut_between_words(self, client, cast):
        make_report(description="satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas")
        content = page(client, cast.officer)
        assert "sembilan sepuluh…" in content
        assert "sebelas" not in content

    def test_nothing_of_the_reporter_is_in_the_list(self, client, cast):
        contact = Contact(MARK, "penanda@contoh.invalid", "0812999888", make_user(name="Akun Penanda"))
        make_report(contact=contact)
        for query in ("", "?keadaan=semua"):
            content = page(client, cast.officer, query).lower()
            assert "penanda" not in content
            assert "0812999888" not in content

    @pytest.mark.parametrize("number", [1, 20])
    def test_costs_at_most_eight_queries(self, client, cast, number):
        for _ in range(number):
            make_report()
        client.force_login(cast.officer)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        assert len(queries) <= 8, [each["sql"][:120] for each in queries]

    def test_costs_a_liaison_at_most_eight_queries(self, client, cast):
        make_report(status="forwarded")
        client.force_login(cast.liaison)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        assert len(queries) <= 8

    def test_pages_by_key(self, client, cast):
        reports = [make_report() for _ in range(21)]
        first = page(client, cast.officer)
        shown = [report for report in reports if change(report) in first]
        assert len(shown) == 20
        assert "Berikutnya" in first

    def test_has_no_bulk_action_and_no_way_to_add_or_delete(self, client, cast):
        report = make_report()
        content = page(client, cast.superuser)
        assert "_selected_action" not in content
        assert client.get(reverse("admin:reports_report_add")).status_code == 403
        data = {"action": "delete_selected", "_selected_action": report.pk, "index": "0", "post": "yes"}
        client.post(QUEUE, data)
        client.post(reverse("admin:reports_report_delete", args=(report.pk,)), {"post": "yes"})
        assert Report.objects.filter(pk=report.pk).exists()


class TestLookup:
    @pytest.mark.parametrize(
        "query",
        [
            "reporter__email__startswith=a",
            "reporter__name__icontains=a",
            "reporter__isnull=1",
            "reporter__user__id=1",
            "code_digest__startswith=a",
            "latitude__gt=0",
            "description__startswith=a",
            "is_anonymous__exact=1",
            "events__text_row__text__icontains=a",
            "institution__email__startswith=a",
        ],
    )
    def test_hidden_values_cannot_be_asked_for(self, client, cast, query):
        make_report(contact=Contact("Ani", "ani@contoh.invalid"))
        content = page(client, cast.officer, f"?{query}", status=400)
        assert change(Report.objects.get()) not in content

    @pytest.mark.parametrize("order", ["o=1", "o=-2.1", "ot=asc"])
    def test_no_order_can_be_chosen(self, client, cast, order):
        late, soon = make_report(), make_report()
        Report.objects.filter(pk=late.pk).update(due_at="2026-01-05T00:00:00Z")
        client.force_login(cast.officer)
        answer = client.get(f"{QUEUE}?{order}", follow=True).content.decode()
        if change(late) in answer:
            assert answer.index(change(late)) < answer.index(change(soon))

    @pytest.mark.parametrize("words", ["Zubaidah", "penanda@contoh.invalid", "0812999888"])
    def test_search_does_not_find_a_reporter(self, client, cast, words):
        report = make_report(contact=Contact("Zubaidah", "penanda@contoh.invalid", "0812999888"))
        assert change(report) not in page(client, cast.officer, f"?q={words}")

    def test_search_finds_words_and_the_number(self, client, cast):
        report, other = make_report(description="Tanggul sungai retak panjang."), make_report()
        for words in ("tanggul", report.public_id, report.public_id.upper()):
            content = page(client, cast.officer, f"?q={words}")
            assert change(report) in content, words
            assert change(other) not in content

    @pytest.mark.parametrize("words", ["%00", "%27%22)*", "%F0%9F%98%80", "a" * 3000, "AND%20OR%20NOT", "%22", "-"])
    def test_odd_words_are_no_fault(self, client, cast, words):
        page(client, cast.officer, f"?q={words}")


class TestIndexCard:
    def test_coordinator_reads_what_is_late_and_new(self, client, cast):
        late = make_report()
        make_report(status="verified")
        Report.objects.filter(pk=late.pk).update(due_at="2026-01-05T00:00:00Z")
        client.force_login(cast.officer)
        content = client.get(INDEX).content.decode()
        assert "Lewat tenggat" in content
        assert content.count("1 laporan") == 2

    def test_what_the_reporter_calls_unfinished_has_a_card(self, client, cast):
        make_report(status="disputed")
        client.force_login(cast.officer)
        assert "?keadaan=disputed" in client.get(INDEX).content.decode()

    def test_confidentiality_officer_is_led_to_secret_reports(self, client, cast):
        make_report(is_secret=True)
        make_report()
        client.force_login(cast.confidentiality)
        content = client.get(INDEX).content.decode()
        assert "Laporan rahasia" in content
        assert "1 laporan" in content

    def test_reader_has_no_card(self, client, cast):
        make_report()
        client.force_login(cast.province_reader)
        assert "Lewat tenggat" not in client.get(INDEX).content.decode()

    def test_a_long_queue_is_not_counted_to_its_end(self):
        assert in_words(0) == "Tidak ada."
        assert in_words(99) == "99 laporan"
        assert in_words(100) == "Lebih dari 99 laporan"


class TestTools:
    def test_only_coordinators_may_write_down_for_a_neighbour(self, client, cast):
        address = reverse("reports:neighbour_create")
        assert address in page(client, cast.officer)
        assert address not in page(client, cast.province_reader)

    def test_two_institutions_do_not_mix(self, client, cast):
        report = make_report(status="forwarded")
        assert report.institution == cast.institution
        stranger = make_user()
        make_grant(stranger, "liaison", institution=make_institution("Dinas Lain Uji"))
        assert change(report) not in page(client, stranger)
        assert client.get(change(report)).status_code == 404
