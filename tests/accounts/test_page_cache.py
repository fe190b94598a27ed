"""What visitors share is true at once after every public change, and nobody known to the portal touches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts import page_cache
from accounts.page_cache import PageVersion, forget_pages, kept_for_visitors, pages_changed
from groups.models import Post
from reports.models import Actor
from tests.factories import make_announcement, make_kim, make_published_report, make_user

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[list[Any]]]
OFFICER = Actor.system()


@pytest.fixture(autouse=True)
def cache_on(settings: Any) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 30
    forget_pages()
    yield
    forget_pages()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[list[Any]]]:
    """What an action leaves for after its commit happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class TestKeptForVisitors:
    def test_the_second_visitor_costs_one_query(self, client: Client, django_assert_num_queries: Any) -> None:
        make_published_report()
        first = client.get("/laporan/").content
        with django_assert_num_queries(1):
            assert client.get("/laporan/").content == first

    def test_each_address_is_kept_by_itself(self, client: Client) -> None:
        make_published_report(category="jalan")
        assert b"Jalan" in client.get("/laporan/?category=jalan").content
        assert client.get("/laporan/?category=sampah").content != client.get("/laporan/?category=jalan").content

    @pytest.mark.parametrize("address", ["/", "/laporan/"])
    def test_a_published_report_is_seen_at_once(self, client: Client, commit: Commit, address: str) -> None:
        report = make_published_report(text="Jembatan putus di hulu")
        with commit():
            report.unpublish(by=OFFICER, text="Salah tampil.")
        assert b"Jembatan putus" not in client.get(address).content
        with commit():
            report.publish(by=OFFICER, text="Jembatan putus di hulu", place="", photo_ids=[])
        assert b"Jembatan putus" in client.get(address).content

    def test_a_withdrawn_report_is_gone_at_once(self, client: Client, commit: Commit) -> None:
        report = make_published_report()
        address = f"/laporan/{report.public_id}/"
        assert client.get(address).status_code == 200
        with commit():
            report.raise_secrecy(by=OFFICER)
        assert client.get(address).status_code == 404

    def test_a_withdrawn_announcement_is_gone_at_once(self, client: Client, commit: Commit) -> None:
        row = make_announcement()
        assert row.title.encode() in client.get("/pengumuman/").content
        with commit():
            row.withdraw(by=make_user())
        assert row.title.encode() not in client.get("/pengumuman/").content

    def test_a_dissolved_kim_says_so_at_once(self, client: Client, commit: Commit) -> None:
        kim = make_kim(status="active")
        before = client.get(f"/kim/{kim.slug}/").content
        with commit():
            kim.dissolve(by=make_user(), text="Pengurus sepakat bubar.")
        assert client.get(f"/kim/{kim.slug}/").content != before

    def test_a_name_that_is_no_longer_public_is_gone_at_once(self, client: Client, commit: Commit) -> None:
        kim = make_kim(status="active")
        member = kim.memberships.get(post=Post.CHAIR)
        with commit():
            member.change(by=None, name="Siti Contoh", is_public=True)
        assert b"Siti Contoh" in client.get(f"/kim/{kim.slug}/").content
        with commit():
            member.change(by=None, is_public=False)
        assert b"Siti Contoh" not in client.get(f"/kim/{kim.slug}/").content

    def test_an_erased_word_is_gone_at_once(self, client: Client, commit: Commit) -> None:
        report = make_published_report()
        with commit():
            event = report.start_follow_up(by=OFFICER, text="Hubungi Pak Contoh.")
        assert b"Pak Contoh" in client.get(f"/laporan/{report.public_id}/").content
        with commit():
            event.erase_text()
        assert b"Pak Contoh" not in client.get(f"/laporan/{report.public_id}/").content

    def test_another_process_that_changed_something_is_heeded(self, client: Client) -> None:
        first = client.get("/laporan/").content
        make_published_report()
        assert client.get("/laporan/").content == first
        PageVersion.objects.update_or_create(pk=1, defaults={"number": F("number") + 1}, create_defaults={"number": 1})
        assert client.get("/laporan/").content != first

    def test_it_is_old_after_its_seconds(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        first = client.get("/laporan/").content
        make_published_report()
        later = page_cache.time.monotonic() + 31
        monkeypatch.setattr(page_cache.time, "monotonic", lambda: later)
        assert client.get("/laporan/").content != first

    def test_a_browser_that_has_it_hears_so(self, client: Client, commit: Commit) -> None:
        etag = client.get("/laporan/")["ETag"]
        again = client.get("/laporan/", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        report = make_published_report()
        with commit():
            report.publish(by=OFFICER, text="Lain", place="", photo_ids=[])
        assert client.get("/laporan/", headers={"If-None-Match": etag}).status_code == 200

    def test_it_can_be_switched_off(self, client: Client, settings: Any) -> None:
        settings.PAGE_CACHE_SECONDS = 0
        assert "ETag" not in client.get("/laporan/")
        assert not page_cache._pages

    def test_memory_is_bounded(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(page_cache, "MOST_PAGES", 2)
        for number in range(4):
            client.get(f"/tentang/?n={number}")
        assert [place[-1] for place in page_cache._pages] == ["2", "3"]


class TestIsVisitor:
    @pytest.mark.parametrize("address", ["/", "/laporan/", "/kim/", "/pengumuman/"])
    def test_a_signed_in_person_neither_fills_nor_gets_it(self, client: Client, address: str) -> None:
        visitor = Client()
        client.force_login(make_user())
        own = client.get(address)
        assert not page_cache._pages
        assert "ETag" not in own
        shared = visitor.get(address)
        assert "Akun saya" in own.content.decode()
        assert "Akun saya" not in shared.content.decode()
        assert client.get(address).content == own.content
        assert visitor.get(address).content == shared.content

    @pytest.mark.parametrize("cookie", ["laporan", "messages", "sessionid", "apa-saja"])
    def test_any_cookie_keeps_a_person_out(self, client: Client, cookie: str) -> None:
        client.cookies[cookie] = "x"
        assert "ETag" not in client.get("/laporan/")
        assert not page_cache._pages

    def test_the_cookie_of_a_form_does_not(self, client: Client) -> None:
        client.get("/laporan/baru/")
        assert client.cookies
        assert "ETag" in client.get("/laporan/")

    @pytest.mark.parametrize("address", ["/laporan/?q=jalan", "/kim/?area_words=mungka", f"/laporan/?n={'x' * 400}"])
    def test_typed_words_and_long_addresses_are_not_kept(self, client: Client, address: str) -> None:
        client.get(address)
        assert not page_cache._pages

    def test_only_get_is(self, client: Client) -> None:
        client.head("/laporan/")
        assert not page_cache._pages


def set_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("isi")
    response.set_cookie("laporan", "x")
    return response


def refuse(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tidak ada", status=404)


class TestIsForEverybody:
    @pytest.mark.parametrize(
        "view",
        [
            set_cookie,
            refuse,
            lambda request: HttpResponse(get_token(request)),
            lambda request: HttpResponse("isi", headers={"Cache-Control": "no-store"}),
            lambda request: HttpResponse(b"x" * (page_cache.MOST_BYTES + 1)),
        ],
    )
    def test_an_answer_for_one_person_is_not_kept(self, view: Any) -> None:
        kept_for_visitors(view)(RequestFactory().get("/x/"))
        assert not page_cache._pages

    def test_a_plain_one_is(self) -> None:
        kept_for_visitors(lambda request: HttpResponse("isi"))(RequestFactory().get("/x/"))
        assert len(page_cache._pages) == 1


class TestPagesChanged:
    def test_what_is_rolled_back_changed_nothing(self, commit: Commit) -> None:
        with commit(), transaction.atomic():
            pages_changed()
            transaction.set_rollback(True)
        assert page_cache.current_version() == 0

    def test_each_change_counts(self, commit: Commit) -> None:
        for _ in range(2):
            with commit():
                pages_changed()
        assert page_cache.current_version() == 2
