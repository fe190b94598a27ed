"""One tile a province, none on top of another, with a class and a share that say the same."""

from __future__ import annotations

import pytest

from groups.tiles import CLASSES, SHORT_NAMES, class_of, percent_words, tile_for
from regions import catalogue


class TestTileFor:
    def test_every_province_has_a_place_of_its_own(self):
        provinces = [code for code in catalogue.names() if len(code) == 2]
        places = {(tile_for(code).x, tile_for(code).y) for code in provinces}
        assert len(provinces) == len(places) == 38
        assert set(provinces) == set(SHORT_NAMES)

    def test_a_new_province_is_drawn_in_the_free_corner(self):
        known = {(tile_for(code).x, tile_for(code).y) for code in SHORT_NAMES}
        assert tile_for("97").short == "97"
        assert (tile_for("97").x, tile_for("97").y) not in known


class TestClassOf:
    @pytest.mark.parametrize(
        ("covered", "villages", "number"),
        [
            (0, 0, 0),
            (0, 9, 0),
            (1, 10000, 1),
            (99, 1000, 1),
            (1, 10, 2),
            (249, 1000, 2),
            (1, 4, 3),
            (1, 2, 4),
            (9, 9, 4),
        ],
    )
    def test_begins_at_its_least_share(self, covered, villages, number):
        assert class_of(covered, villages) == number < len(CLASSES)


class TestPercentWords:
    @pytest.mark.parametrize(
        ("covered", "villages", "words"),
        [
            (0, 0, "0%"),
            (0, 9, "0%"),
            (12, 83762, "<0,1%"),
            (8, 1000, "0,8%"),
            (1, 8, "12%"),
            (999, 1000, "99%"),
            (3, 3, "100%"),
        ],
    )
    def test_never_rounds_to_none_or_all(self, covered, villages, words):
        assert percent_words(covered, villages) == words
