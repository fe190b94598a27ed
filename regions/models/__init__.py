"""The area tree of Indonesia, and what every app that lives in an area stands on."""

from regions.models.area import Area, AreaQuerySet
from regions.models.codes import CODE_PATTERN, Kind, Level, Supply, TimeZone, code_prefixes, kind_of, level_of
from regions.models.holiday import CalendarOverride
from regions.models.legal import CustomaryVillage, LegalBasis, LegalKind, LegalStatus
from regions.models.located import Located, LocatedQuerySet, within
from regions.models.naming import AreaAlias, LocalTerm
from regions.models.policy import AreaPolicy, Policy

__all__ = [
    "CODE_PATTERN",
    "Area",
    "AreaAlias",
    "AreaPolicy",
    "AreaQuerySet",
    "CalendarOverride",
    "CustomaryVillage",
    "Kind",
    "LegalBasis",
    "LegalKind",
    "LegalStatus",
    "Level",
    "LocalTerm",
    "Located",
    "LocatedQuerySet",
    "Policy",
    "Supply",
    "TimeZone",
    "code_prefixes",
    "kind_of",
    "level_of",
    "within",
]
