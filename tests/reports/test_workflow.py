"""The table of states is the one of the specification, no edge more, no edge less."""

from __future__ import annotations

import pytest

from reports.workflow import (
    FINISHED,
    INSTITUTION_MOVES,
    PENDING,
    STEP_OF,
    STEPS,
    TRANSITIONS,
    Status,
    can_move,
)

SPECIFIED = """
submitted -> verified | on_hold | not_authorized | archived
on_hold -> submitted | not_authorized | archived
verified -> forwarded | in_follow_up | on_hold | not_authorized | archived
forwarded -> in_follow_up | verified | not_authorized
in_follow_up -> answered | forwarded | on_hold
answered -> closed | disputed | in_follow_up
disputed -> in_follow_up | answered | closed
closed -> disputed
not_authorized -> submitted
archived -> submitted
"""


def specified() -> dict[str, set[str]]:
    lines = (line.split(" -> ") for line in SPECIFIED.strip().splitlines())
    return {start: set(ends.split(" | ")) for start, ends in lines}


class TestTransitions:
    def test_table_is_the_specified_one(self) -> None:
        assert {str(start): {str(end) for end in ends} for start, ends in TRANSITIONS.items()} == specified()

    def test_every_state_can_be_left_and_reached(self) -> None:
        reached = set().union(*TRANSITIONS.values())
        assert set(TRANSITIONS) == set(Status) == reached

    @pytest.mark.parametrize("status", list(Status))
    def test_no_state_leads_to_itself(self, status: Status) -> None:
        assert not can_move(status, status)

    def test_unknown_target_is_refused(self) -> None:
        assert not can_move(Status.SUBMITTED, "hapus")

    def test_institution_moves_are_part_of_the_table(self) -> None:
        assert all(ends <= TRANSITIONS[start] for start, ends in INSTITUTION_MOVES.items())


class TestStages:
    def test_every_state_stands_on_one_of_four_steps(self) -> None:
        assert set(STEP_OF) == set(Status)
        assert set(STEP_OF.values()) == set(range(1, len(STEPS) + 1))

    def test_pending_finished_and_answered_share_out_all_states(self) -> None:
        assert PENDING | FINISHED | {Status.ANSWERED} == set(Status)
        assert not PENDING & FINISHED
