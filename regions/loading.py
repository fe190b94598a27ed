"""Bring the area tree in line with the shipped files: add, rename, follow splits and mergers, retire. Never delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from regions import catalogue
from regions.models import Area, AreaAlias, LocalTerm, Located, TimeZone
from regions.models.area import NAMING_FIELDS
from regions.models.located import copied_codes

LOADED_FIELDS = (*NAMING_FIELDS, "name", "time_zone", "successor", "retired_on")
BATCH = 5000
Progress = Callable[[str, int, int], None]  # what is being done, how many done, of how many


@dataclass
class Changes:
    """What one load changed, for the person who ran it."""

    added: int = 0
    renamed: list[tuple[str, str, str]] = field(default_factory=list)  # code, old name, new name
    updated: int = 0  # same name, another time zone, local term or alias
    returned: list[str] = field(default_factory=list)  # retired before, listed again
    replaced: list[tuple[str, str]] = field(default_factory=list)  # old code, new code
    retired: list[str] = field(default_factory=list)  # no longer listed, no successor known
    moved_rows: int = 0  # rows of other tables that followed to a new code
    terms: int = 0
    aliases: int = 0

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Source:
    """All files of one folder, read and checked before anything is written."""

    names: dict[str, str]
    zones: dict[str, str]
    terms: list[LocalTerm]
    aliases: list[AreaAlias]
    successors: dict[str, tuple[str, date]]

    @classmethod
    def read(cls, folder: Path) -> Source:
        names, aliases = catalogue.read_names(folder), catalogue.read_aliases(folder)
        successors = catalogue.read_successors(folder)
        for code in [alias.area_id for alias in aliases] + [new for new, _ in successors.values()]:
            if code not in names:
                raise catalogue.BrokenFileError(f"Kode {code} di aliases.csv atau successors.csv tidak ada di daftar.")
        for code in successors:
            if code in names:
                raise catalogue.BrokenFileError(f"Kode lama {code} di successors.csv masih ada di daftar wilayah.")
        return cls(names, catalogue.read_time_zones(folder), catalogue.read_terms(folder), aliases, successors)


def load(folder: Path = catalogue.DATA_DIR, progress: Progress = lambda *_: None) -> Changes:
    """Read the files and bring the database in line, all or nothing."""
    source = Source.read(folder)
    changes = Changes()
    with transaction.atomic():
        present = Area.objects.in_bulk()
        changes.terms = LocalTerm.objects.add_missing(source.terms)
        write_areas(source, present, changes, progress)
        changes.aliases = AreaAlias.objects.add_missing(source.aliases)
        follow_successors(source, present, changes)
        with connection.cursor() as cursor:  # without figures SQLite reads a whole level for a handful of names
            cursor.execute("ANALYZE regions_area")
    return changes


def write_areas(source: Source, present: dict[str, Area], changes: Changes, progress: Progress) -> None:
    """Add the new areas and update those that changed, from the provinces down, so that a parent is always there."""
    terms = LocalTerm.objects.terms()
    aliases = AreaAlias.objects.by_area()
    for alias in source.aliases:
        if alias.name not in (known := aliases.setdefault(alias.area_id, [])):
            known.append(alias.name)
    areas: dict[str, Area] = {}
    changed: list[Area] = []
    for done, (code, name) in enumerate(source.names.items(), start=1):
        area = areas[code] = present.get(code) or Area(code=code)
        is_listed_anew = update(area, name, source, changes, is_new=code not in present)
        is_named_anew = area.derive(areas.get(area.up or ""), terms, aliases)
        changes.updated += is_named_anew and not is_listed_anew
        if is_listed_anew or is_named_anew:
            changed.append(area)
        if done % BATCH == 0 or done == len(source.names):
            Area.objects.write(changed, LOADED_FIELDS)
            changed.clear()
            progress("Menyimpan wilayah", done, len(source.names))


def update(area: Area, name: str, source: Source, changes: Changes, *, is_new: bool) -> bool:
    """Set what the files say about one area; says whether anything changed, and notes what."""
    zone = source.zones.get(area.code[:2], TimeZone.WIB)
    before = (area.name, area.time_zone, area.retired_on)
    is_back = area.retired_on is not None and area.successor_id is None  # who named a successor meant it
    if is_new:
        changes.added += 1
    elif area.name != name:
        changes.renamed.append((area.code, area.name, name))
    elif is_back:
        changes.returned.append(area.code)
    elif area.time_zone != zone:
        changes.updated += 1
    area.name, area.time_zone, area.retired_on = name, zone, None if is_back else area.retired_on
    return is_new or before != (area.name, area.time_zone, area.retired_on)


def follow_successors(source: Source, present: dict[str, Area], changes: Changes) -> None:
    """Retire the areas that are no longer listed, and move what lives in them to the areas that replaced them."""
    today = timezone.localdate()
    gone = [area for code, area in sorted(present.items()) if code not in source.names]
    for area in gone:
        new, since = successor_of(area, source)
        if new and area.successor_id != new:
            changes.replaced.append((area.code, new))
        elif not new and area.retired_on is None:
            changes.retired.append(area.code)
        area.retired_on = area.retired_on or since or today
        area.successor_id = new or area.successor_id
    Area.objects.bulk_update(gone, ["retired_on", "successor"], batch_size=500)
    for area in present.values():  # a successor named in the admin counts as well
        if area.successor_id:
            changes.moved_rows += move_rows(area.code, area.successor_id)


def successor_of(area: Area, source: Source) -> tuple[str | None, date | None]:
    """The code that replaced this one and since when. Below a moved regency the rest of the code and the name stay."""
    if area.code in source.successors:
        return source.successors[area.code]
    for length in (8, 5):
        above = area.code[:length]
        if len(area.code) > length and above in source.successors:
            prefix, since = source.successors[above]
            code = prefix + area.code[length:]
            if source.names.get(code, "").casefold() == area.name.casefold():
                return code, since
    return None, None


def keys_to_area() -> list[models.ForeignKey]:
    """Every foreign key to an area, the tree's own aside, in whatever app it is."""
    hidden = Area._meta.get_fields(include_hidden=True)
    keys = [relation.field for relation in hidden if isinstance(relation, models.ForeignObjectRel)]
    return [key for key in keys if isinstance(key, models.ForeignKey) and key.model is not Area]


def move_rows(old: str, new: str) -> int:
    """Point every row that names the old code to the new one, copied codes included; says how many rows moved."""
    moved = 0
    for key in keys_to_area():
        values: dict[str, Any] = {key.attname: new}
        if issubclass(key.model, Located) and key.name == "area":
            values |= copied_codes(new)
        moved += move_rows_of(key, old, values)
    return moved


def move_rows_of(key: models.ForeignKey, old: str, values: dict[str, Any]) -> int:
    """Move the rows of one table; where the new area has its own (a policy, an institution of that name) that holds."""
    rows = key.model._base_manager.filter(**{key.attname: old})
    try:
        with transaction.atomic():
            return rows.update(**values)
    except IntegrityError:
        return sum(move_one(rows.filter(pk=pk), values) for pk in rows.values_list("pk", flat=True))


def move_one(row: models.QuerySet[Any], values: dict[str, Any]) -> int:
    try:
        with transaction.atomic():
            return row.update(**values)
    except IntegrityError:
        return 0
