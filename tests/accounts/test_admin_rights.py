"""The page on which an officer invites somebody, in words."""

from __future__ import annotations

from django.test import Client

from tests.cast import Cast


class TestInvitationPage:
    URL = "/admin/accounts/invitation/add/"

    def test_button_says_what_it_does_and_the_page_has_one_name(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.superuser)
        page = client.get(self.URL).content.decode()
        assert ">Kirim undangan</button>" in page
        assert "<title>Tambah undangan " in page
        assert "<h1>Tambah undangan</h1>" in page

    def test_an_empty_field_is_named_in_the_words_of_the_portal(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.superuser)
        page = client.post(self.URL, {}).content.decode()
        assert "Isi bagian ini." in page
        assert "tidak boleh kosong" not in page
