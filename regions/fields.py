"""Choosing an area in a form: by typing a few letters, by pasting a code, with and without JavaScript.

The browser sends three things: `area` (a code, set by the script or kept from an earlier answer), `area_words` (the
text box) and `area_choice` (one of the choices shown when the words fit several areas). Others may send only `area`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from regions.folding import fold
from regions.models import Area, Level
from regions.models.codes import is_code
from regions.models.searching import SHORTEST

LONGEST_WORDS = 250
NAMES = {
    Level.PROVINCE: "provinsi",
    Level.REGENCY: "kabupaten atau kota",
    Level.DISTRICT: "kecamatan",
    Level.VILLAGE: "desa atau kelurahan",
    None: "wilayah",
}


@dataclass(frozen=True)
class Typed:
    """What the browser sent for one area; each part may be empty."""

    code: str = ""
    words: str = ""
    choice: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.words or self.choice)

    def __str__(self) -> str:
        return self.words or self.choice or self.code


@dataclass(frozen=True)
class Resolved:
    """The area that was meant, or the choices and the sentence that ask for it."""

    area: Area | None = None
    choices: list[Area] = field(default_factory=list)
    problem: str = ""


def resolve(typed: Typed, level: Level | None) -> Resolved:
    """The area meant: a ticked choice or the kept code while the text box still says the same, else its words."""
    codes = [code for code in (typed.choice, typed.code) if is_code(code)]
    known = Area.objects.in_bulk(codes)
    kept = known.get(typed.code)
    if kept and same_words(typed.words, kept.full_name):
        return accept(kept, level)
    if not typed.words:
        return accept(kept, level) if kept else resolve_words(typed.code or typed.choice, level)
    found = resolve_words(typed.words, level)
    chosen = known.get(typed.choice)
    return Resolved(chosen) if chosen in found.choices and chosen else found


def accept(area: Area, level: Level | None) -> Resolved:
    """This area or its successor, when it has the level asked for; else its parts are the choices."""
    area = area.current
    name = NAMES[level]
    if area.retired_on:
        problem = f"{area.full_name} tidak berlaku lagi. Tulis nama wilayah yang sekarang."
        return Resolved(problem=problem)
    if level is None or area.level == level:
        return Resolved(area)
    parts = [part for part in area.parts()[:100] if part.level == level]
    return Resolved(choices=parts, problem=f"{area.full_name} bukan {name}. Pilih {name}.")


def resolve_words(words: str, level: Level | None) -> Resolved:
    """The only area these words fit, or the choices; the sentence says what to do next."""
    name, words = NAMES[level], words.strip()[:LONGEST_WORDS]
    if is_code(words) and (area := Area.objects.filter(code=words).first()):
        return accept(area, level)
    if len(fold(words).replace(" ", "")) < SHORTEST:
        return Resolved(problem=f"Tulis sedikitnya tiga huruf nama {name}.")
    found = Area.objects.search(words, level)
    if len(found.areas) == 1:
        return Resolved(found.areas[0])
    if not found.areas:
        return Resolved(problem=f"Tidak ada {name} yang cocok. Periksa ejaannya, atau tulis nama kecamatannya.")
    exact = [area for area in found.areas if same_words(words, area.full_name)]
    if len(exact) == 1:
        return Resolved(exact[0])
    if found.has_more:
        problem = f"Lebih dari {len(found.areas)} {name} cocok. Pilih satu, atau tambahkan nama kecamatannya."
        return Resolved(choices=found.areas, problem=problem)
    return Resolved(choices=found.areas, problem=f"{len(found.areas)} {name} cocok. Pilih satu.")


def same_words(words: str, full_name: str) -> bool:
    return fold(words) == fold(full_name)


class AreaPicker(forms.Widget):
    """A text box with suggestions; without JavaScript its words are looked up when the form is sent."""

    template_name = "regions/_area_picker.html"
    level: Level | None = Level.VILLAGE

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        parts = (str(data.get(key) or "").strip() for key in (name, f"{name}_words", f"{name}_choice"))
        return Typed(*(part.replace("\0", "") for part in parts))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not {name, f"{name}_words", f"{name}_choice"} & set(data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = as_typed(value)
        resolved = resolve(typed, self.level) if typed else Resolved()
        context["widget"] |= {
            "area": resolved.area,
            "words": resolved.area.full_name if resolved.area else typed.words or typed.code,
            "choices": resolved.choices,
            "level": self.level or "",
        }
        return context

    def id_for_label(self, id_: str) -> str:
        return id_


def as_typed(value: Any) -> Typed:
    """A form's initial value (an area, its code, nothing) as if the browser had sent it."""
    if isinstance(value, Typed):
        return value
    return Typed(code=str(getattr(value, "code", None) or value or "").replace("\0", ""))


class AreaField(forms.Field):
    """An area of one level (a village unless said otherwise; None takes any). Cleans to an `Area` in use, or None."""

    widget = AreaPicker

    def __init__(self, *, level: Level | str | None = Level.VILLAGE, **kwargs: Any) -> None:
        self.level = Level(level) if level else None
        name = NAMES[self.level]
        kwargs.setdefault("help_text", f"Ketik tiga huruf nama {name}, lalu pilih. Kode wilayah juga bisa.")
        super().__init__(**kwargs)
        self.error_messages["required"] = f"Tulis dan pilih {name}."
        self.widget.level = self.level

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value)

    def to_python(self, value: Any) -> Area | None:
        typed = as_typed(value)
        if not typed:
            return None
        resolved = resolve(typed, self.level)
        if resolved.area is None:
            raise ValidationError(resolved.problem, code="area")
        return resolved.area

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = as_typed(initial), as_typed(data)
        if not after:
            return bool(before)
        area = resolve(after, self.level).area
        return area is None or area.code != before.code
