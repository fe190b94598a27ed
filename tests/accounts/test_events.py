"""Events: appended only, chained, their texts erasable."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.events import AccountEvent, AccountEventText, EventHead, broken_chains, permit
from accounts.models import User
from tests.factories import make_user
from tests.together import together


@pytest.fixture
def user(db):
    return make_user()


def append(subject, action="granted", **over):
    values = {"actor": None, "actor_label": "Petugas Uji", "text": "Alasannya ini"}
    with transaction.atomic():
        return AccountEvent.append(subject, action, **{**values, **over})


@pytest.fixture
def chain(user):
    return [append(user, role=f"peran-{number}") for number in range(3)]


class TestAppend:
    def test_it_keeps_who_when_what_and_why(self, user):
        actor = make_user()
        append(user, actor=actor, role="verifier", areas=["13.07"])
        event = AccountEvent.objects.get(subject=user)
        assert (event.actor_key, event.actor_label, event.action) == (actor.pk, "Petugas Uji", "granted")
        assert event.data == {"role": "verifier", "areas": ["13.07"]}
        assert event.text == "Alasannya ini"
        assert datetime.now(UTC) - event.at < timedelta(minutes=1)

    def test_events_are_numbered_and_linked(self, chain):
        assert [event.sequence for event in chain] == [1, 2, 3]
        assert chain[1].previous_digest == chain[0].digest != ""

    def test_chains_of_two_objects_are_apart(self, chain):
        assert append(make_user()).sequence == 1

    def test_keys_do_not_count(self, chain):
        """An order of keys would order anonymous reports in time."""
        keys = [event.pk for event in chain]
        assert len(set(keys)) == 3
        assert all(key > 2**32 for key in keys)

    def test_a_day_without_a_time_stays_that_day_all_over_indonesia(self, user):
        append(user, at=date(2026, 11, 21))
        event = AccountEvent.objects.get()
        assert event.is_day_only
        assert {event.at.astimezone(zone).date() for zone in zones()} == {date(2026, 11, 21)}
        assert event.at.microsecond == event.at.second == 0

    def test_a_moment_is_no_mere_day(self, chain):
        assert not chain[0].is_day_only

    def test_without_a_transaction_it_is_refused(self, transactional_db):
        with pytest.raises(transaction.TransactionManagementError):
            AccountEvent.append(make_user(), "granted", actor=None, actor_label="Uji")

    @pytest.mark.parametrize("value", [1.5, date(2026, 1, 1), object()])
    def test_data_that_would_come_back_otherwise_is_refused(self, user, value):
        with pytest.raises(TypeError):
            append(user, value=value)

    def test_it_asks_the_database_four_times(self, user):
        append(user)
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            transaction.atomic(),
        ):
            AccountEvent.append(user, "revoked", actor=None, actor_label="Uji", text="Habis")
        statements = [each["sql"] for each in queries if not each["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
        assert len(statements) == 4

    def test_an_action_that_fails_leaves_no_event(self, user):
        def act():
            with transaction.atomic():
                append(user)
                raise ZeroDivisionError

        pytest.raises(ZeroDivisionError, act)
        assert not AccountEvent.objects.exists()
        assert not EventHead.objects.exists()


def zones():
    from zoneinfo import ZoneInfo

    return [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]


class TestBeginAll:
    def test_each_of_many_objects_begins_a_chain_that_goes_on(self, db):
        actor, users = make_user(), [make_user() for _ in range(3)]
        with transaction.atomic():
            AccountEvent.begin_all(users, "imported", actor=actor, actor_label="Petugas Uji", role="x")
        append(users[0])
        assert [AccountEvent.verify_chain(user) for user in users] == [True] * 3
        assert list(broken_chains(AccountEvent)) == []
        first = AccountEvent.objects.filter(subject=users[0]).order_by("sequence").first()
        assert (first.action, first.actor_key, first.data) == ("imported", actor.pk, {"role": "x"})

    def test_costs_the_same_for_three_and_thirty(self, db):
        costs = []
        for number in (3, 30):
            users = [make_user() for _ in range(number)]
            with transaction.atomic(), CaptureQueriesContext(connection) as queries:
                AccountEvent.begin_all(users, "imported", actor=users[0], actor_label="Petugas Uji")
            costs.append(len(queries))
        assert costs[0] == costs[1]

    def test_a_chain_that_has_begun_is_not_begun_again(self, chain, user):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountEvent.begin_all([user], "imported", actor=user, actor_label="Petugas Uji")


class TestAppendTogether:
    def test_parallel_writers_make_one_unbroken_chain(self, transactional_db):
        user = make_user()

        def work():
            for _ in range(5):
                with transaction.atomic():
                    locked = User.objects.select_for_update().get(pk=user.pk)
                    AccountEvent.append(locked, "granted", actor=None, actor_label="Uji", text="Sama-sama")

        together(4, work)
        assert list(AccountEvent.objects.values_list("sequence", flat=True)) == list(range(1, 21))
        assert AccountEvent.verify_chain(user)


class TestText:
    def test_erasing_leaves_the_event_and_the_chain_whole(self, user, chain):
        assert AccountEvent.objects.get(sequence=2).erase_text()
        event = AccountEvent.objects.get(sequence=2)
        assert event.text == ""
        assert event.is_text_erased
        assert AccountEvent.verify_chain(user)

    def test_an_event_without_text_has_none_to_erase(self, user):
        event = append(user, text="")
        assert not event.erase_text()
        assert not event.is_text_erased

    def test_equal_texts_have_different_digests(self, chain):
        """Otherwise an erased text could be found by comparing."""
        assert len({event.text_digest for event in chain}) == 3

    def test_a_list_reads_texts_with_its_events(self, user, chain, django_assert_num_queries):
        with django_assert_num_queries(1):
            texts = [event.text for event in AccountEvent.objects.filter(subject=user).select_related("text_row")]
        assert texts == ["Alasannya ini"] * 3


def tamper(sql, *values):
    """What somebody with the database's password can do: open a permit by hand and write."""
    with permit(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def delete(event):
    with permit():
        AccountEventText.objects.filter(event=event).delete()
        AccountEvent.objects.filter(pk=event.pk).delete()


class TestProblems:
    def test_a_whole_chain_has_none(self, user, chain):
        assert AccountEvent.problems(user) == []

    def test_an_object_without_events_has_none(self, user):
        assert AccountEvent.problems(user) == []

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("action", "x"),
            ("actor_label", "x"),
            ("actor_key", 7),
            ("data", '{"role": "x"}'),
            ("at", "2020-01-01T00:00Z"),
        ],
    )
    def test_an_altered_event_is_found(self, user, chain, column, value):
        tamper(f"UPDATE accounts_accountevent SET {column} = %s WHERE id = %s", value, chain[1].pk)
        assert AccountEvent.problems(user) == ["peristiwa 2 diubah"]

    def test_an_altered_text_is_found(self, user, chain):
        tamper("UPDATE accounts_accounteventtext SET text = 'lain' WHERE event_id = %s", chain[2].pk)
        assert AccountEvent.problems(user) == ["keterangan peristiwa 3 diubah"]

    def test_a_removed_event_is_found(self, user, chain):
        delete(chain[1])
        assert AccountEvent.problems(user) == ["peristiwa 2 hilang atau terselip"]

    def test_a_removed_first_event_is_found(self, user, chain):
        delete(chain[0])
        assert AccountEvent.problems(user)[0] == "peristiwa 1 hilang atau terselip"

    def test_a_removed_last_event_is_found(self, user, chain):
        delete(chain[2])
        assert AccountEvent.problems(user) == ["akhir rantai hilang atau ditambah"]

    def test_a_removed_last_event_with_a_rewritten_end_is_found(self, user, chain):
        delete(chain[2])
        EventHead.objects.update(sequence=2, digest=chain[1].digest)
        assert AccountEvent.problems(user) == ["segel rantai diubah"]

    def test_an_inserted_event_is_found(self, user, chain):
        forged = AccountEvent(
            subject=user, sequence=4, at=datetime.now(UTC), actor_label="x", action="x", digest="0" * 64
        )
        forged.save(force_insert=True)
        assert AccountEvent.problems(user) == ["peristiwa 4 diubah", "akhir rantai hilang atau ditambah"]

    def test_an_inserted_event_made_without_the_key_is_found(self, user, chain, settings):
        key, settings.EVENT_KEY = settings.EVENT_KEY, "kunci-lain"
        forged = AccountEvent(
            subject=user, sequence=4, at=datetime.now(UTC), actor_label="x", action="x", previous_digest=chain[2].digest
        )
        forged.digest = forged.compute_digest()
        forged.save(force_insert=True)
        settings.EVENT_KEY = key
        assert "peristiwa 4 diubah" in AccountEvent.problems(user)

    @pytest.mark.parametrize("is_relinked", [False, True])
    def test_a_true_event_of_another_past_is_found(self, user, chain, is_relinked):
        """Its own digest is right, but it does not follow the event before it, or did not when it was made."""
        with transaction.atomic():
            past = [append(user), append(user)]
            transaction.set_rollback(True)
        present = [append(user), append(user)]
        delete(present[1])
        past[1].previous_digest = present[0].digest if is_relinked else past[0].digest
        past[1].save(force_insert=True)
        assert "peristiwa 5 diubah" in AccountEvent.problems(user)

    def test_an_event_moved_to_another_object_is_found(self, user, chain):
        other = make_user()
        tamper("UPDATE accounts_accountevent SET subject_id = %s WHERE id = %s", other.pk, chain[0].pk)
        assert not AccountEvent.verify_chain(user)
        assert not AccountEvent.verify_chain(other)


