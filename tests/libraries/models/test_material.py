from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from libraries.models import ActivityMaterial
from tests.factories import make_document, make_user
from tests.libraries.agendas import make_activity
from uploads.models import Document


@pytest.mark.django_db
class TestMaterial:
    def test_a_file_or_a_link_and_not_both(self) -> None:
        row = make_activity()
        for values in ({}, {"url": "https://contoh.invalid/", "document": make_document()}):
            with pytest.raises(ValidationError, match="salah satu"):
                ActivityMaterial(activity=row, title="Pola", **values).keep(by=make_user())

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "http://contoh.invalid/", "contoh"])
    def test_a_link_is_https(self, url: str) -> None:
        with pytest.raises(ValidationError, match="https"):
            ActivityMaterial(activity=make_activity(), title="Pola", url=url).keep(by=make_user())

    def test_dropping_it_erases_its_file(self) -> None:
        row = ActivityMaterial(activity=make_activity(), title="Pola", document=make_document())
        row.keep(by=make_user())
        row.drop(by=make_user())
        assert not ActivityMaterial.objects.exists()
        assert not Document.objects.exists()

    def test_the_same_thing_twice_is_one(self) -> None:
        row, user = make_activity(), make_user()
        for _ in range(2):
            ActivityMaterial(activity=row, title=" Pola ", document=make_document()).keep(by=user)
            ActivityMaterial(activity=row, title="Pola", url="https://contoh.invalid/").keep(by=user)
        assert (ActivityMaterial.objects.count(), Document.objects.count()) == (2, 1)
