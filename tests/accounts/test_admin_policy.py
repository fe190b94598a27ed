"""Who sets a rule that differs by area: one base for the policies of KIM, libraries and reports."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.admin_policy import PolicyAdmin
from accounts.models import Role, User
from groups.models import KimPolicy
from libraries.models import LibraryPolicy
from reports.models import ReportPolicy
from tests.cast import OTHER_REGENCY, REGENCY
from tests.factories import make_area, make_grant, make_user

POLICIES: list[Any] = [
    pytest.param(KimPolicy, Role.KIM_VERIFIER, id="kim"),
    pytest.param(LibraryPolicy, Role.LIBRARY_OFFICER, id="library"),
    pytest.param(ReportPolicy, Role.REPORT_COORDINATOR, id="report"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.parametrize(("model", "role"), POLICIES)]


def page(model: type[Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{name}", args=args)


def holder(role: Role, area: str | None = REGENCY) -> User:
    user = make_user()
    make_grant(user, role, area)
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def defaults(model: Any, **over: Any) -> dict[str, Any]:
    """The fields' own defaults, as the form would send them."""
    names = [each.name for each in model._meta.fields if each.name not in ("id", "area")]
    return {**{name: getattr(model(), name) for name in names}, **over}


class TestPolicyAdmin:
    def test_all_policies_that_officers_set_stand_on_it(self, model: Any, role: Role) -> None:
        assert isinstance(admin.site._registry[model], PolicyAdmin)

    def test_an_officer_sets_that_of_the_own_area(self, model: Any, role: Role) -> None:
        make_area(REGENCY)
        answer = browser(holder(role)).post(page(model, "add"), defaults(model, area=REGENCY))
        assert (answer.status_code, model.objects.get().area_id) == (302, REGENCY)

    @pytest.mark.parametrize("area", ["", OTHER_REGENCY, "13", f"{REGENCY}.11"])
    def test_and_of_no_other_area(self, model: Any, role: Role, area: str) -> None:
        make_area(OTHER_REGENCY)
        make_area(f"{REGENCY}.11")
        answer = browser(holder(role)).post(page(model, "add"), defaults(model, area=area))
        assert (answer.status_code, model.objects.count()) == (200, 0)

    def test_the_rows_of_others_are_not_there(self, model: Any, role: Role) -> None:
        foreign, nation = model.objects.create(area=make_area(OTHER_REGENCY)), model.objects.create()
        client = browser(holder(role))
        for policy in (foreign, nation):
            address = page(model, "change", policy.pk)
            assert client.get(address).status_code == client.post(address, defaults(model)).status_code == 404
            assert address not in client.get(page(model, "changelist")).content.decode()

    def test_a_rows_area_stays(self, model: Any, role: Role) -> None:
        make_area(OTHER_REGENCY)
        policy = model.objects.create(area=make_area(REGENCY))
        client = browser(make_user(is_superuser=True))
        address = page(model, "change", policy.pk)
        version = client.get(address).context["form"]["version"].value()
        answer = client.post(address, defaults(model, area=OTHER_REGENCY, version=version))
        assert (answer.status_code, model.objects.get().area_id) == (302, REGENCY)

    def test_the_nations_is_a_superusers(self, model: Any, role: Role) -> None:
        answer = browser(make_user(is_superuser=True)).post(page(model, "add"), defaults(model))
        assert (answer.status_code, model.objects.get().area) == (302, None)

    def test_whose_grant_is_the_whole_country_names_no_area(self, model: Any, role: Role) -> None:
        assert browser(holder(role, None)).get(page(model, "changelist")).status_code == 403

    def test_officers_of_other_matters_have_none(self, model: Any, role: Role) -> None:
        others = [each.values[1] for each in POLICIES if each.values[1] != role]
        for other in [*others, Role.PROVINCE_READER]:
            client = browser(holder(other))
            assert client.get(page(model, "changelist")).status_code == 403
            assert client.get(page(model, "add")).status_code == 403
