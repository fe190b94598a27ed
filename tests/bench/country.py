"""The real tree, a few busy regencies and many nearly empty ones, and who serves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Institution, Role
from kimportal.demo.drawing import draw_photo
from kimportal.demo.groups import draw_paper
from kimportal.demo.people import give, make_user
from kimportal.demo.places import ELSEWHERE, INSTITUTIONS
from kimportal.demo.texts import TEXTS
from regions.models import Area, Level
from reports.models import Category
from uploads.documents import make_safe_document
from uploads.files import document_path, photo_path
from uploads.images import SIZES
from uploads.models import Document, Image

SEED = 2026
SERVED = 150  # regencies with officers; the others have KIM but receive no reports
SKEW_REGENCY, SKEW_VILLAGE = 1.1, 0.9  # Zipf's exponents
LANDMARKS = (
    *("simpang tiga", "pasar pagi", "jembatan", "kantor desa", "balai dusun", "sekolah dasar", "puskesmas", "surau"),
    *("mata air", "lapangan bola", "tikungan", "gang buntu", "pos ronda", "tepi sungai", "terminal", "dermaga"),
)


@dataclass
class Office:
    """A regency that receives reports, with the people and institutions who work there."""

    area: Area
    coordinator: int
    verifier: int
    institutions: dict[str, Institution]  # by category code, "" for elsewhere
    villages: list[Area] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def village(self, chance: Random) -> Area:
        return chance.choices(self.villages, cum_weights=self.weights)[0]


class Country:
    """Everything that the batches share; read once, then copied into each process."""

    def __init__(self, served: int = SERVED) -> None:
        chance = Random(SEED)
        self.now = timezone.now()
        self.villages = list(Area.objects.in_use().filter(level=Level.VILLAGE).order_by("code"))
        by_regency: dict[str, list[Area]] = {}
        for village in self.villages:
            by_regency.setdefault(village.code[:5], []).append(village)
        self.categories = list(Category.objects.in_use())
        busy = chance.sample(sorted(by_regency), min(served, len(by_regency)))
        self.offices = [self._office(code, by_regency[code], chance) for code in busy]
        self.weights = list(accumulate((rank + 1) ** -SKEW_REGENCY for rank in range(len(self.offices))))
        self.photos = [Image.store(draw_photo(code, chance)) for code in TEXTS]
        self.paper = Document.store(make_safe_document(draw_paper("SURAT KEPUTUSAN")))

    def _office(self, code: str, villages: list[Area], chance: Random) -> Office:
        place = Area.objects.get(code=code)
        shared = make_password(None)
        coordinator = make_user(f"petugas.{code}", "Petugas laporan", shared)
        verifier = make_user(f"verifikator.{code}", "Verifikator KIM", shared)
        give(coordinator, Role.REPORT_COORDINATOR, area=place)
        give(verifier, Role.KIM_VERIFIER, area=place)
        rows: dict[str, Institution] = {}
        for key, name, sector, categories in INSTITUTIONS:
            row = Institution(
                name=f"{name} {place.name}", sector=sector, area=place, email=f"{key}.{code}@contoh.invalid"
            )
            row.save()
            rows.update(dict.fromkeys(categories, row))
        rows[""] = Institution(name=ELSEWHERE[0], area=place)
        rows[""].save()
        shuffled = chance.sample(villages, len(villages))
        weights = list(accumulate((rank + 1) ** -SKEW_VILLAGE for rank in range(len(shuffled))))
        return Office(place, coordinator.pk, verifier.pk, rows, shuffled, weights)

    def office(self, chance: Random) -> Office:
        return chance.choices(self.offices, cum_weights=self.weights)[0]

    def landmark(self, chance: Random) -> str:
        return f"{chance.choice(LANDMARKS)} {chance.choice(self.villages).name}"

    # --- Files: one drawing, many links ------------------------------------------------------------------------------
    def photo(self, chance: Random) -> Image:
        """An unsaved row of its own whose files are another name of a drawn one's."""
        drawn = chance.choice(self.photos)
        row = Image(id=uuid4(), width=drawn.width, height=drawn.height, digest=drawn.digest)
        for size in SIZES:
            link(photo_path(drawn.pk, size), photo_path(row.pk, size))
        return row

    def document(self) -> Document:
        row = Document(id=uuid4(), kind=self.paper.kind, byte_size=self.paper.byte_size, digest=self.paper.digest)
        link(document_path(self.paper.pk), document_path(row.pk))
        return row


def link(drawn: Path, name: Path) -> None:
    make_folder(name.parent)
    name.hardlink_to(drawn)


@lru_cache(maxsize=2000)
def make_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
