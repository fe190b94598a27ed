"""A clipping: where the library was in the media."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from libraries.models.figures import MonthlyFigures, this_month
from libraries.models.library import Library
from libraries.months import FIRST, first_day
from regions.models import Located, LocatedQuerySet
from uploads.models import Document


class Medium(models.TextChoices):
    ONLINE = "online", "Media daring"
    PRINT = "print", "Surat kabar atau majalah"
    RADIO = "radio", "Radio"
    TELEVISION = "television", "Televisi"
    SOCIAL = "social", "Media sosial"


class MediaExposureQuerySet(LocatedQuerySet):
    def of(self, library: Library) -> Self:
        return self.filter(library=library)

    def in_month(self, month: date) -> Self:
        return self.filter(month=month)


class MediaExposure(Located):
    """One distinct clipping, with a link or a scan."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="exposures", editable=False)
    month = models.DateField(editable=False)
    outlet = models.CharField("nama media", max_length=120)
    medium = models.CharField("jenis", max_length=10, choices=Medium.choices, default=Medium.ONLINE)
    title = models.CharField("judul", max_length=200)
    published_on = models.DateField("tanggal terbit")
    url = models.CharField(
        "tautan",
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"], message="Tulis tautan lengkap.")],
    )
    scan = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pindaian")

    objects = MediaExposureQuerySet.as_manager()

    class Meta:
        verbose_name = "kliping"
        verbose_name_plural = "kliping"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | Q(scan__isnull=False),
                name="exposure_has_link_or_scan",
                violation_error_message="Sertakan tautan atau pindaian kliping.",
            ),
            models.UniqueConstraint(
                fields=["library", "url"],
                condition=~Q(url=""),
                name="exposure_link_once",
                violation_error_message="Kliping dengan tautan ini sudah dicatat.",
            ),
            models.UniqueConstraint(
                "library",
                Lower("outlet"),
                Lower("title"),
                "published_on",
                name="exposure_once",
                violation_error_message="Kliping ini sudah dicatat.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, month__gte=FIRST, published_on__gte=FIRST), name="exposure_month"
            ),
        ]
        indexes = [models.Index(fields=["district_code", "month"], name="exposure_district")]

    def __str__(self) -> str:
        return self.title

    def keep(self, *, by: User) -> None:
        """Store a new clipping; refused in a month that the agency has accepted."""
        self.month = first_day(self.published_on)
        self.url = plain_address(self.url)
        self.area_id = self.library.area_id
        self.copy_codes()
        with transaction.atomic():
            self.library.lock()
            self._check_month()
            self.full_clean()
            self.save()
            self._told(by, "clipping_added")

    def twin(self) -> MediaExposure | None:
        """The same clipping as it is stored: the button was pressed twice."""
        same = {"outlet__iexact": self.outlet, "title__iexact": self.title, "published_on": self.published_on}
        return MediaExposure.objects.of(self.library).filter(url=plain_address(self.url), **same).first()

    def remove(self, *, by: User) -> None:
        """Take out a clipping that was recorded by mistake."""
        with transaction.atomic():
            self.library.lock()
            self._check_month()
            number = self.pk
            self.delete()
            if self.scan:
                self.scan.erase()
            self.pk = number
            self._told(by, "clipping_removed")

    def _check_month(self) -> None:
        if self.month > this_month(self.library):
            raise ValidationError({"published_on": "Tanggal terbit belum tiba."})
        if MonthlyFigures.of_month(self.library, self.month).is_locked:
            raise ValidationError("Bulan kliping ini sudah diterima Dinas dan tidak dapat diubah lagi.")

    def _told(self, by: User, action: str) -> None:
        from libraries.models.rollup import DistrictMonth

        self.library.record(action, by, clipping=self.pk, month=f"{self.month:%Y-%m}")
        DistrictMonth.objects.recount(self.district_code, self.month)


def plain_address(url: str) -> str:
    """One address for one page: scheme and host in small letters, without a fragment or a last slash."""
    try:
        parts: Any = urlsplit(url.strip())
    except ValueError:  # "http://[": no address, which the field's own validator says
        return url.strip()
    if not parts.netloc:
        return url.strip()
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))
