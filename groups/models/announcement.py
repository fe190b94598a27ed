"""Announcements: what a KIM or the Dinas tells an area, when, and as what it stood before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Institution, Role, User
from groups.models.kim import Kim
from regions.models import Located, LocatedQuerySet


class Kind(models.TextChoices):
    NEWS = "news", "Kabar"
    EVENT = "event", "Acara"
    SERVICE = "service", "Layanan"
    WARNING = "warning", "Peringatan"
    GUIDE = "guide", "Panduan"


class StaleAnnouncement(Exception):  # noqa: N818
    """Somebody else changed the announcement after the form was made."""


class AnnouncementQuerySet(LocatedQuerySet):
    def published(self, now: datetime | None = None) -> Self:
        """Visible today: finished, its time has come. A scheduled one is visible nowhere, by no address or feed."""
        return self.filter(is_published=True, publish_at__lte=now or timezone.now())

    def current(self) -> Self:
        """Published and not expired: what lists and feeds show."""
        return self.published().filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))

    def managed_by(self, user: User) -> Self:
        """Those of the KIM this person is admin of, and of the areas this person announces for."""
        if user.is_superuser:
            return self
        own = Q(kim__in=Kim.objects.managed_by(user).values("pk"))
        return self.filter(own | (Q(kim__isnull=True) & user.scope(Role.KIM_VERIFIER)))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_authenticated:
            return self.published()
        return self.filter(Q(pk__in=self.published().values("pk")) | Q(pk__in=self.managed_by(user).values("pk")))

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-id")


class Announcement(Located):
    """Words for an area, by a KIM or by the Dinas (`kim` empty). `area` is its reach."""

    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="announcements", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="lembaga"
    )
    title = models.CharField("judul", max_length=120)
    slug = models.SlugField(max_length=80, editable=False)
    body = models.TextField("isi", max_length=20_000, help_text="Boleh memakai Markdown: **tebal**, daftar, tautan.")
    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.NEWS)
    photo = models.ForeignKey("uploads.Image", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    photo_alt = models.CharField("keterangan foto", max_length=200, blank=True)
    is_published = models.BooleanField(default=False, editable=False)
    publish_at = models.DateTimeField("tampil sejak", null=True, blank=True)
    expires_at = models.DateTimeField("tampil sampai", null=True, blank=True)
    pinned_until = models.DateTimeField("disematkan sampai", null=True, blank=True)
    relay_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="relays", editable=False)
    relay_note = models.CharField("catatan KIM", max_length=500, blank=True)
    relay_count = models.PositiveIntegerField(default=0, editable=False)
    reached_count = models.PositiveIntegerField("orang dijangkau", default=0, editable=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "pengumuman"
        verbose_name_plural = "pengumuman"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(publish_at__isnull=False), name="announcement_published_has_time"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(publish_at__isnull=True) | Q(expires_at__gt=F("publish_at")),
                name="announcement_ends_after_start",
                violation_error_message="Pengumuman tidak dapat berakhir sebelum tampil.",
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=True) | ~Q(photo_alt=""),
                name="announcement_photo_has_alt",
                violation_error_message="Tulis keterangan foto untuk orang yang tidak melihatnya.",
            ),
            models.UniqueConstraint(
                fields=["kim", "relay_of"],
                condition=Q(relay_of__isnull=False),
                name="announcement_relayed_once",
                violation_error_message="KIM ini sudah meneruskan pengumuman itu.",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[*fields, "-publish_at", "-id"],
                    condition=Q(is_published=True),
                    name=f"announcement_{fields[0] if fields else 'all'}",
                )
                for fields in ([], ["province_code"], ["regency_code"], ["district_code"], ["area"], ["kim"], ["kind"])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slugify(self.title)[:80] or "pengumuman"
        super().save(*args, **kwargs)

    @property
    def author(self) -> str:
        """Who speaks: the KIM, the institution, or the Dinas of the area."""
        return str(self.kim or self.institution or f"Diskominfo {self.area.name}")

    @property
    def is_visible(self) -> bool:
        return self.is_published and self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def keep(self, *, by: User, version: int | None = None) -> None:
        """Store an edit; the text as it stood before is kept. StaleAnnouncement when somebody else was faster."""
        with transaction.atomic():
            if self.pk:
                before = type(self)._base_manager.select_for_update().get(pk=self.pk)
                if version is not None and before.version != version:
                    raise StaleAnnouncement
                self.version = before.version + 1
                AnnouncementVersion.keep_of(before)
            else:
                self.created_by = by
            self.changed_at = timezone.now()
            self.copy_codes()
            self.full_clean()
            self.save()

    def publish(self, *, by: User, at: datetime | None = None) -> None:
        """Show it now, or at a later time."""
        self.is_published, self.publish_at = True, at or timezone.now()
        self.keep(by=by)

    def withdraw(self, *, by: User) -> None:
        self.is_published = False
        self.keep(by=by)

    def relay(self, kim: Kim, *, by: User, note: str = "") -> Announcement:
        """Pass it on in the KIM's own name; counted once a KIM. The link between government and people, in figures."""
        if not self.is_visible or self.kim_id or self.relay_of_id:
            raise ValidationError("Hanya pengumuman Dinas yang sedang tampil dapat diteruskan.")
        with transaction.atomic():
            copy = Announcement(
                kim=kim,
                area=kim.area,
                title=self.title,
                body=self.body,
                kind=self.kind,
                expires_at=self.expires_at,
                relay_of=self,
                relay_note=note,
                is_published=True,
                publish_at=timezone.now(),
            )
            copy.keep(by=by)
            Announcement.objects.filter(pk=self.pk).update(relay_count=F("relay_count") + 1)
        return copy


class AnnouncementVersion(models.Model):
    """A text as it stood before an edit."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "versi lama pengumuman"
        verbose_name_plural = "versi lama pengumuman"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["announcement", "number"], name="announcement_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @classmethod
    def keep_of(cls, before: Announcement) -> None:
        cls.objects.create(announcement=before, number=before.version, title=before.title, body=before.body)
