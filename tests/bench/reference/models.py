from __future__ import annotations

from django.db import models


class Report(models.Model):
    """A row as wide as a card of the portal needs."""

    title = models.CharField(max_length=120)
    body = models.TextField()
    category = models.PositiveSmallIntegerField()
    status = models.PositiveSmallIntegerField()
    area = models.PositiveIntegerField()
    reporter = models.CharField(max_length=60)
    created = models.DateTimeField()

    class Meta:
        app_label = "reference"
        indexes = [models.Index(fields=["status", "-created", "-id"], name="r_status")]


class Posted(models.Model):
    """Target of the write, so that the read table keeps its size."""

    title = models.CharField(max_length=120)
    body = models.TextField()
    area = models.PositiveIntegerField(db_index=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        app_label = "reference"
