"""The experience basis: what a KIM or an institution knows from the field, and who outside it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Institution
from groups.models import Kim
from regions.models import Located, LocatedQuerySet

if TYPE_CHECKING:
    from uploads.models import Document

# One side of a partnership, and the owner of an experience: a KIM or an institution.
ONE_OWNER = Q(kim__isnull=False, institution__isnull=True) | Q(kim__isnull=True, institution__isnull=False)


class Field(models.TextChoices):
    """What somebody can be experienced in."""

    HEALTH = "health", "Kesehatan"
    FARMING = "farming", "Pertanian, peternakan, perikanan"
    EDUCATION = "education", "Pendidikan dan literasi"
    BUSINESS = "business", "Usaha kecil dan ekonomi"
    ENVIRONMENT = "environment", "Lingkungan dan sampah"
    DISASTER = "disaster", "Siaga bencana"
    CULTURE = "culture", "Budaya dan pariwisata"
    DIGITAL = "digital", "Literasi digital"
    GOVERNMENT = "government", "Layanan publik dan pembangunan desa"
    FAMILY = "family", "Keluarga, perempuan, dan anak"


class ExpertiseQuerySet(LocatedQuerySet):
    def proven(self) -> Self:
        """With at least one work done and one word of trust from outside."""
        return self.filter(is_proven=True)


class Expertise(Located):
    """A field of experience of one KIM or institution. `is_proven` is kept by the actions."""

    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="expertises", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="expertises", editable=False
    )
    field = models.CharField("bidang keahlian", max_length=12, choices=Field.choices)
    about = models.TextField("pengalaman dalam bidang ini", max_length=1000, blank=True)
    years = models.PositiveSmallIntegerField("lama pengalaman (tahun)", default=0)
    is_proven = models.BooleanField(default=False, editable=False)

    objects = ExpertiseQuerySet.as_manager()

    class Meta:
        verbose_name = "keahlian"
        verbose_name_plural = "keahlian"
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="expertise_one_owner"),
            models.UniqueConstraint(
                fields=["kim", "field"],
                condition=Q(kim__isnull=False),
                name="expertise_once_a_kim",
                violation_error_message="Bidang keahlian ini sudah tercatat.",
            ),
            models.UniqueConstraint(
                fields=["institution", "field"],
                condition=Q(institution__isnull=False),
                name="expertise_once_an_institution",
                violation_error_message="Bidang keahlian ini sudah tercatat.",
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="expertise_field_known"),
            models.CheckConstraint(
                condition=Q(years__lte=99),
                name="expertise_years",
                violation_error_message="Lama pengalaman paling banyak 99 tahun.",
            ),
        ]
        indexes = [
            models.Index(fields=[*fields, "-id"], condition=Q(is_proven=True), name=f"expertise_{fields[0]}")
            for fields in (["field"], ["province_code", "field"], ["regency_code", "field"], ["district_code", "field"])
        ]

    def __str__(self) -> str:
        return self.get_field_display()

    @property
    def owner(self) -> Kim | Institution:
        owner = self.kim or self.institution
        assert owner is not None  # expertise_one_owner
        return owner

    @classmethod
    def begin(cls, owner: Kim | Institution, **values: Any) -> Expertise:
        side = {"kim": owner} if isinstance(owner, Kim) else {"institution": owner}
        row = cls(area_id=owner.area_id, **side, **values)
        row.copy_codes()
        with transaction.atomic():
            row.full_clean()
            row.save()
        return row

    def missing(self) -> list[str]:
        """What an experience still lacks to carry a partnership, in sentences."""
        found = []
        if self.years < 1 and not self.records.exists():
            found.append("Catat paling sedikit satu rekam jejak untuk keahlian ini.")
        if not self.evidence.exists():
            found.append("Catat paling sedikit satu bukti kepercayaan dari pihak lain.")
        return found

    def add_record(self, **values: Any) -> TrackRecord:
        return self._add(TrackRecord(expertise=self, **values))

    def add_evidence(self, *, file: Document | None = None, **values: Any) -> TrustEvidence:
        return self._add(TrustEvidence(expertise=self, file=file, **values))

    def _add(self, row: Any) -> Any:
        with transaction.atomic():
            locked = type(self)._base_manager.select_for_update().get(pk=self.pk)
            row.full_clean()
            row.save()
            self.is_proven = locked.is_proven = locked.records.exists() and locked.evidence.exists()
            locked.save(update_fields=["is_proven"])
        return row


class TrackRecord(models.Model):
    """One thing that was done, with whom it reached and what came of it."""

    expertise = models.ForeignKey(Expertise, models.CASCADE, related_name="records", editable=False)
    activity = models.CharField("kegiatan", max_length=160)
    done_on = models.DateField("tanggal")
    place = models.CharField("tempat", max_length=120)
    beneficiaries = models.PositiveIntegerField("penerima manfaat (orang)")
    result = models.TextField("hasil", max_length=1000)

    class Meta:
        verbose_name = "rekam jejak"
        verbose_name_plural = "rekam jejak"
        ordering = ["-done_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(beneficiaries__lte=10_000_000),
                name="track_record_beneficiaries",
                violation_error_message="Jumlah penerima manfaat terlalu besar.",
            )
        ]

    def __str__(self) -> str:
        return self.activity

    def clean(self) -> None:
        if self.done_on and self.done_on >= timezone.localdate():
            raise ValidationError({"done_on": "Rekam jejak sudah lewat. Tulis tanggal sebelum hari ini."})


class EvidenceKind(models.TextChoices):
    LETTER = "letter", "Surat"
    TESTIMONY = "testimony", "Kesaksian"
    PRIOR_AGREEMENT = "prior_agreement", "Kerja sama sebelumnya"
    AWARD = "award", "Penghargaan"


class TrustEvidence(models.Model):
    """Somebody outside the KIM who trusts it, in writing."""

    expertise = models.ForeignKey(Expertise, models.CASCADE, related_name="evidence", editable=False)
    kind = models.CharField("jenis bukti", max_length=16, choices=EvidenceKind.choices)
    giver = models.CharField("diberikan oleh", max_length=120, help_text="Orang atau lembaga di luar KIM.")
    given_on = models.DateField("tanggal")
    about = models.TextField("isi singkat", max_length=1000, blank=True)
    file = models.ForeignKey(
        "uploads.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berkas"
    )

    class Meta:
        verbose_name = "bukti kepercayaan"
        verbose_name_plural = "bukti kepercayaan"
        ordering = ["-given_on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(giver=""), name="trust_evidence_has_giver")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} dari {self.giver}"

    def clean(self) -> None:
        self.giver = " ".join(self.giver.split())
        if self.given_on and self.given_on > timezone.localdate():
            raise ValidationError({"given_on": "Tanggal tidak boleh di masa depan."})
        if self.giver and self.expertise_id and is_own(self.expertise, self.giver):
            raise ValidationError({"giver": "Bukti harus datang dari pihak lain, bukan dari KIM atau lembaga sendiri."})


def is_own(expertise: Expertise, giver: str) -> bool:
    """Whether the giver of trust is the owner itself, or one of the KIM's own members."""
    name = giver.casefold()
    if name == expertise.owner.name.casefold():
        return True
    kim = expertise.kim
    return kim is not None and name in {each.casefold() for each in kim.memberships.values_list("name", flat=True)}
