"""Made-up yearly plans of three libraries: last year's with what came of it, this year's under way, one a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from kimportal.demo.timetravel import at
from libraries.models import Library, Plan, PlannedActivity
from libraries.strategy import GoalKind, SpaceKind
from libraries.workflow import ItemState
from regions.models import CustomaryVillage

DESIGN = "Teras menjadi ruang baca anak, ruang tengah untuk pelatihan (contoh)."
COLLECTION = "Buku menenun, pertanian, dan pemasaran daring, sesuai permintaan warga (contoh)."
AIMS: dict[str, tuple[str, list[int]]] = {
    GoalKind.SERVICE_QUALITY: ("Buka juga Sabtu sore.", [4]),
    GoalKind.SERVICE_USE: ("Setiap jorong punya pembaca tetap.", [4, 10]),
    GoalKind.INVOLVEMENT: ("Warga memimpin sedikitnya empat kelas.", [5, 8]),
    GoalKind.COMMITMENT: ("Nagari dan dua mitra ikut menanggung biaya.", [17]),
}
# goal, activity, space, target, month, rupiah, source
PLANNED: tuple[tuple[str, str, str, str, int, int, str], ...] = (
    (GoalKind.SERVICE_QUALITY, "Tiga komputer bekas layak", "", "3 komputer", 2, 6_000_000, "village"),
    (GoalKind.SERVICE_USE, "Bercerita bersama ninik mamak", SpaceKind.EXPERIENCE, "12 malam", 3, 600_000, "self"),
    (GoalKind.INVOLVEMENT, "Kelas menenun", SpaceKind.SKILLS, "20 peserta", 5, 3_500_000, "central"),
    (GoalKind.INVOLVEMENT, "Belajar membuat pupuk", SpaceKind.LEARNING, "4 pertemuan", 7, 900_000, "self"),
    (GoalKind.COMMITMENT, "Temu mitra perpustakaan", SpaceKind.EXPERIENCE, "5 lembaga", 9, 0, "self"),
)


def tell_plans(libraries: list[Library], by: User) -> None:
    """Plans for the first three of these libraries, in the years around today."""
    this_year = timezone.localdate().year
    for place, library in enumerate(libraries[:3]):
        with at(january(this_year - 1)):
            finish(begin(library, this_year - 1, by), by, upto=12)
        with at(january(this_year)):
            plan = begin(library, this_year, by)
        if place < 2:  # the third has not decided yet
            finish(plan, by, upto=timezone.localdate().month)


def tell_customary_village(library: Library, by: User) -> None:
    """A desa adat has no code: it lies in the library's village."""
    village = CustomaryVillage(name=f"{library.area.name} Kaja (contoh)", area=library.area)
    village.full_clean()
    village.save()
    library.change(by=by, customary_village=village)


def january(year: int) -> datetime:
    return datetime(year, 1, 20, 3, tzinfo=timezone.get_default_timezone())


def begin(library: Library, year: int, by: User) -> Plan:
    plan = Plan.objects.start(library, year, by=by)
    plan.change(by=by, version=plan.version, design=DESIGN, collection=COLLECTION)
    goals: dict[str, Any] = {goal.kind: goal for goal in plan.goals.all()}
    for kind, (aim, numbers) in AIMS.items():
        goals[kind].change(by=by, version=goals[kind].version, aim=aim, numbers=numbers)
    for kind, title, space, target, month, budget, source in PLANNED:
        values = {"title": title, "space": space, "target": target, "month": month, "budget": budget, "source": source}
        PlannedActivity(goal=goals[kind], **values).add(by=by)
    return plan


def finish(plan: Plan, by: User, *, upto: int) -> None:
    """Adopted, and what was planned up to that month is done; the last of the year was dropped."""
    plan = Plan.objects.with_parts().get(pk=plan.pk)
    plan.adopt(by=by, stamp=plan.stamp)
    for row in (each for each in plan.activities if each.month <= upto):
        done = row.month != PLANNED[-1][4]
        state, result = (ItemState.DONE, "Sesuai sasaran.") if done else (ItemState.DROPPED, "Mitra berhalangan.")
        row.report(by=by, version=row.version, state=state, result=result)
