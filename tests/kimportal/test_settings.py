"""What production promises a browser and a database, asked of a process started with production's settings."""

from __future__ import annotations

import json
import logging.config
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from kimportal import environment
from tests.house import ROOT
from tests.kimportal.test_environment import GOOD

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from kimportal.pages.messages import MessageStorage
from reports import cookies
client = Client(SERVER_NAME="kim.contoh.go.id")
answers = {name: client.get("/tentang/", secure=secure) for name, secure in (("plain", False), ("safe", True))}
kept = [name for name in dir(settings) if name.startswith(("DEBUG", "SECURE_", "SESSION_", "CSRF_", "ACCOUNT_"))]
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in kept},
    "headers": {name: {"status": str(each.status_code), **each.headers} for name, each in answers.items()},
    "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, MessageStorage.cookie_name, cookies.NAME],
}, default=str))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings, headers and cookie names as `PRODUCTION=1` gives them."""
    folder = tmp_path_factory.mktemp("production")
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # Nothing is kept for visitors: the folder has no database that could say what is still true.
    own = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "kimportal.settings", "PAGE_CACHE_SECONDS": "0"}
    values = {**inherited, **GOOD, **own}
    # Pages need the names of collected files.
    for code in (["manage.py", "collectstatic", "--noinput", "-v0"], ["-c", ASK]):
        done = subprocess.run(
            [sys.executable, *code], cwd=ROOT, env=values, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def directives(policy: str) -> dict[str, set[str]]:
    return {name: set(values) for name, *values in (part.split() for part in policy.split(";") if part.strip())}


class TestProduction:
    def test_plain_http_is_led_to_https_and_stays_there_for_a_year(self, production: dict[str, Any]) -> None:
        assert production["headers"]["plain"]["status"] == "301"
        assert production["headers"]["plain"]["Location"].startswith("https://")
        kept = production["headers"]["safe"]["Strict-Transport-Security"]
        assert int(re.findall(r"max-age=(\d+)", kept)[0]) >= 31_536_000
        assert "includeSubDomains" in kept

    def test_headers_that_keep_a_page_to_itself(self, production: dict[str, Any]) -> None:
        headers = production["headers"]["safe"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert not {"Access-Control-Allow-Origin", "Server", "X-Powered-By"} & set(headers)

    def test_cookies_travel_over_tls_and_to_this_host_only(self, production: dict[str, Any]) -> None:
        """`__Secure-` where the path is narrower than the whole site, which `__Host-` forbids."""
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"):
            assert production["settings"][name] is True, name
        assert {production["settings"][f"{each}_COOKIE_SAMESITE"] for each in ("SESSION", "CSRF")} == {"Lax"}
        *whole_site, report = production["cookies"]
        assert all(name.startswith("__Host-") for name in whole_site)
        assert report.startswith("__Secure-")

    def test_no_debugging(self, production: dict[str, Any]) -> None:
        assert production["settings"]["DEBUG"] is False

    def test_the_account_asks_for_the_password_again_before_an_address_changes(
        self, production: dict[str, Any]
    ) -> None:
        assert production["settings"]["ACCOUNT_REAUTHENTICATION_REQUIRED"] is True


class TestContentPolicy:
    def test_only_the_portals_own_files_run_and_load(self, client: Client) -> None:
        found = directives(client.get("/tentang/")["Content-Security-Policy"])
        assert found == {
            "default-src": {"'self'"},
            "img-src": {"'self'", "data:", "blob:"},
            "object-src": {"'none'"},
            "base-uri": {"'none'"},
            "form-action": {"'self'"},
            "frame-ancestors": {"'none'"},
        }

    def test_production_says_the_same(self, client: Client, production: dict[str, Any]) -> None:
        here = client.get("/tentang/")["Content-Security-Policy"]
        assert directives(production["headers"]["safe"]["Content-Security-Policy"]) == directives(here)


class TestPasswords:
    @pytest.mark.parametrize("word", ["Aku1!", "sembilan9", "1234567890", "qwertyuiop", "password123"])
    def test_short_common_and_bare_numbers_are_refused(self, word: str) -> None:
        with pytest.raises(ValidationError):
            validate_password(word)

    @pytest.mark.parametrize("word", ["kuda besar di pasar", "a" * 5 + "Ω🦅" + "b" * 60, "HURUFBESARSAJA"])
    def test_any_letters_and_great_length_are_taken(self, word: str) -> None:
        validate_password(word)


class TestLogs:
    def test_a_line_tells_its_moment_with_the_offset(self) -> None:
        line = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
            dict(settings.LOGGING["formatters"]["line"])
        )
        written = line.format(logging.LogRecord("kimportal", logging.ERROR, "", 0, "gagal", (), None))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ERROR kimportal gagal", written)

    def test_everything_goes_to_one_stream(self) -> None:
        """No file that nobody knows of, no mail, no address elsewhere."""
        assert [each["class"] for each in settings.LOGGING["handlers"].values()] == ["logging.StreamHandler"]


class TestDatabase:
    def test_an_acknowledged_commit_survives_a_power_cut(self) -> None:
        """With NORMAL or OFF, SQLite answers before the disk holds the report."""
        command = environment.SQLITE_OPTIONS["init_command"]
        assert "synchronous=FULL" in command
        assert "secure_delete=ON" in command

    def test_no_setting_names_a_cache_of_one_process(self) -> None:
        assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
