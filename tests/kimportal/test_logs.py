from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kimportal.logs import SecretFilter, masked
from libraries.views import registration


class TestMasked:
    @pytest.mark.parametrize(
        "name",
        [
            "libraries:registration_own",
            "libraries:registration_cancel",
            "reports:code_new",
            "accounts:data_request_confirm",
            "accounts:invitation",
            "groups:invitation",
            "account_confirm_email",
        ],
    )
    def test_every_address_that_opens_something(self, name: str) -> None:
        address = reverse(name, args=["RAHASIA-1234"])
        assert "RAHASIA" in address
        assert "RAHASIA" not in str(masked(f"Internal Server Error: {address}"))

    def test_a_new_password(self) -> None:
        address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1a", "key": "RAHASIA"})
        assert "RAHASIA" not in str(masked(address))

    def test_other_addresses_and_values_stay(self) -> None:
        assert [masked(each) for each in ("/laporan/jalan/", 7, None)] == ["/laporan/jalan/", 7, None]


class TestSecretFilter:
    def test_every_handler_has_it(self) -> None:
        logging_settings: dict[str, Any] = settings.LOGGING
        assert all(handler["filters"] == ["secrets"] for handler in logging_settings["handlers"].values())

    @pytest.mark.django_db
    def test_a_failure_names_the_page_and_not_the_code(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*args: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(registration, "own_registration", broken)
        client.raise_request_exception = False
        caplog.handler.addFilter(SecretFilter())
        logging.getLogger("django").addHandler(caplog.handler)
        try:
            client.get(reverse("libraries:registration_own", args=["7K2M-7K2M-7K2M-7K2M"]))
        finally:
            logging.getLogger("django").removeHandler(caplog.handler)
        assert "/perpustakaan/agenda/pendaftaran/…/" in caplog.text
        assert "7K2M" not in caplog.messages[0]
