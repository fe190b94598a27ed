"""The area tree in the admin: superusers keep it, officers do not even see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from regions.models import Area, AreaAlias, AreaPolicy, CalendarOverride, LocalTerm
from tests.factories import make_area, make_grant, make_tree, make_user

pytestmark = pytest.mark.django_db
LISTS = ("area", "areaalias", "localterm", "calendaroverride", "areapolicy")


@pytest.fixture
def keeper(client: Client) -> Client:
    make_tree()
    client.force_login(make_user(is_superuser=True))
    return client


def save(client: Client, address: str, **values: str) -> Any:
    """Fill in what the form shows, change some of it, and send it."""
    page = client.get(address)
    form = page.context["adminform"].form
    shown = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    return client.post(address, {name: str(value) for name, value in shown.items()} | values)


class TestAccess:
    @pytest.mark.parametrize("name", LISTS)
    def test_an_officer_has_no_such_list(self, client: Client, name: str) -> None:
        officer = make_user()
        make_grant(officer, "report_coordinator", area="13.07")
        client.force_login(officer)
        assert client.get(f"/admin/regions/{name}/").status_code in (403, 404)

    @pytest.mark.parametrize("name", LISTS)
    def test_a_superuser_sees_each_list(self, keeper: Client, name: str) -> None:
        AreaAlias.objects.create(area_id="13", name="Sumbar")
        AreaPolicy.objects.create(area_id="13")
        CalendarOverride.objects.create(date=date(2026, 1, 2), name="Hari jadi")
        assert keeper.get(f"/admin/regions/{name}/").status_code == 200


class TestAreaAdmin:
    ADDRESS = "/admin/regions/area/13.07.11.2004/change/"

    def test_what_the_list_does_not_say_is_kept(self, keeper: Client) -> None:
        assert save(keeper, self.ADDRESS, connectivity="limited", literacy="none").status_code == 302
        area = Area.objects.get(code="13.07.11.2004")
        assert (area.connectivity, area.literacy, area.retired_on) == ("limited", "none", None)

    def test_a_successor_is_picked_like_any_area_and_needs_a_date(self, keeper: Client) -> None:
        answer = save(keeper, self.ADDRESS, successor_words="taeh bukit")
        assert "Isi tanggal berakhirnya" in answer.content.decode()
        save(keeper, self.ADDRESS, successor_words="taeh bukit", retired_on="2026-01-01")
        assert Area.objects.get(code="13.07.11.2004").successor_id == "13.07.03.2002"

    def test_code_and_name_cannot_be_forged(self, keeper: Client) -> None:
        save(keeper, self.ADDRESS, name="Lain", code="99", full_name="Lain", time_zone="Asia/Jayapura")
        area = Area.objects.get(code="13.07.11.2004")
        assert (area.name, area.time_zone) == ("Talang Maur", "Asia/Jakarta")

    def test_search_forgives_spelling(self, keeper: Client) -> None:
        page = keeper.get("/admin/regions/area/", {"q": "tanjung bungo"}).content.decode()
        assert "Tanjuang Bungo" in page
        assert "Talang Maur" not in page

    def test_areas_are_not_added_by_hand(self, keeper: Client) -> None:
        assert keeper.get("/admin/regions/area/add/").status_code == 403


class TestOtherLists:
    def test_an_alias_is_added_and_found(self, keeper: Client) -> None:
        assert save(keeper, "/admin/regions/areaalias/add/", area="13.07", name="Luak 50").status_code == 302
        assert [a.code for a in Area.objects.search("luak 50", "regency").areas] == ["13.07"]

    def test_the_same_alias_twice_gets_a_sentence(self, keeper: Client) -> None:
        AreaAlias.objects.create(area_id="13.07", name="50 Kota")
        answer = save(keeper, "/admin/regions/areaalias/add/", area="13.07", name="50 kota")
        assert "sudah mempunyai nama lain itu" in answer.content.decode()

    def test_a_term_renames_its_areas(self, keeper: Client) -> None:
        term = LocalTerm.objects.get(prefix="51", kind="desa")
        save(keeper, f"/admin/regions/localterm/{term.pk}/change/", term="Prebekelan")
        assert Area.objects.get(code="51.03.05.2003").term == "Prebekelan"

    def test_a_day_and_a_rule_for_all_of_indonesia_are_added(self, keeper: Client) -> None:
        save(keeper, "/admin/regions/calendaroverride/add/", date="2026-01-02", name="Cuti bersama tambahan")
        save(keeper, "/admin/regions/areapolicy/add/", kim_expansion="group")
        assert CalendarOverride.objects.get().area is None
        assert AreaPolicy.for_area("13").kim_expansion == "group"
        make_area("14")
        answer = save(keeper, "/admin/regions/areapolicy/add/", kim_expansion="community")
        assert "sudah ada" in answer.content.decode()
