"""The institutions that people speak for."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models.history import InstitutionEvent
from accounts.models.people import PHONE, User
from accounts.models.roles import OFFICER_ROLES
from regions.models import Located, LocatedQuerySet


class Sector(models.TextChoices):
    GOVERNMENT = "government", "Pemerintah"
    PRIVATE = "private", "Swasta"
    HEALTH = "health", "Lembaga kesehatan"
    EDUCATION = "education", "Pendidikan"
    FINANCE = "finance", "Keuangan"
    LIBRARY = "library", "Perpustakaan"
    COMMUNITY = "community", "Komunitas"


class InstitutionQuerySet(LocatedQuerySet):
    def in_use(self) -> Self:
        return self.filter(is_active=True, merged_into__isnull=True)

    def visible_to(self, user: User) -> Self:
        """What the admin shows: everything in the officer's areas, and the institutions one answers for."""
        if user.is_superuser:
            return self
        return self.filter(user.scope(OFFICER_ROLES) | Q(pk__in=user.institution_ids))


class Institution(Located):
    """A dinas, library, hospital, university or bank: whoever can be in charge or be a partner."""

    name = models.CharField("nama", max_length=160)
    sector = models.CharField("sektor", max_length=12, choices=Sector.choices, default=Sector.GOVERNMENT)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True, validators=[PHONE])
    is_contact_public = models.BooleanField("kontak boleh tampil untuk umum", default=False)
    is_active = models.BooleanField("aktif", default=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="digabung ke"
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "area",
                name="institution_name_unique_in_area",
                violation_error_message="Lembaga dengan nama ini sudah ada di wilayah tersebut.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="institution_not_merged_into_itself",
                violation_error_message="Lembaga tidak dapat digabung ke dirinya sendiri.",
            ),
        ]
        indexes = [
            models.Index(fields=["province_code", "name"], name="institution_province"),
            models.Index(fields=["regency_code", "name"], name="institution_regency"),
            models.Index(fields=["district_code", "name"], name="institution_district"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def resolved(self) -> Institution:
        """The institution that stands for this one today: itself, or the end of the chain of mergers."""
        row, seen = self, {self.pk}
        while row.merged_into and row.merged_into_id not in seen:
            row = row.merged_into
            seen.add(row.pk)
        return row

    @property
    def public_contact(self) -> dict[str, str]:
        """E-mail and telephone for everybody, or nothing where the institution has not agreed."""
        return {"email": self.email, "phone": self.phone} if self.is_contact_public else {}

    def merge_into(self, target: Institution, by: User) -> None:
        """Let `target` stand for this institution from now on. Those who answered for it answer for `target`."""
        with transaction.atomic():
            rows = {row.pk: row for row in _locked(self.pk, target.pk)}
            old, new = rows[self.pk], rows[target.pk]
            if old == new or new.merged_into_id or old.merged_into_id:
                raise ValidationError("Pilih lembaga lain yang masih berlaku sebagai tujuan penggabungan.")
            old.merged_into, old.is_active = new, False
            old.save(update_fields=["merged_into", "is_active"])
            old.merged.update(merged_into=new)  # one step to the end, however long the history
            for grant in old.rolegrant_set.current():
                grant.move_to(new, by)
            InstitutionEvent.append(old, "merged", actor=by, actor_label=by.label, into=new.pk)
            InstitutionEvent.append(new, "absorbed", actor=by, actor_label=by.label, absorbed=old.pk)
        self.refresh_from_db()


def _locked(*keys: int) -> models.QuerySet[Institution]:
    """Rows locked in the order of their numbers, so that two officers who merge both ways do not block each other."""
    return Institution.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
