"""Rules that the database itself keeps."""

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

from accounts import triggers
from accounts.events import AccountEvent, AccountEventText
from accounts.triggers import AppendOnly, Rebuild, RefuseWhen, expected_triggers, installed_triggers, permit
from tests.factories import make_user


def refused(sql, *values):
    """Whether the database refuses this statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


def make_event(text="alasan"):
    user = make_user()
    with transaction.atomic():
        return AccountEvent.append(user, "granted", actor=user, actor_label="Uji", text=text)


class TestExpectedTriggers:
    def test_the_database_has_exactly_the_triggers_of_the_migrations(self, db):
        """Django drops a table's triggers on SQLite when it rebuilds the table, without a word."""
        assert installed_triggers(connection) == expected_triggers(connection.vendor)

    def test_every_table_of_events_is_append_only_and_its_texts_too(self, db):
        from accounts.management.commands.verify_events import event_models

        installed = installed_triggers(connection)
        for model in event_models():
            table, texts = model._meta.db_table, model.text_model()._meta.db_table
            wanted = {f"{table}_append_only_update", f"{table}_append_only_delete", f"{texts}_append_only_update"}
            assert wanted <= installed

    def test_a_dropped_trigger_is_noticed(self, db):
        operation = AppendOnly("accounts_accountevent")
        with connection.cursor() as cursor:
            cursor.execute(operation.drop(connection.vendor, "accounts_accountevent_append_only_update"))
        assert expected_triggers(connection.vendor) - installed_triggers(connection) == {
            "accounts_accountevent_append_only_update"
        }


class TestAppendOnly:
    def test_an_event_cannot_be_changed(self, db):
        event = make_event()
        assert refused("UPDATE accounts_accountevent SET action = 'x' WHERE id = %s", event.pk)

    def test_an_event_cannot_be_deleted(self, db):
        event = make_event(text="")
        assert refused("DELETE FROM accounts_accountevent WHERE id = %s", event.pk)

    def test_a_text_cannot_be_changed_but_erased(self, db):
        event = make_event()
        assert refused("UPDATE accounts_accounteventtext SET text = 'x' WHERE event_id = %s", event.pk)
        assert not refused("DELETE FROM accounts_accounteventtext WHERE event_id = %s", event.pk)

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
    def test_a_table_of_events_cannot_be_emptied(self, db):
        make_event()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or PostgreSQL refuses for another reason
        assert refused("TRUNCATE accounts_accountevent, accounts_accounteventtext")


class TestPermit:
    def test_a_permit_lets_retention_delete(self, db):
        event = make_event()
        with permit():
            AccountEventText.objects.all().delete()
            AccountEvent.objects.filter(pk=event.pk).delete()
        assert not AccountEvent.objects.exists()

    def test_a_permit_ends(self, db):
        event = make_event()
        with permit(), permit():
            pass
        assert refused("DELETE FROM accounts_accountevent WHERE id = %s", event.pk)

    def test_an_inner_permit_leaves_the_outer_one_open(self, db):
        event = make_event(text="")
        with permit():
            with permit():
                pass
            AccountEvent.objects.filter(pk=event.pk).delete()
        assert not AccountEvent.objects.exists()

    def test_a_permit_ends_with_an_error_too(self, db):
        event = make_event(text="")
        with pytest.raises(ZeroDivisionError), permit():
            raise ZeroDivisionError
        assert refused("DELETE FROM accounts_accountevent WHERE id = %s", event.pk)


class Scratch:
    """Two small tables of their own, so that operations can be run on them."""

    parent, child = "scratch_parent", "scratch_child"

    def __init__(self):
        self.state = ProjectState()
        flag = ("is_closed", models.BooleanField(default=False))
        key = ("id", models.BigIntegerField(primary_key=True))
        self.state.add_model(ModelState("scratch", "Parent", [key, flag]))
        link = ("parent", models.ForeignKey("scratch.Parent", models.CASCADE))
        self.state.add_model(ModelState("scratch", "Child", [key, link]))
        with connection.schema_editor() as editor:
            for name in ("parent", "child"):
                editor.create_model(self.state.apps.get_model("scratch", name))

    def run(self, operation, backwards=False):
        after = self.state.clone()
        operation.state_forwards("scratch", after)
        with connection.schema_editor() as editor:
            if backwards:
                operation.database_backwards("scratch", editor, after, self.state)
            else:
                operation.database_forwards("scratch", editor, self.state, after)
        return after


