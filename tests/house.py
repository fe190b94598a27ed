"""The rules of the house as plain functions: each takes files as {path: text} and names what breaks the rule.

Pure, so that every rule can be shown a made-up violation (tests/test_structure.py).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Files = dict[str, str]

# Who may import whom: design.md section 1. An app is named once its folder exists.
BELOW: dict[str, set[str]] = {
    "regions": set(),
    "uploads": set(),
    "accounts": {"regions", "uploads"},
    "groups": {"accounts", "regions", "uploads"},
    "partnerships": {"groups", "accounts", "regions", "uploads"},
    "libraries": {"partnerships", "groups", "accounts", "regions", "uploads"},
    "reports": {"groups", "accounts", "regions", "uploads"},
    "participation": {"groups", "accounts", "regions", "uploads"},
}
BELOW["kimportal"] = set(BELOW)
APPS = set(BELOW)

TOP_LEVEL = APPS | {
    *("templates", "static", "tests", "docs", "manage.py", "Makefile", "pyproject.toml", "requirements.txt"),
    *("requirements-dev.txt", "README.md", "CHANGELOG.md", "LICENSE", ".ci", ".gitignore"),
}
# Made by tools, kept out of the repository by .gitignore.
IGNORED = {".git", ".venv", "var", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "mixins", "constants", "signals", "core", "common"}
# Reading order inside an app: each file imports only those before it (design.md section 2).
ORDER = [
    *(["workflow"], ["notifications"], ["models"], ["permissions"], ["forms"], ["views"]),
    ["urls", "admin", "feeds", "exports", "api"],
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def read(pattern: str, *folders: str) -> Files:
    """Files of these folders (default: the apps that exist) by their path from the root."""
    places = [ROOT / folder for folder in folders or sorted(APPS) if (ROOT / folder).is_dir()]
    return {str(path.relative_to(ROOT)): path.read_text() for place in places for path in sorted(place.rglob(pattern))}


def product_code() -> Files:
    return {path: text for path, text in read("*.py").items() if "/migrations/" not in path}


def top(path: str) -> str:
    return path.split("/", 1)[0]


# --- Arrows ----------------------------------------------------------------------------------------------------------
def may_use(user: str, used: str) -> bool:
    return used == user or used not in APPS or used in BELOW[user]


def imported_modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else str(node.module)


def import_arrows(files: Files) -> list[str]:
    """Imports against the arrows, imports of tests by the product, and relative imports (they hide the arrow)."""
    faults = []
    for path, text in files.items():
        for module in imported_modules(ast.parse(text)):
            used = module.split(".")[0]
            if used in {"", "tests"} or not may_use(top(path), used):
                faults.append(f"{path} imports {module}")
    return faults


def named_models(files: Files) -> list[str]:
    """Models of higher apps named in a string: `apps.get_model("reports", ...)`, `ForeignKey("reports.Report")`."""
    names = "|".join(sorted(APPS))
    pattern = re.compile(rf"get_model\(\s*[\"']({names})\b|[\"']({names})\.[A-Z]\w+[\"']")
    return [
        f"{path} names {found.group(0)}"
        for path, text in files.items()
        for found in pattern.finditer(text)
        if not may_use(top(path), found.group(1) or found.group(2))
    ]


def foreign_keys(models: Iterable[type]) -> list[str]:
    """Relations against the arrows."""
    relations = [
        (model._meta, field.related_model._meta)
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and not field.auto_created
    ]
    return [
        f"{source.label} -> {target.label}"
        for source, target in relations
        if source.app_label in APPS and not may_use(source.app_label, target.app_label)
    ]


def file_order(files: Files) -> list[str]:
    """Files of an app that import one that comes later in reading order, at module level (types aside)."""
    faults = []
    for path, text in files.items():
        app, rest = path.split("/", 1)
        own = RANK.get(rest.split("/")[0].removesuffix(".py"))
        if own is None:
            continue
        for node in ast.parse(text).body:
            for module in imported_modules(node) if isinstance(node, ast.Import | ast.ImportFrom) else ():
                parts = module.split(".")
                if parts[0] == app and len(parts) > 1 and RANK.get(parts[1], -1) > own:
                    faults.append(f"{path} imports {module}")
    return faults


# --- Templates -------------------------------------------------------------------------------------------------------
ROOMS = {"account": "accounts", "mfa": "accounts", "allauth": "accounts", "pages": "kimportal", "forms": "shared"}


def owner(template: str) -> str:
    """The app a template belongs to. Those in the root folder that others include or extend belong to all."""
    parts = template.removeprefix("templates/").split("/")
    if len(parts) == 1:
        return "shared" if parts[0].startswith("_") or parts[0] == "base.html" else "kimportal"
    if parts[0] == "admin":
        return parts[1] if len(parts) > 2 and parts[1] in APPS else "accounts"
    return ROOMS.get(parts[0], parts[0])


def template_may_use(user: str, used: str) -> bool:
    if used == "shared" or used not in APPS:
        return True
    return used in {"regions", "uploads"} if user == "shared" else may_use(user, used)


TAG = re.compile(r"{%-?\s*(load|include|extends)\s+(.*?)-?%}")


def template_arrows(templates: Files, libraries: dict[str, str]) -> list[str]:
    """`load`, `include` and `extends` against the arrows; `libraries` tells each tag library's app."""
    faults = []
    for path, text in templates.items():
        for kind, rest in TAG.findall(text):
            names = rest.split(" from ")[-1].split() if kind == "load" else re.findall(r"^[\"'](.*?)[\"']", rest)
            used = {name: libraries.get(name, "") if kind == "load" else owner(name) for name in names}
            faults += [f"{path} {kind} {name}" for name, app in used.items() if not template_may_use(owner(path), app)]
    return faults


