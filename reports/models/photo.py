"""Photos of a report: safe copies only, none public before an officer ticks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reports.codes import photo_digest, random_key, submission_digest
from reports.models.report import Report
from uploads.images import SafeImage
from uploads.models import Image

MAX_PHOTOS = 3


class NoRoom(ValidationError):  # noqa: N818  shown beside the field
    """There are three photos already."""


class ReportPhotoQuerySet(models.QuerySet["ReportPhoto"]):
    def drafts(self) -> Self:
        return self.filter(report__isnull=True)

    def drafts_of(self, submission_id: Any) -> Self:
        """The photos kept under a form's key, which only the browser that made the form knows."""
        try:
            key = UUID(str(submission_id))
        except ValueError:
            return self.none()
        return self.drafts().filter(submission_digest=submission_digest(key)).select_related("image")

    def attach_drafts(self, report: Report) -> None:
        """Give the report the photos that were kept under its form's key."""
        self.drafts().filter(submission_digest=report.submission_digest).update(report=report)

    def keep(self, digest: str, photos: Iterable[SafeImage], report: Report | None = None) -> int:
        """Store these photos under a submission's digest; how many are new. NoRoom when there would be more than three.

        The same photo sent again adds nothing, so every part of a broken transfer can simply be repeated.
        """
        new = 0
        for photo in photos:
            source = photo_digest(digest, photo.digest)
            while not self.filter(submission_digest=digest, source_digest=source).exists():
                new += self._keep_one(digest, source, photo, report)
        return new

    def _keep_one(self, digest: str, source: str, photo: SafeImage, report: Report | None) -> int:
        """1 when stored; 0 when a parallel request took the place first, and the caller looks again."""
        taken = set(self.filter(submission_digest=digest).values_list("position", flat=True))
        free = next((position for position in range(MAX_PHOTOS) if position not in taken), None)
        if free is None:
            raise NoRoom(f"Paling banyak {MAX_PHOTOS} foto. Foto yang lebih tidak disimpan.")
        try:
            with transaction.atomic():
                image = Image.store(photo)
                self.create(submission_digest=digest, source_digest=source, position=free, image=image, report=report)
        except IntegrityError:
            return 0
        return 1

    def erase(self) -> int:
        """Remove rows and files."""
        photos = list(self.select_related("image"))
        for photo in photos:
            photo.delete()
            photo.image.erase()
        return len(photos)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public ones for everybody; all of a report for who handles or filed it."""
        public = Q(is_public=True, report__is_published=True)
        if not isinstance(user, User) or not user.is_authenticated:
            return self.filter(public)
        own = Q(report__in=Report.objects.handled_by(user)) | Q(report__reporter__user=user)
        return self.filter(public | own)

    def public(self) -> Self:
        """What anyone may see: ticked, on a published report."""
        return self.filter(is_public=True, report__is_published=True)

    def stale_drafts(self) -> Self:
        """Drafts whose 24 hours are over. Only the day is known, so they live through the following day."""
        return self.drafts().filter(created_on__lt=timezone.localdate() - timedelta(days=1))


class ReportPhoto(models.Model):
    """A photo under its submission's key: a draft until the report is filed, then the report's."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="photos")
    submission_digest = models.CharField(max_length=64, db_index=True, editable=False)
    source_digest = models.CharField(max_length=64, editable=False)  # keyed digest of the sent bytes: a retry adds none
    image = models.OneToOneField("uploads.Image", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField("boleh tampil untuk umum", default=False)
    created_on = models.DateField(default=timezone.localdate, editable=False)  # no time of day

    objects = ReportPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "foto laporan"
        verbose_name_plural = "foto laporan"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission_digest", "source_digest"], name="photo_once_per_submission"),
            models.UniqueConstraint(fields=["submission_digest", "position"], name="photo_position_unique"),
            models.CheckConstraint(condition=Q(position__lt=MAX_PHOTOS), name="photo_at_most_three"),
            models.CheckConstraint(
                condition=Q(report__isnull=False) | Q(is_public=False), name="photo_draft_not_public"
            ),
        ]

    def __str__(self) -> str:
        return f"Foto {self.position + 1}"
