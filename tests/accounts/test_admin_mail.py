"""The outbox in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.admin_mail import mail_cards
from accounts.outbox import OutgoingMail
from tests.factories import make_user

LIST = reverse("admin:accounts_outgoingmail_changelist")


def make_mail(**over):
    values = {"to": "rahasia@contoh.invalid", "subject": "Judul rahasia", "body": "Isi rahasia"}
    return OutgoingMail.objects.create(**{**values, **over})


@pytest.fixture
def keeper(client, db):
    client.force_login(make_user(is_superuser=True))
    return client


class TestOutgoingMailAdmin:
    def test_list_shows_state_and_no_content(self, keeper):
        make_mail(last_error="SMTPServerDisconnected")
        page = keeper.get(LIST).content.decode()
        assert "Menunggu" in page
        assert "SMTPServerDisconnected" in page
        assert "rahasia" not in page

    def test_detail_shows_no_content(self, keeper):
        mail = make_mail()
        page = keeper.get(reverse("admin:accounts_outgoingmail_change", args=(mail.pk,))).content.decode()
        assert mail.message_id.strip("<>") in page
        assert "rahasia" not in page

    def test_failed_mail_is_queued_again_and_a_sent_one_is_not(self, keeper):
        failed = make_mail(state=OutgoingMail.State.FAILED, tries=12, ended_at=timezone.now())
        sent = make_mail(state=OutgoingMail.State.SENT, ended_at=timezone.now())
        answer = keeper.post(LIST, {"action": "send_again", "index": "0", "_selected_action": [failed.pk, sent.pk]})
        assert answer.status_code == 302
        failed.refresh_from_db(), sent.refresh_from_db()
        assert (failed.state, failed.tries) == ("queued", 0)
        assert sent.state == "sent"

    def test_a_mail_that_is_done_has_no_next_try(self, keeper):
        make_mail(state=OutgoingMail.State.SENT, ended_at=timezone.now())
        assert "pukul" not in keeper.get(LIST).content.decode().partition("Terkirim</td>")[2]

    def test_officer_does_not_see_it(self, client, cast):
        mail = make_mail()
        client.force_login(cast.officer)
        assert client.get(LIST).status_code == 403
        assert client.get(reverse("admin:accounts_outgoingmail_change", args=(mail.pk,))).status_code == 404


class TestMailCards:
    @pytest.fixture
    def cards(self, rf, cast):
        def read(person="superuser"):
            request = rf.get("/admin/")
            request.user = cast.people[person]
            return [card.title for card in mail_cards(request)]

        return read

    def test_mail_that_goes_out_is_not_mentioned(self, cards):
        make_mail()
        make_mail(state=OutgoingMail.State.SENT)
        assert cards() == []

    def test_mail_that_waits_or_was_given_up_is(self, cards):
        make_mail(created_at=timezone.now() - timedelta(hours=2))
        make_mail(state=OutgoingMail.State.FAILED)
        assert cards() == ["Surat tertahan", "Surat gagal"]
        assert cards("officer") == []

    def test_a_given_up_mail_that_was_blanked_is_history(self, cards):
        make_mail(state=OutgoingMail.State.FAILED, to="")
        assert cards() == []
