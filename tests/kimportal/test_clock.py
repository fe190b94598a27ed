"""The worker's clock: every due task once, whatever happened before."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from kimportal import clock
from kimportal.clock import LEASE, TASKS, Task, claim, run_due
from kimportal.models import ScheduledTask
from tests.together import together


@pytest.fixture
def runs():
    return []


def noted(runs, name="uji", every=3600):
    return Task(name, every, lambda: runs.append(name))


def failing(error, name="gagal"):
    def run():
        raise error

    return Task(name, 3600, run)


def due_since(**ago):
    ScheduledTask.objects.update(next_at=timezone.now() - timedelta(**ago))


def pause(name):
    return ScheduledTask.objects.get(name=name).next_at - timezone.now()


class GoneError(Exception):
    """What psycopg2 raises when the server is not there: no code."""

    pgcode = None


def away():
    error = OperationalError("server closed the connection")
    error.__cause__ = GoneError()
    return error


class TestTasks:
    def test_names_are_told_apart(self):
        names = [task.name for task in TASKS]
        assert len(set(names)) == len(names)

    def test_all_of_them_run_on_an_empty_database(self, db):
        assert run_due() == []
        assert ScheduledTask.objects.count() == len(TASKS)

    def test_mail_goes_out_within_ten_seconds(self):
        assert next(task for task in TASKS if task.name == "send_mail").every_seconds <= 10


class TestRunDue:
    def test_a_task_runs_at_once_and_then_not_before_its_time(self, db, runs):
        task = noted(runs)
        run_due([task]), run_due([task])
        assert runs == ["uji"]
        assert timedelta(minutes=59) < pause("uji") <= timedelta(hours=1)

    def test_after_three_days_of_sleep_it_runs_once(self, db, runs):
        task = noted(runs)
        run_due([task])
        due_since(days=3)
        for _ in range(5):
            run_due([task])
        assert runs == ["uji", "uji"]

    def test_a_failing_task_hinders_no_other_and_is_named(self, db, runs):
        assert run_due([failing(ValueError("x")), noted(runs)]) == ["gagal"]
        assert runs == ["uji"]

    def test_a_failing_task_is_tried_again_before_its_usual_time(self, db):
        run_due([failing(ValueError("x"))])
        assert pause("gagal") <= LEASE

    def test_the_log_tells_where_but_not_with_which_values(self, db, caplog):
        run_due([failing(ValueError("Key (email)=(siti@contoh.invalid) already exists"))])
        assert "gagal" in caplog.text
        assert "ValueError" in caplog.text
        assert "test_clock.py" in caplog.text
        assert "siti@" not in caplog.text

    def test_while_the_database_is_away_it_stops(self, db, runs):
        with pytest.raises(OperationalError):
            run_due([failing(away()), noted(runs)])
        assert runs == []

    def test_a_task_whose_worker_died_runs_again_after_the_lease(self, db, runs):
        task = noted(runs, every=86400)
        assert claim(task)  # and then nothing: killed
        run_due([task])
        assert runs == []
        ScheduledTask.objects.update(next_at=timezone.now() - timedelta(seconds=1) + (pause("uji") - LEASE))
        run_due([task])
        assert runs == ["uji"]

    def test_with_nothing_due_it_asks_once(self, db, runs, django_assert_num_queries):
        task = noted(runs)
        run_due([task])
        with django_assert_num_queries(1):
            run_due([task])


class TestClaim:
    @pytest.mark.parametrize("is_known", [False, True])
    def test_of_many_workers_one_gets_it(self, transactional_db, is_known):
        task = noted([])
        if is_known:
            claim(task)
            due_since(hours=1)
        assert sorted(together(4, lambda: claim(task))) == [False, False, False, True]


class TestClearSessions:
    def test_it_forgets_ended_sessions_only(self, db):
        from django.contrib.sessions.models import Session

        for name, hours in (("habis", -1), ("masih", 1)):
            Session.objects.create(session_key=name, expire_date=timezone.now() + timedelta(hours=hours))
        clock.clear_sessions()
        assert list(Session.objects.values_list("session_key", flat=True)) == ["masih"]
