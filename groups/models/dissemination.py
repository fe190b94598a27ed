"""Where an announcement was spread, on paper and on screen, and how many people it reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from accounts.models import User
from accounts.page_cache import pages_changed
from groups.models.announcement import Announcement


class Channel(models.TextChoices):
    """Four analog and three digital channels, as the founding texts name them."""

    MEETING = "meeting", "Pertemuan langsung"
    SEMINAR = "seminar", "Seminar"
    LEAFLET = "leaflet", "Selebaran"
    NOTICE_BOARD = "notice_board", "Papan pengumuman"
    SOCIAL_MEDIA = "social_media", "Media sosial"
    WEBSITE = "website", "Situs web"
    INSTANT_MESSAGE = "instant_message", "Aplikasi pesan instan"


ANALOG = (Channel.MEETING, Channel.SEMINAR, Channel.LEAFLET, Channel.NOTICE_BOARD)
DIGITAL = (Channel.SOCIAL_MEDIA, Channel.WEBSITE, Channel.INSTANT_MESSAGE)


class Dissemination(models.Model):
    """One use of one channel."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="disseminations", editable=False)
    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # pressing twice records one use
    channel = models.CharField("saluran", max_length=15, choices=Channel.choices)
    place = models.CharField("tempat", max_length=200, blank=True)
    address = models.CharField("alamat atau nama grup", max_length=300, blank=True)
    used_on = models.DateField("tanggal", default=timezone.localdate)
    taken_down_on = models.DateField("diturunkan pada", null=True, blank=True)
    people = models.PositiveIntegerField("orang dijangkau", default=0)
    proof = models.ForeignKey("uploads.Image", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = "penyebaran"
        verbose_name_plural = "penyebaran"
        ordering = ["-used_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel__in=ANALOG) | ~Q(place=""),
                name="dissemination_analog_has_place",
                violation_error_message="Tulis tempatnya.",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=DIGITAL) | ~Q(address=""),
                name="dissemination_digital_has_address",
                violation_error_message="Tulis alamat https atau nama grupnya.",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True)
                | Q(channel=Channel.NOTICE_BOARD, taken_down_on__gte=F("used_on")),
                name="dissemination_board_dates",
                violation_error_message="Papan pengumuman diturunkan setelah dipasang, bukan sebelumnya.",
            ),
            models.CheckConstraint(
                condition=Q(people__lte=1_000_000),
                name="dissemination_people_believable",
                violation_error_message="Jumlah orang terlalu besar.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_channel_display()

    @property
    def is_analog(self) -> bool:
        return self.channel in ANALOG

    @property
    def is_hanging(self) -> bool:
        return self.channel == Channel.NOTICE_BOARD and self.taken_down_on is None

    @property
    def web_address(self) -> str:
        """The address where it is one; the name of a group is no link."""
        return self.address if self.address.startswith(("https://", "http://")) else ""

    def take_down(self, on: date, *, by: User) -> None:
        """The sheet came off the board on this day."""
        self.taken_down_on = on
        self.keep(by=by)

    def keep(self, *, by: User) -> None:
        """Store, and bring the announcement's channels and people reached up to date."""
        with transaction.atomic():
            Announcement._base_manager.select_for_update().get(pk=self.announcement_id)
            self.recorded_by = by
            self.full_clean()
            self.save()
            self._recount()

    def remove(self) -> None:
        with transaction.atomic():
            Announcement._base_manager.select_for_update().get(pk=self.announcement_id)
            self.delete()
            if self.proof:
                self.proof.erase()
            self._recount()

    def _recount(self) -> None:
        rows = Dissemination.objects.filter(announcement=self.announcement_id)
        sums: dict[str, Any] = rows.aggregate(reached_count=Sum("people", default=0), channel_count=Count("pk"))
        Announcement.objects.filter(pk=self.announcement_id).update(**sums)
        pages_changed()
