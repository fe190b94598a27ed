"""Lists that an agency brings: libraries of a regency, and their months. Checked as a whole, stored as a whole."""

from libraries.imports.figures import FiguresList
from libraries.imports.registry import RegistryList
from libraries.imports.sheet import DryRun, ListKind

KINDS: dict[str, ListKind] = {"daftar": RegistryList(), "angka": FiguresList()}

__all__ = ["KINDS", "DryRun", "ListKind"]
