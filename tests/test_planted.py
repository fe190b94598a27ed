"""The list of sabotages does not rot: every one can still be planted, and names tests that are there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.house import APPS, ROOT
from tests.planted.bug import Bug, has_test
from tests.planted.run import BUGS


def rotten(bugs: tuple[Bug, ...], root: Path = ROOT) -> list[str]:
    """Sabotages whose old text does not stand exactly once, or that change nothing."""
    return [bug.name for bug in bugs if bug.count(root) != 1 or bug.old == bug.new]


class TestBugs:
    def test_there_are_thirty_and_more_with_names_of_their_own(self) -> None:
        assert len(BUGS) >= 30
        assert [name for name, times in Counter(bug.name for bug in BUGS).items() if times > 1] == []

    def test_every_one_can_be_planted(self) -> None:
        assert rotten(BUGS) == []

    def test_every_one_names_tests_that_are_there(self) -> None:
        assert [(bug.name, each) for bug in BUGS for each in bug.tests if not has_test(ROOT, each)] == []
        assert [bug.name for bug in BUGS if not bug.tests] == []

    def test_every_app_has_some(self) -> None:
        """An app being born brings its own when it is whole."""
        tested = {name for name in APPS if list((ROOT / "tests" / name).glob("test_*.py"))}
        assert tested <= {bug.app for bug in BUGS}

    def test_a_rotten_one_is_noticed(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("x = 1\ny = 1\n")
        gone, twice, same = (Bug(old, "", "a.py", old, new, ()) for old, new in (("z", ""), ("1", "2"), ("x", "x")))
        assert rotten((gone, twice, same, Bug("good", "", "a.py", "x", "z", ())), tmp_path) == ["z", "1", "x"]
        assert not has_test(ROOT, "tests/test_planted.py::TestBugs::test_of_nothing")
        assert not has_test(ROOT, "tests/test_nothing.py")
