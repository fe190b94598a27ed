"""The picture of the cycle: nine stages round a table, and back to the first."""

from __future__ import annotations

from libraries.cycle import AGAIN, BOX, HIGH, STAGES, arrows, boxes


class TestBoxes:
    def test_nine_stages_in_their_order_then_round_again(self) -> None:
        codes = [part.code for part in STAGES]
        assert codes[0] == "creation"
        assert codes[-1] == "feedback"
        assert [box.label for box in boxes()] == [*(part.label for part in STAGES), AGAIN]

    def test_no_box_lies_on_another(self) -> None:
        found = boxes()
        for box in found:
            near = [each for each in found if abs(each.x - box.x) < BOX and abs(each.y - box.y) < HIGH]
            assert near == [box]

    def test_each_stage_says_what_both_do(self) -> None:
        assert all(part.kim.endswith(".") and part.library.endswith(".") for part in STAGES)


class TestArrows:
    def test_each_box_leads_to_the_next_and_the_last_to_the_first(self) -> None:
        found, drawn = boxes(), arrows()
        assert len(drawn) == len(found)
        for (line, head), other in zip(drawn, [*found[1:], found[0]], strict=True):
            x, y = map(int, head.split(" ")[0].split(","))
            assert other.x <= x <= other.x + BOX
            assert other.y <= y <= other.y + HIGH
            assert line.startswith("M")