class TestErase:
    def test_it_removes_the_whole_chain_and_no_other(self, user, chain):
        other = make_user()
        append(other)
        assert AccountEvent.erase(user) == 3
        assert AccountEvent.objects.count() == EventHead.objects.count() == 1
        assert list(broken_chains(AccountEvent)) == []
        assert append(user).sequence == 1


class TestBrokenChains:
    def test_it_names_the_object(self, user, chain):
        append(make_user())
        tamper("UPDATE accounts_accountevent SET action = 'x' WHERE id = %s", chain[0].pk)
        assert list(broken_chains(AccountEvent)) == [(user.pk, "peristiwa 1 diubah")]

    def test_it_finds_chains_that_are_gone_entirely(self, user, chain):
        for event in chain:
            delete(event)
        assert list(broken_chains(AccountEvent)) == [(str(user.pk), "semua peristiwa hilang")]

    def test_queries_do_not_grow_with_the_chains(self, db, django_assert_max_num_queries):
        for _ in range(20):
            append(make_user())
        with django_assert_max_num_queries(4):
            assert list(broken_chains(AccountEvent)) == []


class TestVerifyEvents:
    def test_it_counts(self, chain):
        out = io.StringIO()
        call_command("verify_events", stdout=out)
        assert "accounts_accountevent: 3 peristiwa, 0 rusak" in out.getvalue()

    def test_it_fails_and_names_what_is_broken(self, user, chain):
        delete(chain[2])
        out = io.StringIO()
        with pytest.raises(CommandError, match="1 kerusakan"):
            call_command("verify_events", stdout=out)
        assert f"{user.pk}: akhir rantai" in out.getvalue()
