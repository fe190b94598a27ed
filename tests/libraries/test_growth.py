from __future__ import annotations

import pytest

from libraries.growth import Growth, Light, light_for
from tests.generated import given, st


class TestGrowth:
    @pytest.mark.parametrize(
        ("now", "base", "words"),
        [
            (120, 100, "naik 20%"),
            (45, 40, "naik 12,5%"),
            (97, 100, "turun 3%"),
            (5, 5, "tetap"),
            (40, 0, "naik 40 dari 0"),
            (0, 0, "tetap"),
            (0, 8, "turun 100%"),
            (None, 8, "belum ada pembanding"),
            (8, None, "belum ada pembanding"),
            (100_001, 100_000, "naik <0,1%"),
            (1_240_000, 1, "naik 123.999.900%"),
        ],
    )
    def test_words(self, now: int | None, base: int | None, words: str) -> None:
        assert Growth(now, base).words == words

    @given(st.integers(0, 10**6), st.integers(1, 10**6))
    def test_never_says_nothing_changed_when_it_did(self, now: int, base: int) -> None:
        words = Growth(now, base).words
        assert ("tetap" in words) == (now == base)
        assert " 0%" not in words


class TestLight:
    @pytest.mark.parametrize(
        ("figure", "target", "light"),
        [
            (100, 100, Light.GREEN),
            (99, 100, Light.YELLOW),
            (75, 100, Light.YELLOW),
            (74, 100, Light.RED),
            (0, 100, Light.RED),
            (None, 100, Light.NONE),
            (5, None, Light.NONE),
        ],
    )
    def test_cut_offs(self, figure: int | None, target: int | None, light: Light) -> None:
        assert light_for(figure, target, green_from=100, yellow_from=75) is light

    def test_every_light_is_said_in_words(self) -> None:
        assert len({light.label for light in Light}) == len(Light)
