"""Photos of a library, redrawn by uploads/, each with words for whoever cannot see it."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from libraries.models.library import Library
from uploads.images import SafeImage
from uploads.models import Image

MOST_PHOTOS = 12
SHORTEST = 10
ALT_HINT = "Tulis apa yang tampak dengan sedikitnya sepuluh huruf, untuk orang yang tidak melihat foto ini."


class People(models.TextChoices):
    """Whether somebody can be recognised: without a yes of theirs there is no photo (UU 27/2022 art. 20)."""

    NONE = "none", "Tidak ada orang yang dapat dikenali"
    AGREED = "agreed", "Semua orang yang dapat dikenali setuju fotonya tampil untuk umum"


class LibraryPhotoQuerySet(models.QuerySet["LibraryPhoto"]):
    def of(self, library: Library) -> Self:
        return self.filter(library=library).select_related("image")


class LibraryPhoto(models.Model):
    """One photo on a library's page."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="photos", editable=False)
    image = models.OneToOneField(Image, models.PROTECT, related_name="+", editable=False)
    alt = models.CharField("apa yang tampak", max_length=200, validators=[MinLengthValidator(SHORTEST, ALT_HINT)])
    people = models.CharField("orang di foto", max_length=6, choices=People.choices)

    objects = LibraryPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "foto perpustakaan"
        verbose_name_plural = "foto perpustakaan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt=""), name="library_photo_described", violation_error_message=ALT_HINT
            ),
            models.CheckConstraint(condition=Q(people__in=People.values), name="library_photo_people"),
        ]

    def __str__(self) -> str:
        return self.alt

    @classmethod
    def add(cls, library: Library, safe: SafeImage, *, by: User, **values: Any) -> LibraryPhoto:
        """Keep a photo. ValidationError for one too many, for the same one twice, and for one without words."""
        with transaction.atomic():
            library.lock()
            kept = cls.objects.of(library)
            if kept.filter(image__digest=safe.digest).exists():
                raise ValidationError({"photo_file": "Foto ini sudah ada di halaman perpustakaan."})
            if kept.count() >= MOST_PHOTOS:
                raise ValidationError(f"Paling banyak {MOST_PHOTOS} foto. Hapus satu dahulu.")
            row = cls(library=library, **values)
            row.alt = " ".join(row.alt.split())
            row.full_clean(exclude=["image"])
            row.image = Image.store(safe)
            row.save()
            library.record("photo_added", by, photo=row.pk)
        return row

    def remove(self, *, by: User) -> None:
        """Take the photo off, files included."""
        with transaction.atomic():
            self.library.lock()
            image, number = self.image, self.pk
            self.delete()
            image.erase()
            self.library.record("photo_removed", by, photo=number)
