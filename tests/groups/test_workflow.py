"""The life of a KIM is the specified one, no edge more, no edge less."""

from __future__ import annotations

import pytest

from groups.workflow import EDITABLE, PUBLIC, TRANSITIONS, Status, can_move

SPECIFIED = """
draft -> submitted | dissolved
submitted -> verified | revision | rejected | dissolved
revision -> submitted | dissolved
rejected -> submitted | dissolved
verified -> active | dissolved
active -> inactive | dissolved
inactive -> active | dissolved
"""


class TestTransitions:
    def test_table_is_the_specified_one(self) -> None:
        lines = (line.split(" -> ") for line in SPECIFIED.strip().splitlines())
        expected = {start: set(ends.split(" | ")) for start, ends in lines}
        assert {str(start): {str(end) for end in ends} for start, ends in TRANSITIONS.items() if ends} == expected

    def test_the_end_is_the_end(self) -> None:
        assert not any(can_move(Status.DISSOLVED, to) for to in Status)

    @pytest.mark.parametrize("status", list(Status))
    def test_what_can_still_be_written_is_never_public(self, status: Status) -> None:
        assert not (status in EDITABLE and status in PUBLIC)
