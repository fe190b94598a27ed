"""What somebody is still writing: kept on a weak signal, seen by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from uploads.documents import SafeDocument
from uploads.images import SafeImage
from uploads.models import Document, Image

DRAFT_DAYS = 30


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    def keep(self, user: User, key: str, data: dict[str, Any]) -> None:
        """Keep the answers of a form; `key` names the form and its object ("kim", "announcement:12")."""
        self.update_or_create(user=user, key=key, defaults={"data": data, "kept_at": timezone.now()})

    def answers(self, user: User, key: str) -> dict[str, Any]:
        """The answers kept last; empty when there are none."""
        draft = self.filter(user=user, key=key).first()
        return draft.data if draft else {}

    def forget(self, user: User, key: str) -> None:
        self.filter(user=user, key=key).delete()

    def stale(self) -> Self:
        return self.filter(kept_at__lt=timezone.now() - timedelta(days=DRAFT_DAYS))

    def forget_stale(self) -> int:
        """Erase what nobody finished, its documents included; how many."""
        return self.stale().erase()

    def erase(self) -> int:
        """Forget these drafts and the documents that belong to nothing else; the number of drafts."""
        drafts = list(self)
        for draft in drafts:
            draft.erase()
        return len(drafts)


class FormDraft(models.Model):
    """The answers of one person in one form that is not finished, and the documents uploaded with it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    files = models.JSONField(default=dict)  # field -> key of its document
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "isian yang belum selesai"
        verbose_name_plural = "isian yang belum selesai"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_a_form")]

    def __str__(self) -> str:
        return self.key

    def documents(self) -> dict[str, Document]:
        """The documents uploaded so far, by field."""
        found = {str(row.pk): row for row in Document.objects.filter(pk__in=list(self.files.values()))}
        return {name: found[key] for name, key in self.files.items() if key in found}

    def keep_files(self, new: dict[str, SafeDocument], dropped: set[str]) -> None:
        """Keep new documents, each in place of the earlier one of its field, and let go of those that were dropped."""
        with transaction.atomic():
            row = FormDraft.objects.select_for_update().get(pk=self.pk)
            old = [document for name, document in row.documents().items() if name in new or name in dropped]
            kept = {name: key for name, key in row.files.items() if name not in dropped}
            row.files = kept | {name: str(Document.store(safe).pk) for name, safe in new.items()}
            row.save(update_fields=["files"])
            for document in old:
                document.erase()
        self.files = row.files

    def keep_photo(self, safe: SafeImage) -> None:
        """Keep a photo in place of an earlier one; the row it is for takes it over, and then forgets the draft."""
        with transaction.atomic():
            Image.objects.filter(pk__in=[self.files["photo"]] if "photo" in self.files else []).erase()
            self.files = {**self.files, "photo": str(Image.store(safe).pk)}
            self.save(update_fields=["files"])

    def erase(self) -> None:
        with transaction.atomic():
            for document in self.documents().values():
                document.erase()
            Image.objects.filter(pk__in=[self.files["photo"]] if "photo" in self.files else []).erase()
            self.delete()
