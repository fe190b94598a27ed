"""What every list narrowed by area does with good and bad words."""

from __future__ import annotations

import django_filters
import pytest

from accounts.models import Institution, Sector
from regions.filters import AreaFilterSet, ListFilterSet
from tests.factories import make_institution

pytestmark = pytest.mark.django_db


class SectorFilter(AreaFilterSet):
    sector = django_filters.ChoiceFilter(choices=Sector.choices)

    class Meta:
        model = Institution
        fields = ["sector", "area"]


class WordsFilter(ListFilterSet):
    name = django_filters.CharFilter(max_length=5)

    class Meta:
        model = Institution
        fields = ["name"]


def asked(**data: str) -> SectorFilter:
    return SectorFilter(data, queryset=Institution.objects.order_by("pk"))


class TestAreaFilter:
    @pytest.mark.parametrize("code", ["13", "13.07", "13.07.11", "13.07.11.2004"])
    def test_an_area_of_any_level_and_everything_in_it(self, code: str) -> None:
        inside = make_institution(area="13.07.11.2004")
        make_institution(area="51.03.05.2003")
        assert list(asked(area=code).qs) == [inside]

    def test_words_are_looked_up_as_well(self) -> None:
        inside = make_institution(area="13.07")
        make_institution(area="51.03")
        chosen = asked(area_words=inside.area.full_name)
        assert (list(chosen.qs), chosen.chosen_area) == ([inside], inside.area)

    def test_nothing_asked_is_everything(self) -> None:
        rows = [make_institution(area="13.07"), make_institution(area="51.03")]
        chosen = asked()
        assert (list(chosen.qs), chosen.chosen_area, chosen.is_narrowed) == (rows, None, False)


class TestListFilterSet:
    @pytest.mark.parametrize("data", [{"area": "99.99"}, {"area_words": "Atlantis"}, {"sector": "tidak-ada"}])
    def test_what_means_nothing_finds_nothing_and_says_why(self, data: dict[str, str]) -> None:
        make_institution(area="13.07")
        chosen = asked(**data)
        assert (list(chosen.qs), chosen.chosen_area, chosen.is_narrowed) == ([], None, True)
        assert chosen.form.errors

    def test_a_wrong_value_beside_a_good_area_finds_nothing_either(self) -> None:
        make_institution(area="13.07")
        chosen = asked(area="13.07", sector="tidak-ada")
        assert (list(chosen.qs), chosen.chosen_area) == ([], None)

    def test_a_list_without_areas_holds_to_it_too(self) -> None:
        make_institution("Dinas")
        assert WordsFilter({"name": "Dinas"}, queryset=Institution.objects.all()).qs.count() == 1
        assert WordsFilter({"name": "Dinas Kominfo"}, queryset=Institution.objects.all()).qs.count() == 0

    def test_the_form_keeps_the_order_of_meta(self) -> None:
        assert list(asked().form.fields) == ["sector", "area"]
