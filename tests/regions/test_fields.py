from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from regions.fields import AreaField, Typed
from regions.models import Area
from tests.factories import make_area, make_tree
from tests.generated import HealthCheck, given, settings, st

pytestmark = pytest.mark.django_db

TALANG_MAUR = "Nagari Talang Maur, Kecamatan Mungka, Kabupaten Lima Puluh Kota, Sumatera Barat"


class PlaceForm(forms.Form):
    area = AreaField(label="Desa")


class AnyForm(forms.Form):
    area = AreaField(label="Wilayah", level=None, required=False)


@pytest.fixture(autouse=True)
def tree() -> None:
    make_tree()
    make_area("18.01.05.2001", "Sidomulyo")
    make_area("12.05.13.2001", "Sidomulyo")


def sent(form: type[forms.Form] = PlaceForm, **data: str) -> Any:
    query = QueryDict(mutable=True)
    query.update(data)
    return form(query)


def chosen(**data: str) -> str:
    form = sent(**data)
    assert form.is_valid(), form.errors
    return str(form.cleaned_data["area"].code)


def problem(form: type[forms.Form] = PlaceForm, **data: str) -> str:
    return str(sent(form, **data).errors["area"][0])


class TestAreaField:
    @pytest.mark.parametrize(
        "data",
        [
            {"area": "13.07.11.2004"},
            {"area": "13.07.11.2004", "area_words": TALANG_MAUR},
            {"area": "", "area_words": "13.07.11.2004"},
            {"area_words": "talang maur"},
            {"area_words": TALANG_MAUR},
            {"area": "51.03.05.2003", "area_words": "talang maur"},  # typed over an earlier answer
            {"area_words": "sidomulyo", "area_choice": "13.07.11.2004", "area": "13.07.11.2004"} | {"area_words": ""},
        ],
    )
    def test_code_name_and_full_name_are_understood(self, data: dict[str, str]) -> None:
        assert chosen(**data) == "13.07.11.2004"

    def test_a_ticked_choice_holds_while_the_words_are_the_same(self) -> None:
        assert chosen(area_words="sidomulyo", area_choice="18.01.05.2001") == "18.01.05.2001"

    def test_a_ticked_choice_gives_way_to_other_words(self) -> None:
        assert chosen(area_words="talang maur", area_choice="18.01.05.2001") == "13.07.11.2004"

    def test_several_matches_ask_which_one(self) -> None:
        assert problem(area_words="sidomulyo") == "2 desa atau kelurahan cocok. Pilih satu."

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({}, "Tulis dan pilih desa atau kelurahan."),
            ({"area": "", "area_words": "  "}, "Tulis dan pilih desa atau kelurahan."),
            ({"area_words": "xq"}, "sedikitnya tiga huruf"),
            ({"area_words": "Atlantis"}, "Tidak ada desa atau kelurahan yang cocok"),
            ({"area": "99.99.99.2999"}, "Tidak ada desa atau kelurahan yang cocok"),
            ({"area": "13.07"}, "Kabupaten Lima Puluh Kota, Sumatera Barat bukan desa atau kelurahan"),
            ({"area": "DROP TABLE"}, "Tidak ada"),
            ({"area": "\0"}, "Tulis dan pilih"),
        ],
    )
    def test_anything_else_gets_a_sentence(self, data: dict[str, str], sentence: str) -> None:
        assert sentence in problem(**data)

    def test_many_matches_ask_to_narrow(self) -> None:
        for number in range(2001, 2024):
            make_area(f"35.15.01.{number}", f"Kalibening {number}")
        assert "Lebih dari 20" in problem(area_words="kalibening")

    def test_code_of_a_district_offers_its_villages(self) -> None:
        page = str(sent(area="13.07.11")["area"])
        assert 'value="13.07.11.2004"' in page

    def test_an_old_code_becomes_its_successor(self) -> None:
        old = make_area("13.07.11.2090", "Lama")
        Area.objects.filter(pk=old.pk).update(successor="13.07.11.2004", retired_on=date(2026, 1, 1))
        assert chosen(area="13.07.11.2090") == "13.07.11.2004"

    def test_an_ended_area_without_successor_is_refused(self) -> None:
        Area.objects.filter(code="13.07.11.2004").update(retired_on=date(2026, 1, 1))
        assert "tidak berlaku lagi" in problem(area="13.07.11.2004")

    def test_any_level_is_taken_where_the_form_says_so(self) -> None:
        assert sent(AnyForm, area="13").is_valid()
        empty = sent(AnyForm)
        assert empty.is_valid()
        assert empty.cleaned_data["area"] is None

    def test_change_is_noticed_by_code_not_by_words(self) -> None:
        area = Area.objects.get(code="13.07.11.2004")
        for data, is_changed in [({"area_words": TALANG_MAUR}, False), ({"area": "51.03.05.2003"}, True), ({}, True)]:
            assert PlaceForm(data, initial={"area": area}).has_changed() is is_changed

    @settings(
        max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, database=None
    )
    @given(code=st.text(max_size=30), words=st.text(max_size=60), choice=st.text(max_size=20))
    def test_no_input_breaks_the_form(self, code: str, words: str, choice: str) -> None:
        form = PlaceForm({"area": code, "area_words": words, "area_choice": choice})
        form.is_valid()
        str(form["area"])


class TestAreaPicker:
    def test_label_error_and_hint_belong_to_the_text_box(self) -> None:
        page = sent(area_words="sidomulyo")["area"].as_field_group()
        assert '<label for="id_area">' in page
        assert 'id="id_area"' in page
        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="id_area_helptext id_area_error"' in page

    def test_what_was_typed_stays_and_every_choice_is_shown_in_full(self) -> None:
        page = str(sent(area_words="sidomulyo")["area"])
        assert 'value="sidomulyo"' in page
        assert page.count('type="radio"') == 2
        assert "Desa Sidomulyo, Kecamatan Tanjung Bintang, Kabupaten Lampung Selatan, Lampung" in page

    def test_an_answer_is_shown_in_words_and_kept_as_code(self) -> None:
        for form in (PlaceForm(initial={"area": "13.07.11.2004"}), sent(area_words="talang maur")):
            page = str(form["area"])
            assert f'value="{TALANG_MAUR}"' in page
            assert 'name="area" value="13.07.11.2004"' in page

    @pytest.mark.parametrize("initial", [None, "", "99", "x\0y"])
    def test_no_or_a_wrong_initial_value_gives_a_box(self, initial: object) -> None:
        assert 'type="radio"' not in str(PlaceForm(initial={"area": initial})["area"])

    def test_markup_typed_into_the_box_stays_text(self) -> None:
        assert "<script" not in str(sent(area_words='"><script>alert(1)</script>')["area"])

    def test_an_absent_field_is_told_from_an_empty_one(self) -> None:
        widget = PlaceForm().fields["area"].widget
        assert widget.value_omitted_from_data({}, {}, "area")
        assert not widget.value_omitted_from_data({"area_words": ""}, {}, "area")
        assert widget.value_from_datadict({"area": " 13 "}, {}, "area") == Typed("13")
