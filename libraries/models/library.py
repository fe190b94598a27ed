"""A village library: the institution it is, where it stands in the programme, what a visitor has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Institution, Role, User
from libraries.workflow import Stage
from regions.folding import fold
from regions.models import CustomaryVillage, Located, LocatedQuerySet, Supply

if TYPE_CHECKING:
    from libraries.models.event import LibraryEvent

OFFICERS = frozenset({Role.LIBRARY_OFFICER, Role.PROVINCE_READER, Role.NATIONAL_READER})
RESERVED_SLUGS = frozenset(
    {"indikator", "kelola", "unduh", "cerita", "agenda", "siklus", "tanya-jawab", "artikel", "sinergi"}
)
CARD_FIELDS = ("slug", "folded", "stage", "institution__name", "area__full_name", "customary_village__name")


class StaleLibrary(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the library after the form was made."""


class LibraryQuerySet(LocatedQuerySet):
    def listed(self) -> Self:
        """Written as a list of one: a bare column in WHERE is no equality to SQLite, which would sort all of them."""
        return self.filter(is_listed__in=[True])

    def as_cards(self) -> Self:
        """What a list shows of each, and nothing else is read."""
        return self.select_related("area", "institution", "customary_village").only(*CARD_FIELDS)

    def kept_by(self, user: User) -> Self:
        """The libraries whose figures this person enters: those of one's area, and the institution one speaks for."""
        return self.filter(user.scope(Role.LIBRARIAN) | Q(institution__in=user.institution_ids))

    def overseen_by(self, user: User) -> Self:
        """The libraries of an officer's area."""
        return self if user.is_superuser else self.filter(user.scope(OFFICERS))

    def run_by(self, user: User) -> Self:
        """Those whose desk this person opens: the librarian's, the agency officer's; readers see and act not."""
        if user.is_superuser:
            return self
        mine = user.scope({Role.LIBRARIAN, Role.LIBRARY_OFFICER})
        return self.filter(mine | Q(institution__in=user.institution_ids) | Q(agency__in=user.institution_ids))

    def visible_to(self, user: Any) -> Self:
        """Listed libraries for everybody; one taken off the list for those who keep or oversee it."""
        if not isinstance(user, User) or not user.is_authenticated:
            return self.listed()
        own = Q(pk__in=self.run_by(user).values("pk")) | Q(pk__in=self.overseen_by(user).values("pk"))
        return self.filter(Q(is_listed=True) | own)


class Library(Located):
    """A library open to the people of its village. Its name and contact are those of its institution."""

    institution = models.OneToOneField(
        Institution, models.PROTECT, related_name="library", verbose_name="lembaga", editable=False
    )
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    folded = models.CharField(max_length=200, editable=False)  # the name as lists sort it
    agency = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dinas penanggung jawab"
    )
    customary_village = models.ForeignKey(
        CustomaryVillage, models.PROTECT, null=True, blank=True, related_name="libraries", verbose_name="desa adat"
    )
    hours = models.TextField("jam buka", max_length=300, blank=True)
    directions = models.TextField("cara datang", max_length=500, blank=True)
    connectivity = models.CharField("internet", max_length=8, choices=Supply.choices, blank=True)
    equipment = models.TextField("peralatan", max_length=500, blank=True)
    collection = models.TextField("koleksi", max_length=500, blank=True)
    stage = models.CharField("program TPBIS", max_length=9, choices=Stage.choices, blank=True, editable=False)
    is_listed = models.BooleanField("ada di daftar", default=True)
    created_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "perpustakaan"
        verbose_name_plural = "perpustakaan"
        indexes = [
            models.Index(fields=["is_listed", "folded", "id"], name="library_by_name"),
            *(
                models.Index(fields=[f"{level}_code", "is_listed", "folded", "id"], name=f"library_{level}")
                for level in ("province", "regency", "district")
            ),
            models.Index(fields=["area", "is_listed"], name="library_village"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(slug__in=sorted(RESERVED_SLUGS)), name="library_slug_not_reserved"),
        ]

    def __str__(self) -> str:
        return self.institution.name

    def clean(self) -> None:
        """A desa adat may reach over several villages, and is recorded in one: it lies in the library's district."""
        if self.customary_village and self.customary_village.district_code != self.district_code:
            raise ValidationError({"customary_village": "Pilih desa adat di kecamatan perpustakaan ini."})

    @property
    def name(self) -> str:
        return self.institution.name

    @property
    def words(self) -> str:
        """What it is found by: its name and the name of its village."""
        return f"{self.institution.name} {self.area.name}"

    # --- The frame of every action -----------------------------------------------------------------------------------
    def lock(self, version: int | None = None) -> None:
        """Read the row again under its lock; a form made from an older version is told so."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        if version is not None and self.version != version:
            raise StaleLibrary

    def record(self, action: str, by: User | None, text: str = "", **data: Any) -> LibraryEvent:
        """Write one event. The caller holds the row's lock."""
        label = by.label if by else "Sistem"
        return self.events.model.append(self, action, actor=by, actor_label=label, text=text, **data)

    # --- What is done to it ------------------------------------------------------------------------------------------
    @classmethod
    def found(cls, *, by: User, institution: Institution, **values: Any) -> Library:
        """Put the library that this institution is into the registry."""
        from libraries.models.coverage import DistrictLibraries
        from libraries.models.searching import LibraryWord

        name, area = institution.name, institution.area
        library = cls(institution=institution, area=area, slug=free_slug(f"{name} {area.name}"), folded=fold(name))
        for field, value in values.items():
            setattr(library, field, value)
        library.copy_codes()
        with transaction.atomic():
            library.full_clean()
            library.save()
            LibraryWord.objects.rewrite([library])
            library.record("founded", by)
            DistrictLibraries.objects.recount(library.district_code)
        return library

    def change(self, *, by: User, version: int | None = None, **values: Any) -> None:
        """Change what the library says of itself. StaleLibrary when somebody else was faster."""
        from libraries.models.coverage import DistrictLibraries

        with transaction.atomic():
            self.lock(version)
            changed = sorted(name for name, value in values.items() if getattr(self, name) != value)
            if not changed:
                return
            for name in changed:
                setattr(self, name, values[name])
            self.version += 1
            self.full_clean()
            self.save()
            self.record("changed", by, fields=changed)
            if "is_listed" in changed:
                DistrictLibraries.objects.recount(self.district_code)
                self.recount_months()

    def recount_months(self) -> None:
        """Add up every month anew in which this library has a figure or a clipping."""
        from libraries.models.rollup import DistrictMonth

        months = {*self.figures.values_list("month", flat=True), *self.exposures.values_list("month", flat=True)}
        for month in sorted(months):
            DistrictMonth.objects.recount(self.district_code, month)


def customary_near(library: Library) -> models.QuerySet[CustomaryVillage]:
    """The desa adat in which this library may stand: those recorded in its district."""
    return CustomaryVillage.objects.filter(district_code=library.district_code)


def free_slug(name: str) -> str:
    """An address that no library has; words that the pages themselves use are never one."""
    base = slugify(name)[:60].strip("-") or "perpustakaan"
    taken = {
        *RESERVED_SLUGS,
        *Library.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
