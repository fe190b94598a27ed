"""The profile on the desk: a library may stand in a desa adat of its district."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from libraries.models import Library
from libraries.models.figures import this_month
from libraries.months import shift
from regions.models import CustomaryVillage
from tests.factories import make_area, make_user
from tests.libraries.making import VILLAGE, make_librarian, make_library, make_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library(VILLAGE)


@pytest.fixture
def near(library: Library) -> CustomaryVillage:
    """Recorded in the library's own village."""
    return CustomaryVillage.objects.create(name="Uji", area=make_area(VILLAGE))


def path(library: Library) -> str:
    return f"/perpustakaan/{library.slug}/kelola/profil/"


class TestLibraryEdit:
    def test_the_desa_adat_is_chosen_and_shown_wherever_the_place_is(
        self, client: Client, library: Library, near: CustomaryVillage
    ) -> None:
        client.force_login(make_librarian())
        data = {"version": library.version, "customary_village": near.pk}
        assert client.post(path(library), data).status_code == 302
        library.refresh_from_db()
        assert library.customary_village == near
        for address in ("/perpustakaan/", f"/perpustakaan/{library.slug}/", "/perpustakaan/kelola/"):
            assert "Desa Adat Uji, " in client.get(address).content.decode()

    def test_one_of_another_district_is_refused(self, client: Client, library: Library, near: CustomaryVillage) -> None:
        far = CustomaryVillage.objects.create(name="Jauh", area=make_area("51.03.02.2009"))
        client.force_login(make_librarian())
        response = client.post(path(library), {"version": library.version, "customary_village": far.pk})
        assert response.status_code == 422
        with pytest.raises(ValidationError, match="kecamatan perpustakaan ini"):
            library.change(by=make_user(), customary_village=far)

    def test_where_none_is_recorded_nobody_is_asked(self, client: Client, library: Library) -> None:
        client.force_login(make_librarian())
        assert "customary_village" not in client.get(path(library)).content.decode()
        assert client.post(path(library), {"version": library.version, "hours": "Senin"}).status_code == 302

    def test_a_conflict_names_it_in_words(self, client: Client, library: Library, near: CustomaryVillage) -> None:
        library.change(by=make_user(), customary_village=near)
        client.force_login(make_librarian())
        response = client.post(path(library), {"version": 1, "customary_village": ""})
        assert response.status_code == 409
        assert '<td data-label="Tersimpan sekarang">Desa Adat Uji</td>' in response.content.decode()


class TestDesk:
    def button(self, client: Client, library: Library) -> str:
        page = client.get(f"/perpustakaan/{library.slug}/kelola/").content.decode()
        found = re.search(r'class="button" href="[^"]*/kelola/bulan/([0-9-]+)/"', page)
        return found[1] if found else ""

    def test_the_main_button_is_the_newest_finished_month_that_is_missing(
        self, client: Client, library: Library
    ) -> None:
        client.force_login(make_librarian())
        now = this_month(library)
        assert self.button(client, library) == f"{shift(now, -1):%Y-%m}"
        make_month(library, shift(now, -1))
        assert self.button(client, library) == f"{shift(now, -2):%Y-%m}"
        for back in range(2, 13):
            make_month(library, shift(now, -back))
        assert self.button(client, library) == ""
