"""Every named address of the portal, read from the URLconf: apps, admin and allauth alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespace, the names of its parameters, and its view."""

    name: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    def path(self, stage: Stage) -> str:
        return reverse(self.name, kwargs=stage.arguments(self.name, list(self.parameters)))

    @property
    def is_public(self) -> bool:
        return not getattr(self.view, "login_required", True)


def named_addresses() -> list[Address]:
    """Without the unnamed redirects and the catch-all of the admin, which lead to named ones."""
    return [each for each in _walk(get_resolver().url_patterns, "", ()) if not each.name.endswith("None")]


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, above: tuple[str, ...]) -> Iterator[Address]:
    for each in patterns:
        own = (
            *above,
            *each.pattern.converters,
            *(getattr(each.pattern, "regex", None) and each.pattern.regex.groupindex or ()),
        )
        names = tuple(dict.fromkeys(own))
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, inner, names)
        else:
            yield Address(f"{namespace}{each.name}", names, each.callback)
