"""What a day brings to KIM: decrees begin and end, once, whoever runs the clock and however late."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.outbox import OutgoingMail
from groups.models import Decree, FormDraft, Kim, KimPolicy, MemberInvitation, Post
from kimportal.clock import TASKS
from tests.factories import make_area, make_decree, make_document, make_kim, make_membership, make_user

DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def end_on(kim, day):
    """As if the decree had been recorded with this end."""
    kim.decrees.update(valid_from=day - 400 * DAY, valid_until=day)
    Kim.objects.filter(pk=kim.pk).update(valid_until=day)


def complete(kim):
    """Everything but a decree."""
    for post in (Post.SECRETARY, Post.TREASURER):
        make_membership(kim, post)
    kim.bylaws = make_document()
    kim.save()


def status(kim):
    return Kim.objects.get(pk=kim.pk).status


class TestSettleDue:
    @pytest.mark.parametrize("days", [1, 40])
    def test_an_ended_decree_makes_inactive_however_many_nights_were_missed(self, db, days):
        kim = make_kim(status="active")
        end_on(kim, today() - days * DAY)
        Kim.objects.settle_due()
        assert status(kim) == "inactive"

    def test_the_last_day_still_counts(self, db):
        kim = make_kim(status="active")
        end_on(kim, today())
        assert Kim.objects.settle_due() == 0
        assert status(kim) == "active"

    def test_a_decree_that_begins_today_makes_active(self, db):
        kim = make_kim(status="verified")
        complete(kim)
        make_decree(kim, today() + DAY, decided_on=today())
        assert status(kim) == "verified"
        Decree.objects.update(valid_from=today())
        Kim.objects.settle_due()
        assert status(kim) == "active"

    def test_the_next_decree_takes_over_without_a_day_of_inactivity(self, db):
        kim = make_kim(status="active")
        end_on(kim, today() - DAY)
        Decree.objects.create(
            kim=kim, number="2", decided_on=today(), issuer="agency", valid_from=today(), valid_until=today() + 90 * DAY
        )
        Kim.objects.settle_due()
        kim.refresh_from_db()
        assert (kim.status, kim.valid_until) == ("active", today() + 90 * DAY)
        assert not kim.events.filter(action="inactive").exists()

    def test_what_lacks_something_is_not_looked_at_every_night(self, db):
        kim = make_kim(status="verified")
        make_decree(kim)
        assert Kim.objects.settle_due() == 0
        assert status(kim) == "verified"

    def test_happens_once_and_is_told_once(self, db):
        kim = make_kim(status="active")
        end_on(kim, today() - DAY)
        OutgoingMail.objects.all().delete()
        for _ in range(3):
            Kim.objects.settle_due()
        assert kim.events.filter(action="inactive").count() == 1
        assert OutgoingMail.objects.count() == 1

    def test_one_that_cannot_be_stored_hinders_no_other(self, db, caplog):
        broken, sound = make_kim(status="active"), make_kim(status="active")
        for kim in (broken, sound):
            end_on(kim, today() - DAY)
        Kim.objects.filter(pk=broken.pk).update(mode="x")
        Kim.objects.settle_due()
        assert (status(broken), status(sound)) == ("active", "inactive")
        assert str(broken.pk) in caplog.text

    def test_ended_decrees_are_found_by_an_index(self, db):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
        assert "kim_status_until" in Kim.objects.filter(status="active", valid_until__lt=today()).explain()

    @pytest.mark.parametrize("number", [1, 6])
    def test_looking_costs_three_queries(self, db, django_assert_num_queries, number):
        for _ in range(number):
            make_kim(status="active")
        with django_assert_num_queries(3):
            Kim.objects.all().due_to_settle()


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def run_both(self, task):
        def run():
            try:
                task()
            finally:
                connections.close_all()

        threads = [Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def test_do_everything_once(self):
        ended, ending = make_kim(status="active"), make_kim(status="active")
        end_on(ended, today() - DAY)
        end_on(ending, today() + 10 * DAY)
        OutgoingMail.objects.all().delete()
        self.run_both(lambda: (Kim.objects.settle_due(), Kim.objects.warn_due()))
        assert ended.events.filter(action="inactive").count() == 1
        assert ending.events.filter(action="warned").count() == 1
        assert OutgoingMail.objects.count() == 2


class TestWarnDue:
    def ending(self, days, **over):
        kim = make_kim(status="active", **over)
        end_on(kim, today() + days * DAY)
        return kim

    @pytest.mark.parametrize(("days", "letters"), [(61, 0), (60, 1), (1, 1), (0, 1)])
    def test_begins_sixty_days_before(self, db, days, letters):
        self.ending(days)
        assert Kim.objects.warn_due() == letters

    def test_once_for_each_end(self, db):
        kim = self.ending(20)
        OutgoingMail.objects.all().delete()
        assert [Kim.objects.warn_due() for _ in range(3)] == [1, 0, 0]
        end_on(kim, today() + 30 * DAY)
        assert Kim.objects.warn_due() == 1
        mails = OutgoingMail.objects.all()
        assert mails.count() == 2
        assert "segera berakhir" in mails[0].subject

    def test_the_area_says_how_many_days_before(self, db):
        KimPolicy.objects.create(area=make_area("13.07"), warning_days=10)
        make_area("13.71.01.1001")
        near, far = self.ending(20), self.ending(20, area="13.71.01.1001")
        assert Kim.objects.warn_due() == 1
        assert not near.events.filter(action="warned").exists()
        assert far.events.filter(action="warned").exists()

    def test_not_where_the_next_decree_is_recorded(self, db):
        kim = self.ending(20)
        start = today() + 21 * DAY
        Decree.objects.create(
            kim=kim, number="2", decided_on=today(), issuer="agency", valid_from=start, valid_until=start + 90 * DAY
        )
        assert Kim.objects.warn_due() == 0

    @pytest.mark.parametrize("status", ["verified", "dissolved"])
    def test_only_active_kim(self, db, status):
        kim = make_kim(status=status)
        Kim.objects.filter(pk=kim.pk).update(valid_until=today() + DAY)
        assert Kim.objects.warn_due() == 0

    def test_a_form_opened_before_is_not_stale_by_it(self, db):
        kim = self.ending(20)
        version = Kim.objects.get(pk=kim.pk).version
        Kim.objects.warn_due()
        assert Kim.objects.get(pk=kim.pk).version == version


class TestForget:
    def test_drafts_that_nobody_finished(self, db):
        user = make_user()
        FormDraft.objects.keep(user, "kim", {"name": "A"})
        FormDraft.objects.keep(user, "announcement:1", {"title": "B"})
        FormDraft.objects.filter(key="kim").update(kept_at=timezone.now() - 31 * DAY)
        assert FormDraft.objects.forget_stale() == 1
        assert FormDraft.objects.get().key == "announcement:1"

    def test_invitations_that_ended(self, db):
        kim = make_kim()
        for name in ("a@contoh.invalid", "b@contoh.invalid"):
            MemberInvitation.send(make_membership(kim), name, makes_admin=False, by=make_user())
        MemberInvitation.objects.filter(email="a@contoh.invalid").update(expires_at=timezone.now() - DAY)
        assert MemberInvitation.objects.forget_ended() == 1
        assert MemberInvitation.objects.get().email == "b@contoh.invalid"


def test_the_clock_runs_them_all(db):
    names = {
        "settle_kim",
        "warn_of_ending_decrees",
        "forget_form_drafts",
        "forget_member_invitations",
        "count_coverage",
    }
    tasks = {task.name: task for task in TASKS}
    assert names <= set(tasks)
    for name in names:
        tasks[name].run()
