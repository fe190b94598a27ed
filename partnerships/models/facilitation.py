"""What a government did for the KIM of an area, in which of its roles, by which principles.

The nine roles stand in the source under the letters a to h and j (there is no "i"), the seven principles below them:
"Workshop Pemberdayaan KIM", Diskominfo Salatiga. The tiers are those of the first principle: "Pemerintah, Pemerintahan
Daerah Provinsi dan Pemerintahan Daerah Kabupaten/Kota".
"""

from __future__ import annotations

from typing import NamedTuple, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution, Role, User
from groups.models import Kim, WorkProgram
from groups.models.programme import MOST_BUDGET, TOO_MUCH
from groups.workflow import Status as KimStatus
from regions.models import Area, Located, LocatedQuerySet, code_prefixes
from regions.models.located import within

ORDER = ("-held_on", "-id")
CARD_FIELDS = ("title", "role", "tier", "held_on", "area__full_name", "area__level", "agency__name")
MOST_RESULT = 10**9


class GovernmentRole(models.TextChoices):
    POLICY = "policy", "Perumusan kebijakan"
    GUIDANCE = "guidance", "Bimbingan teknis"
    MODEL = "model", "Fasilitasi pengembangan model"
    NETWORK = "network", "Fasilitasi penyelenggaraan jaringan komunikasi"
    FACILITY = "facility", "Fasilitasi sarana dan prasarana"
    WORKSHOP = "workshop", "Workshop, sarasehan, forum"
    MATERIALS = "materials", "Penyediaan bahan-bahan informasi"
    SIMULATION = "simulation", "Simulasi aktivitas"
    STUDY_VISIT = "study_visit", "Fasilitasi studi banding"


class Tier(models.TextChoices):
    CENTRAL = "central", "Pusat"
    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Kabupaten/Kota"


class Principle(models.TextChoices):
    SYNERGY = "synergy", "Sinergitas"
    STRUCTURED = "structured", "Terstruktur"
    MEASURABLE = "measurable", "Terukur"
    INTEGRATED = "integrated", "Terintegrasi"
    PARTICIPATORY = "participatory", "Partisipatif"
    SUSTAINABLE = "sustainable", "Berkelanjutan"
    PARTNERSHIP = "partnership", "Kemitraan"


MEANINGS = {
    Principle.SYNERGY: "Pusat, provinsi, kabupaten/kota, dan semua pihak saling melengkapi.",
    Principle.STRUCTURED: "Berjenjang dari pusat sampai ke daerah.",
    Principle.MEASURABLE: "Hasilnya dapat diukur dengan angka dan dengan kata-kata.",
    Principle.INTEGRATED: "Satu kesatuan penyelenggaraan secara nasional.",
    Principle.PARTICIPATORY: "Masyarakat terlibat secara aktif.",
    Principle.SUSTAINABLE: "Bertahap dan berkesinambungan.",
    Principle.PARTNERSHIP: "Setara, saling menguntungkan, terbuka, dan saling percaya.",
}


def evidence_name(principle: str) -> str:
    return f"{principle}_evidence"


class Evidence(NamedTuple):
    """A principle, what it means, and the line that shows it; empty where nothing was written."""

    label: str
    meaning: str
    text: str


def evidence_line(principle: Principle) -> models.CharField[str, str]:
    return models.CharField(principle.label.lower(), max_length=300, blank=True, help_text=MEANINGS[principle])


