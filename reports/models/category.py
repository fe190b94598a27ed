"""What a report is about: rows that an administrator may edit."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models


class CategoryKind(models.TextChoices):
    """The kinds of SP4N-LAPOR!, and the two that the founding texts name beside them."""

    COMPLAINT = "complaint", "Pengaduan"
    ASPIRATION = "aspiration", "Aspirasi"
    INFORMATION_REQUEST = "information_request", "Permintaan informasi"
    IMPORTANT_INFORMATION = "important_information", "Informasi penting"
    SUSPICIOUS = "suspicious", "Informasi mencurigakan"


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_use(self) -> Self:
        return self.filter(is_active=True)


class Category(models.Model):
    """A topic with its help text; a sensitive one raises secrecy, a dangerous one says where to turn at once."""

    code = models.CharField(
        "kode",
        max_length=40,
        primary_key=True,
        validators=[RegexValidator(r"^[a-z]+(-[a-z]+)*$", "Tulis kode dengan huruf kecil, misalnya air-bersih.")],
    )
    name = models.CharField("nama", max_length=60, unique=True)
    kind = models.CharField("jenis", max_length=24, choices=CategoryKind.choices)
    help_text = models.CharField("bantuan dengan contoh", max_length=200, blank=True)
    advice = models.TextField(
        "nasihat sebelum melapor", blank=True, help_text="Ke mana orang harus menghubungi segera."
    )
    is_sensitive = models.BooleanField("peka: laporan menjadi rahasia", default=False)
    is_active = models.BooleanField("dipakai", default=True)
    position = models.PositiveSmallIntegerField("urutan", default=100)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "kategori"
        verbose_name_plural = "kategori"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
