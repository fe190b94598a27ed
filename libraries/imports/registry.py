"""The list of a regency's libraries: new ones are founded, known ones changed, and what is the same is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Institution, User
from accounts.models.institutions import Sector
from groups.imports.checking import name_key
from groups.imports.columns import Column, OneOf, VillageCode, Words
from libraries.imports.sheet import CHANGED, NEW, SAME, DryRun, ListKind, Row, acts_in, in_order, own_libraries
from libraries.models import Library
from regions.models import Area, CustomaryVillage, Level, Supply
from regions.models.located import copied_codes

SUPPLIES = {label: code for code, label in Supply.choices}
YES = {"Ya": "1", "Tidak": "0"}
TEXTS = {"jam_buka": "hours", "cara_datang": "directions", "peralatan": "equipment", "koleksi": "collection"}


class Lines(Words):
    """Text that keeps its line ends."""

    def to_python(self, value: Any) -> str:
        lines = (" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", str(value or "")))
        return "\n".join(lines).strip()


COLUMNS = (
    Column("kode_perpustakaan", Words(80), "Kode di portal. Kosong untuk perpustakaan baru."),
    Column("nama", Words(160, required=True), "Nama perpustakaan.", "Perpustakaan Nagari Piobang"),
    Column("kode_desa", VillageCode(), "Kode Kemendagri desa, kelurahan, atau nagari.", "13.07.03.2005"),
    Column("desa_adat", Words(80), "Nama desa adat yang sudah tercatat di kecamatan itu, bila ada."),
    Column("dinas", Words(160), "Nama Dinas penanggung jawab, seperti di portal."),
    Column("jam_buka", Lines(300), "Jam buka.", "Senin sampai Jumat 08.00–15.00"),
    Column("cara_datang", Lines(500), "Patokan dan kendaraan."),
    Column("internet", OneOf(SUPPLIES), f"{', '.join(SUPPLIES)}; boleh kosong.", next(iter(SUPPLIES))),
    Column("peralatan", Lines(500), "Misalnya 3 komputer, 4 rak."),
    Column("koleksi", Lines(500), "Misalnya 1.000 buku, 500 judul."),
    Column("ada_di_daftar", OneOf(YES, default="1"), "Ya bila umum boleh melihatnya. Kosong berarti Ya.", "Ya"),
)


class RegistryList(ListKind):
    name, title = "daftar", "Daftar perpustakaan"
    most_rows = 500
    columns = COLUMNS
    shown = ("dinas", "jam_buka", "internet", "ada_di_daftar")

    # --- Checking ----------------------------------------------------------------------------------------------------
    def check(self, run: DryRun, by: User) -> None:
        """Half a dozen queries, however long the list."""
        self._find_villages(run, by)
        self._find_libraries(run, by)
        self._find_agencies(run, by)
        self._find_customary(run)
        self._find_doubles(run)
        for row in run.rows:
            self._settle(run, row)

    def _find_villages(self, run: DryRun, by: User) -> None:
        codes = {code for row in run.rows if (code := row.values.get("kode_desa"))}
        areas = Area.objects.select_related("successor").in_bulk(codes)
        for row in run.rows:
            row.title = row.values.get("nama", "")
            if not (code := row.values.get("kode_desa")):
                continue
            area = areas.get(code)
            if area is None or area.level != Level.VILLAGE:
                run.add(row, "kode_desa", f"Tidak ada desa atau kelurahan dengan kode {code}.")
            elif area.retired_on:
                new = f" Sekarang: {area.successor.code}, {area.successor.label}." if area.successor else ""
                run.add(row, "kode_desa", f"{area.label} tidak berlaku lagi.{new}")
            elif not acts_in(by, code):
                run.add(row, "kode_desa", f"{area} di luar wilayah tugas Anda.")
            else:
                row.area = area

    def _find_libraries(self, run: DryRun, by: User) -> None:
        """By its code; without one, the library of that name in that village."""
        known = own_libraries((row.values.get("kode_perpustakaan", "") for row in run.rows), by)
        codes = {row.area.pk for row in run.rows if row.area}
        named = Institution.objects.filter(area__in=codes).select_related(
            "library__institution", "library__area", "library__agency"
        )
        taken = {(each.area_id, name_key(each.name)): each for each in named}
        for row in run.rows:
            slug = row.values.get("kode_perpustakaan", "")
            if slug and slug not in known:
                run.add(row, "kode_perpustakaan", "Tidak ada perpustakaan dengan kode ini di wilayah tugas Anda.")
                continue
            row.library = known.get(slug)
            if row.area is None or not row.title:
                continue
            if row.library:
                self._check_identity(run, row)
            elif institution := taken.get((row.area.pk, name_key(row.title))):
                row.library = getattr(institution, "library", None)
                if row.library is None:
                    run.add(row, "nama", "Lembaga lain di desa ini sudah memakai nama itu.")

    def _check_identity(self, run: DryRun, row: Row) -> None:
        assert row.library
        if row.library.area_id != row.area.pk:
            run.add(
                row, "kode_desa", f"Perpustakaan ini tercatat di {row.library.area_id}. Desanya tidak diubah di sini."
            )
        if row.library.name != row.title:
            run.add(row, "nama", f"Namanya di portal “{row.library.name}”. Nama tidak diubah lewat daftar.")

    def _find_agencies(self, run: DryRun, by: User) -> None:
        wanted = {name for row in run.rows if (name := row.values.get("dinas"))}
        if not wanted:
            return
        rows = Institution.objects.in_use().visible_to(by).filter(sector=Sector.GOVERNMENT, name__in=wanted)
        agencies: dict[str, list[Institution]] = {}
        for each in rows:
            agencies.setdefault(each.name, []).append(each)
        for row in run.rows:
            if not (name := row.values.get("dinas")):
                continue
            if row.library and row.library.agency and row.library.agency.name == name:
                continue  # as it is: it may be the province's, which this officer could not choose
            found = agencies.get(name, [])
            if len(found) != 1:
                count = "Tidak ada" if not found else "Lebih dari satu"
                run.add(row, "dinas", f"{count} Dinas bernama “{name[:60]}”. Tulis persis seperti di portal.")
            else:
                row.data["agency"] = found[0]

    def _find_customary(self, run: DryRun) -> None:
        """A desa adat of the village's district, by its name."""
        named = [row for row in run.rows if row.area and row.values.get("desa_adat")]
        districts = {copied_codes(row.area.pk)["district_code"] for row in named}
        rows = CustomaryVillage.objects.filter(district_code__in=districts)
        known = {(each.district_code, name_key(each.name)): each for each in rows}
        for row in named:
            bare = re.sub(r"(?i)^desa adat\s+", "", row.values["desa_adat"])
            found = known.get((copied_codes(row.area.pk)["district_code"], name_key(bare)))
            row.data["customary_village"] = found
            if found is None:
                run.add(row, "desa_adat", "Desa adat ini belum tercatat di kecamatan itu.")

    def _find_doubles(self, run: DryRun) -> None:
        seen: dict[Any, int] = {}
        for row in run.rows:
            key = row.library.pk if row.library else (row.area and row.area.pk, name_key(row.title))
            if row.area and row.title and key in seen:
                run.add(row, "nama", f"Perpustakaan ini sudah tertulis di baris {seen[key]}.")
            seen.setdefault(key, row.line)

    def _settle(self, run: DryRun, row: Row) -> None:
        """What would be stored: only the columns that the file has."""
        values = row.values
        row.data |= {name: values[column] for column, name in TEXTS.items() if column in values}
        if "internet" in values:
            row.data["connectivity"] = values["internet"]
        if "ada_di_daftar" in values:
            row.data["is_listed"] = values["ada_di_daftar"] == "1"
        for column, name in (("dinas", "agency"), ("desa_adat", "customary_village")):
            if column in values and not values[column]:
                row.data[name] = None
        if row.library is None:
            row.verb = NEW
        else:
            row.verb = CHANGED if differs(row.library, row.data) else SAME

    # --- Storing -----------------------------------------------------------------------------------------------------
    def store(self, rows: Sequence[Row], by: User) -> int:
        with transaction.atomic():
            for row in in_order(rows):
                if row.library:
                    row.library.change(by=by, **row.data)
                else:
                    self._found(row, by)
        return len(rows)

    def _found(self, row: Row, by: User) -> None:
        institution = Institution(name=row.title, area=row.area, sector=Sector.LIBRARY)
        institution.copy_codes()
        institution.full_clean()
        institution.save()
        Library.found(by=by, institution=institution, **row.data)

    # --- Writing out -------------------------------------------------------------------------------------------------
    def lines(self, libraries: Any, year: int) -> Iterator[list[Any]]:
        rows = libraries.select_related("institution", "agency", "customary_village").order_by("area", "folded", "pk")
        for row in rows.iterator(500):
            yield [
                row.slug,
                row.name,
                row.area_id,
                row.customary_village.name if row.customary_village else "",
                row.agency.name if row.agency else "",
                *(as_one(getattr(row, name)) for name in ("hours", "directions")),
                row.get_connectivity_display(),
                *(as_one(getattr(row, name)) for name in ("equipment", "collection")),
                "Ya" if row.is_listed else "Tidak",
            ]


def as_one(text: str) -> str:
    return text.replace("\r\n", "\n")


def differs(library: Library, data: dict[str, Any]) -> bool:
    """Whether taking these over would change the library; line ends and doubled spaces are no difference."""
    squeezed = Lines(2000)
    for name, value in data.items():
        stored = getattr(library, f"{name}_id") if name in {"agency", "customary_village"} else getattr(library, name)
        now = squeezed.to_python(stored) if isinstance(stored, str) else stored
        if now != (value.pk if isinstance(value, Institution | CustomaryVillage) else value):
            return True
    return False
