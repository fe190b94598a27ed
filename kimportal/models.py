"""The roof's only table: when each task of the worker is due."""

from __future__ import annotations

from django.db import models


class ScheduledTask(models.Model):
    """A task of `kimportal/clock.py`. Its row is the claim: whoever moves `next_at` forward runs it."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()
