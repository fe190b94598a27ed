"""Guidelines for officers who empower KIM: documents by tier and topic, in versions.

Seed 004: the empowerment of KIM "bertujuan sebagai pedoman aparat Pemerintah Daerah".
"""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.models.roles import OFFICER_ROLES, Role
from partnerships.models.facilitation import Tier
from regions.folding import fold
from regions.models import Area, Located, LocatedQuerySet, code_prefixes
from uploads.models import Document

ORDER = ("folded", "id")


class GuidelineTopic(models.TextChoices):
    FOUNDING = "founding", "Pembentukan dan kelembagaan"
    INFORMATION = "information", "Pengelolaan informasi"
    PROGRAMME = "programme", "Program kerja"
    PARTNERSHIP = "partnership", "Kemitraan"
    EMPOWERMENT = "empowerment", "Pembinaan dan pemberdayaan"
    REPORTING = "reporting", "Pelaporan dan penilaian"
    OTHER = "other", "Lainnya"


class GuidelineQuerySet(LocatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public ones for everybody; the others for officers of the guideline's area, of an area above or below it."""
        public = self.filter(is_public=True)
        if not isinstance(user, User) or not user.is_authenticated:
            return public
        if user.is_superuser:
            return self
        areas = [grant.area_id for grant in user.grants if grant.role in OFFICER_ROLES and not grant.institution_id]
        if not areas:
            return public
        above = {code for area in areas if area for code in code_prefixes(area)}
        reach = user.scope(OFFICER_ROLES) | Q(area__in=above) | Q(area__isnull=True)
        return self.filter(Q(is_public=True) | reach)

    def managed_by(self, user: User) -> Self:
        """Those that this officer may publish; the country's by who verifies for the country."""
        return self if user.is_superuser else self.filter(user.scope(Role.KIM_VERIFIER))

    def with_words(self, text: str) -> Self:
        """Those whose title or summary holds each of these words. A library holds hundreds, not millions."""
        found = self
        for word in fold(text).split()[:8]:
            found = found.filter(words__contains=word)
        return found


class Guideline(Located):
    """A guideline whose newest version holds; earlier ones stay readable. Without an area it is for the country."""

    area = models.ForeignKey(  # type: ignore[assignment]  # one of the whole country has none
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berlaku di wilayah"
    )
    title = models.CharField("judul", max_length=160)
    summary = models.TextField("isi singkat", max_length=600)
    tier = models.CharField("untuk petugas tingkat", max_length=8, choices=Tier.choices)
    topic = models.CharField("pokok bahasan", max_length=11, choices=GuidelineTopic.choices)
    is_public = models.BooleanField("boleh dibaca KIM dan umum", default=False)
    folded = models.CharField(max_length=160, editable=False)  # what the list sorts by; a cursor carries it
    words = models.CharField(max_length=900, editable=False)  # what is searched
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)  # of the row, for two officers at one form

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = "pedoman"
        verbose_name_plural = "pedoman"
        ordering = ORDER
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="guideline_has_title"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="guideline_tier_known"),
            models.CheckConstraint(condition=Q(topic__in=GuidelineTopic.values), name="guideline_topic_known"),
        ]
        indexes = [
            models.Index(fields=["folded", "id"], name="guideline_folded"),
            models.Index(fields=["is_public", "folded", "id"], name="guideline_public"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:guideline_detail", args=[self.pk])

    @property
    def place(self) -> str:
        return self.area.full_name if self.area else "Seluruh Indonesia"

    def clean(self) -> None:
        self.title = " ".join(self.title.split())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.title)[:160]
        self.words = fold(f"{self.title} {self.summary}")[:900]
        super().save(*args, **kwargs)

    def keep(self) -> None:
        """Store what is said of it; its documents are stored by `publish`."""
        self.version += 1
        self.full_clean()
        self.save()

    def publish(self, document: Document, *, by: User, note: str = "") -> GuidelineVersion:
        """The next version: it holds from now on, the one before stays readable."""
        with transaction.atomic():
            type(self)._base_manager.select_for_update().get(pk=self.pk)
            last = self.versions.aggregate(last=Max("number"))["last"] or 0
            self.versions.update(is_current=False)
            row = GuidelineVersion(guideline=self, number=last + 1, document=document, note=note, published_by=by)
            row.full_clean()
            row.save()
        return row


class GuidelineVersion(models.Model):
    """One edition of a guideline. Exactly one of a guideline is current."""

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("versi")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="berkas")
    note = models.CharField("yang berubah", max_length=300, blank=True)
    is_current = models.BooleanField("berlaku", default=True)
    published_on = models.DateField("terbit", default=timezone.localdate)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "versi pedoman"
        verbose_name_plural = "versi pedoman"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guideline_version_once"),
            models.UniqueConstraint(
                fields=["guideline"], condition=Q(is_current=True), name="guideline_one_current_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guideline}, versi {self.number}"
