"""Whether a generated database is as valid as a real one: chains, counters, words, and rules on a sample of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Count, Sum

from accounts.events import broken_chains
from groups.models import Announcement, AnnouncementWord, Decree, Dissemination, Kim, KimEvent, KimWord, Membership
from groups.models.coverage import DistrictCoverage
from libraries.models import (
    DistrictLibraries,
    DistrictMonth,
    Library,
    LibraryEvent,
    MediaExposure,
    MonthlyFigures,
)
from partnerships.models import Agreement, Commitment, Meeting, Partnership
from regions.calendar import zone_of
from reports.models import Report, ReportCount, Reporter, ReportEvent, ReportPhoto
from reports.models.searching import TABLES
from reports.workflow import SILENT, CloseReason

SAMPLE = 100
CHECKED = (
    *(Report, Reporter, ReportPhoto, Kim, Membership, Decree, Announcement, Dissemination),
    *(Library, MonthlyFigures, MediaExposure),
    *(Partnership, Agreement, Meeting, Commitment),
)


def problems(sample: int = SAMPLE) -> Iterator[str]:
    """Sentences; none where everything holds."""
    for model in (ReportEvent, KimEvent, LibraryEvent):
        yield from (f"{model._meta.verbose_name} {key}: {fault}" for key, fault in islice(broken_chains(model), 10))
    yield from counter_faults()
    yield from coverage_faults()
    yield from announcement_faults()
    yield from library_faults()
    yield from word_faults()
    for model in CHECKED:
        yield from rule_faults(model, sample)


def counter_faults() -> Iterator[str]:
    fields = ("area_id", "category_id", "status", "close_reason", "created_at")
    counted: Counter[tuple[object, ...]] = Counter()
    for area, category, status, reason, at in Report.objects.values_list(*fields).iterator(10_000):
        state = SILENT if reason == CloseReason.SILENCE else status
        counted[(area, category, state, at.astimezone(zone_of(area)).date().replace(day=1))] += 1
    kept = ReportCount.objects.values_list("area_id", "category_id", "status", "month", "count")
    if dict(counted) != {tuple(key): number for *key, number in kept.iterator(10_000)}:
        yield "Jumlah laporan per desa tidak sama dengan laporannya."


def coverage_faults() -> Iterator[str]:
    rows = dict(DistrictCoverage.objects.values_list("area_id", "covered"))
    DistrictCoverage.objects.all().rebuild()
    if rows != dict(DistrictCoverage.objects.values_list("area_id", "covered")):
        yield "Cakupan KIM tidak sama dengan KIM yang aktif."


def announcement_faults() -> Iterator[str]:
    spread = Dissemination.objects.values_list("announcement").annotate(number=Count("pk"), people=Sum("people"))
    kept = Announcement.objects.filter(channel_count__gt=0).values_list("pk", "channel_count", "reached_count")
    if sorted(spread) != sorted(kept):
        yield "Jumlah saluran pengumuman tidak sama dengan penyebarannya."
    relays = Announcement.objects.filter(relay_of__isnull=False).values_list("relay_of").annotate(number=Count("pk"))
    if sorted(relays) != sorted(Announcement.objects.filter(relay_count__gt=0).values_list("pk", "relay_count")):
        yield "Jumlah penerusan tidak sama dengan pengumuman yang diteruskan."


def library_faults() -> Iterator[str]:
    """Every district's count, and its months from the raw rows."""
    listed = Library.objects.listed().values_list("district_code").annotate(number=Count("pk"))
    if dict(listed) != dict(DistrictLibraries.objects.filter(libraries__gt=0).values_list("area_id", "libraries")):
        yield "Jumlah perpustakaan per kecamatan tidak sama dengan perpustakaannya."
    raw = MonthlyFigures.objects.filter(library__is_listed=True).values_list("district_code", "month")
    sums = raw.annotate(number=Count("pk"), visits=Sum("visits_onsite"), people=Sum("participants")).order_by()
    kept = DistrictMonth.objects.values_list("area_id", "month", "reported", "visits_onsite", "participants")
    if set(sums) != set(kept):
        yield "Angka bulanan per kecamatan tidak sama dengan angka perpustakaannya."


def word_faults() -> Iterator[str]:
    """What search reads is what saving the rows would have written."""
    for kim in Kim.objects.order_by("?")[:20]:
        before = (kim.folded, kim.words)
        kim.copy_words()
        if before != (kim.folded, kim.words) or set(kim.words.split()) != words_of(KimWord, kim=kim):
            yield f"Kata pencarian KIM {kim.pk} tidak sama."
    for row in Announcement.objects.order_by("?")[:20]:
        before = words_of(AnnouncementWord, announcement=row)
        AnnouncementWord.objects.rewrite(row)
        if before != words_of(AnnouncementWord, announcement=row):
            yield f"Kata pencarian pengumuman {row.pk} tidak sama."
    if connection.vendor == "sqlite":
        yield from full_text_faults()


def words_of(model: type[models.Model], **of: object) -> set[str]:
    return set(model._default_manager.filter(**of).values_list("word", flat=True))


def full_text_faults() -> Iterator[str]:
    expected = {"public_words": Report.objects.published().count(), "officer_words": Report.objects.count()}
    with connection.cursor() as cursor:
        for index, table in TABLES.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0] != expected[index]:
                yield f"{table} tidak memuat semua laporan."


def rule_faults(model: type[models.Model], sample: int) -> Iterator[str]:
    for row in model._default_manager.order_by("?")[:sample]:
        try:
            row.full_clean()
        except ValidationError as error:
            yield f"{model._meta.verbose_name} {row.pk}: {error.messages}"
