"""Rules the database itself keeps, on SQLite and PostgreSQL alike: migration operations that install triggers.

SQLite drops a table's triggers without a word when Django rebuilds the table (AlterField, AddField, AddConstraint), and
refuses the rebuild while a trigger of another table names it. Wrap such operations in `Rebuild`. A test compares
`expected_triggers()` with `installed_triggers()`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PERMIT_TABLE = "accounts_eventpermit"  # no model: it is empty outside a transaction, and a test's flush passes it by
NAME_LENGTH = 63  # PostgreSQL cuts longer names silently


@contextmanager
def permit() -> Iterator[None]:
    """Let this transaction change append-only tables: retention by law, and the flush between tests, nothing else.

    The row is gone before the transaction ends, so no other transaction ever sees it.
    """
    token = secrets.randbits(62)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {PERMIT_TABLE} (token) VALUES (%s)", [token])  # our own table name  # nosec B608
        yield
        cursor.execute(f"DELETE FROM {PERMIT_TABLE} WHERE token = %s", [token])  # our own table name  # nosec B608


class TriggerOperation(Operation):
    """Installs triggers and takes them away again. Running it twice is harmless."""

    reduces_to_sql = True
    reversible = True

    def create(self, vendor: str) -> dict[str, list[str]]:
        """Statements that make each trigger, by its name."""
        raise NotImplementedError

    def drop(self, vendor: str, name: str) -> str:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models' state."""

    def install(self, editor: BaseDatabaseSchemaEditor) -> None:
        self.remove(editor)
        for statements in self.create(editor.connection.vendor).values():
            for statement in statements:
                editor.execute(statement, None)

    def remove(self, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        for name in self.create(vendor):
            editor.execute(self.drop(vendor, name), None)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.install(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.remove(schema_editor)

    def describe(self) -> str:
        return f"Install triggers {', '.join(sorted(self.create('sqlite')))}"


class RefuseWhen(TriggerOperation):
    """Refuse a change of `table` with an IntegrityError where the SQL `condition` holds.

    `on` names the changes ("INSERT", "UPDATE", "DELETE"); the condition may name the row as NEW or OLD and must be SQL
    that both databases read. Example: a reporter row never belongs to an anonymous report.
        RefuseWhen("reports_reporter", "not_anonymous", on=("INSERT", "UPDATE"),
                   condition="EXISTS (SELECT 1 FROM reports_report r WHERE r.id = NEW.report_id AND r.is_anonymous)")
    """

    def __init__(self, table: str, rule: str, *, on: Sequence[str], condition: str) -> None:
        self.table = table
        self.rule = rule
        self.on = tuple(on)
        self.condition = condition

    def changes(self, vendor: str) -> tuple[str, ...]:
        return self.on

    def create(self, vendor: str) -> dict[str, list[str]]:
        make = self.postgresql if vendor == "postgresql" else self.sqlite
        return {name: make(name, change) for change in self.changes(vendor) if (name := self.name(change))}

    def name(self, change: str) -> str:
        name = f"{self.table}_{self.rule}_{change.lower()}"
        if len(name) > NAME_LENGTH:
            raise ValueError(f"{name} is longer than {NAME_LENGTH} characters")
        return name

    def sqlite(self, name: str, change: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{name}" BEFORE {change} ON "{self.table}" WHEN {self.condition}'
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
        ]

    def postgresql(self, name: str, change: str) -> list[str]:
        result = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(change, "NEW")
        level = "STATEMENT" if change == "TRUNCATE" else "ROW"
        return [
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
            f" IF {self.condition} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {result}; END $$",
            f'CREATE TRIGGER "{name}" BEFORE {change} ON "{self.table}" FOR EACH {level} EXECUTE FUNCTION "{name}"()',
        ]

    def drop(self, vendor: str, name: str) -> str:
        if vendor == "postgresql":
            return f'DROP FUNCTION IF EXISTS "{name}"() CASCADE'  # and its trigger
        return f'DROP TRIGGER IF EXISTS "{name}"'


class AppendOnly(RefuseWhen):
    """No row of `table` is changed or removed without a permit; with `erasable`, removal is free (texts of events)."""

    def __init__(self, table: str, *, erasable: bool = False) -> None:
        changes = ("UPDATE",) if erasable else ("UPDATE", "DELETE")
        condition = f"NOT EXISTS (SELECT 1 FROM {PERMIT_TABLE})"  # our own table name  # nosec B608
        super().__init__(table, "append_only", on=changes, condition=condition)
        self.erasable = erasable

    def changes(self, vendor: str) -> tuple[str, ...]:
        return self.on if self.erasable or vendor != "postgresql" else (*self.on, "TRUNCATE")


class Rebuild(Operation):
    """Run `operations` while `triggers` are away, and put them back, in either direction."""

    reversible = True

    def __init__(self, *, triggers: Sequence[TriggerOperation], operations: Sequence[Operation]) -> None:
        self.triggers = list(triggers)
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        with self.away(schema_editor):
            for operation, before, after in self.steps(app_label, from_state):
                operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        with self.away(schema_editor):
            for operation, before, after in reversed(self.steps(app_label, to_state)):
                operation.database_backwards(app_label, schema_editor, after, before)

    def steps(self, app_label: str, start: ProjectState) -> list[tuple[Operation, ProjectState, ProjectState]]:
        """Each operation with the state before and after it."""
        result = []
        for operation in self.operations:
            after = start.clone()
            operation.state_forwards(app_label, after)
            result.append((operation, start, after))
            start = after
        return result

    @contextmanager
    def away(self, editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
        for trigger in self.triggers:
            trigger.remove(editor)
        yield
        for trigger in self.triggers:
            trigger.install(editor)

    def describe(self) -> str:
        return f"Rebuild tables under triggers: {', '.join(each.describe() for each in self.operations)}"


def expected_triggers(vendor: str) -> set[str]:
    """The triggers that the migrations on disk install. (None takes one away for good yet.)"""
    migrations = MigrationLoader(None).disk_migrations.values()
    operations = [each for migration in migrations for each in migration.operations]
    return {name for each in operations if isinstance(each, TriggerOperation) for name in each.create(vendor)}


def installed_triggers(database: BaseDatabaseWrapper) -> set[str]:
    """The triggers that the database has."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if database.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with database.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def create_permit_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"CREATE TABLE {PERMIT_TABLE} (token bigint NOT NULL)", None)


def drop_permit_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"DROP TABLE {PERMIT_TABLE}", None)
