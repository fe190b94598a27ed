"""Agreements as the officers of their area read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from partnerships.models import Agreement, Side
from tests.factories import make_document, make_grant, make_institution, make_user
from tests.partnerships.factories import make_agreement, make_hope, signature, today

pytestmark = pytest.mark.django_db
LIST = "admin:partnerships_agreement_changelist"


@pytest.fixture
def officer(client: Client) -> Client:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, area="13.07")
    client.force_login(user)
    return client


class TestAgreementAdmin:
    @pytest.mark.parametrize("rows", [1, 20])
    def test_at_most_eight_queries(self, officer: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(rows):
            make_hope()
            make_agreement()
        officer.get(reverse(LIST))
        with django_assert_max_num_queries(8):
            assert officer.get(reverse(LIST)).status_code == 200

    def test_those_of_the_area_with_their_history_and_what_ends_soon(self, officer: Client) -> None:
        near = make_hope(is_hoped=False, subject="Naskah dekat")
        make_hope(make_institution(area="51"), subject="Naskah jauh")
        page = officer.get(reverse(LIST)).content.decode()
        assert "Naskah dekat" in page
        assert "Naskah jauh" not in page
        assert "Naskah dekat" not in officer.get(reverse(LIST), {"keadaan": "ending"}).content.decode()
        near.sign(Side.FIRST, by=make_user(), file=make_document(), **signature())
        Agreement.objects.filter(pk=near.pk).update(valid_until=today(30))
        assert "Naskah dekat" in officer.get(reverse(LIST), {"keadaan": "ending"}).content.decode()
        history = officer.get(reverse("admin:partnerships_agreement_history", args=[near.pk])).content.decode()
        assert "Perjanjian ditandatangani" in history
        assert officer.get(near.get_absolute_url()).status_code == 200
