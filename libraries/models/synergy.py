"""What stakeholders gave to the libraries of an area: free internet, students, and partners that a consultant bridged.

It stands on the meetings and commitments of partnerships (seed 003: the meeting of 9 March 2021 in Bali).
"""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.events import Event, EventText
from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from libraries.models.library import OFFICERS, Library
from libraries.workflow import PointStatus, can_move_point
from partnerships.models import Commitment, Meeting
from regions.models import Area, CustomaryVillage, Located, LocatedQuerySet

MOST_STUDENTS = 10_000
POINT_ACTIONS = {
    "recorded": "Dicatat",
    "changed": "Diubah",
    **{code: label for code, label in PointStatus.choices},
}


class SynergyQuerySet(LocatedQuerySet):
    def visible_to(self, user: User) -> Self:
        """What officers of the area keep, and readers look at; the public pages show all of it."""
        return self if user.is_superuser else self.filter(user.scope(OFFICERS))


class Kept(Located):
    """What an officer of the area writes down."""

    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tindak lanjut rapat",
        help_text="Janji dalam rapat yang dipenuhi dengan ini.",
    )

    objects = SynergyQuerySet.as_manager()

    class Meta:
        abstract = True

    def keep(self, *, by: User) -> None:
        """Store a new row, or what was changed of an old one."""
        self.copy_codes()
        with transaction.atomic():
            is_new = self.pk is None
            self.full_clean()
            self.save()
            self.told("recorded" if is_new else "changed", by)

    def told(self, action: str, by: User) -> None:
        """Write the event, where this kind of row has a history."""


