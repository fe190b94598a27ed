"""What somebody is still writing: kept on a weak signal, seen by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User

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

    def stale(self) -> models.QuerySet[FormDraft]:
        return self.filter(kept_at__lt=timezone.now() - timedelta(days=DRAFT_DAYS))


class FormDraft(models.Model):
    """The answers of one person in one form that is not finished."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "isian yang belum selesai"
        verbose_name_plural = "isian yang belum selesai"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_a_form")]

    def __str__(self) -> str:
        return self.key
