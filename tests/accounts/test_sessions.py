"""A cookie that somebody made up is no session, and no error either."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_user


class TestSessionStore:
    @pytest.mark.parametrize("key", ['"abcdefghijkl\\000"', "abcdefgh-ijkl", "a b c d e f g h", ""])
    def test_made_up_key_signs_nobody_in(self, db: None, client: Client, key: str) -> None:
        response = client.get("/akun/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"})
        assert response.status_code == 302

    def test_own_key_does(self, db: None, client: Client) -> None:
        client.force_login(make_user())
        assert client.get("/akun/").status_code == 200
