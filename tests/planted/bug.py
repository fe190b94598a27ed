"""One sabotage: which text of which file becomes what, what that breaks, and who should notice."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple


class Bug(NamedTuple):
    """`old` stands exactly once in `path`; `tests` are pytest addresses, as narrow as the rule allows."""

    name: str
    breaks: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]

    @property
    def app(self) -> str:
        return self.path.removeprefix("templates/").split("/")[0]

    def count(self, root: Path) -> int:
        """How often the old text stands in the file; only 1 can be planted."""
        path = root / self.path
        return path.read_text().count(self.old) if path.is_file() else 0

    def plant(self, root: Path) -> str:
        """Change the file; returns what it held before."""
        path = root / self.path
        before = path.read_text()
        path.write_text(before.replace(self.old, self.new))
        return before


def has_test(root: Path, address: str) -> bool:
    """Whether "file", "file::Class" or "file::Class::test" is there."""
    file, *names = address.split("::")
    path = root / file
    if not path.is_file():
        return False
    body: list[ast.stmt] = ast.parse(path.read_text()).body
    for name in names:
        found = next((node for node in body if getattr(node, "name", None) == name), None)
        if found is None:
            return False
        body = getattr(found, "body", [])
    return True
