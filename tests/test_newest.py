"""The question for newer patches compares what it should, and does not take silence for "nothing newer"."""

from __future__ import annotations

import pytest

from tests import newest
from tests.house import ROOT


class TestPins:
    def test_names_and_versions(self) -> None:
        text = (
            "django==5.2.19 \\\n    --hash=sha256:00\ndjango-allauth[mfa]==65.1.0 \\\ntzdata==2026.6 ; sys_platform\n"
        )
        assert newest.pins(text) == {"django": "5.2.19", "django-allauth": "65.1.0", "tzdata": "2026.6"}

    def test_every_requirement_is_pinned(self) -> None:
        assert {"django", "pillow", "psycopg2-binary"} <= set(newest.pins((ROOT / "requirements.txt").read_text()))


class TestNewestOf:
    @pytest.mark.parametrize(
        ("version", "offered", "expected"),
        [
            ("5.2.9", ["6.0.1", "5.2.19", "5.2.10", "5.1.20"], "5.2.19"),
            ("5.2.19", ["6.0.1", "5.2.19"], "5.2.19"),
            ("5.2.19", ["5.2.20rc1", "5.2.20.dev3"], "5.2.19"),
            ("2.9.0", ["2.9.0.post0", "2.8.2"], "2.9.0"),
            ("0.109", ["0.110"], "0.109"),
            ("8.2", ["8.2.1"], "8.2.1"),
        ],
    )
    def test_the_last_patch_of_the_series(self, version: str, offered: list[str], expected: str) -> None:
        assert newest.newest_of(version, offered) == expected


class TestMain:
    def test_silence_is_not_taken_for_nothing_newer(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(newest, "ask", lambda *arguments: "")
        assert newest.main() == 2
        assert "tidak menjawab" in capsys.readouterr().out

    def test_a_missing_patch_fails_and_is_named(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pinned = newest.pins((ROOT / "requirements.txt").read_text())["django"]
        answers = {
            "index": f"Available versions: 99.0, {pinned}.1, {pinned}",
            "list": '[{"name": "Django", "latest_version": "99.0"}]',
        }
        monkeypatch.setattr(newest, "ask", lambda kind, *rest: answers[kind])
        assert newest.main() == 1
        assert f"TERTINGGAL: django {pinned} -> {pinned}.1" in capsys.readouterr().out
