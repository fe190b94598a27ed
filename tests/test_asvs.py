"""docs/asvs.md answers every requirement once, with a verdict that somebody can check."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tests.asvs_ids import LEVEL_1, LEVEL_2
from tests.house import ROOT
from tests.planted.bug import has_test

TEXT = (ROOT / "docs" / "asvs.md").read_text()
VERDICTS = ("terpenuhi", "tidak berlaku", "belum")
LEAST_REASON = 8  # letters


class Row(NamedTuple):
    number: str
    level: str
    short: str
    verdict: str
    proof: str

    @property
    def tests(self) -> list[str]:
        return re.findall(r"`(tests/[\w./]+\.py(?:::\w+)*)`", self.proof)


def rows_of(text: str) -> list[Row]:
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if re.match(r"\| V\d", line)]
    return [Row(*(cell.strip() for cell in cells)) for cells in lines]


def faults(rows: list[Row]) -> list[str]:
    """What is wrong with a row by itself."""
    found = [f"{row.number}: {row.verdict}" for row in rows if row.verdict not in VERDICTS]
    found += [f"{row.number}: no test and no reason" for row in rows if len(row.proof) < LEAST_REASON]
    found += [f"{row.number}: {each}" for row in rows for each in row.tests if not has_test(ROOT, each)]
    return found + [f"{row.number}: no words" for row in rows if not row.short]


class TestTable:
    def test_every_requirement_stands_there_once_under_its_level(self) -> None:
        assert (len(LEVEL_1), len(LEVEL_2)) == (70, 183)
        expected = {**dict.fromkeys(LEVEL_1, "1"), **dict.fromkeys(LEVEL_2, "2")}
        rows = rows_of(TEXT)
        assert [number for number, times in Counter(row.number for row in rows).items() if times > 1] == []
        assert {row.number: row.level for row in rows} == expected

    def test_every_verdict_has_a_test_that_is_there_or_a_reason(self) -> None:
        assert faults(rows_of(TEXT)) == []

    def test_the_figures_above_are_those_of_the_table(self) -> None:
        rows = rows_of(TEXT)
        for level in ("1", "2"):
            verdicts = Counter(row.verdict for row in rows if row.level == level)
            assert f"| {level} | {' | '.join(str(verdicts[each]) for each in VERDICTS)} |" in TEXT

    def test_a_false_row_is_found(self) -> None:
        good, gone = "tests/test_asvs.py::TestTable", "tests/test_asvs.py::TestNothing"
        for verdict, proof in (("mungkin", f"`{good}`"), ("belum", ""), ("terpenuhi", f"`{gone}`")):
            assert faults(rows_of(f"| V1.1.1 | 2 | kata | {verdict} | {proof} |"))
        assert faults(rows_of(f"| V1.1.1 | 2 | kata | terpenuhi | `{good}` |")) == []


class TestThreatModel:
    def test_every_test_it_names_is_there(self) -> None:
        text = (ROOT / "docs" / "threat-model.md").read_text()
        named = re.findall(r"`(tests/[\w./]+\.py(?:::\w+)*)`", text)
        assert len(named) >= 20
        assert [each for each in named if not has_test(ROOT, each)] == []
