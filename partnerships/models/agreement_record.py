"""An agreement's columns, constraints and lists; what can be done to it stands in `agreement.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from partnerships.models.experience import ONE_OWNER
from partnerships.models.meeting import Meeting
from partnerships.models.partnership import Partnership
from partnerships.models.record import OFFICERS
from partnerships.workflow import AGREEMENT_PUBLIC, SIGNED_ONCE, AgreementStatus
from regions.models import Located, LocatedQuerySet

REMIND_DAYS = 60
BATCH = 500
HOLDING = (AgreementStatus.SIGNED, AgreementStatus.IN_EFFECT)
AGREEMENT_ORDER = ("-id",)


class AgreementKind(models.TextChoices):
    JOINT = "joint_agreement", "Nota Kesepahaman (MoU) / Kesepakatan Bersama"
    COOPERATION = "cooperation", "Perjanjian Kerja Sama (PKS)"
    MEMORANDUM = "memorandum", "Nota Kesepakatan"


class AgreementQuerySet(LocatedQuerySet):
    def with_sides(self) -> Self:
        """With what a card says of each: both sides, whether they stand in a partnership or alone."""
        own = ("area", "kim", "institution__merged_into", "partner__merged_into")
        return self.select_related(*own, *(f"partnership__{name}" for name in own))

    def of(self, user: User) -> Self:
        """Those behind which this person stands: for one of the two sides, or for a further party."""
        kims, numbers = Kim.objects.managed_by(user).values("pk"), user.institution_ids
        own = Q(partnership__in=Partnership.objects.of_side(user).values("pk")) | Q(kim__in=kims)
        party = Q(kim__in=kims)
        if numbers:
            own |= Q(institution__in=numbers) | Q(partner__in=numbers)
            party |= Q(institution__in=numbers)
        parties: Any = self.model._meta.get_field("parties").related_model
        return self.filter(own | Q(pk__in=parties.objects.filter(party).values("agreement")))

    def reviewed_by(self, user: User) -> Self:
        """What an officer of the area reads."""
        return self if user.is_superuser else self.filter(user.scope(OFFICERS))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its parties and the officers of its area; what everybody may know stands on its partnership's page."""
        if not isinstance(user, User) or not user.is_authenticated:
            return self.none()
        return self.filter(Q(pk__in=self.of(user).values("pk")) | Q(pk__in=self.reviewed_by(user).values("pk")))

    def told_to(self, user: User | AnonymousUser) -> Self:
        """Whose title and state a meeting's page tells: hopes and what is signed; a draft is the parties' own."""
        told = Q(status__in=sorted({AgreementStatus.HOPED, *AGREEMENT_PUBLIC}))
        return self.filter(told | Q(pk__in=self.visible_to(user).values("pk")))

    def settle_due(self) -> int:
        """Let the states follow the calendar, whenever this was last done; how many changed."""
        today = timezone.localdate()
        begins: Any = self.filter(status=AgreementStatus.SIGNED, valid_from__lte=today)
        ends: Any = self.filter(status=AgreementStatus.IN_EFFECT, valid_until__lt=today)
        number = sum(row.settle(AgreementStatus.IN_EFFECT) for row in begins.iterator(BATCH))
        return number + sum(row.settle(AgreementStatus.EXPIRED) for row in ends.iterator(BATCH))

    def remind_due(self) -> int:
        """Write about those that end within the days of warning and were not written about yet; how many."""
        untold: Any = self.ending().exclude(reminded_for=F("valid_until"))
        return sum(row.remind() for row in untold.iterator(BATCH))

    def ending(self) -> Self:
        """Those that run out within the days of warning, and are not renewed yet."""
        today = timezone.localdate()
        rows = self.filter(status__in=HOLDING, valid_until__gte=today)
        rows = rows.filter(valid_until__lte=today + timedelta(days=REMIND_DAYS))
        return rows.exclude(renewal__status__in=HOLDING)