@pytest.fixture
def scratch(transactional_db):
    tables = Scratch()
    yield tables
    with connection.schema_editor() as editor:
        for name in (tables.child, tables.parent):
            editor.execute(f"DROP TABLE {name}")


CLOSED = RefuseWhen(
    Scratch.child,
    "open_parent",
    on=("INSERT", "UPDATE"),
    condition=f"EXISTS (SELECT 1 FROM {Scratch.parent} p WHERE p.id = NEW.parent_id AND p.is_closed)",
)


def insert_child(key, parent):
    return f"INSERT INTO {Scratch.child} (id, parent_id) VALUES ({key}, {parent})"


@pytest.fixture
def parents(scratch):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Scratch.parent} (id, is_closed) VALUES (1, %s), (2, %s)", [False, True])
    return scratch


class TestRefuseWhen:
    def test_it_refuses_where_the_condition_holds_and_nowhere_else(self, parents):
        parents.run(CLOSED)
        assert not refused(insert_child(1, 1))
        assert refused(insert_child(2, 2))
        assert refused(f"UPDATE {Scratch.child} SET parent_id = 2 WHERE id = 1")

    def test_it_can_be_installed_twice_and_taken_away(self, parents):
        parents.run(CLOSED)
        parents.run(CLOSED)
        parents.run(CLOSED, backwards=True)
        assert not refused(insert_child(2, 2))

    def test_a_name_that_postgresql_would_cut_is_refused(self):
        with pytest.raises(ValueError, match="longer than 63"):
            RefuseWhen("t" * 60, "rule", on=("INSERT",), condition="1 = 1").create("sqlite")


NOT_ANONYMOUS = {f"reports_reporter_not_anonymous_{change}" for change in ("insert", "update")}
REBUILD = Rebuild(
    triggers=[CLOSED],
    operations=[
        migrations.AddField("parent", "note", models.CharField(max_length=9, default="")),
        migrations.AlterField("child", "parent", models.ForeignKey("scratch.Parent", models.CASCADE, null=True)),
    ],
)


class TestRebuild:
    @pytest.mark.parametrize("backwards", [False, True])
    def test_triggers_survive_a_rebuild_of_either_table(self, parents, backwards):
        parents.run(CLOSED)
        parents.run(REBUILD)
        if backwards:
            parents.run(REBUILD, backwards=True)
        assert refused(insert_child(2, 2))

    def test_reports_go_back_over_their_kim_and_forth_again(self, transactional_db):
        """Taking a column with a foreign key away rebuilds the table that a trigger of reporters names."""
        here = MigrationExecutor(connection).loader.graph.leaf_nodes()
        try:
            MigrationExecutor(connection).migrate([("reports", "0006_recovery_request")])
            assert installed_triggers(connection) >= NOT_ANONYMOUS
        finally:
            MigrationExecutor(connection).migrate(here)
        assert installed_triggers(connection) == expected_triggers(connection.vendor)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds tables")
    def test_without_it_sqlite_drops_the_trigger(self, parents):
        """The control: if this fails, Django or SQLite changed and `Rebuild` may go."""
        parents.run(CLOSED)
        parents.run(REBUILD.operations[1])
        assert not refused(insert_child(2, 2))

    def test_its_state_is_that_of_its_operations(self, parents):
        after = parents.run(REBUILD)
        assert "note" in after.models["scratch", "parent"].fields


class TestPermitTable:
    def test_it_is_empty_outside_a_transaction(self, transactional_db):
        with permit():
            pass
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {triggers.PERMIT_TABLE}")
            assert cursor.fetchone() == (0,)
