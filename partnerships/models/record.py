"""A partnership's columns, constraints and lists; what can be done to it stands in `partnership.py`."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution, Role, Sector, User
from groups.models import Kim
from partnerships.models.basis import Basis
from partnerships.models.experience import ONE_OWNER, Expertise
from partnerships.models.forum import Forum
from partnerships.workflow import OPEN, PUBLIC, Status
from regions.models import LegalBasis, LegalStatus, Located, LocatedQuerySet
from uploads.models import Document

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
OFFICERS = frozenset({Role.KIM_VERIFIER, Role.PROVINCE_READER, Role.NATIONAL_READER})
BATCH = 500
MOST_RESPELLED = 20_000  # in one go; what is left follows with the next
ORDER = ("-starts_on", "-id")
DETAILS = {Basis.ANALOG: "forum", Basis.REGULATION: "legal_basis", Basis.EXPERIENCE: "expertise"}


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class Side(models.TextChoices):
    FIRST = "first", "Pihak pertama"
    PARTNER = "partner", "Pihak kedua"


def exactly_own_detail() -> Q:
    """Each basis has its own detail and none of the others'."""
    found = Q()
    for basis, own in DETAILS.items():
        found |= Q(basis=basis, **{f"{name}__isnull": name != own for name in DETAILS.values()})
    return found


class PartnershipQuerySet(LocatedQuerySet):
    def listed(self) -> Self:
        """In the directory: active once, whatever came later."""
        return self.filter(is_listed=True)

    def with_sides(self) -> Self:
        """With what a card says of each, whether its legal basis still holds among it."""
        return self.select_related("area", "kim", "institution__merged_into", "partner__merged_into", "legal_basis")

    def of_side(self, user: User) -> Self:
        """Those in which this person speaks for one of the sides."""
        institutions = user.institution_ids
        own = Q(kim__in=Kim.objects.managed_by(user).values("pk"))
        if institutions:
            own |= Q(institution__in=institutions) | Q(partner__in=institutions)
        return self.filter(own)

    def shown_to_partner(self, user: User) -> Self:
        """Where the owner of the experience has agreed: a proposal of one's own opens nobody else's papers."""
        own = Q(expertise__kim__isnull=False, first_confirmed_at__isnull=False)
        own |= Q(expertise__institution=F("institution"), first_confirmed_at__isnull=False)
        own |= Q(expertise__institution=F("partner"), partner_confirmed_at__isnull=False)
        return self.of_side(user).exclude(status=Status.CANCELLED).filter(own | Q(is_listed=True))

    def reviewed_by(self, user: User) -> Self:
        """What an officer of the area reads."""
        return self if user.is_superuser else self.filter(user.scope(OFFICERS))

    # --- What a day brings -------------------------------------------------------------------------------------------
    def settle_due(self) -> int:
        """End what has passed its last day, and copy sectors that changed; how many ended."""
        for sector in Sector.values:
            self.filter(partner__sector=sector).exclude(sector=sector).update(sector=sector)
        over: Any = self.filter(status=Status.ACTIVE, ends_on__lt=timezone.localdate())
        return sum(row.expire() for row in over.iterator(BATCH))

    def respell_due(self) -> int:
        """Search words anew where the title or a side's name is not what they were made of; how many were.

        KIM and institutions are renamed below and know of no partnerships, so this compares.
        """
        from partnerships.models.searching import PartnershipWord, spelling

        rows = self.annotate(spelling_now=spelling()).exclude(spelled=F("spelling_now")).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:MOST_RESPELLED])
        for start in range(0, len(keys), BATCH):
            found: Any = self.filter(pk__in=keys[start : start + BATCH]).with_sides()
            PartnershipWord.objects.rewrite(found)
        return len(keys)

    def flag_revoked_due(self) -> int:
        """Tell the sides of each running partnership whose legal basis was revoked, once; how many were told."""
        rows: Any = self.filter(status__in=sorted(OPEN), legal_basis__status=LegalStatus.REVOKED)
        return sum(row.tell_of_revoked() for row in rows.filter(revoked_basis_told_at__isnull=True).iterator(BATCH))

    def ask_evaluations_due(self) -> int:
        """Ask both sides for their word when a year has passed since the start, or since they were last asked."""
        a_year_ago = timezone.localdate() - timedelta(days=365)
        rows: Any = self.filter(status=Status.ACTIVE, starts_on__lte=a_year_ago)
        rows = rows.filter(Q(evaluation_asked_on__isnull=True) | Q(evaluation_asked_on__lte=a_year_ago))
        return sum(row.ask_evaluation(a_year_ago) for row in rows.iterator(BATCH))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_authenticated:
            return self.listed()
        mine = Q(pk__in=self.of_side(user).values("pk")) | Q(pk__in=self.reviewed_by(user).values("pk"))
        return self.filter(Q(is_listed=True) | mine)


