"""The outbox in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

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

    def test_officer_does_not_see_it(self, client, db):
        from tests.cast import make_cast

        mail = make_mail()
        client.force_login(make_cast().officer)
        assert client.get(LIST).status_code == 403
        assert client.get(reverse("admin:accounts_outgoingmail_change", args=(mail.pk,))).status_code == 404
