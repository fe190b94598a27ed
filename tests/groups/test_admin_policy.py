"""Who sets what an area asks of its KIM."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from groups.models import KimPolicy
from tests.cast import OTHER_REGENCY, REGENCY
from tests.factories import make_area
from tests.groups.test_admin_queue import holder

LIST, ADD = reverse("admin:groups_kimpolicy_changelist"), reverse("admin:groups_kimpolicy_add")


@pytest.fixture
def verifier(db):
    make_area(REGENCY)
    return holder(Role.KIM_VERIFIER, REGENCY)


def add(client, user, **data):
    client.force_login(user)
    return client.post(ADD, {"min_members": 5, "max_members": 20, "warning_days": 30, "_save": "1", **data})


class TestKimPolicyAdmin:
    def test_a_verifier_sets_the_sizes_of_the_own_area(self, client, verifier):
        assert add(client, verifier, area=REGENCY).status_code == 302
        policy = KimPolicy.for_area("13.07.11.2004")
        assert (policy.min_members, policy.max_members, policy.warning_days) == (5, 20, 30)

    @pytest.mark.parametrize("area", ["", OTHER_REGENCY, "13"])
    def test_and_of_no_other_area(self, client, verifier, area):
        make_area(OTHER_REGENCY)
        assert add(client, verifier, area=area).status_code == 200
        assert not KimPolicy.objects.exists()

    def test_a_foreign_policy_is_not_there(self, client, verifier):
        policy = KimPolicy.objects.create(area=make_area(OTHER_REGENCY))
        client.force_login(verifier)
        address = reverse("admin:groups_kimpolicy_change", args=(policy.pk,))
        assert client.get(address).status_code == 404
        assert make_area(OTHER_REGENCY).name not in client.get(LIST).content.decode()

    def test_limits_that_contradict_are_a_sentence(self, client, verifier):
        answer = add(client, verifier, area=REGENCY, min_members=20, max_members=5)
        assert "batas atas tidak boleh di bawah batas bawah" in answer.content.decode()

    @pytest.mark.parametrize("name", ["officer", "province_reader", "national_reader"])
    def test_readers_and_officers_of_other_matters_do_not(self, client, cast, name):
        client.force_login(cast.people[name])
        assert client.get(LIST).status_code == 403
        assert client.get(ADD).status_code == 403

    def test_the_nations_is_a_superusers(self, client, cast):
        assert add(client, cast.superuser).status_code == 302
        assert KimPolicy.objects.get().area is None
