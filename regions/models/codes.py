"""What a Kemendagri code says by itself. No queries."""

from __future__ import annotations

import re

from django.db import models

CODE_PATTERN = r"^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?\Z"
FIRST_KOTA = 71  # PP.01 to PP.69 are kabupaten, PP.71 to PP.99 kota


class Level(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Kabupaten/Kota"
    DISTRICT = "district", "Kecamatan"
    VILLAGE = "village", "Desa/Kelurahan"


class Kind(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    KABUPATEN = "kabupaten", "Kabupaten"
    KOTA = "kota", "Kota"
    DISTRICT = "district", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan"
    DESA = "desa", "Desa"
    DESA_ADAT = "desa_adat", "Desa adat"


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Supply(models.TextChoices):
    """How far a village has a thing: connectivity, or the skill to use it. Unknown is null, never a guess."""

    NONE = "none", "Tidak ada"
    LIMITED = "limited", "Terbatas"
    ADEQUATE = "adequate", "Memadai"


LEVELS = {2: Level.PROVINCE, 5: Level.REGENCY, 8: Level.DISTRICT, 13: Level.VILLAGE}
VILLAGE_KINDS = {"1": Kind.KELURAHAN, "2": Kind.DESA, "3": Kind.DESA_ADAT}


def is_code(text: str) -> bool:
    """Whether this is a well-formed code; it need not exist."""
    return text.isascii() and re.match(CODE_PATTERN, text) is not None


def code_prefixes(code: str) -> list[str]:
    """The codes from the province down to `code` itself: "13.07.11" -> ["13", "13.07", "13.07.11"]."""
    parts = code.split(".")
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


def parent_code(code: str) -> str | None:
    return code.rpartition(".")[0] or None


def level_of(code: str) -> Level:
    return LEVELS[len(code)]


def kind_of(code: str) -> Kind:
    level = level_of(code)
    if level == Level.VILLAGE:
        return VILLAGE_KINDS[code[9]]
    if level == Level.REGENCY:
        return Kind.KOTA if int(code[3:5]) >= FIRST_KOTA else Kind.KABUPATEN
    return Kind(level.value)
