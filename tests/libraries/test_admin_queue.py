"""The agency's page of libraries."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from libraries.models import Library
from tests.factories import make_institution
from tests.libraries.making import VILLAGE, make_library, make_library_officer


@pytest.mark.django_db
class TestIndexCards:
    def test_lead_to_who_has_not_reported_in_ones_area(self, client: Client) -> None:
        client.force_login(make_library_officer())
        page = client.get(reverse("admin:index")).content.decode()
        assert reverse("libraries:indicators_area", args=["13.07"]) in page


@pytest.mark.django_db
class TestLibraryAdmin:
    def test_a_name_taken_in_the_village_is_told_beside_it(self, client: Client) -> None:
        make_library(name="Perpustakaan Mungka")
        client.force_login(make_library_officer())
        typed = {"name": "perpustakaan mungka", "place": VILLAGE, "is_listed": "on"}
        response = client.post(reverse("admin:libraries_library_add"), typed)
        assert "Lembaga dengan nama ini sudah ada" in response.content.decode()
        assert Library.objects.count() == 1

    def test_an_agency_beyond_the_officers_area_stays(self, client: Client) -> None:
        library = make_library(agency=make_institution("Dinas Perpustakaan Provinsi", "13"))
        client.force_login(make_library_officer())
        address = reverse("admin:libraries_library_change", args=[library.pk])
        form = client.get(address).context["adminform"].form
        shown = {bound.name: bound.value() or "" for bound in form}
        assert "Dinas Perpustakaan Provinsi" in str(form["agency"])
        assert client.post(address, {**shown, "is_listed": "on", "hours": "Senin"}).status_code == 302
        library.refresh_from_db()
        assert (library.hours, str(library.agency)) == ("Senin", "Dinas Perpustakaan Provinsi")
