"""A lost code: a link to a new one for who left an e-mail, the same answer for everybody."""

from __future__ import annotations

from datetime import timedelta
from re import search

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.outbox import OutgoingMail
from regions.templatetags.regions import in_words
from reports import codes
from reports.models import RecoveryLink, RecoveryRequest, Report
from reports.models.filing import Contact
from reports.models.recovery import answer_recovery_requests
from reports.workflow import Status
from tests.factories import make_report
from tests.reports.views.sending import TRACK, filed, without_token

pytestmark = pytest.mark.django_db


class TestCodeLost:
    URL = "/laporan/kode-hilang/"

    def test_known_and_unknown_address_get_the_same_answer(self, client: Client) -> None:
        make_report(contact=Contact(email="uji@contoh.invalid"))
        known = client.post(self.URL, {"email": "Uji@Contoh.invalid"})
        unknown = client.post(self.URL, {"email": "lain@contoh.invalid"})
        assert known.status_code == unknown.status_code == 200
        assert without_token(known.content.decode()) == without_token(unknown.content.decode())

    def test_link_gives_a_new_code_once_and_ends_the_old_one(self, client: Client) -> None:
        report, old = filed(contact=Contact(email="uji@contoh.invalid"))
        link = self.ask(client)
        assert client.get(link).status_code == 200
        assert Report.objects.get(pk=report.pk).code_digest == codes.code_digest(old)
        assert client.post(link).url == "/laporan/tanda-terima/"
        assert client.get("/laporan/tanda-terima/").status_code == 200
        assert Client().post(TRACK, {"code": old}).status_code == 404
        assert client.post(link).status_code == 404

    def test_old_link_is_dead(self, client: Client) -> None:
        filed(contact=Contact(email="uji@contoh.invalid"))
        link = self.ask(client)
        RecoveryLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        assert client.post(link).status_code == 404

    def test_database_keeps_no_usable_link(self, client: Client) -> None:
        filed(contact=Contact(email="uji@contoh.invalid"))
        token = self.ask(client).rstrip("/").rsplit("/", 1)[-1]
        assert token not in str(RecoveryLink.objects.values().get())

    def test_one_address_is_not_flooded(self, client: Client) -> None:
        filed(contact=Contact(email="uji@contoh.invalid"))
        OutgoingMail.objects.all().delete()
        for _ in range(6):
            client.post(self.URL, {"email": "uji@contoh.invalid"})
        answer_recovery_requests()
        assert OutgoingMail.objects.count() == 3

    def test_page_itself_looks_nobody_up(self, client: Client) -> None:
        """The time it takes would tell whether an address ever filed."""
        filed(contact=Contact(email="uji@contoh.invalid"))
        for address in ("uji@contoh.invalid", "lain@contoh.invalid"):
            with CaptureQueriesContext(connection) as queries:
                client.post(self.URL, {"email": address})
            assert not [one["sql"] for one in queries if "reports_reporter" in one["sql"]]

    def test_worker_answers_once_and_forgets_who_asked(self, client: Client) -> None:
        filed(contact=Contact(email="uji@contoh.invalid"))
        self.ask(client)
        assert not RecoveryRequest.objects.exists()
        assert answer_recovery_requests() == 0

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            ({"published": True}, "Laporan: Jalan dan jembatan di Talang Maur, dikirim {day}."),
            ({}, "Ini tentang laporan yang Anda kirim pada {day}."),
            ({"is_secret": True}, ""),
        ],
        ids=["public", "not public", "secret"],
    )
    def test_mail_tells_which_report_to_whoever_reads_the_mailbox(
        self, client: Client, kind: dict[str, bool], says: str
    ) -> None:
        """Of several reports, one mail each: the matter where it is public, the day, of a secret one nothing."""
        make_report(status=Status.VERIFIED, contact=Contact(email="uji@contoh.invalid"), **kind)
        self.ask(client)
        day, body = in_words(timezone.localdate()), OutgoingMail.objects.latest("pk").body
        assert says.format(day=day) in body
        assert (day in body) == bool(says)
        assert ("Talang Maur" in body) == ("published" in kind)

    def test_bad_address_is_a_sentence(self, client: Client) -> None:
        assert client.post(self.URL, {"email": "bukan"}).status_code == 422

    def ask(self, client: Client) -> str:
        client.post(self.URL, {"email": "uji@contoh.invalid"})
        assert answer_recovery_requests() == 1
        found = search(r"/laporan/kode-baru/\S+/", OutgoingMail.objects.latest("pk").body)
        assert found
        return found.group()