class InternetPoint(Kept):
    """Free internet at one place of a village: not served, proposed, scheduled, installed."""

    customary_village = models.ForeignKey(
        CustomaryVillage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="desa adat"
    )
    library = models.ForeignKey(
        Library, models.PROTECT, null=True, blank=True, related_name="internet_points", verbose_name="perpustakaan"
    )
    place = models.CharField("tempat", max_length=160, help_text="Misalnya: ruang baca perpustakaan desa adat.")
    provider = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="penyedia"
    )
    status = models.CharField(
        "keadaan", max_length=10, choices=PointStatus.choices, default=PointStatus.NOT_SERVED, editable=False
    )
    due_on = models.DateField("rencana pemasangan", null=True, blank=True, editable=False)
    installed_on = models.DateField("terpasang pada", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "titik internet"
        verbose_name_plural = "titik internet"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PointStatus.values), name="point_status_known"),
            models.CheckConstraint(
                condition=~Q(status=PointStatus.SCHEDULED) | Q(due_on__isnull=False),
                name="point_scheduled_has_day",
                violation_error_message="Yang dijadwalkan memerlukan tanggal pemasangan.",
            ),
            models.CheckConstraint(
                condition=Q(status=PointStatus.INSTALLED, installed_on__isnull=False)
                | (~Q(status=PointStatus.INSTALLED) & Q(installed_on__isnull=True)),
                name="point_installed_has_day",
                violation_error_message="Yang terpasang memerlukan tanggal.",
            ),
            models.UniqueConstraint(
                fields=["area", "place"],
                name="point_once",
                violation_error_message="Titik internet di tempat ini sudah dicatat.",
            ),
        ]
        indexes = [
            models.Index(fields=[f"{level}_code", "-status", "id"], name=f"point_{level}")
            for level in ("province", "regency", "district")
        ]

    def __str__(self) -> str:
        return self.place

    def clean(self) -> None:
        self.place = " ".join(self.place.split())
        if self.library and self.area_id and self.library.district_code != self.area_id[:8]:
            raise ValidationError({"library": "Perpustakaan ini di kecamatan lain."})
        if self.customary_village and self.area_id != self.customary_village.area_id:
            raise ValidationError({"customary_village": "Desa adat ini di desa lain."})

    def move(self, to: PointStatus, *, by: User, day: Any = None) -> None:
        """The next state; scheduled and installed with their day, a day of installing never ahead."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update(of=("self",)))
            if not can_move_point(self.status, to):
                raise ValidationError(f"“{self.get_status_display()}” tidak dapat menjadi “{to.label}”.")
            if to == PointStatus.INSTALLED and day and day > timezone.localdate():
                raise ValidationError({"day": "Tanggal terpasang tidak boleh di masa depan."})
            self.status = to
            self.due_on = day if to == PointStatus.SCHEDULED else None
            self.installed_on = day if to == PointStatus.INSTALLED else None
            self.full_clean()
            self.save()
            self.told(str(to), by)

    def told(self, action: str, by: User) -> None:
        InternetPointEvent.append(self, action, actor=by, actor_label=by.label)


class InternetPointEvent(Event):
    """One step of one internet point."""

    subject = models.ForeignKey(InternetPoint, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa titik internet"
        verbose_name_plural = "peristiwa titik internet"


class InternetPointEventText(EventText):
    """What was written at an event."""

    event = models.OneToOneField(InternetPointEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"


class StudentPlacement(Kept):
    """Students of one university in villages for a time (Kuliah Kerja Nyata). Its area holds all the villages."""

    university = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="perguruan tinggi")
    programme = models.CharField("program", max_length=200, help_text="Misalnya: KKN Literasi Desa.")
    villages = models.ManyToManyField(Area, related_name="+", verbose_name="desa", blank=True)
    students = models.PositiveIntegerField("jumlah mahasiswa")
    supervisor = models.CharField(
        "dosen pembimbing", max_length=120, blank=True, help_text="Hanya dibaca petugas, tidak tampil untuk umum."
    )
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai")

    class Meta:
        verbose_name = "penempatan KKN"
        verbose_name_plural = "penempatan KKN"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="placement_period",
                violation_error_message="Tanggal selesai harus sesudah tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(students__gte=1, students__lte=MOST_STUDENTS),
                name="placement_students",
                violation_error_message=f"Jumlah mahasiswa antara 1 dan {MOST_STUDENTS}.",
            ),
            models.UniqueConstraint(
                fields=["university", "area", "starts_on", "programme"],
                name="placement_once",
                violation_error_message="Penempatan ini sudah dicatat.",
            ),
        ]
        indexes = [
            models.Index(fields=[f"{level}_code", "-starts_on", "-id"], name=f"placement_{level}")
            for level in ("province", "regency", "district")
        ]

    def __str__(self) -> str:
        return self.programme

    def clean(self) -> None:
        for name in ("programme", "supervisor"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.university_id and self.university.sector != Sector.EDUCATION:
            raise ValidationError({"university": "Pilih lembaga pendidikan."})


class ConsultantBridge(Located):
    """Two institutions that a programme consultant brought together. Pages name the institutions, not the person."""

    consultant = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="konsultan")
    one = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="mitra pertama")
    other = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="mitra kedua")
    about = models.CharField(
        "hasil", max_length=300, help_text="Misalnya: pelatihan pemasaran untuk empat perpustakaan."
    )
    bridged_on = models.DateField("tanggal")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dalam rapat"
    )

    objects = SynergyQuerySet.as_manager()

    class Meta:
        verbose_name = "mitra yang dijembatani konsultan"
        verbose_name_plural = "mitra yang dijembatani konsultan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="bridge_two_partners",
                violation_error_message="Pilih dua mitra yang berbeda.",
            ),
            models.UniqueConstraint(
                fields=["one", "other", "bridged_on"],
                name="bridge_once",
                violation_error_message="Kedua mitra ini sudah dicatat pada tanggal itu.",
            ),
        ]
        indexes = [
            models.Index(fields=[f"{level}_code", "-bridged_on", "-id"], name=f"bridge_{level}")
            for level in ("province", "regency", "district")
        ]

    def __str__(self) -> str:
        return f"{self.one} dan {self.other}"

    def keep(self, *, by: User) -> None:
        self.copy_codes()
        with transaction.atomic():
            self.full_clean()
            self.save()

    def clean(self) -> None:
        self.about = " ".join(self.about.split())
        if self.bridged_on and self.bridged_on > timezone.localdate():
            raise ValidationError({"bridged_on": "Tanggal tidak boleh di masa depan."})
        is_new = self.pk is None  # a role that ended later takes nothing from what was done
        if is_new and self.consultant_id and self.area_id and not is_consultant(self.consultant, self.area_codes):
            raise ValidationError({"consultant": "Orang ini bukan Konsultan TPBIS di wilayah tersebut."})


def is_consultant(user: User, codes: list[str]) -> bool:
    return user.has_role(Role.TPBIS_CONSULTANT, codes)
