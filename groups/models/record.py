"""A community information group: where it is, how it works, where its recognition stands."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Role, User
from groups.models.policy import KimPolicy
from groups.workflow import PUBLIC, Status
from regions.folding import fold
from regions.models import Located, LocatedQuerySet

if TYPE_CHECKING:
    from groups.models.decree import Decree

logger = logging.getLogger("groups.calendar")

BATCH = 500
OFFICERS = frozenset({Role.KIM_VERIFIER, Role.PROVINCE_READER, Role.NATIONAL_READER})
RESERVED_SLUGS = frozenset(
    {"pendaftaran", "cakupan", "kelola", "kemitraan", "perpustakaan", "laporan", "pengumuman", "partisipasi", "unduh"}
)  # higher apps hang sub-addresses on a KIM's page

CARD_FIELDS = ("slug", "name", "folded", "mode", "status", "area__full_name")


class Mode(models.TextChoices):
    """How a KIM reaches people, as the founding texts name it (Bojonegoro: "konvensional" and "modern")."""

    ANALOG = "analog", "Analog"
    DIGITAL = "digital", "Digital"
    HYBRID = "hybrid", "Analog dan digital"


class BaseGroup(models.TextChoices):
    """The group a KIM grew from, where it is not new."""

    NEW = "new", "Baru"
    KARANG_TARUNA = "karang_taruna", "Karang Taruna"
    FARMERS = "farmers", "Kelompok Tani"
    POKDARWIS = "pokdarwis", "Pokdarwis"
    PKK = "pkk", "PKK"
    STUDY = "study", "Kelompok belajar atau pengajian"
    ENVIRONMENT = "environment", "Sadar Lingkungan"
    BUSINESS = "business", "Usaha Bersama"
    HOBBY = "hobby", "Hobi"
    OTHER = "other", "Lainnya"


class Requirement(NamedTuple):
    """One thing that recognition asks for, whether it is there, and the desk's page where it is brought."""

    label: str
    is_met: bool
    page: str


class KimQuerySet(LocatedQuerySet):
    def listed(self) -> Self:
        """In the registry: verified once, whatever came later."""
        return self.filter(is_listed=True)

    def active(self) -> Self:
        return self.filter(status=Status.ACTIVE)

    def as_cards(self) -> Self:
        """What a list shows of each, and nothing else is read."""
        return self.select_related("area").only(*CARD_FIELDS)

    def managed_by(self, user: User) -> Self:
        """The KIM of which this person is an admin today."""
        from groups.models.membership import Membership

        return self.filter(pk__in=Membership.objects.current().filter(user=user, is_admin=True).values("kim"))

    def reviewed_by(self, user: User) -> Self:
        """What an officer of the area works on; a draft is its writer's alone."""
        if user.is_superuser:
            return self.exclude(status=Status.DRAFT)
        return self.filter(user.scope(OFFICERS)).exclude(status=Status.DRAFT)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_authenticated:
            return self.listed()
        mine = Q(pk__in=self.managed_by(user).values("pk")) | Q(pk__in=self.reviewed_by(user).values("pk"))
        return self.filter(Q(is_listed=True) | mine)

    # --- What a day brings -------------------------------------------------------------------------------------------
    def due_to_settle(self) -> list[int]:
        """Whose decree has ended, began, or followed another since the KIM was last settled: numbers only."""
        from groups.models.decree import Decree
        from groups.models.membership import BOARD, Membership

        today, of_kim = timezone.localdate(), {"kim": OuterRef("pk")}
        holds = Exists(Decree.objects.in_force().filter(**of_kim))
        board = (Exists(Membership.objects.current().filter(post=post, **of_kim)) for post in BOARD)
        waiting = self.filter(status__in=[Status.VERIFIED, Status.INACTIVE])
        found = (
            self.filter(status=Status.ACTIVE, valid_until__lt=today),
            waiting.filter(holds, valid_until__lt=today),
            waiting.filter(holds, *board, bylaws__isnull=False),
        )
        return sorted({key for rows in found for key in rows.values_list("pk", flat=True)})

    def settle_due(self) -> int:
        """Let the states of these KIM follow the calendar; how many were looked at. Again and beside another, harmless.

        One KIM that cannot be stored hinders no other: it is logged by its number and tried again the next time.
        """
        keys = self.due_to_settle()
        rows: Any = self.model._base_manager.filter(pk__in=keys)
        for kim in rows.iterator(BATCH):
            try:
                kim.settle()
            except ValidationError as error:
                logger.error("KIM %s tidak dapat disesuaikan: %s", kim.pk, ", ".join(error.messages))
        return len(keys)

    def warn_due(self) -> int:
        """Warn the KIM whose decree ends within their area's days, unless another decree follows; how many letters."""
        today = timezone.localdate()
        days = KimPolicy.objects.aggregate(most=Max("warning_days"))["most"] or 0
        latest = today + timedelta(days=max(days, KimPolicy().warning_days))
        ending: Any = self.filter(status=Status.ACTIVE, valid_until__gte=today, valid_until__lte=latest)
        ending = ending.exclude(warned_for=F("valid_until")).exclude(decrees__valid_until__gt=F("valid_until"))
        return sum(kim.warn_of_end() for kim in ending.iterator(BATCH))


