"""Writing to a KIM: its admins get the letter, the writer learns no address, nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.outbox import OutgoingMail
from groups.models import Kim
from tests.factories import make_kim, make_user

pytestmark = pytest.mark.django_db
LETTER = {"name": "Warga", "email": "warga@contoh.invalid", "text": "Kapan pelatihan berikutnya?"}


def text(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def kim() -> Kim:
    return make_kim(name="KIM Singgalang", admin=make_user("admin-kim@contoh.invalid"))


def addresses() -> set[str]:
    return {mail.to for mail in OutgoingMail.objects.filter(subject__startswith="Pesan untuk")}


class TestKimContact:
    def test_reaches_the_admins_and_the_own_address_of_the_kim(self, client: Client, kim: Kim) -> None:
        kim.change_profile(by=make_user(), email="kim@contoh.invalid")
        response = client.post(f"/kim/{kim.slug}/kontak/", LETTER)
        assert response["Location"] == f"/kim/{kim.slug}/"
        assert addresses() == {"admin-kim@contoh.invalid", "kim@contoh.invalid"}

    def test_shows_nobodys_address(self, client: Client, kim: Kim) -> None:
        page = text(client.get(f"/kim/{kim.slug}/kontak/")) + text(
            client.post(f"/kim/{kim.slug}/kontak/", LETTER, follow=True)
        )
        assert "admin-kim@contoh.invalid" not in page

    def test_a_mistake_keeps_the_words(self, client: Client, kim: Kim) -> None:
        response = client.post(f"/kim/{kim.slug}/kontak/", {**LETTER, "email": "salah"})
        assert response.status_code == 422
        assert LETTER["text"] in text(response)

    def test_a_filled_trap_sends_nothing_and_keeps_the_words(self, client: Client, kim: Kim) -> None:
        response = client.post(f"/kim/{kim.slug}/kontak/", {**LETTER, "website": "http://x.invalid"})
        assert LETTER["text"] in text(response)
        assert addresses() == set()

    @pytest.mark.parametrize("limit", ["FROM_ONE_ADDRESS", "TO_ONE_KIM", "FROM_ONE_NETWORK"])
    def test_a_limit_says_so_and_keeps_the_words(
        self, client: Client, kim: Kim, limit: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(f"groups.views.contact.{limit}", 0)
        response = client.post(f"/kim/{kim.slug}/kontak/", LETTER)
        assert response.status_code == 429
        assert "terlalu banyak pesan" in text(response)
        assert LETTER["text"] in text(response)
        assert addresses() == set()

    def test_without_a_receiver_says_so_before_anybody_writes(self, client: Client, kim: Kim) -> None:
        kim.memberships.update(is_admin=False)
        assert "belum punya penerima pesan" in text(client.get(f"/kim/{kim.slug}/kontak/"))
        response = client.post(f"/kim/{kim.slug}/kontak/", LETTER)
        assert response.status_code == 409
        assert LETTER["text"] in text(response)

    def test_a_draft_has_no_letter_box_for_strangers(self, client: Client) -> None:
        kim = make_kim(status="draft")
        assert client.get(f"/kim/{kim.slug}/kontak/").status_code == 404

    @pytest.mark.parametrize("value", ["\0", "a\r\nBcc: x@contoh.invalid", "x" * 100_000, "\u202e"])
    def test_odd_text_gets_an_answer(self, client: Client, kim: Kim, value: str) -> None:
        for name in LETTER:
            assert client.post(f"/kim/{kim.slug}/kontak/", {**LETTER, name: value}).status_code in {302, 422}
