"""Pages of one object in the admin: what was done to it is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import accounts
from accounts.admin_actions import ACTION_WORDS
from accounts.models import Consent, DataRequest, Invitation, Role, RoleGrant
from tests.accounts.test_admin import LISTS, as_user, url
from tests.accounts.test_allauth_pages import ENGLISH, text_of
from tests.cast import REGENCY, Cast
from tests.factories import make_area


class TestLanguage:
    def test_history_has_words_for_every_action(self, cast: Cast) -> None:
        written: set[str] = set()
        for path in Path(accounts.__file__).parent.rglob("*.py"):
            found = re.findall(r'(?:Event\.append\(\s*[\w.]+,|_record\(|_switch\(\w+,)\s*"(\w+)"', path.read_text())
            written |= set(found)
        assert {"grant_given", "closed", "filed", "merged"} <= written
        assert written | {"answered", "refused", "added", "changed"} == set(ACTION_WORDS)

    def test_every_page_of_it_is_indonesian(self, cast: Cast) -> None:
        Invitation.send(cast.superuser, "calon@contoh.invalid", Role.REPORT_COORDINATOR, area=make_area(REGENCY))
        Consent.objects.create(user=cast.owner, purpose="report", text_version="laporan-1")
        DataRequest.file("erasure", "", user=cast.owner)
        rows = {
            "invitation": Invitation.objects.get(),
            "rolegrant": RoleGrant.objects.first(),
            "institution": cast.institution,
            "user": cast.owner,
            "consent": Consent.objects.get(),
            "datarequest": DataRequest.objects.get(),
        }
        client = as_user(cast.superuser)
        pages = [url(model, "changelist") for model in LISTS] + [url("invitation", "add"), url("institution", "add")]
        pages += [url(model, "change", row.pk) for model, row in rows.items()]
        pages += [url(model, "history", row.pk) for model, row in rows.items()]
        for page in pages:
            response = client.get(page)
            assert response.status_code == 200, page
            assert not ENGLISH.findall(text_of(response.content.decode())), page
