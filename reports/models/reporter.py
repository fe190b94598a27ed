"""Who filed a report, kept apart from it: nothing that lists, searches or exports reports touches this table."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from reports.codes import random_key
from reports.models.report import Report

CONSENT_VERSION = "laporan-2026-11"


class Reporter(models.Model):
    """Name and contact of the person who filed. A trigger refuses such a row for an anonymous report."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="reporter")
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField("nama", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    consent_version = models.CharField("versi teks persetujuan", max_length=20)
    consent_at = models.DateTimeField("persetujuan diberikan", default=timezone.now)
    withdrawn_at = models.DateTimeField("persetujuan ditarik", null=True, blank=True)

    class Meta:
        verbose_name = "pelapor"
        verbose_name_plural = "pelapor"
        indexes = [models.Index(fields=["email"], name="reporter_email")]

    def __str__(self) -> str:
        return "Pelapor"  # never a name: this text reaches logs and delete confirmations


LINK_HOURS = 24


class RecoveryRequest(models.Model):
    """Somebody lost a code. Answered by the worker: the page takes equally long for known and unknown addresses."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    email = models.EmailField()

    class Meta:
        verbose_name = "permintaan kode baru"
        verbose_name_plural = "permintaan kode baru"

    def __str__(self) -> str:
        return "Permintaan kode baru"  # never an address: this text reaches logs


class RecoveryLinkQuerySet(models.QuerySet["RecoveryLink"]):
    def usable(self) -> Self:
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


def _link_expiry() -> object:
    return timezone.now() + timedelta(hours=LINK_HOURS)


class RecoveryLink(models.Model):
    """A one-time way to a new tracking code, sent to the e-mail given with the report."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(default=_link_expiry)
    used_at = models.DateTimeField(null=True)

    objects = RecoveryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan pemulihan kode"
        verbose_name_plural = "tautan pemulihan kode"

    def __str__(self) -> str:
        return "Tautan pemulihan kode"