class AgreementRecord(Located):
    """Between the two sides of a partnership; or, before there is one, between a KIM or institution and another.

    It lies where its first side is. Further parties stand in `AgreementParty`.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="agreements", editable=False
    )
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="agreements", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="agreements", editable=False
    )
    partner = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    # Where it was hoped for (seed 003: "diharapkan adanya MoU").
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="agreements", editable=False
    )
    kind = models.CharField("jenis", max_length=15, choices=AgreementKind.choices)
    subject = models.CharField("tentang", max_length=200)
    scope = models.TextField("ruang lingkup", max_length=2000)
    number = models.CharField("nomor", max_length=120, blank=True)
    signed_on = models.DateField("tanggal tanda tangan", null=True, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    first_signer = models.CharField("penanda tangan pihak pertama", max_length=80, blank=True)
    first_position = models.CharField("jabatannya", max_length=120, blank=True)
    second_signer = models.CharField("penanda tangan pihak kedua", max_length=80, blank=True)
    second_position = models.CharField("jabatannya", max_length=120, blank=True)
    file = models.ForeignKey(
        "uploads.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="naskah",
        editable=False,
    )
    umbrella = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="cooperations", verbose_name="MoU yang menaungi"
    )
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewal", verbose_name="memperpanjang"
    )
    status = models.CharField(
        max_length=10, choices=AgreementStatus.choices, default=AgreementStatus.HOPED, editable=False
    )
    reminded_for = models.DateField(null=True, editable=False)  # the end for which a reminder was sent
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "perjanjian"
        verbose_name_plural = "perjanjian"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=sorted(SIGNED_ONCE))
                | (
                    Q(signed_on__isnull=False, valid_from__isnull=False, valid_until__isnull=False, file__isnull=False)
                    & ~(Q(number="") | Q(first_signer="") | Q(second_signer=""))
                ),
                name="agreement_signed_is_complete",
                violation_error_message="Perjanjian yang ditandatangani memerlukan nomor, tanggal, masa berlaku, "
                "berkas, dan dua penanda tangan.",
            ),
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.COOPERATION, umbrella__isnull=False)
                | (~Q(kind=AgreementKind.COOPERATION) & Q(umbrella__isnull=True)),
                name="agreement_cooperation_has_umbrella",
                violation_error_message="PKS berdiri di atas sebuah MoU. Pilih MoU yang menaunginya.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message="Perjanjian tidak dapat berakhir sebelum mulai berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False, kim__isnull=True, institution__isnull=True, partner__isnull=True)
                | (Q(partnership__isnull=True, partner__isnull=False) & ONE_OWNER),
                name="agreement_partnership_or_parties",
                violation_error_message="Perjanjian memerlukan kemitraan, atau dua pihak.",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=True) | ~Q(institution=F("partner")),
                name="agreement_with_another",
                violation_error_message="Lembaga tidak dapat membuat perjanjian dengan dirinya sendiri.",
            ),
            models.CheckConstraint(condition=Q(status__in=AgreementStatus.values), name="agreement_status_known"),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"),
        ]
        indexes = [
            models.Index(fields=["status", "valid_until"], name="agreement_status_until"),
            *(
                models.Index(fields=[name, "-id"], name=f"agreement_{name}")
                for name in ("province_code", "regency_code", "district_code", "status")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} tentang {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:agreement_detail", args=[self.pk])

    @property
    def first(self) -> Kim | Institution:
        """The first side: its partnership's, or the one that stands here, by whoever stands for it today."""
        if self.partnership:
            return self.partnership.first
        owner = self.kim or (self.institution.resolved if self.institution else None)
        assert owner is not None  # agreement_partnership_or_parties
        return owner

    @property
    def second(self) -> Institution:
        if self.partnership:
            return self.partnership.second
        assert self.partner is not None  # agreement_partnership_or_parties
        return self.partner.resolved

    @property
    def is_open(self) -> bool:
        """Whether its words can still be changed."""
        return self.status in {AgreementStatus.HOPED, AgreementStatus.DRAFTING}