def rendered_templates(files: Files) -> list[str]:
    """Templates of higher apps named in Python."""
    pattern = re.compile(r"[\"']((?:\w+/)+\w+\.(?:html|txt|xml|js))[\"']")
    return [
        f"{path} renders {name}"
        for path, text in files.items()
        for name in pattern.findall(text)
        if not template_may_use(top(path), owner(name))
    ]


INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.I),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
}


def inline_code(templates: Files) -> list[str]:
    """What the Content-Security-Policy would block."""
    plain = {path: re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S) for path, text in templates.items()}
    return [
        f"{path}: inline {kind}" for path, text in plain.items() for kind, bad in INLINE.items() if bad.search(text)
    ]


def two_levels(templates: Files) -> list[str]:
    """Pages extend base.html directly; the admin and allauth have one layout of their own in between."""
    layouts = {
        "base.html",
        "admin/base_site.html",
        "admin/base.html",
        "admin/change_form.html",
        "allauth/layouts/base.html",
    }
    extended = [
        (path, name) for path, text in templates.items() for name in re.findall(r"{% extends [\"'](.*?)[\"']", text)
    ]
    return [f"{path} extends {name}" for path, name in extended if name not in layouts]


# --- Names, sizes, words ---------------------------------------------------------------------------------------------
def unknown_names(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - TOP_LEVEL - IGNORED)


def forbidden_names(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if {part.split(".")[0] for part in path.split("/")} & FORBIDDEN_NAMES]


def too_long(files: Files, limit: int) -> list[str]:
    return [f"{path}: {lines} lines" for path, text in files.items() if (lines := len(text.splitlines())) > limit]


def is_view(function: ast.FunctionDef, path: str) -> bool:
    first = function.args.args[0].arg if function.args.args else ""
    return first == "request" and "views" in path


def long_functions(files: Files) -> list[str]:
    """Functions over 30 lines, views over 25; decorators and docstrings count, as they are read too."""
    faults = []
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > (25 if is_view(node, path) else 30):
                    faults.append(f"{path} {node.name}: {lines} lines")
    return faults


GETTEXT = re.compile(
    r"gettext|{%\s*(?:trans|translate|blocktrans|blocktranslate)\b|{%\s*load[^%]*\bi18n\b|LocaleMiddleware"
)


def translations(files: Files) -> list[str]:
    """Wrapping for translation: the portal speaks one language, written plainly (design.md section 3)."""
    return [f"{path}: {found.group(0)}" for path, text in files.items() if (found := GETTEXT.search(text))]


def assigned_status(files: Files) -> list[str]:
    """`status` is changed by the model's actions alone (design.md section 5)."""
    pattern = re.compile(r"\.status\s*(?:,[^=\n]*)?=(?!=)|\bupdate\([^)]*\bstatus=")
    return [path for path, text in files.items() if "/models/" not in path and pattern.search(text)]


def undescribed_models(files: Files) -> list[str]:
    """Model classes without a docstring."""
    return [
        f"{path} {node.name}"
        for path, text in files.items()
        if "/models" in path
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and any(is_model_base(base) for base in node.bases)
        if not ast.get_docstring(node)
    ]


def is_model_base(base: ast.expr) -> bool:
    return ast.unparse(base) in {"models.Model", "Located", "Policy", "Event", "EventText"}


def reasonless(pyproject: str) -> list[str]:
    """Requirements without a comment that says why."""
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", pyproject, re.M | re.S)
    lines = [line.strip() for block in lists for line in block.splitlines() if line.strip()]
    return [line for line in lines if not re.search(r'",\s*#\s*\w+', line)]


# --- Tests -----------------------------------------------------------------------------------------------------------
# Test files that mirror something else than one module.
MIRRORS = {
    "tests/accounts/test_allauth_pages.py": "templates/account and templates/mfa",
    "tests/uploads/test_memory.py": "uploads/images.py in a process of its own",
}


def orphans(tests: Iterable[str], modules: Iterable[str]) -> list[str]:
    """Test files that name no module of their app. A second file on one module adds its aspect: test_forms_names.py."""
    known = tuple(name for path in modules for name in mirror_names(path))
    return [
        path
        for path in tests
        if path.count("/") == 2 and path not in MIRRORS
        if path.removesuffix(".py") not in known and not path.startswith(tuple(f"{name}_" for name in known))
    ]


def mirror_names(module: str) -> Iterator[str]:
    """ "kimportal/pages/views.py" -> test_views, test_pages_views; a package also lends its own name."""
    app, *parts = module.removesuffix(".py").removesuffix("/__init__").split("/")
    for start in range(len(parts)):
        yield f"tests/{app}/test_{'_'.join(parts[start:])}"


def folders_without_init(paths: Iterable[str]) -> list[str]:
    known = set(paths)
    folders = {path.rsplit("/", 1)[0] for path in known}
    return sorted(folder for folder in folders if f"{folder}/__init__.py" not in known)
