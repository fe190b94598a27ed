"""Sheets for the notice board."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from groups import pdf
from tests.factories import make_announcement, make_area, make_kim

pytestmark = pytest.mark.django_db
LONGEST = "13.05.16.2006"  # Kampuang Tanjuang Koto Mambang Sungai Durian, 44 letters


def poster(client: Client, row: object, name: str = "announcement_poster") -> str:
    response = client.get(reverse(f"groups:{name}", args=[row.public_id]))
    assert response.status_code == 200
    return response.content.decode()


class TestAnnouncementPoster:
    def test_says_what_for_whom_by_whom_and_where_to_read_on(self, client: Client) -> None:
        row = make_announcement(make_kim(LONGEST, "KIM Durian"), title="Posyandu Senin")
        text = poster(client, row)
        for words in ("Posyandu Senin", make_area(LONGEST).name, "KIM Durian", f"/pengumuman/{row.public_id}/"):
            assert words in text
        assert "<svg" in text
        assert len(make_area(LONGEST).name) == 44

    def test_a_long_text_is_cut_and_the_code_leads_on(self, client: Client) -> None:
        assert "Selengkapnya" in poster(client, make_announcement(body="Panjang sekali. " * 100))
        assert "Selengkapnya" in poster(client, make_announcement(body="- a\n" * 30))
        assert "Selengkapnya" not in poster(client, make_announcement(body="Pendek."))

    def test_the_link_to_the_pdf_is_hidden_where_there_is_none(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = make_announcement()
        for module in ("announcements", "posters"):
            monkeypatch.setattr(f"groups.views.{module}.can_make_pdf", lambda: False)
        assert "poster.pdf" not in poster(client, row)
        assert "poster.pdf" not in client.get(row.get_absolute_url()).content.decode()
        assert client.get(reverse("groups:announcement_pdf", args=[row.public_id])).status_code == 404


@pytest.mark.skipif(not pdf.can_make_pdf(), reason="WeasyPrint's native libraries are not installed")
class TestAnnouncementPdf:
    def test_is_a_pdf_of_one_page(self, client: Client) -> None:
        body = "**Bawa** buku KIA.\n\n" + "Gratis untuk semua warga. " * 25
        row = make_announcement(make_kim(LONGEST), title="Jadwal " * 17, body=body)
        response = client.get(reverse("groups:announcement_pdf", args=[row.public_id]))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert pages(row, client) == 1


class TestLimitOfPdfs:
    def test_a_network_that_asks_without_end_gets_a_page_and_no_pdf(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = Mock(return_value=b"%PDF-")
        for name, value in {"can_make_pdf": lambda: True, "make_pdf": made, "PDFS_AN_HOUR": 2}.items():
            monkeypatch.setattr(f"groups.views.posters.{name}", value)
        address = reverse("groups:announcement_pdf", args=[make_announcement().public_id])
        answers = [client.get(address) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "Cetaklah halamannya" in answers[2].content.decode()
        assert made.call_count == 2


def pages(row: object, client: Client) -> int:
    """How many sheets the same page takes."""
    from django.template.loader import render_to_string

    from groups.views.posters import sheet

    module = pdf.weasyprint()
    rules = (settings.BASE_DIR / "static" / pdf.POSTER).read_text()
    html = render_to_string("groups/announcement_sheet.html", sheet(row))
    return len(module.HTML(string=html).render(stylesheets=[module.CSS(string=rules)]).pages)


class TestKimBulletin:
    def test_has_the_newest_five_of_this_kim(self, client: Client) -> None:
        kim = make_kim()
        for number in range(6):
            make_announcement(kim, title=f"Kabar {number}")
        make_announcement(make_kim(), title="Kabar lain")
        text = client.get(reverse("groups:kim_bulletin", args=[kim.slug])).content.decode()
        assert [f"Kabar {number}" in text for number in range(6)] == [False, True, True, True, True, True]
        assert "Kabar lain" not in text

    def test_a_kim_that_is_not_listed_has_none(self, client: Client) -> None:
        kim = make_kim(status="draft")
        assert client.get(reverse("groups:kim_bulletin", args=[kim.slug])).status_code == 404
