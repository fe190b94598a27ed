"""Long passwords that anybody would try first are refused; whatever holds a word of its own is taken."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.passwords import EASY, TOO_COMMON

TRIED_FIRST = ["portalkim2026", "KIM-Kominfo-1", "diskominfo123", "Kabupaten#2026", "laporan.warga", "katasandi-admin"]


class TestDressedCommonValidator:
    @pytest.mark.parametrize("word", ["password#2026", "1234monkey1234", "!!!Dragon!!!", "princess12345"])
    def test_a_common_one_between_digits_and_signs_is_refused(self, word: str) -> None:
        with pytest.raises(ValidationError, match=TOO_COMMON):
            validate_password(word)

    @pytest.mark.parametrize("word", ["monyet makan dragon", "kuda#2026#besi"])
    def test_a_second_word_makes_it_another_one(self, word: str) -> None:
        validate_password(word)


class TestPortalWordsValidator:
    @pytest.mark.parametrize("word", TRIED_FIRST)
    def test_words_of_the_portal_alone_are_refused(self, word: str) -> None:
        with pytest.raises(ValidationError, match=EASY):
            validate_password(word)

    @pytest.mark.parametrize("word", ["portal kuda besi", "kimia di nagari", "12 ayam 7 itik"])
    def test_a_word_of_ones_own_makes_it_a_password(self, word: str) -> None:
        validate_password(word)