class KimRecord(Located):
    """The columns, constraints and indexes of `Kim`."""

    name = models.CharField("nama KIM", max_length=120)
    slug = models.SlugField("alamat", max_length=80, unique=True, editable=False)
    folded = models.CharField(max_length=160, editable=False)
    words = models.CharField(max_length=400, blank=True, editable=False)  # as they sound; one row of KimWord each
    national_id = models.CharField("nomor induk nasional", max_length=40, blank=True)
    mode = models.CharField("cara kerja", max_length=8, choices=Mode.choices)
    base_group = models.CharField("berasal dari", max_length=16, choices=BaseGroup.choices, default=BaseGroup.NEW)
    secretariat = models.CharField("alamat sekretariat", max_length=200, blank=True)
    about = models.TextField("tentang KIM", max_length=2000, blank=True)
    email = models.EmailField("e-mail untuk formulir kontak", blank=True)
    bylaws = models.ForeignKey(
        "uploads.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="AD/ART"
    )
    conduct_accepted_at = models.DateTimeField("tata perilaku disetujui", null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    is_listed = models.BooleanField("ada di daftar", default=False, editable=False)
    submitted_at = models.DateTimeField("diajukan pada", null=True, editable=False)
    confirmed_on = models.DateField("data terakhir dipastikan", null=True, editable=False)
    valid_until = models.DateField("SK berlaku sampai", null=True, editable=False)  # of the decree that holds, copied
    warned_for = models.DateField(null=True, editable=False)  # the end of a decree for which a warning was sent
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = KimQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "KIM"
        verbose_name_plural = "KIM"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "area",
                condition=~Q(status__in=[Status.REJECTED, Status.DISSOLVED]),
                name="kim_name_once_in_village",
                violation_error_message="KIM dengan nama ini sudah ada di desa tersebut.",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="kim_status_known"),
            models.CheckConstraint(
                condition=Q(is_listed=True, status__in=sorted(PUBLIC))
                | (Q(is_listed=False) & ~Q(status__in=sorted(PUBLIC))),
                name="kim_listed_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(conduct_accepted_at__isnull=False),
                name="kim_conduct_accepted",
                violation_error_message="Setujui tata perilaku KIM lebih dulu.",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[*fields, "folded", "id"],
                    condition=Q(is_listed=True),
                    name=f"kim_listed_{fields[0] if fields else 'all'}",
                )
                for fields in (
                    [],
                    ["province_code"],
                    ["regency_code"],
                    ["district_code"],
                    ["area"],
                    ["status"],
                    ["mode"],
                )
            ),
            *(
                models.Index(fields=[field, "status", "submitted_at", "id"], name=f"kim_review_{field}")
                for field in ("province_code", "regency_code", "district_code")
            ),
            models.Index(fields=["status", "submitted_at", "id"], name="kim_review_all"),
            models.Index(fields=["status", "valid_until"], name="kim_status_until"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = " ".join(self.name.split())  # a line break would end a mail's subject

    def save(self, *args: object, **kwargs: object) -> None:
        before = self.words
        self.copy_words()
        super().save(*args, **kwargs)
        if self.words != before:
            from groups.models.searching import KimWord

            KimWord.objects.rewrite([self])  # type: ignore[list-item]  # Kim alone extends it

    def copy_words(self) -> None:
        """Set what the lists sort and search by; rows made in bulk call this, then KimWord.objects.rewrite."""
        from groups.models.searching import sounds_of

        self.folded = fold(self.name)[:160]
        self.words = " ".join(sounds_of(f"{self.name} {self.area.name}"))[:400]

    @property
    def policy(self) -> KimPolicy:
        return KimPolicy.for_area(self.area_id)

    @property
    def ends_soon(self) -> bool:
        """Whether the decree ends within the policy's days of warning."""
        return (
            self.valid_until is not None
            and 0 <= (self.valid_until - timezone.localdate()).days <= self.policy.warning_days
        )


def decree_in_force(decrees: list[Decree], on: date) -> Decree | None:
    """The decree that holds on this day; the one that ends last when two do."""
    holding = [decree for decree in decrees if decree.valid_from <= on <= decree.valid_until]
    return max(holding, key=lambda decree: decree.valid_until, default=None)