class PartnershipRecord(Located):
    """The columns, constraints and indexes of `Partnership`. It lies where its first side is."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="partnerships", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="partnerships", editable=False
    )
    partner = models.ForeignKey(
        Institution, models.PROTECT, related_name="partnered", verbose_name="mitra", editable=False
    )
    sector = models.CharField(max_length=12, choices=Sector.choices, editable=False)  # the partner's, copied for lists
    title = models.CharField("nama kemitraan", max_length=120)
    purpose = models.TextField("tujuan bersama", max_length=2000)
    first_duties = models.TextField("yang dilakukan pihak pertama", max_length=2000)
    partner_duties = models.TextField("yang dilakukan pihak kedua", max_length=2000)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True, help_text="Kosongkan bila belum ditentukan.")
    basis = models.CharField("dasar kemitraan", max_length=10, choices=Basis.choices)
    forum = models.OneToOneField(
        Forum, models.PROTECT, null=True, blank=True, related_name="partnership", editable=False
    )
    legal_basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dasar hukum"
    )
    expertise = models.ForeignKey(
        Expertise, models.PROTECT, null=True, blank=True, related_name="partnerships", verbose_name="keahlian"
    )
    need = models.TextField("kebutuhan nyata di lapangan", max_length=1000, blank=True)
    adaptation = models.TextField("penyesuaian di lapangan", max_length=1000, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PROPOSED, editable=False)
    is_listed = models.BooleanField(default=False, editable=False)
    first_confirmed_at = models.DateTimeField("pihak pertama setuju", null=True, editable=False)
    partner_confirmed_at = models.DateTimeField("pihak kedua setuju", null=True, editable=False)
    # The letter by which a side without an account here agreed, as the area's officer saw it.
    paper = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    terms_version = models.PositiveIntegerField(default=1, editable=False)  # what a side says yes to
    revoked_basis_told_at = models.DateTimeField(null=True, editable=False)
    evaluation_asked_on = models.DateField(null=True, editable=False)
    spelled = models.CharField(max_length=500, default="", editable=False)  # what its search words were made of
    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "kemitraan"
        verbose_name_plural = "kemitraan"
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="partnership_one_first_side"),
            models.CheckConstraint(
                condition=Q(institution__isnull=True) | ~Q(institution=F("partner")),
                name="partnership_with_another",
                violation_error_message="Lembaga tidak dapat bermitra dengan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=exactly_own_detail(),
                name="partnership_own_detail_only",
                violation_error_message="Isi keterangan untuk dasar kemitraan yang dipilih, dan hanya itu.",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.EXPERIENCE) & ~Q(need="")
                | ~Q(basis=Basis.EXPERIENCE) & Q(need="", adaptation=""),
                name="partnership_need_with_experience",
                violation_error_message="Tulis kebutuhan nyata di lapangan.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="partnership_ends_after_it_starts",
                violation_error_message="Kemitraan tidak dapat berakhir sebelum dimulai.",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="partnership_status_known"),
            models.CheckConstraint(
                condition=Q(is_listed=True, status__in=sorted(PUBLIC))
                | (Q(is_listed=False) & ~Q(status__in=sorted(PUBLIC))),
                name="partnership_listed_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(is_listed=False) | Q(first_confirmed_at__isnull=False, partner_confirmed_at__isnull=False),
                name="partnership_both_confirmed",
                violation_error_message="Kedua pihak harus setuju lebih dulu.",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[*fields, "-starts_on", "-id"],
                    condition=Q(is_listed=True),
                    name=f"partnership_{fields[0] if fields else 'all'}"[:30],
                )
                for fields in (
                    [],
                    ["province_code"],
                    ["regency_code"],
                    ["district_code"],
                    ["area"],
                    ["basis"],
                    ["sector"],
                    ["kim"],
                )
            ),
            *(
                models.Index(fields=[*fields, "-starts_on", "-id"], name=f"partnership_read_{fields[0]}"[:30])
                for fields in (["province_code"], ["regency_code"], ["district_code"], ["status"])
            ),
            models.Index(fields=["status", "ends_on"], name="partnership_status_ends"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title = " ".join(self.title.split())  # a line break would end a mail's subject

    def get_absolute_url(self) -> str:
        return reverse("partnerships:partnership_detail", args=[self.public_id])

    @property
    def first(self) -> Kim | Institution:
        """The first side: a KIM, or the institution that stands for it today."""
        owner = self.kim or (self.institution.resolved if self.institution else None)
        assert owner is not None  # partnership_one_first_side
        return owner

    @property
    def second(self) -> Institution:
        return self.partner.resolved

    @property
    def detail(self) -> Forum | LegalBasis | Expertise | None:
        found: Forum | LegalBasis | Expertise | None = getattr(self, DETAILS[Basis(self.basis)])
        return found

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def rests_on_revoked(self) -> bool:
        """Whether the legal basis no longer holds: the sides have to look at it again."""
        return self.legal_basis is not None and not self.legal_basis.is_in_force