class FacilitationQuerySet(LocatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What a government did is public."""
        return self

    def managed_by(self, user: User) -> Self:
        """Those that an officer of the area may record and correct."""
        return self if user.is_superuser else self.filter(user.scope(Role.KIM_VERIFIER))

    def as_cards(self) -> Self:
        """What a list shows of each, and nothing else is read."""
        return self.select_related("area", "agency").only(*CARD_FIELDS)

    def in_year(self, year: int | None) -> Self:
        return self.filter(held_on__year=year) if year else self

    def reaching(self, area: Area | None) -> Self:
        """For this area, a part of it or an area above it; everything without an area."""
        if area is None:
            return self
        return self.filter(within(area) | Q(area__in=code_prefixes(area.code)[:-1]) | Q(area__isnull=True))

    def above(self, area: Area) -> Self:
        """Those for an area above, or for the whole country: they reach this one too."""
        return self.filter(Q(area__in=code_prefixes(area.code)[:-1]) | Q(area__isnull=True))


class Facilitation(Located):
    """One activity in one of the nine roles. Without an area it was for the whole country."""

    area = models.ForeignKey(  # type: ignore[assignment]  # a row of the whole country has none
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wilayah sasaran"
    )
    title = models.CharField("nama kegiatan", max_length=160)
    role = models.CharField("peran pemerintah", max_length=11, choices=GovernmentRole.choices)
    tier = models.CharField("tingkat pelaksana", max_length=8, choices=Tier.choices)
    agency = models.ForeignKey(Institution, models.PROTECT, related_name="facilitations", verbose_name="penyelenggara")
    held_on = models.DateField("tanggal")
    kims = models.ManyToManyField(Kim, blank=True, related_name="facilitations", verbose_name="KIM yang dijangkau")
    budget = models.PositiveBigIntegerField(
        "anggaran (rupiah)", default=0, validators=[MaxValueValidator(MOST_BUDGET, TOO_MUCH)]
    )
    result_number = models.PositiveIntegerField(
        "hasil dalam angka", null=True, blank=True, validators=[MaxValueValidator(MOST_RESULT)]
    )
    result_unit = models.CharField("satuan", max_length=60, blank=True, help_text="Misalnya: orang terlatih.")
    result_words = models.TextField("hasil dalam kata-kata", max_length=1000, blank=True)
    synergy_evidence = evidence_line(Principle.SYNERGY)
    structured_evidence = evidence_line(Principle.STRUCTURED)
    measurable_evidence = evidence_line(Principle.MEASURABLE)
    integrated_evidence = evidence_line(Principle.INTEGRATED)
    participatory_evidence = evidence_line(Principle.PARTICIPATORY)
    sustainable_evidence = evidence_line(Principle.SUSTAINABLE)
    partnership_evidence = evidence_line(Principle.PARTNERSHIP)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="lanjutan dari"
    )
    meeting = models.ForeignKey(
        "partnerships.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="facilitations",
        verbose_name="rapat di portal",
        help_text="Bila workshop, sarasehan, atau forum ini tercatat sebagai rapat.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = FacilitationQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan fasilitasi"
        verbose_name_plural = "kegiatan fasilitasi"
        ordering = ORDER
        constraints = [
            models.CheckConstraint(
                condition=Q(measurable_evidence="")
                | (Q(result_number__isnull=False) & ~Q(result_unit="") & ~Q(result_words="")),
                name="facilitation_measured_both_ways",
                violation_error_message=(
                    "Terukur perlu hasil dalam angka dengan satuannya, dan hasil dalam kata-kata. "
                    "Lengkapi hasilnya, atau kosongkan bukti Terukur."
                ),
            ),
            models.CheckConstraint(
                condition=Q(result_number__isnull=True) | ~Q(result_unit=""),
                name="facilitation_number_has_unit",
                violation_error_message="Tulis satuan untuk hasil dalam angka, misalnya: orang terlatih.",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(tier=Tier.CENTRAL),
                name="facilitation_country_by_centre",
                violation_error_message="Tulis wilayah sasaran. Hanya kegiatan pusat boleh untuk seluruh Indonesia.",
            ),
            models.CheckConstraint(
                condition=~Q(tier=Tier.REGENCY) | ~Q(regency_code=""),
                name="facilitation_regency_within_one",
                violation_error_message="Kegiatan kabupaten/kota perlu wilayah sasaran di dalam satu kabupaten/kota.",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="facilitation_follows_another",
                violation_error_message="Kegiatan tidak dapat menjadi lanjutan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(role=GovernmentRole.WORKSHOP),
                name="facilitation_meeting_is_workshop",
                violation_error_message="Hanya workshop, sarasehan, atau forum yang menunjuk sebuah rapat.",
            ),
            models.CheckConstraint(condition=Q(role__in=GovernmentRole.values), name="facilitation_role_known"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="facilitation_tier_known"),
        ]
        indexes = [
            models.Index(fields=[*fields, "-held_on", "-id"], name=f"facilitation_{fields[0] if fields else 'all'}")
            for fields in ([], ["province_code"], ["regency_code"], ["district_code"], ["area"])
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:facilitation_detail", args=[self.pk])

    @property
    def place(self) -> str:
        return self.area.full_name if self.area else "Seluruh Indonesia"

    @property
    def evidence(self) -> list[Evidence]:
        """All seven principles, also those without a line: a gap is to be seen."""
        return [Evidence(each.label, MEANINGS[each], getattr(self, evidence_name(each))) for each in Principle]

    def clean(self) -> None:
        self.title = " ".join(self.title.split())
        self.copy_codes()  # constraints speak of them
        if not self.held_on:
            return
        if self.held_on > timezone.localdate():
            raise ValidationError({"held_on": "Catat kegiatan setelah dilaksanakan. Tanggal ini masih di depan."})
        self._check_chain()
        if self.meeting and self.meeting.area.local(self.meeting.starts_at).date() > self.held_on:
            raise ValidationError({"held_on": "Rapat yang ditunjuk diadakan sesudah tanggal ini."})

    def _check_chain(self) -> None:
        """A follow-up comes later than what it follows: "bertahap dan berkesinambungan", and never in a circle."""
        if self.follows and self.follows.held_on >= self.held_on:
            raise ValidationError({"follows": "Lanjutan harus dilaksanakan setelah kegiatan yang dilanjutkannya."})
        if self.pk and self.followed_by.filter(held_on__lte=self.held_on).exists():
            raise ValidationError({"held_on": "Kegiatan lanjutannya lebih dahulu dari tanggal ini."})

    def keep(self, *, by: User) -> None:
        """Store it; the counters of its area and year follow, also of those it had before."""
        from partnerships.models.facilitation_count import FacilitationCount
        from partnerships.models.facilitation_event import FacilitationEvent

        with transaction.atomic():
            cells = {(self.area_id, self.held_on.year)}
            if self.pk:
                before = type(self)._base_manager.select_for_update().get(pk=self.pk)
                cells.add((before.area_id, before.held_on.year))
            action = "changed" if self.pk else "recorded"
            self.version += 1
            self.full_clean()
            self.save()
            for area, year in sorted(cells, key=lambda cell: (cell[0] or "", cell[1])):
                FacilitationCount.objects.all().recount(area, year)
            FacilitationEvent.append(self, action, actor=by, actor_label=by.label)

    def start_programs(self, year: int, *, by: User) -> int:
        """Leave each KIM that was reached with a draft work programme for this year; how many there are now.

        Harmless twice: who has a programme keeps it as it is.
        """
        if self.role != GovernmentRole.WORKSHOP:
            raise ValidationError("Draf program kerja dibagikan oleh workshop, sarasehan, atau forum.")
        from partnerships.models.facilitation_event import FacilitationEvent

        with transaction.atomic():
            type(self)._base_manager.select_for_update().get(pk=self.pk)
            kims = list(self.kims.exclude(status=KimStatus.DISSOLVED).order_by("pk"))
            for kim in kims:
                WorkProgram.objects.start(kim, year, by=by, label=by.label)
            FacilitationEvent.append(self, "programs_started", actor=by, actor_label=by.label, year=year)
        return len(kims)
