"""Who gets what from every named address (quality.md A1), and that no parameter asks for a hidden value (A3).

The table stands in tests/access_table.py: for each address the status of GET and of an empty POST, for every role. An
address without a row fails, so nobody adds a page without deciding who may open it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, reverse

from accounts.models import User
from reports.models import Report
from tests.access_table import GROUPS, PUBLIC, ROWS
from tests.addresses import Address, named_addresses
from tests.scan import as_text, leaks
from tests.stage import KINDS, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = {address.name: address for address in named_addresses()}
ROLES = (
    *("visitor", "owner", "other", "holder", "officer", "foreign_officer", "confidentiality", "liaison"),
    *("province_reader", "national_reader", "personal_data_officer", "superuser", "kim_admin", "other_kim_admin"),
    *("kim_verifier", "foreign_kim_verifier", "librarian", "library_officer"),
)


def expected(row: str) -> dict[str, int]:
    """ "302 officer=200 owner,other=403" -> a status for each role; the first number holds for all others."""
    default, *exceptions = row.split()
    found = dict.fromkeys(ROLES, int(default))
    for each in exceptions:
        names, status = each.split("=")
        for name in names.split(","):
            found |= dict.fromkeys(GROUPS.get(name, (name,)), int(status))
    assert set(found) == set(ROLES), f"no such role in {row!r}"
    return found


def answers(stage: Stage, address: Address, method: str) -> Iterator[tuple[str, HttpResponse]]:
    """What each role gets; whatever a request changes is taken back before the next one."""
    path = address.path(stage)
    for role in ROLES:
        with transaction.atomic():
            yield role, getattr(stage.client(role), method)(path)
            transaction.set_rollback(True)


class TestTable:
    def test_every_address_has_a_row_and_every_row_an_address(self) -> None:
        assert set(ADDRESSES) == set(ROWS)

    def test_a_new_address_would_be_noticed(self) -> None:
        get_resolver().url_patterns.append(path("baru-sekali/", lambda request: HttpResponse(), name="unheard_of"))
        try:
            assert {each.name for each in named_addresses()} - set(ROWS) == {"unheard_of"}
        finally:
            get_resolver().url_patterns.pop()

    def test_the_stage_has_every_role(self, stage: Stage) -> None:
        assert set(stage.roles) == set(ROLES)

    @pytest.mark.parametrize("name", ROWS)
    def test_get(self, stage: Stage, name: str) -> None:
        """The same look shows that no answer names a reporter or what is hidden (quality.md A2, test_canary.py)."""
        found, leaked = {}, []
        for role, response in answers(stage, ADDRESSES[name], "get"):
            found[role] = response.status_code
            leaked += leaks(stage, role, name, as_text(response))
        assert found == expected(ROWS[name][0])
        assert leaked == []

    @pytest.mark.parametrize("name", ROWS)
    def test_post(self, stage: Stage, name: str) -> None:
        found = {role: response.status_code for role, response in answers(stage, ADDRESSES[name], "post")}
        assert found == expected(ROWS[name][1])

    def test_no_cell_is_a_server_error(self) -> None:
        assert not [name for name, rows in ROWS.items() for row in rows if max(expected(row).values()) >= 500]


class TestPublicViews:
    def test_the_public_views_are_exactly_these(self) -> None:
        assert {each.name for each in ADDRESSES.values() if each.is_public} == PUBLIC

    def test_a_view_is_closed_unless_it_says_otherwise(self) -> None:
        def view(request: Any) -> HttpResponse:
            return HttpResponse()

        assert not Address("x", (), view).is_public
        assert Address("x", (), login_not_required(view)).is_public

    def test_whatever_is_not_public_sends_a_visitor_to_sign_in(self, stage: Stage) -> None:
        for name in set(ADDRESSES) - PUBLIC:
            response = stage.client("visitor").get(ADDRESSES[name].path(stage))
            assert response.status_code == 302, name
            assert response["Location"].startswith((reverse("account_login"), reverse("admin:login"))), name


class TestForeignObjects:
    """A row that exists and one that does not look the same to whoever may not see it."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_another_residents_report_is_404(self, stage: Stage, kind: str) -> None:
        address = reverse("reports:own_report", args=[stage.reports[kind].public_id])
        assert stage.client("other").get(address).status_code == 404

    @pytest.mark.parametrize("kind", ["unpublished", "secret", "anonymous", "both"])
    def test_public_address_of_a_hidden_report_answers_as_an_unknown_one(self, stage: Stage, kind: str) -> None:
        known = reverse("reports:report_detail", args=[stage.reports[kind].public_id])
        unknown = reverse("reports:report_detail", args=["0" * 10])
        for role in ("visitor", "other", "foreign_officer"):
            found = [outcome(stage.client(role), address, [], "") for address in (known, unknown)]
            assert found[0] == found[1]

    @pytest.mark.parametrize("kind", KINDS)
    def test_photos_that_are_not_public_are_404_for_strangers(self, stage: Stage, kind: str) -> None:
        address = reverse("reports:photo", args=[stage.photos[kind].image_id, "small"])
        for role in ("visitor", "other", "foreign_officer", "personal_data_officer"):
            assert stage.client(role).get(address).status_code == (200 if kind == "open" else 404), role

    def test_a_holder_of_another_code_sees_no_photo(self, stage: Stage) -> None:
        address = reverse("reports:photo", args=[stage.photos["secret"].image_id, "small"])
        assert stage.client("holder", "unpublished").get(address).status_code == 404
        assert stage.client("holder", "secret").get(address).status_code == 200

    def test_admin_answers_a_foreign_row_as_a_missing_one(self, stage: Stage) -> None:
        """Stock admin redirects to its index for a missing row, which tells the two apart."""
        for model, each in admin.site._registry.items():
            place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            row = stage.row_for(model._meta.app_label, model._meta.model_name)
            client = stage.client("foreign_officer")
            answers = {client.get(reverse(f"{place}_change", args=[pk])).status_code for pk in (row.pk, missing(row))}
            assert len(answers) == 1, f"{each} tells {answers}"


