from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from regions import catalogue
from regions.models import AreaAlias, Kind, LocalTerm
from regions.models.naming import Terms
from tests.factories import make_area

pytestmark = pytest.mark.django_db


class TestTerms:
    @pytest.mark.parametrize(
        ("code", "kind", "term", "head"),
        [
            ("13.07.11.2004", "desa", "Nagari", "Wali Nagari"),
            ("13.09.01.2001", "desa", "Desa", "Kepala Desa"),  # Mentawai
            ("13.73.01.2001", "desa", "Desa", "Kepala Desa"),  # Sawahlunto
            ("13.77.01.2001", "desa", "Desa", "Kepala Desa"),  # Pariaman
            ("13.76.01.1001", "kelurahan", "Kelurahan", "Lurah"),
            ("11.01.01.2001", "desa", "Gampong", "Keuchik"),
            ("18.04.04.2001", "desa", "Pekon", "Peratin"),
            ("18.01.04.2001", "desa", "Desa", "Kepala Desa"),
            ("34.04.07.2001", "desa", "Kalurahan", "Lurah"),
            ("34.04.07", "district", "Kapanewon", "Panewu"),
            ("34.71.01", "district", "Kemantren", "Mantri Pamong Praja"),
            ("51.03.05.2003", "desa", "Desa", "Perbekel"),
            ("95.01.01", "district", "Distrik", "Kepala Distrik"),
            ("95.01.01.2001", "desa", "Kampung", "Kepala Kampung"),
            ("33.73", "kota", "Kota", "Wali Kota"),
        ],
    )
    def test_the_most_specific_term_holds(self, code: str, kind: str, term: str, head: str) -> None:
        terms = Terms((row.prefix, row.kind, row.term, row.head_title) for row in catalogue.read_terms())
        assert terms.name(code, kind) == (term, head)


class TestLocalTerm:
    def test_a_new_term_renames_the_areas_it_reaches_and_no_other(self) -> None:
        inside, outside = make_area("33.73.02.1004"), make_area("13.07.11.2004")
        LocalTerm.objects.create(prefix="33.73", kind=Kind.KELURAHAN, term="Kalurahan", head_title="Lurah Kota")
        inside.refresh_from_db()
        outside.refresh_from_db()
        assert inside.full_name.startswith("Kalurahan Kalibening, Kecamatan Tingkir")
        assert inside.head_title == "Lurah Kota"
        assert outside.term == "Nagari"

    def test_a_term_that_moves_elsewhere_leaves_no_name_behind(self) -> None:
        here, there = make_area("33.73.02.1004"), make_area("51.03.05.1001")
        term = LocalTerm.objects.create(prefix="33.73", kind=Kind.KELURAHAN, term="Kampung Kota", head_title="Lurah")
        term.prefix = "51"
        term.save()
        here.refresh_from_db()
        there.refresh_from_db()
        assert (here.term, there.term) == ("Kelurahan", "Kampung Kota")

    def test_the_same_prefix_and_kind_twice_is_refused(self) -> None:
        make_area()
        twice = LocalTerm(prefix="13", kind=Kind.DESA, term="Desa", head_title="Kepala Desa")
        with pytest.raises(ValidationError, match="sudah ada"):
            twice.full_clean()

    def test_what_was_corrected_survives_the_shipped_rows(self) -> None:
        LocalTerm.objects.create(prefix="13", kind=Kind.DESA, term="Nagari Baru", head_title="Wali")
        catalogue.add_terms()
        assert LocalTerm.objects.get(prefix="13", kind=Kind.DESA).term == "Nagari Baru"


class TestAreaAlias:
    def test_an_alias_finds_the_area_and_what_lies_in_it(self) -> None:
        village = make_area("13.07.11.2004")
        AreaAlias.objects.create(area_id="13.07", name="Luak Nan Bungsu")
        village.refresh_from_db()
        assert " luk nan bungsu luknanbungsu" in village.above
        assert [a.code for a in type(village).objects.search("luak nan bungsu", "regency").areas] == ["13.07"]

    def test_an_alias_of_signs_alone_is_refused(self) -> None:
        make_area("13")
        with pytest.raises(ValidationError, match="huruf atau angka"):
            AreaAlias(area_id="13", name="…").full_clean()

    def test_the_same_alias_in_other_capitals_is_refused(self) -> None:
        AreaAlias.objects.create(area=make_area("13"), name="Sumbar")
        with pytest.raises(ValidationError, match="nama lain itu"):
            AreaAlias(area_id="13", name="SUM BAR").full_clean()
