"""What the suite may import: `pytest` runs after a plain `pip install -r requirements.txt` as well."""

from __future__ import annotations

import ast

from tests.house import Files, top

GUARDED = {"tests/generated.py", "tests/test_fuzz.py"}  # each asks first whether the package is there
DEVELOPMENT = {
    *("hypothesis", "playwright", "axe_playwright_python", "xdist", "execnet"),
    *("ruff", "mypy", "django_stubs_ext", "mypy_django_plugin", "bandit"),
}


def imported(node: ast.stmt) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    return {top(name.replace(".", "/")) for name in names}


def development_imports(files: Files) -> list[str]:
    """Modules of tests that stop the whole run where the development requirements are missing."""
    return [
        f"{path}:{node.lineno}"
        for path, text in files.items()
        if path not in GUARDED
        for node in ast.parse(text).body
        if imported(node) & DEVELOPMENT
    ]
