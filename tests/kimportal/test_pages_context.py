"""What every template may name."""

from __future__ import annotations

from django.conf import settings
from django.test import Client, RequestFactory
from pytest_django import Settings

from kimportal.pages.context import site


class TestSite:
    def test_a_session_is_told_by_its_cookie_alone(self) -> None:
        request = RequestFactory().get("/")
        assert site(request)["has_session"] is False
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
        assert site(request)["has_session"] is True

    def test_the_menu_offers_to_sign_in_or_the_account(self, client: Client, db: None) -> None:
        assert "Masuk</a>" in client.get("/tentang/").content.decode()
        client.cookies[settings.SESSION_COOKIE_NAME] = "x"
        assert "Akun saya</a>" in client.get("/tentang/").content.decode()

    def test_the_demo_says_so_and_production_does_not(self, client: Client, settings: Settings) -> None:
        assert "Situs percobaan" in client.get("/tentang/").content.decode()
        settings.PRODUCTION = True
        assert "Situs percobaan" not in client.get("/tentang/").content.decode()
