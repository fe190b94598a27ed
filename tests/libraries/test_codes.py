from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from libraries import codes

KEY = UUID(int=7)


class TestCode:
    def test_the_same_form_gets_the_same_code(self) -> None:
        assert codes.code_for(KEY) == codes.code_for(KEY)
        assert codes.code_for(KEY) != codes.code_for(uuid4())

    def test_it_is_read_however_it_is_typed(self) -> None:
        code = codes.code_for(KEY)
        assert codes.normalize(codes.display(code).lower()) == code
        assert codes.normalize("o0oo-1lli-2222-3333") == "0000111122223333"

    @pytest.mark.parametrize("typed", ["", "pendek", "U" * 16, "0" * 17])
    def test_what_is_no_code_is_none(self, typed: str) -> None:
        assert codes.normalize(typed) is None

    def test_digests_of_different_things_differ(self) -> None:
        digests = {codes.code_digest(str(KEY)), codes.submission_digest(KEY), codes.body_digest(str(KEY))}
        assert len(digests) == 3
