"""A checker that is told to be silent is told why, on the same line (a rule of the house, tests/test_structure.py)."""

from __future__ import annotations

import re

from tests.house import Files

SILENCED = re.compile(r"#\s*(?:type: ignore(?:\[[^]]*\])?|noqa(?:: *[A-Z]+\d+(?:, *[A-Z]+\d+)*)?|nosec(?: B\d+)*)")

COMMENT = re.compile(r"(?:^|\s)#")


def unexplained(files: Files) -> list[str]:
    """Lines with `type: ignore`, `noqa` or `nosec` and no other words in their comment."""
    return [
        f"{path}:{number}"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if SILENCED.search(line) and not re.search(r"\w{2}", SILENCED.sub("", line[COMMENT.search(line).start() :]))
    ]
