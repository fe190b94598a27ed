from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from reports import codes

KEY = UUID("7f0c1d8e-3b4a-4c56-9d2e-0a1b2c3d4e5f")


class TestCodeForSubmission:
    def test_replay_gives_the_same_code(self) -> None:
        assert codes.code_for_submission(KEY) == codes.code_for_submission(KEY)

    def test_two_submissions_never_share_a_code(self) -> None:
        assert len({codes.code_for_submission(uuid4()) for _ in range(2000)}) == 2000

    def test_code_has_eighty_bits_of_crockfords_alphabet(self) -> None:
        code = codes.code_for_submission(KEY)
        assert len(code) == 16
        assert set(code) <= set(codes.ALPHABET)
        assert not set(codes.ALPHABET) & set("ILOU")

    def test_code_depends_on_the_tracking_key(self) -> None:
        before = codes.code_for_submission(KEY)
        with override_settings(TRACKING_KEY="k" * 50):
            assert codes.code_for_submission(KEY) != before

    def test_every_character_of_the_alphabet_occurs(self) -> None:
        assert set("".join(codes.code_for_submission(uuid4()) for _ in range(500))) == set(codes.ALPHABET)


class TestNormalizeCode:
    @pytest.mark.parametrize(
        "typed",
        [
            "0123-4567-89AB-CDEF",
            "0123456789abcdef",
            " o123 4567 89ab cdef ",
            "oI23-4567-89aB-CDEF",
            "0l23–4567–89AB–CDEF",
        ],
    )
    def test_any_way_of_typing_gives_one_code(self, typed: str) -> None:
        assert codes.normalize_code(typed) == "0123456789ABCDEF"

    @pytest.mark.parametrize(
        "typed", ["", "0123", "U" * 16, "0123456789ABCDEF0", "０１２３456789ABCDEF", "0123\x00456789ABCDE"]
    )
    def test_what_is_no_code_is_none(self, typed: str) -> None:
        assert codes.normalize_code(typed) is None

    def test_shown_code_reads_back(self) -> None:
        code = codes.new_code()
        assert codes.normalize_code(codes.display_code(code)) == code


class TestDigests:
    def test_digests_of_one_value_differ_by_purpose(self) -> None:
        value = str(KEY)
        assert len({codes.code_digest(value), codes.submission_digest(KEY), codes.token_digest(value)}) == 3

    def test_body_digest_ignores_the_order_and_sees_every_value(self) -> None:
        assert codes.body_digest({"a": 1, "b": 2}) == codes.body_digest({"b": 2, "a": 1})
        assert codes.body_digest({"a": 1, "b": 2}) != codes.body_digest({"a": 1, "b": 3})

    def test_same_photo_under_two_submissions_cannot_be_linked(self) -> None:
        assert codes.photo_digest("one", "photo") != codes.photo_digest("two", "photo")


class TestRandomKeys:
    def test_primary_keys_are_random_positive_and_fit_the_column(self) -> None:
        keys = {codes.random_key() for _ in range(1000)}
        assert len(keys) == 1000
        assert all(0 < key < 2**63 for key in keys)
        assert max(keys) > 2**62

    def test_public_ids_are_lower_case_and_apart(self) -> None:
        ids = {codes.new_public_id() for _ in range(1000)}
        assert len(ids) == 1000
        assert all(len(one) == 10 and one == one.lower() for one in ids)
