"""The row behind a stored photo or document. Who may see it is asked of the object it belongs to, never of the file."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone

from uploads.documents import Kind, SafeDocument
from uploads.files import DOCUMENTS, old_keys, remove_document, remove_files, write_document, write_files
from uploads.images import SafeImage

# A file's time is midnight of its day: past two days of it the file is at least 24 hours old.
ORPHAN_AGE = timedelta(hours=48)


class ImageQuerySet(models.QuerySet["Image"]):
    def erase(self) -> int:
        """Erase every photo of this selection, files included; the number of photos."""
        images = list(self)
        for image in images:
            image.erase()
        return len(images)


class Image(models.Model):
    """A photo redrawn by us, kept in three sizes as files. It knows the day it came, never the hour."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    width = models.PositiveSmallIntegerField("lebar", editable=False)
    height = models.PositiveSmallIntegerField("tinggi", editable=False)
    digest = models.CharField("sidik isi", max_length=64, editable=False)
    created_on = models.DateField("masuk pada", default=timezone.localdate, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto"

    def __str__(self) -> str:
        return f"Foto {self.width} x {self.height}"

    @classmethod
    def store(cls, safe: SafeImage) -> Image:
        """Write the files durably, then the row: whoever sees the row has the photo.

        Raises `uploads.files.NotStored`. The caller's transaction decides; files it leaves without a row are swept.
        """
        key = uuid4()
        write_files(key, safe.variants)
        try:
            return cls._default_manager.create(id=key, width=safe.width, height=safe.height, digest=safe.digest)
        except BaseException:
            remove_files(key)
            raise

    def erase(self) -> None:
        """Delete the row; its files go once that is committed."""
        key = self.pk
        self.delete()
        transaction.on_commit(lambda: remove_files(key), robust=True)

    @classmethod
    def sweep_orphans(cls, older_than: timedelta = ORPHAN_AGE) -> int:
        """Remove files without a row (a rolled back filing, a kill between two steps); the number of photos."""
        swept = 0
        old = old_keys(older_than)
        while keys := set(islice(old, 500)):
            known = set(cls._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
            for key in keys - known:
                remove_files(key)
                swept += 1
        return swept


class Document(models.Model):
    """A PDF without active content, or a photo of a paper redrawn by us. It knows the day it came, never the hour."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("jenis", max_length=5, choices=[(kind.value, kind.label) for kind in Kind], editable=False)
    byte_size = models.PositiveIntegerField("ukuran dalam byte", editable=False)
    digest = models.CharField("sidik isi", max_length=64, editable=False)
    created_on = models.DateField("masuk pada", default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {max(1, round(self.byte_size / 1024))} kB"

    @classmethod
    def store(cls, safe: SafeDocument) -> Document:
        """Write the file durably, then the row. Raises `uploads.files.NotStored`."""
        key = uuid4()
        write_document(key, safe.content)
        try:
            return cls._default_manager.create(id=key, kind=safe.kind, byte_size=len(safe.content), digest=safe.digest)
        except BaseException:
            remove_document(key)
            raise

    def erase(self) -> None:
        """Delete the row; its file goes once that is committed."""
        key = self.pk
        self.delete()
        transaction.on_commit(lambda: remove_document(key), robust=True)

    @classmethod
    def sweep_orphans(cls, older_than: timedelta = ORPHAN_AGE) -> int:
        """Remove files without a row; the number of documents."""
        swept = 0
        old = old_keys(older_than, DOCUMENTS)
        while keys := set(islice(old, 500)):
            known = set(cls._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
            for key in keys - known:
                remove_document(key)
                swept += 1
        return swept
