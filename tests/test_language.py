"""Everything a person reads is Indonesian (quality.md E3): pages, errors, admin, mails, messages of forms."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.outbox import OutgoingMail
from reports.models import Actor
from tests.access_table import ROWS
from tests.factories import PASSWORD
from tests.house import read
from tests.scan import ADDRESSES, as_text
from tests.stage import Stage
from tests.words import english, readable

ROLES = ("visitor", "owner", "officer", "superuser", "holder")
MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"


def page_text(response: object) -> str:
    kind = response.get("Content-Type", "")
    if response.streaming or "html" not in kind:
        return ""
    return readable(response.content.decode())


class TestPages:
    @pytest.mark.parametrize("role", ROLES)
    def test_no_page_shows_an_english_word(self, stage: Stage, role: str) -> None:
        client = stage.client(role)
        found = {name: english(page_text(client.get(ADDRESSES[name].path(stage)))) for name in ROWS}
        assert {name: words for name, words in found.items() if words} == {}

    @pytest.mark.parametrize("role", ROLES)
    def test_no_error_of_an_empty_form_is_english(self, stage: Stage, role: str) -> None:
        """An empty POST to every address: required fields, wrong methods, missing rights."""
        client = stage.client(role)
        found = {}
        for name in ROWS:
            if "logout" not in name:
                found[name] = english(page_text(client.post(ADDRESSES[name].path(stage))))
        assert {name: words for name, words in found.items() if words} == {}

    @pytest.mark.parametrize("role", ["visitor", "owner", "officer", "superuser"])
    def test_no_error_of_a_wrong_form_is_english(self, stage: Stage, role: str) -> None:
        """Every field of every form filled with something it refuses."""
        found = {}
        for name in ROWS:
            client, path = stage.client(role), ADDRESSES[name].path(stage)
            fields = re.findall(r'name="([\w-]+)"', as_text(client.get(path)))
            wrong = {field: "\x00 tidak-cocok" * 400 for field in fields if field != "csrfmiddlewaretoken"}
            found[name] = english(page_text(client.post(path, wrong)))
        assert {name: words for name, words in found.items() if words} == {}

    @pytest.mark.parametrize("path", ["/tidak-ada/", "/laporan/0000000000/", "/admin/tidak-ada/", "/akun/tidak-ada/"])
    def test_error_pages_are_indonesian(self, stage: Stage, path: str) -> None:
        response = stage.client("officer").get(path)
        assert response.status_code == 404
        assert english(page_text(response)) == []

    def test_a_missing_token_is_explained_in_indonesian(self, stage: Stage) -> None:
        response = Client(enforce_csrf_checks=True).post("/laporan/lacak/", {"code": "x"})
        assert response.status_code == 403
        assert english(page_text(response)) == []

    def test_too_large_and_too_many_are_explained_in_indonesian(self, stage: Stage) -> None:
        too_many = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
        for body in ({f"f{number}": "x" for number in range(too_many)}, {"description": "x" * 2_000_000}):
            response = Client(raise_request_exception=False).post("/laporan/lacak/", body)
            assert response.status_code in {400, 413}
            assert english(page_text(response)) == []

    def test_moments_are_written_as_indonesians_write_them(self, stage: Stage) -> None:
        text = page_text(stage.client("holder", "open").get("/laporan/status/"))
        assert re.search(rf"\d{{1,2}} (?:{MONTHS}) 20\d\d pukul \d\d\.\d\d WIB", text)

    def test_an_english_word_would_be_found(self) -> None:
        assert english(readable("<p>Kata</p><button>Save</button>"))
        assert english(readable('<img alt="Your photo"><p>Sandi</p>'))
        assert english(readable("<p>This field is required.</p>"))
        assert not english(readable("<script>return this.value</script><p>Simpan perubahan</p>"))


class TestMails:
    def test_no_mail_shows_an_english_word(self, stage: Stage) -> None:
        """What the stage caused, a report's whole life, and what the account pages send."""
        by = Actor.officer(stage.cast.officer)
        report = stage.reports["unpublished"]
        report.start_follow_up(by=by)
        report.answer(by=by, text="Sudah ditambal.")
        client, stranger = stage.client("owner"), Client()
        stranger.post(
            reverse("account_signup"), {"email": "baru@contoh.invalid", "password1": PASSWORD, "consent": "on"}
        )
        stranger.post(
            reverse("account_signup"), {"email": stage.cast.other.email, "password1": PASSWORD, "consent": "on"}
        )
        stranger.post(reverse("account_reset_password"), {"email": stage.cast.other.email})
        stranger.post(reverse("account_reset_password"), {"email": "tidak-dikenal@contoh.invalid"})
        stranger.post(reverse("reports:code_lost"), {"email": stage.posts["open"]["email"]})
        client.post(reverse("account_email"), {"action_add": "", "email": "kedua@contoh.invalid"})
        new = {"oldpassword": PASSWORD, "password1": "sungai-hijau-pagi", "password2": "sungai-hijau-pagi"}
        client.post(reverse("account_change_password"), new)
        assert OutgoingMail.objects.count() >= 10
        found = {mail.subject: english(f"{mail.subject}\n{mail.body}") for mail in OutgoingMail.objects.all()}
        assert {subject: words for subject, words in found.items() if words} == {}

    def test_no_template_of_a_mail_or_message_is_english(self) -> None:
        texts = read("*.txt", "templates")
        assert len(texts) > 30
        found = {path: english(re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)) for path, text in texts.items()}
        assert {path: words for path, words in found.items() if words} == {}

    def test_an_english_mail_would_be_found(self) -> None:
        assert english("Please confirm your email address")


class TestScripts:
    def test_what_scripts_say_is_indonesian(self) -> None:
        """Sentences in static/js: texts in quotes with a space in them."""
        texts = {}
        for path, text in read("*.js", "static").items():
            code = re.sub(r"^\s*//.*$", "", text, flags=re.M)
            texts[path] = " ".join(each for each in re.findall(r'"([^"\n]*)"', code) if re.search(r"[A-Z].* ", each))
        assert {path: english(text) for path, text in texts.items() if english(text)} == {}
