"""84,000 village libraries with two years of monthly figures, and the roll-ups their actions would have kept.

Of a library's history only its founding is made: the monthly events are read on one page, one library at a time.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from django.utils.text import slugify

from accounts.models import Institution
from accounts.models.institutions import Sector
from libraries.models import DistrictLibraries, DistrictMonth, Library, LibraryEvent, LibraryWord, MediaExposure
from libraries.models import MonthlyFigures as Figures
from libraries.models.figures import COUNTED
from libraries.models.rollup import SUMMED
from libraries.models.searching import sounds_of
from libraries.months import first_day, run_of, shift
from libraries.workflow import Stage
from regions.folding import fold
from regions.models import Area, Supply
from tests.bench.chains import Chain
from tests.bench.country import Country
from tests.bench.writing import Batch

MONTHS = 24
FIRST_KEY = 1_000_000  # of institutions and libraries; below it those of the offices
LISTED, ENTERED, ACCEPTED, IN_THE_MEDIA = 0.97, 0.8, 0.7, 0.1  # how often
STAGES = [("", 60), (Stage.PROPOSED, 15), (Stage.SELECTED, 10), (Stage.RUNNING, 10), (Stage.GRADUATED, 5)]
OFFICE = "Dinas Perpustakaan"


def make_libraries(country: Country, numbers: range) -> Batch:
    """The libraries with these numbers; counts hold what each adds to its district and its months."""
    batch = Batch()
    for number in numbers:
        make_library(batch, country, number, Random(number))
    return batch


def make_library(batch: Batch, country: Country, number: int, chance: Random) -> None:
    turn, step = divmod(number, len(country.villages))
    place = country.villages[step * 6007 % len(country.villages)]  # each village once before any twice, in no order
    library = library_row(number, f"Perpustakaan {place.name} {turn or ''}".strip(), place, country, chance)
    batch.add(library.institution, library)
    batch.add(*(LibraryWord(library=library, word=word) for word in sounds_of(library.words)))
    chain = Chain(LibraryEvent, library.pk, batch)
    chain.append("founded", library.created_at, OFFICE, None, "")
    chain.close()
    if library.is_listed:
        batch.counts[library.district_code] += 1
    add_months(batch, country, library, chance)


def library_row(number: int, name: str, place: Area, country: Country, chance: Random) -> Library:
    institution = Institution(pk=FIRST_KEY + number, name=name, sector=Sector.LIBRARY, area=place)
    institution.copy_codes()
    library = Library(
        pk=FIRST_KEY + number,
        institution=institution,
        area=place,
        slug=f"{slugify(name)[:60]}-{number}",
        folded=fold(name),
        hours="Senin sampai Sabtu, 08.00 sampai 15.00",
        directions=f"Di sebelah balai desa {place.name}.",
        connectivity=chance.choice(Supply.values),
        stage=chance.choices([stage for stage, _ in STAGES], [weight for _, weight in STAGES])[0],
        is_listed=chance.random() < LISTED,
        created_at=country.now,
    )
    library.copy_codes()
    return library


def add_months(batch: Batch, country: Country, library: Library, chance: Random) -> None:
    """Two years that grow by a fifth, some months not entered, the older ones accepted."""
    busy = chance.paretovariate(1.5)
    for step, month in enumerate(run_of(shift(first_day(country.now.date()), -1), MONTHS)):
        if chance.random() > ENTERED:
            continue
        visits = min(int(40 * busy * (1 + step / 120) * chance.uniform(0.7, 1.3)), 100_000)
        activities = chance.randrange(4)
        row = Figures(
            library=library,
            month=month,
            visits_onsite=visits,
            visits_online=visits // 3,
            activities=activities,
            participants=activities * chance.randrange(5, 30),
            entered_at=country.now,
            accepted_at=country.now if step < MONTHS - 3 and chance.random() < ACCEPTED else None,
        )
        copy_place(row, library)
        batch.add(row)
        clippings = add_clipping(batch, library, row, chance)
        if library.is_listed:
            count_month(batch.counts, row, clippings)


def copy_place(row: Any, library: Library) -> None:
    row.area_id = library.area_id
    row.province_code, row.regency_code = library.province_code, library.regency_code
    row.district_code = library.district_code


def add_clipping(batch: Batch, library: Library, row: Figures, chance: Random) -> int:
    if chance.random() > IN_THE_MEDIA:
        return 0
    title = f"Kegiatan {library.institution.name} bulan {row.month:%m}"
    url = f"https://kabar.invalid/{library.pk}/{row.month:%Y-%m}"
    clipping = MediaExposure(
        library=library, month=row.month, outlet="Kabar Contoh", title=title, published_on=row.month, url=url
    )
    copy_place(clipping, library)
    batch.add(clipping)
    return 1


def count_month(counts: Counter[Any], row: Figures, clippings: int) -> None:
    place = (row.district_code, row.month)
    counts[*place, "reported"] += 1
    counts[*place, "accepted"] += row.accepted_at is not None
    counts[*place, "exposures"] += clippings
    for name in COUNTED:
        counts[*place, name] += getattr(row, name)


def add_rollups(counts: Counter[Any]) -> None:
    """Store what the batches counted: {district: libraries} and {(district, month, figure): sum}."""
    districts = [row for key, number in counts.items() if isinstance(key, str) for row in [counted(key, number)]]
    DistrictLibraries._base_manager.bulk_create(districts, batch_size=2000)
    months: dict[tuple[str, Any], dict[str, int]] = {}
    for key, number in counts.items():
        if not isinstance(key, str):
            months.setdefault(key[:2], {})[key[2]] = number
    rows = []
    for (district, month), sums in months.items():
        row = DistrictMonth(area_id=district, month=month, **{name: sums.get(name, 0) for name in SUMMED})
        row.copy_codes()
        rows.append(row)
    DistrictMonth._base_manager.bulk_create(rows, batch_size=2000)


def counted(district: str, number: int) -> DistrictLibraries:
    row = DistrictLibraries(area_id=district, libraries=number)
    row.copy_codes()
    return row
