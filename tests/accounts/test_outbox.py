"""Outgoing mail: nothing lost, nothing twice, nothing kept longer than needed."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import outbox
from accounts.outbox import MAX_TRIES, OutboxBackend, OutgoingMail, blank_sent, queue_mail, send_due
from tests.together import together

State = OutgoingMail.State


class FakeServer(BaseEmailBackend):
    """A mail server that notes what it takes, and fails as told."""

    taken: list[EmailMessage] = []
    failure: Exception | None = None
    is_down = False
    opened = 0

    def open(self):
        type(self).opened += 1
        if self.is_down:
            raise ConnectionRefusedError("server away")

    def send_messages(self, messages):
        if self.failure:
            raise self.failure
        self.taken.extend(messages)
        return len(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.OUTBOX_BACKEND = f"{__name__}.FakeServer"
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    for name, value in {"taken": [], "failure": None, "is_down": False, "opened": 0}.items():
        monkeypatch.setattr(FakeServer, name, value)
    return FakeServer


def queue(to="warga@contoh.invalid", subject="Halo", body="Isi"):
    return outbox.write(to, subject, body)


def later(**step):
    """Make every waiting mail due as if this much time had passed."""
    OutgoingMail.objects.waiting().update(due_at=F("due_at") - timedelta(**step))


@pytest.fixture
def template(settings, tmp_path):
    """Write a mail template and return its name."""

    def write(text):
        (tmp_path / "surat.txt").write_text(text)
        return "surat.txt"

    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": {}}]
    return write


class TestQueueMail:
    def test_first_line_is_the_subject_and_the_rest_the_body(self, db, template):
        name = template("Laporan {{ number }}\n\nHalo {{ name }},\n\nsalam\n")
        row = queue_mail("warga@contoh.invalid", name, {"number": 7, "name": "Bu <Siti> & Co"})
        assert (row.subject, row.body) == ("Laporan 7", "Halo Bu <Siti> & Co,\n\nsalam\n")
        assert (row.to, row.state, row.template) == ("warga@contoh.invalid", State.QUEUED, "surat.txt")

    def test_the_site_address_is_known(self, db, template, settings):
        settings.SITE_URL = "https://kim.contoh.invalid"
        row = queue_mail("warga@contoh.invalid", template("S\n\n{{ SITE_URL }}/laporan/"), {})
        assert row.body == "https://kim.contoh.invalid/laporan/\n"

    @pytest.mark.parametrize("title", ["Air\r\nBcc: semua@contoh.invalid", "Air\nX: y", "Air\x0bX: y"])
    def test_a_line_break_in_a_value_makes_no_header(self, db, template, server, title):
        queue_mail("warga@contoh.invalid", template("Laporan {{ title }}\n\nIsi"), {"title": title})
        send_due()
        sent = server.taken[0].message()
        assert "bcc" not in sent
        assert "X" not in sent

    @pytest.mark.parametrize(
        "to", ["a@contoh.invalid\nBcc: b@contoh.invalid", "a@contoh.invalid\r", "x\0@contoh.invalid"]
    )
    def test_a_line_break_in_the_address_is_refused(self, db, template, to):
        with pytest.raises(BadHeaderError):
            queue_mail(to, template("S\n\nB"), {})

    @pytest.mark.parametrize("to", ["", "bukan alamat", "a@b@c", "a@contoh.invalid, b@contoh.invalid"])
    def test_what_is_no_address_is_refused(self, db, template, to):
        with pytest.raises(ValidationError):
            queue_mail(to, template("S\n\nB"), {})

    def test_an_action_that_fails_sends_no_mail(self, db, template, server):
        def act():
            with transaction.atomic():
                queue_mail("warga@contoh.invalid", template("S\n\nB"), {})
                raise ZeroDivisionError

        pytest.raises(ZeroDivisionError, act)
        assert send_due() == 0


class TestOutboxBackend:
    def test_django_s_own_mails_become_rows(self, db, server):
        send_mail("Judul", "Isi", None, ["a@contoh.invalid"])
        assert server.taken == mail.outbox == []
        assert OutgoingMail.objects.get().to == "a@contoh.invalid"

    def test_each_address_gets_its_own_mail(self, db):
        message = EmailMessage(
            "Judul", "Isi", None, ["a@contoh.invalid"], cc=["b@contoh.invalid"], bcc=["c@contoh.invalid"]
        )
        OutboxBackend().send_messages([message])
        assert set(OutgoingMail.objects.values_list("to", flat=True)) == {f"{name}@contoh.invalid" for name in "abc"}

    def test_a_name_before_the_address_is_left_out(self, db):
        send_mail("Judul", "Isi", None, ["Siti <a@contoh.invalid>"])
        assert OutgoingMail.objects.get().to == "a@contoh.invalid"

    def test_only_the_plain_text_travels(self, db):
        message = EmailMultiAlternatives("Judul", "Isi", None, ["a@contoh.invalid"])
        message.attach_alternative("<p>Isi</p>", "text/html")
        message.send()
        assert OutgoingMail.objects.get().body == "Isi"

    def test_an_attachment_is_refused_rather_than_lost(self, db):
        message = EmailMessage("Judul", "Isi", None, ["a@contoh.invalid"], attachments=[("a.txt", "x", "text/plain")])
        with pytest.raises(ValueError, match="plain text"):
            message.send()

    def test_a_line_break_in_the_subject_is_refused(self, db):
        with pytest.raises(BadHeaderError):
            send_mail("Judul\nBcc: x@contoh.invalid", "Isi", None, ["a@contoh.invalid"])


class TestSendDue:
    def test_it_sends_each_once(self, db, server):
        queue("a@contoh.invalid"), queue("b@contoh.invalid")
        assert [send_due(limit=1), send_due(), send_due()] == [1, 1, 0]
        assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}  # not claimed again
        assert sorted(message.to[0] for message in server.taken) == ["a@contoh.invalid", "b@contoh.invalid"]

    def test_with_nothing_due_the_server_is_left_alone(self, db, server):
        send_due()
        assert server.opened == 0

    def test_headers(self, db, server):
        row = queue()
        send_due()
        sent = server.taken[0].message()
        assert sent["Message-ID"] == row.message_id
        assert sent["Auto-Submitted"] == "auto-generated"
        assert sent["To"] == "warga@contoh.invalid"

    def test_an_outage_loses_none_and_uses_up_no_tries(self, db, server):
        queue(), queue()
        server.is_down = True
        for _ in range(50):
            assert send_due() == 0
            later(days=1)
        assert set(OutgoingMail.objects.values_list("state", "tries")) == {(State.QUEUED, 0)}
        server.is_down = False
        assert send_due() == 2
        assert len(server.taken) == 2

    def test_a_refusal_waits_longer_each_time(self, db, server):
        row = queue()
        server.failure = smtplib.SMTPServerDisconnected("gone")
        pauses = []
        for _ in range(4):
            send_due()
            row.refresh_from_db()
            pauses.append(round((row.due_at - timezone.now()).total_seconds() / 60))
            later(days=1)
        assert pauses == [1, 2, 4, 8]

    def test_before_the_pause_is_over_it_is_not_tried(self, db, server):
        row = queue()
        server.failure = smtplib.SMTPServerDisconnected("gone")
        send_due(), send_due()
        row.refresh_from_db()
        assert row.tries == 1

    def test_it_gives_up_visibly(self, db, server, caplog):
        row = queue()
        server.failure = smtplib.SMTPRecipientsRefused({"warga@contoh.invalid": (550, b"warga@contoh.invalid unknown")})
        for _ in range(MAX_TRIES + 3):
            send_due()
            later(days=1)
        row.refresh_from_db()
        assert (row.state, row.tries, row.last_error) == (State.FAILED, MAX_TRIES, "SMTPRecipientsRefused")
        assert "tidak dapat dikirim" in caplog.text
        assert "warga@contoh.invalid" not in caplog.text

    def test_one_bad_mail_does_not_stop_the_others(self, db, server, monkeypatch):
        bad, good = queue("buruk@contoh.invalid"), queue("baik@contoh.invalid")

        def refuse_bad(self, messages):
            if messages[0].to == ["buruk@contoh.invalid"]:
                raise smtplib.SMTPDataError(554, b"no")
            self.taken.extend(messages)
            return 1

        monkeypatch.setattr(FakeServer, "send_messages", refuse_bad)
        assert send_due() == 1
        bad.refresh_from_db(), good.refresh_from_db()
        assert (bad.last_error, good.state) == ("SMTPDataError 554", State.SENT)

    def test_a_worker_killed_after_sending_repeats_that_one_with_the_same_identity(self, db, server, monkeypatch):
        queue("a@contoh.invalid"), queue("b@contoh.invalid")
        with monkeypatch.context() as death:
            death.setattr(OutgoingMail, "mark_sent", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
            pytest.raises(KeyboardInterrupt, send_due)
        FakeServer.taken, first = [], server.taken
        assert send_due() == 1  # the other one; the first is still held
        later(minutes=6)
        assert send_due() == 1
        again = [message for message in FakeServer.taken if message.to == first[0].to]
        assert len(again) == len(first) == 1
        for header in ("Message-ID", "Date", "Subject"):
            assert again[0].message()[header] == first[0].message()[header]


class TestSendDueTogether:
    def test_two_workers_send_each_once(self, transactional_db, server):
        for number in range(20):
            queue(f"warga{number}@contoh.invalid")
        together(2, send_due)
        send_due()
        assert sorted(message.to[0] for message in server.taken) == sorted(
            f"warga{n}@contoh.invalid" for n in range(20)
        )


def end(row, state, days):
    OutgoingMail.objects.filter(pk=row.pk).update(state=state, ended_at=timezone.now() - timedelta(days=days))


class TestBlankSent:
    @pytest.mark.parametrize(
        ("state", "days", "is_blank"),
        [(State.SENT, 8, True), (State.SENT, 6, False), (State.FAILED, 8, False), (State.FAILED, 31, True)],
    )
    def test_addresses_and_texts_go_after_their_time(self, db, state, days, is_blank):
        row = queue()
        end(row, state, days)
        assert blank_sent() == is_blank
        row.refresh_from_db()
        assert ((row.to, row.sender, row.subject, row.body) == ("", "", "", "")) is is_blank
        assert row.state == state

    def test_waiting_mail_keeps_its_text_however_old(self, db):
        queue()
        later(days=100)
        assert blank_sent() == 0


class TestSendAgain:
    def test_a_given_up_mail_is_sent_after_all(self, db, server):
        row = queue()
        end(row, State.FAILED, 1)
        assert row.send_again()
        assert send_due() == 1

    def test_a_blank_or_sent_one_is_not(self, db):
        sent, blank = queue(), queue()
        end(sent, State.SENT, 1)
        end(blank, State.FAILED, 31)
        blank_sent()
        assert not sent.send_again()
        assert not blank.send_again()


class TestOldestWaiting:
    def test_it_is_the_moment_of_the_oldest_that_waits(self, db):
        end(queue(), State.SENT, 1)
        assert OutgoingMail.objects.oldest_waiting() is None
        oldest = queue()
        queue()
        assert OutgoingMail.objects.oldest_waiting() == oldest.created_at


class TestFileBackend:
    def test_the_demo_writes_mails_as_files(self, db, settings, tmp_path):
        settings.OUTBOX_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        queue(subject="Judul berkas")
        assert send_due() == 1
        assert "Judul berkas" in next((tmp_path / "mail").iterdir()).read_text()
