"""What was shown or handed out at an activity: a file made safe, or a link."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from libraries.models.activity import Activity
from uploads.models import Document

MOST_MATERIALS = 30


class ActivityMaterial(models.Model):
    """One file or one link."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="materials", editable=False)
    title = models.CharField("judul bahan", max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    url = models.CharField(
        "tautan",
        max_length=500,
        blank=True,
        validators=[URLValidator(["https"], message="Tulis tautan lengkap, dimulai dengan https://.")],
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "bahan kegiatan"
        verbose_name_plural = "bahan kegiatan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, url="") | (Q(document__isnull=True) & ~Q(url="")),
                name="activity_material_one_thing",
                violation_error_message="Sertakan berkas atau tautan, salah satu saja.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title = " ".join(self.title.split())

    def keep(self, *, by: User) -> None:
        with transaction.atomic():
            self.activity.lock()
            if self._twin():
                return
            if self.activity.materials.count() >= MOST_MATERIALS:
                raise ValidationError(f"Paling banyak {MOST_MATERIALS} bahan.")
            self.full_clean()
            self.save()
            self.activity.library.record("material_added", by, activity=self.activity_id, material=self.pk)

    def _twin(self) -> bool:
        """The same thing stored by the first press of the same button; the second file is not kept."""
        self.clean()
        same = self.activity.materials.filter(title=self.title, url=self.url)
        twin = same.filter(document__digest=self.document.digest if self.document else None).first()
        if twin is None:
            return False
        if self.document:
            self.document.erase()
        self.pk, self.document = twin.pk, twin.document
        return True

    def drop(self, *, by: User) -> None:
        with transaction.atomic():
            self.activity.lock()
            document, number = self.document, self.pk
            if not ActivityMaterial.objects.filter(pk=number).delete()[0]:
                return
            if document:
                document.erase()
            self.activity.library.record("material_dropped", by, activity=self.activity_id, material=number)