def missing(row: models.Model) -> Any:
    return row.pk + 987_654 if isinstance(row.pk, int) else "tidak-ada"


# --- A3: no parameter answers differently because of a hidden value --------------------------------------------------
TELLING = {"email", "name", "phone", "password", "text", "description", "place", "body", "code_digest", "token_digest"}
PROBES = {
    *("reporter__email__startswith", "reporter__user__email__startswith", "reporter__name", "reporter__phone__regex"),
    *("events__text_row__text__contains", "o", "order", "ordering", "urut", "_to_field", "e", "_popup", "all", "p"),
}
LISTS = [name for name in ADDRESSES if name.endswith(("_changelist", "_list", ":home", ":area_detail", "_reports"))]


def hidden_lookups(model: type[models.Model], depth: int = 2) -> Iterator[str]:
    """Paths from a model to telling text, as a query string would name them: "reporter__user__email"."""
    for each in model._meta.get_fields():
        if each.is_relation and depth and each.related_model and each.related_model is not model:
            yield from (f"{each.name}__{rest}" for rest in hidden_lookups(each.related_model, depth - 1))
        elif isinstance(each, models.Field) and each.name in TELLING:
            yield each.name


def list_model(name: str) -> type[models.Model]:
    """What an admin's list shows; reports for all other lists."""
    places = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist": model for model in admin.site._registry
    }
    return places.get(name, Report)


def outcome(client: Client, path: str, parameters: list[str], value: str) -> tuple[int, bytes, str]:
    """Status, body and target for these parameters; without what repeats the query and what is new every time."""
    response = client.get(path, dict.fromkeys(parameters, value))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body).replace(value.encode() or b"\0", b"?")
    return response.status_code, body, response.get("Location", "").replace(value or "\0", "?")


def answers_differently(client: Client, path: str, parameters: list[str], true: str) -> bool:
    """Asked twice: words such as "2 menit lalu" may change between two requests, a leak stays."""
    asked = ([outcome(client, path, parameters, value) for value in (true, "zzsalah9")] for _ in range(2))
    return all(yes != no for yes, no in asked)


class TestLookups:
    @pytest.mark.parametrize("name", LISTS)
    def test_a_hidden_value_changes_no_answer(self, stage: Stage, name: str) -> None:
        """All at once where unknown parameters are ignored; one by one in the admin, which stops at the first."""
        mark, path = stage.marks["unpublished"].identity["account email"], ADDRESSES[name].path(stage)
        probes = sorted({f"{each}__startswith" for each in hidden_lookups(list_model(name))} | PROBES)
        for role in ("visitor", "other", "officer", "province_reader"):
            client = stage.client(role)
            if client.get(path).status_code == 200:
                for asked in [[each] for each in probes] if name.startswith("admin:") else [probes]:
                    assert not answers_differently(client, path, asked, mark), (role, asked)

    @pytest.mark.parametrize("name", LISTS)
    def test_no_search_box_reaches_an_identity(self, stage: Stage, name: str) -> None:
        path, marks = ADDRESSES[name].path(stage), stage.marks["unpublished"].identity
        if list_model(name) is User:
            return  # people who keep accounts look for them by address
        for role in ("visitor", "officer", "province_reader", "superuser"):
            client = stage.client(role)
            for what in ("name", "email", "phone", "account name", "account email"):
                assert not answers_differently(client, path, ["q", "kata", "cari", "search"], marks[what]), (role, what)

    def test_a_list_that_did_answer_would_be_found(self, stage: Stage) -> None:
        """The control: whoever may look for accounts by address gets another answer for one that exists."""
        path = reverse("admin:accounts_user_changelist")
        mark = stage.marks["unpublished"].identity["account email"]
        assert answers_differently(stage.client("superuser"), path, ["q"], mark)
