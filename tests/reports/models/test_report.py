"""The actions: what each changes, what it refuses, what it tells whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.outbox import OutgoingMail
from reports.models import Actor, Audience, Report, ReportCount
from reports.models.filing import Contact
from reports.models.report import StaleReport, sentence_of
from reports.workflow import FINISHED, TEXT_REQUIRED, TRANSITIONS, CloseReason, HoldReason, Status
from tests.factories import make_institution, make_report

pytestmark = pytest.mark.django_db
OFFICER = Actor("Petugas laporan uji")


def extras(to: Status) -> dict[str, object]:
    """What a change to this state needs beside a text."""
    if to == Status.ON_HOLD:
        return {"hold_reason": HoldReason.POSTPONED}
    if to == Status.CLOSED:
        return {"close_reason": CloseReason.OFFICER, "closed_at": timezone.now()}
    return {"institution": make_institution()} if to in {Status.FORWARDED, Status.NOT_AUTHORIZED} else {}


class TestChangeStatus:
    @pytest.mark.parametrize("start", list(Status))
    def test_every_allowed_change_works_and_every_other_is_refused(self, start: Status) -> None:
        for to in Status:
            report = make_report(status=start)
            before = report.events.count()
            if to in TRANSITIONS[start]:
                report.change_status(to, by=OFFICER, text="Keterangan.", **extras(to))
                assert Report.objects.get(pk=report.pk).status == to
                assert report.events.count() == before + 1
                continue
            with pytest.raises(ValidationError):
                report.change_status(to, by=OFFICER, text="Keterangan.", **extras(to))
            assert Report.objects.get(pk=report.pk).status == start
            assert report.events.count() == before

    @pytest.mark.parametrize("to", sorted(TEXT_REQUIRED))
    def test_text_is_required(self, to: Status) -> None:
        start = next(state for state, ends in TRANSITIONS.items() if to in ends)
        report = make_report(status=start)
        with pytest.raises(ValidationError, match="Tulis keterangan"):
            report.change_status(to, by=OFFICER, text="  ", **extras(to))

    @pytest.mark.parametrize("to", [Status.FORWARDED, Status.NOT_AUTHORIZED])
    def test_institution_is_required(self, to: Status) -> None:
        with pytest.raises(ValidationError, match="Pilih lembaga"):
            make_report(status=Status.VERIFIED).change_status(to, by=OFFICER, text="Keterangan.")

    def test_stale_version_changes_nothing(self) -> None:
        report = make_report()
        seen = report.version
        report.verify(by=OFFICER, version=seen)
        with pytest.raises(StaleReport):
            report.archive(by=OFFICER, text="Keterangan.", version=seen)
        assert Report.objects.get(pk=report.pk).status == Status.VERIFIED

    def test_deadline_follows_the_state_and_ends_with_it(self) -> None:
        for status in Status:
            report = make_report(status=status)
            assert (report.due_at is None) == (status in FINISHED)

    def test_counters_move_with_the_report(self) -> None:
        make_report(status=Status.CLOSED)
        left = {row.status: row.count for row in ReportCount.objects.all()}
        assert left.pop(Status.CLOSED) == 1
        assert set(left.values()) == {0}

    def test_database_refuses_what_the_methods_would_not_do(self) -> None:
        report = make_report()
        wrong: list[dict[str, object]] = [
            {"status": "hilang"},
            {"is_pending": False},
            {"status": Status.FORWARDED},
            {"status": Status.ON_HOLD},
            {"status": Status.CLOSED, "is_pending": False},
            {"is_published": True},
            {"is_published": True, "published_at": timezone.now(), "public_text": "Teks", "is_secret": True},
            {"public_text": "Teks tanpa tampil"},
            {"latitude": 1},
            {"description": ""},
        ]
        for values in wrong:
            with pytest.raises(IntegrityError), transaction.atomic():
                Report.objects.filter(pk=report.pk).update(**values)


class TestTellReporter:
    def contact(self) -> Contact:
        return Contact(email="uji@contoh.invalid")

    def test_each_step_of_others_is_one_mail(self) -> None:
        report = make_report(status=Status.IN_FOLLOW_UP, contact=self.contact())
        OutgoingMail.objects.all().delete()
        report.answer(by=OFFICER, text="Sudah ditambal tanggal 3.")
        letter = OutgoingMail.objects.get()
        assert letter.to == "uji@contoh.invalid"
        assert "Sudah ditambal tanggal 3." in letter.body

    def test_own_steps_are_not_told(self) -> None:
        report = make_report(status=Status.ANSWERED, contact=self.contact())
        OutgoingMail.objects.all().delete()
        report.confirm()
        assert not OutgoingMail.objects.exists()

    def test_secret_report_tells_that_there_is_news_and_nothing_else(self) -> None:
        report = make_report(status=Status.IN_FOLLOW_UP, contact=self.contact(), is_secret=True)
        OutgoingMail.objects.all().delete()
        report.answer(by=OFFICER, text="Sudah ditambal tanggal 3.")
        body = OutgoingMail.objects.get().body
        assert "ditambal" not in body
        assert report.description not in body


class TestForward:
    def test_institution_learns_the_matter_and_not_the_person(self) -> None:
        report = make_report(
            status=Status.VERIFIED, contact=Contact("Nama Uji", "uji@contoh.invalid", "0812 0000 0000")
        )
        OutgoingMail.objects.all().delete()
        report.forward(by=OFFICER, text="Mohon diperbaiki.", institution=make_institution(email="dinas@contoh.invalid"))
        letter = OutgoingMail.objects.get(to="dinas@contoh.invalid")
        assert report.description in letter.body
        assert not any(mark in letter.body for mark in ("Nama Uji", "uji@contoh.invalid", "0812"))

    def test_secret_matter_is_not_mailed(self) -> None:
        report = make_report(status=Status.VERIFIED, is_secret=True)
        report.forward(by=OFFICER, text="Mohon hati-hati.", institution=make_institution(email="dinas@contoh.invalid"))
        body = OutgoingMail.objects.get(to="dinas@contoh.invalid").body
        assert report.description not in body
        assert "hati-hati" not in body


class TestReporterActions:
    def test_answer_to_a_question_brings_the_report_back(self) -> None:
        report = make_report(status=Status.ON_HOLD)
        report.add_information(text="Di Jorong Koto.")
        assert report.status == Status.SUBMITTED
        assert [event.action for event in report.events.order_by("sequence")][-2:] == ["information_added", "submitted"]

    def test_information_does_not_end_a_postponement(self) -> None:
        report = make_report()
        report.postpone(by=OFFICER, text="Menunggu anggaran.")
        report.add_information(text="Makin parah.")
        assert report.status == Status.ON_HOLD

    def test_dispute_within_the_days_reopens(self) -> None:
        report = make_report(status=Status.CLOSED)
        report.dispute(text="Lubangnya masih ada.")
        assert report.status == Status.DISPUTED
        assert report.is_pending

    def test_dispute_after_the_days_is_refused_with_a_way_out(self) -> None:
        report = make_report(status=Status.CLOSED)
        report.closed_at = timezone.now() - timedelta(days=60)
        report.save(update_fields=["closed_at"])
        with pytest.raises(ValidationError, match="buat laporan baru"):
            report.dispute(text="Lubangnya masih ada.")

    def test_days_of_an_earlier_closing_do_not_count_for_a_new_answer(self) -> None:
        report = make_report(status=Status.CLOSED)
        report.dispute(text="Lubangnya masih ada.")
        Report.objects.filter(pk=report.pk).update(closed_at=timezone.now() - timedelta(days=60))
        report.answer(by=OFFICER, text="Sudah ditambal lagi.")
        report.dispute(text="Belum, masih berlubang.")
        assert report.status == Status.DISPUTED

    def test_second_press_adds_the_same_words_once(self) -> None:
        for report in (make_report(), make_report(status=Status.ON_HOLD)):
            for _ in range(2):
                report.add_information(text="Di Jorong Koto.")
            assert report.events.filter(action="information_added").count() == 1

    def test_same_words_after_a_step_of_others_are_new(self) -> None:
        report = make_report()
        report.add_information(text="Masih rusak.")
        report.ask(by=OFFICER, text="Bagaimana sekarang?")
        report.add_information(text="Masih rusak.")
        assert report.events.filter(action="information_added").count() == 2
        assert report.status == Status.SUBMITTED

    def test_second_press_of_confirm_is_refused_and_writes_nothing(self) -> None:
        report = make_report(status=Status.ANSWERED)
        report.confirm()
        count = report.events.count()
        with pytest.raises(ValidationError):
            report.confirm()
        assert report.events.count() == count

    def test_acts_of_an_anonymous_reporter_carry_only_the_day(self) -> None:
        report = make_report(status=Status.ANSWERED, is_anonymous=True)
        report.add_information(text="Sudah saya lihat.")
        report.confirm()
        own = [event for event in report.events.all() if event.actor_label == "Pelapor"]
        assert len(own) == 3
        assert all(event.is_day_only for event in own)
        assert report.closed_at == report.start_of_day(timezone.now())


class TestPublish:
    def test_shows_the_approved_text_only(self) -> None:
        report = make_report(status=Status.VERIFIED)
        report.publish(by=OFFICER, text="Jalan berlubang.", place="", photo_ids=[])
        shown = Report.objects.published().get()
        assert (shown.public_text, shown.public_place) == ("Jalan berlubang.", "")

    def test_nothing_is_public_before_verification(self) -> None:
        report = make_report()
        with pytest.raises(ValidationError, match="Verifikasi"):
            report.publish(by=OFFICER, text="Teks", place="", photo_ids=[])

    def test_secret_report_is_never_published(self) -> None:
        report = make_report(status=Status.VERIFIED, is_secret=True)
        with pytest.raises(ValidationError, match="rahasia"):
            report.publish(by=OFFICER, text="Teks", place="", photo_ids=[])

    def test_raised_secrecy_takes_everything_back_at_once(self) -> None:
        report = make_report(status=Status.VERIFIED, published=True)
        report.raise_secrecy(by=OFFICER, text="Ada ancaman.")
        row = Report.objects.get(pk=report.pk)
        assert (row.is_published, row.public_text, row.public_place, row.published_at) == (False, "", "", None)

    def test_what_is_set_aside_or_waits_again_is_hidden(self) -> None:
        report = make_report(status=Status.VERIFIED, published=True)
        report.archive(by=OFFICER, text="Ternyata iklan.")
        assert not Report.objects.published().exists()

    def test_lowered_secrecy_publishes_nothing(self) -> None:
        report = make_report(status=Status.VERIFIED, is_secret=True)
        report.lower_secrecy(by=Actor.reporter(), text="Sudah aman.")
        assert not Report.objects.published().exists()

    def test_secrecy_that_is_not_there_is_not_lowered(self) -> None:
        """Its event hides every answer before it from the public page."""
        report = make_report(status=Status.VERIFIED)
        with pytest.raises(ValidationError, match="tidak rahasia"):
            report.lower_secrecy(by=Actor.reporter(), text="Boleh dibaca umum.")


class TestViewIdentity:
    def test_each_view_is_an_event_with_its_reason_for_officers_only(self) -> None:
        report = make_report(contact=Contact("Nama Uji"))
        shown = report.view_identity(by=OFFICER, reason="Perlu menanyakan letak jalan.")
        assert shown is not None
        assert shown.name == "Nama Uji"
        event = report.events.latest("sequence")
        assert (event.action, event.audience, event.text) == (
            "identity_viewed",
            Audience.PRIVATE,
            "Perlu menanyakan letak jalan.",
        )

    def test_short_reason_is_refused(self) -> None:
        report = make_report(contact=Contact("Nama Uji"))
        with pytest.raises(ValidationError):
            report.view_identity(by=OFFICER, reason="ingin tahu"[:9])
        assert not report.events.filter(action="identity_viewed").exists()


class TestHistory:
    def test_chain_of_a_whole_life_holds(self) -> None:
        report = make_report(status=Status.DISPUTED, published=True)
        assert report.events.model.problems(report) == []

    def test_private_notes_are_for_officers(self) -> None:
        report = make_report()
        assert report.add_note(by=OFFICER, text="Hubungi wali nagari.").audience == Audience.PRIVATE


class TestSentenceOf:
    def test_rule_that_the_database_refuses_is_the_rules_own_sentence(self) -> None:
        report = make_report(status=Status.VERIFIED)
        with pytest.raises(ValidationError, match="Tulis isi yang boleh dibaca umum"):
            report.publish(by=OFFICER, text="", place="", photo_ids=[])
        assert not Report.objects.published().exists()

    def test_unknown_fault_is_not_dressed_up(self) -> None:
        with pytest.raises(IntegrityError, match="lain"):
            sentence_of(make_report(), IntegrityError("aturan lain"))


class TestCost:
    def test_a_step_asks_the_database_for_no_rule_beforehand(self, django_assert_max_num_queries: Any) -> None:
        report = make_report()
        with django_assert_max_num_queries(20):
            report.verify(by=OFFICER)
