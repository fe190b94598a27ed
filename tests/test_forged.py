"""Forged fields change nothing, and bulk actions touch no foreign row (quality.md B2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from tests.forms import FORMS, field_names, shown_values
from tests.house import APPS
from tests.scan import ADDRESSES, as_text, rows_of
from tests.stage import Stage


def forged(names: set[str]) -> Iterator[tuple[str, str]]:
    """Every field of every model of ours that the form does not show itself, with a value that it would take."""
    for model in apps.get_models():
        if model._meta.app_label not in APPS:
            continue
        for each in model._meta.concrete_fields:
            for name in {each.name, each.attname} - names:
                yield name, forged_value(each)


def forged_value(field: Any) -> str:
    if field.choices:
        return str(list(dict(field.flatchoices))[-1])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2030-01-01 00:00"
    if isinstance(field, models.DateField):
        return "2030-01-01"
    return "palsu" if isinstance(field, models.CharField | models.TextField) else "1"


RANDOM = re.compile(r"[0-9a-f]{32,}|\d{6,}|[0-9A-Za-z_-]{24,}|\b[0-9a-z]{10}\b|\d{4}-\d\d-\d\dT[\d:.+]+")
REPLY = {"text": "Keterangan tambahan.", "action": "add"}
TABLES = {model._meta.db_table: model for model in apps.get_models() if model is not Session}
ELSEWHERE = {"groups:application_keep": "groups:application"}  # the page that holds this address's form


def stable_rows(tables: set[str]) -> Counter[str]:
    """Every row of these tables without what is new each time: counted keys, digests, moments."""
    found = Counter[str]()
    for table in tables:
        is_counted = isinstance(TABLES[table]._meta.pk, models.AutoField)  # a sequence goes on after a rollback
        found.update(f"{table} {[steady(value) for value in row[is_counted:]]}" for row in rows_of(table))
    return found


def steady(value: Any) -> Any:
    is_key = isinstance(value, int) and abs(value) > 99_999
    if is_key or isinstance(value, datetime):
        return "*"
    return RANDOM.sub("*", value) if isinstance(value, str) else value


def change(stage: Stage, role: str, path: str, data: dict[str, str]) -> tuple[int, list[str]]:
    """The status, and every row that is new or different, with keys, digests and moments taken out.

    Read from the tables that any statement but a SELECT names; the triggers write to no table of a model.
    """
    written: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        if not sql.startswith("SELECT"):
            written.update(TABLES.keys() & set(re.findall(r"\w+", sql)))
        return execute(sql, *more)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            status = stage.client(role).post(path, data).status_code
        after = stable_rows(written)
        transaction.set_rollback(True)
    return status, sorted((after - stable_rows(written)).elements())


CHANGING = [(name, role) for name, role in FORMS if "logout" not in name]


class TestMassAssignment:
    @pytest.mark.parametrize(("name", "role"), CHANGING)
    def test_forged_fields_change_nothing(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, role: str
    ) -> None:
        monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FIELDS", 2000)
        path = ADDRESSES[name].path(stage)
        page = ADDRESSES[ELSEWHERE.get(name, name)].path(stage)
        own = shown_values(as_text(stage.client(role).get(page)))
        if name == "reports:report_create":
            own = {**stage.posts["open"], "submission_id": str(uuid4())}
        if name.endswith("_reply"):  # its form stands on another page
            own = REPLY
        if name == "partnerships:partnership_confirm":  # the terms one says yes to are those one has read
            own = {"terms_version": "1"}
        fields = dict(forged({*own, *field_names(stage, ELSEWHERE.get(name, name), role)}))
        assert len(fields) > 50
        assert change(stage, role, path, {**fields, **own}) == change(stage, role, path, own)

    def test_a_form_that_took_a_forged_field_would_be_found(self, stage: Stage) -> None:
        path = ADDRESSES["accounts:overview"].path(stage)
        own = shown_values(as_text(stage.client("owner").get(path)))
        assert change(stage, "owner", path, own) != change(stage, "owner", path, {**own, "name": "Nama Lain"})

    def test_bulk_actions_touch_and_name_no_foreign_row(self, stage: Stage) -> None:
        foreign, own = stage.client("foreign_officer"), stage.client("officer")
        path = "/admin/accounts/institution/"
        asked = {"action": "delete_selected", "_selected_action": [stage.cast.institution.pk], "index": "0"}
        for client in (foreign, own):
            text = as_text(client.post(path, asked))
            assert (stage.cast.institution.name in text) == (client is own)
