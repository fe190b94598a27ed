from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.outbox import OutgoingMail
from partnerships.models import Commitment
from partnerships.workflow import COMMITMENT_TRANSITIONS, CommitmentStatus
from tests.factories import make_document, make_institution, make_kim, make_user
from tests.partnerships.factories import today
from tests.partnerships.meetings import make_attendance, make_commitment, make_liaison, make_meeting

pytestmark = pytest.mark.django_db


class TestMake:
    def test_it_begins_as_the_meeting_heard_it(self) -> None:
        assert make_commitment(status="ready").status == CommitmentStatus.READY
        with pytest.raises(ValidationError, match="direncanakan atau siap"):
            make_commitment(status="done")

    def test_the_party_and_the_host_are_told(self) -> None:
        liaison, institution = make_liaison()
        host = make_user()
        meeting = make_meeting(make_kim(admin=host))
        make_commitment(party=make_attendance(meeting, "Dinas Uji", institution))
        assert {mail.to for mail in OutgoingMail.objects.filter(subject__startswith="Tindak lanjut")} == {
            liaison.email,
            host.email,
        }


class TestMove:
    @pytest.mark.parametrize("start", ["planned", "ready", "in_progress", "done", "dropped"])
    @pytest.mark.parametrize("to", list(CommitmentStatus))
    def test_only_what_the_table_allows(self, start: str, to: CommitmentStatus) -> None:
        row = make_commitment()
        ended = None if start in {"planned", "ready", "in_progress"} else timezone.now()
        Commitment.objects.filter(pk=row.pk).update(status=start, evidence="Ada.", ended_at=ended)
        row.refresh_from_db()
        allowed = to in COMMITMENT_TRANSITIONS[CommitmentStatus(start)] or (to == start and ended is None)
        if allowed:
            row.move(to, by=make_user(), text="Alasan.", evidence="Ada.")
            row.refresh_from_db()
            assert row.status == to
        else:
            with pytest.raises(ValidationError):
                row.move(to, by=make_user(), text="Alasan.", evidence="Ada.")

    def test_done_needs_evidence_in_words_or_as_a_paper(self) -> None:
        row = make_commitment()
        with pytest.raises(ValidationError, match="memerlukan bukti"):
            row.move("done", by=make_user())
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=row.pk).update(status="done", ended_at=timezone.now())
        row.refresh_from_db()
        row.move("done", by=make_user(), evidence_file=make_document())
        assert row.ended_at is not None

    def test_dropped_needs_a_reason_that_stands_in_the_history(self) -> None:
        row = make_commitment()
        with pytest.raises(ValidationError, match="alasan"):
            row.move("dropped", by=make_user(), text=" ")
        row.move("dropped", by=make_user(), text="Anggaran dicabut.")
        assert row.meeting.events.order_by("-sequence")[0].text == "Anggaran dicabut."

    def test_an_end_without_its_moment_is_no_end(self) -> None:
        row = make_commitment()
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=row.pk).update(status="dropped")


class TestRemindDue:
    def letters(self) -> list[str]:
        kinds = ("Segera jatuh tempo", "Lewat tenggat")
        subjects = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)
        return [subject.split(":")[0] for subject in subjects if subject.startswith(kinds)]

    def test_soon_and_late_are_told_once_each_and_a_missed_night_loses_none(self, monkeypatch: Any) -> None:
        row = make_commitment(due_on=today(10))
        assert Commitment.objects.remind_due() == 0
        for days, letters in ((5, 1), (6, 1), (40, 2), (41, 2)):
            moment = timezone.now() + timedelta(days=days)
            with monkeypatch.context() as patch:
                patch.setattr(timezone, "now", lambda moment=moment: moment)
                Commitment.objects.remind_due()
                assert len(self.letters()) == letters
        assert self.letters() == ["Segera jatuh tempo", "Lewat tenggat"]
        row.refresh_from_db()
        row.move("planned", by=make_user(), due_on=today(3))
        assert Commitment.objects.remind_due() == 1

    def test_what_is_done_or_without_a_date_is_left_alone(self) -> None:
        make_commitment(due_on=None)
        make_commitment(due_on=today(-3)).move("done", by=make_user(), due_on=today(-3), evidence="Ada.")
        assert Commitment.objects.remind_due() == 0


class TestLists:
    def test_the_next_meeting_of_the_host_opens_with_what_is_open(self) -> None:
        kim = make_kim()
        before, other = make_meeting(kim), make_meeting()
        row, ended = make_commitment(before), make_commitment(make_meeting(kim))
        ended.move("dropped", by=make_user(), text="Batal.")
        make_commitment(other)
        coming = make_meeting(kim, session={"starts_at": timezone.now() + timedelta(days=9)})
        make_commitment(coming)
        assert list(Commitment.objects.carried_to(coming)) == [row]
        hosted = make_meeting(make_institution(), session={"starts_at": timezone.now() + timedelta(days=9)})
        assert list(Commitment.objects.carried_to(hosted)) == []

    def test_figures_and_parties_tell_done_and_late(self) -> None:
        meeting = make_meeting()
        party, late = make_attendance(meeting, "A"), make_attendance(meeting, "B")
        make_commitment(party=party).move("done", by=make_user(), evidence="Ada.")
        make_commitment(party=late, due_on=today(-1))
        make_commitment(party=late, due_on=today())
        make_commitment(party=late).move("dropped", by=make_user(), text="Batal.")
        rows = Commitment.objects.all()
        assert rows.figures() == {"total": 3, "done": 1, "late": 1}
        parties = [(row["party__line"], row["total"], row["done"], row["late"]) for row in rows.by_party()]
        assert parties == [("B", 2, 0, 1), ("A", 1, 1, 0)]

    def test_hosts_and_parties_have_their_own(self) -> None:
        liaison, institution = make_liaison()
        meeting = make_meeting(is_public=False)
        mine = make_commitment(party=make_attendance(meeting, "Dinas Uji", institution))
        make_commitment(party=make_attendance(meeting, "Lain"))
        assert list(Commitment.objects.of(liaison)) == [mine]
        assert not Commitment.objects.of(make_user()).exists()
