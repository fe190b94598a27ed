"""The guideline library: found by word, read by whom it is for, earlier versions kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from tests.facilitation_access import make_guideline
from tests.factories import make_grant, make_user

pytestmark = pytest.mark.django_db
HOME = "/kemitraan/pedoman/"


def text(response: Any) -> str:
    return str(response.content.decode())


def officer_of(area: str) -> Client:
    user, client = make_user(), Client()
    make_grant(user, Role.KIM_VERIFIER, area)
    client.force_login(user)
    return client


class TestGuidelineList:
    def test_shows_what_each_may_read(self) -> None:
        make_guideline(title="Pedoman umum", is_public=True)
        make_guideline(title="Pedoman petugas")
        assert "Pedoman petugas" not in text(Client().get(HOME))
        page = text(officer_of("13.07").get(HOME))
        assert "Pedoman petugas" in page
        assert "hanya petugas" in page

    def test_goes_on_to_the_next_page_however_long_the_words(self) -> None:
        for number in range(21):
            title = f"Pedoman {number:02} {'panjang ' * 18}"[:160]
            make_guideline(title=title, summary="kata " * 119, is_public=True, versions=0)
        first = text(Client().get(HOME))
        following = re.search(r'rel="next" href="([^"]+)"', first)
        assert following
        second = text(Client().get(HOME + following[1].replace("&amp;", "&")))
        assert second.count("Pedoman 20") == 1
        assert "Pedoman 00" not in second

    @pytest.mark.parametrize(
        ("query", "finds"),
        [
            ({"q": "KEBIJAKAN pusat"}, True),
            ({"q": "kosong"}, False),
            ({"topic": "reporting"}, True),
            ({"topic": "founding"}, False),
            ({"tier": "central"}, True),
            ({"tier": "regency"}, False),
        ],
    )
    def test_is_searched_and_narrowed(self, query: dict[str, str], finds: bool) -> None:
        make_guideline(title="Kebijakan pusat", tier="central", topic="reporting", is_public=True)
        assert ("Kebijakan pusat</a>" in text(Client().get(HOME, query))) is finds

    @pytest.mark.parametrize("query", [{"tier": "asing"}, {"topic": "\x00"}, {"q": "x" * 200}, {"q": "\x00"}])
    def test_a_wrong_filter_shows_nothing_and_says_so(self, query: dict[str, str]) -> None:
        make_guideline(is_public=True)
        page = text(Client().get(HOME, query))
        assert "Perbaiki saringan" in page
        assert "Pedoman membentuk KIM" not in page


class TestGuidelineDetail:
    def test_keeps_the_old_versions_readable(self) -> None:
        row = make_guideline(is_public=True, versions=2)
        page = text(Client().get(row.get_absolute_url()))
        assert page.index("Versi 2") < page.index("Versi 1")
        assert page.count("Sudah diganti") == 1
        for version in row.versions.all():
            response = Client().get(f"{row.get_absolute_url()}berkas/{version.document_id}/")
            assert response["Content-Type"] == "application/pdf"

    def test_what_is_for_officers_is_not_there_for_others(self) -> None:
        row = make_guideline(versions=1)
        document = row.versions.get().document_id
        for path in (row.get_absolute_url(), f"{row.get_absolute_url()}berkas/{document}/"):
            assert Client().get(path).status_code == 404
            assert officer_of("32.01").get(path).status_code == 404
            assert officer_of("13.07").get(path).status_code == 200


class TestGuidelineDocument:
    def test_a_file_of_another_guideline_is_not_there(self) -> None:
        public, secret = make_guideline(is_public=True), make_guideline()
        foreign = secret.versions.get().document_id
        assert Client().get(f"{public.get_absolute_url()}berkas/{foreign}/").status_code == 404

    def test_a_file_for_officers_is_kept_by_no_cache(self) -> None:
        row = make_guideline()
        response = officer_of("13.07").get(f"{row.get_absolute_url()}berkas/{row.versions.get().document_id}/")
        assert response["Cache-Control"] == "private, no-store"
