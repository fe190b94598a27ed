"""Announcements: what a KIM or the Dinas tells an area, when, and as what it stood before."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.page_cache import pages_changed
from groups.markdown import excerpt_of
from groups.models.announced import AnnouncementQuerySet
from groups.models.kim import Kim
from groups.models.searching import sounds_of
from groups.workflow import PUBLIC, Status
from regions.models import Area, Located

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing to mistake when copied from a notice board
PUBLIC_ID_LENGTH = 10  # 50 bits: it hides nothing, but nobody counts through them
EXCERPT = 200
TEXTS = ("title", "body", "kind", "photo_alt")  # what people read; the rest says where and when
MOST_INDEXED = 200  # words of one announcement


class Kind(models.TextChoices):
    NEWS = "news", "Kabar"
    EVENT = "event", "Acara"
    SERVICE = "service", "Layanan"
    WARNING = "warning", "Peringatan"
    GUIDE = "guide", "Panduan"


class StaleAnnouncement(Exception):  # noqa: N818  a state of affairs that a page explains
    """Somebody else changed the announcement after the form was made."""


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Announcement(Located):
    """Words for an area, by a KIM or by the Dinas (`kim` empty). `area` is its reach, `office` whose Dinas speaks."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # one form makes one announcement
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="announcements", editable=False)
    office = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    title = models.CharField("judul", max_length=120)
    slug = models.SlugField(max_length=80, editable=False)
    body = models.TextField("isi", max_length=20_000)
    excerpt = models.CharField(max_length=EXCERPT, blank=True, editable=False)
    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.NEWS)
    photo = models.ForeignKey("uploads.Image", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    photo_alt = models.CharField("keterangan foto", max_length=200, blank=True)
    is_published = models.BooleanField(default=False, editable=False)
    publish_at = models.DateTimeField("tampil sejak", null=True, blank=True)
    expires_at = models.DateTimeField("tampil sampai", null=True, blank=True)
    pinned_until = models.DateTimeField("disematkan sampai", null=True, blank=True)
    relay_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="relays", editable=False, db_index=False
    )
    relay_note = models.CharField("catatan KIM", max_length=500, blank=True)
    relay_count = models.PositiveIntegerField(default=0, editable=False)
    channel_count = models.PositiveIntegerField(default=0, editable=False)
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
                condition=Q(kim__isnull=True) | Q(office__isnull=True), name="announcement_one_speaker"
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
                    condition=Q(is_published=True, relay_of__isnull=True),  # lists leave relays out
                    name=f"announcement_{fields[0] if fields else 'all'}",
                )
                for fields in ([], ["province_code"], ["regency_code"], ["district_code"], ["area"], ["kind"])
            ),
            models.Index(fields=["kim", "-publish_at", "-id"], condition=Q(is_published=True), name="announcement_kim"),
            *(
                models.Index(
                    fields=[field, "-pinned_until"],
                    condition=Q(is_published=True, pinned_until__isnull=False),
                    name=f"announcement_pinned_{field}",
                )
                for field in ("area", "kim")
            ),
            models.Index(fields=["relay_of"], condition=Q(relay_of__isnull=False), name="announcement_relays"),  # 0004
            models.Index(fields=["kim", "-created_at", "-id"], name="announcement_desk_kim"),
            models.Index(fields=["office", "-created_at", "-id"], name="announcement_desk_office"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slugify(self.title)[:80].strip("-") or "pengumuman"
        self.excerpt = excerpt_of(self.body, EXCERPT)
        super().save(*args, **kwargs)
        AnnouncementWord.objects.rewrite(self)

    def get_absolute_url(self) -> str:
        return reverse("groups:announcement_detail", args=[self.public_id, self.slug])

    @property
    def short_url(self) -> str:
        """The address for an SMS and a QR code; it leads to the whole one."""
        return reverse("groups:announcement_short", args=[self.public_id])

    @property
    def author(self) -> str:
        """Who speaks: the KIM, or the Dinas of an area."""
        if self.kim_id:
            return str(self.kim)
        return f"Diskominfo {self.office.name}" if self.office else "Pengelola Portal KIM"

    @property
    def is_visible(self) -> bool:
        return self.is_published and self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        return self.is_published and not self.is_visible

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > timezone.now()

    @property
    def can_be_relayed(self) -> bool:
        return self.is_visible and not self.is_expired and not self.kim_id and not self.relay_of_id

    def keep(self, *, by: User, version: int | None = None) -> None:
        """Store an edit; the text as it stood before is kept. StaleAnnouncement when somebody else was faster."""
        with transaction.atomic():
            locked = type(self)._base_manager.select_for_update()
            if self.relay_of_id:
                locked.get(pk=self.relay_of_id)  # before its relay, as where the original is changed
            before = locked.get(pk=self.pk) if self.pk else None
            if before:
                if version is not None and before.version != version:
                    raise StaleAnnouncement
                self.version = before.version + 1
                self._copy_counters(before)
                if (before.title, before.body) != (self.title, self.body):
                    AnnouncementVersion.keep_of(before)
            else:
                self.created_by = by
            self.changed_at = timezone.now()
            self.copy_codes()
            self._check_speaker()
            self.full_clean()
            self.save()
            if self.relay_of_id and self.is_published != bool(before and before.is_published):
                change = 1 if self.is_published else -1
                Announcement.objects.filter(pk=self.relay_of_id).update(relay_count=F("relay_count") + change)
            if self.relay_count:
                self._carry_to_relays()
            pages_changed()

    def _carry_to_relays(self) -> None:
        """A relay passes on what the Dinas says now: a correction reaches its readers, a withdrawal too."""
        same = {name: getattr(self, name) for name in (*TEXTS, "slug", "excerpt", "expires_at", "photo")}
        self.relays.update(**same, version=F("version") + 1, changed_at=self.changed_at)
        if not self.is_visible:  # withdrawn, or put off to a later time
            self.relays.update(is_published=False)
            Announcement.objects.filter(pk=self.pk).update(relay_count=0)

    def _copy_counters(self, before: Announcement) -> None:
        """Counted by others while this form was open."""
        for name in ("relay_count", "channel_count", "reached_count"):
            setattr(self, name, getattr(before, name))

    def _check_speaker(self) -> None:
        if self.is_published and self.kim and (self.kim.status not in PUBLIC or self.kim.status == Status.DISSOLVED):
            raise ValidationError("Pengumuman dapat tampil setelah KIM terverifikasi. Simpan dulu sebagai draf.")

    def publish(self, *, by: User, at: datetime | None = None, version: int | None = None) -> None:
        """Show it now, or at a later time."""
        self.is_published, self.publish_at = True, at or timezone.now()
        self.keep(by=by, version=version)

    def withdraw(self, *, by: User, version: int | None = None) -> None:
        """Back to a draft: off every page, list and feed at once."""
        self.is_published = False
        self.keep(by=by, version=version)

    def relay(self, kim: Kim, *, by: User, note: str = "") -> Announcement:
        """Pass it on in the KIM's name; counted once a KIM, however often. A second call changes the note alone.

        The link between government and people, in figures.
        """
        with transaction.atomic():
            kim.lock()
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())  # withdrawn meanwhile?
            if not self.can_be_relayed:
                raise ValidationError("Hanya pengumuman Dinas yang sedang tampil dapat diteruskan.")
            copy = self.relays.filter(kim=kim).first() or Announcement(kim=kim, area=kim.area, relay_of=self)
            copy.relay_note = note
            for name in ("title", "body", "kind", "expires_at", "photo", "photo_alt"):
                setattr(copy, name, getattr(self, name))
            copy.publish(by=by, at=copy.publish_at)
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


class AnnouncementWordQuerySet(models.QuerySet["AnnouncementWord"]):
    def rewrite(self, announcement: Announcement) -> None:
        """Keep the words of this announcement as they sound now; those that stayed are left alone."""
        wanted = set(sounds_of(f"{announcement.title} {announcement.body}")[:MOST_INDEXED])
        kept = set(self.filter(announcement=announcement).values_list("word", flat=True))
        self.filter(announcement=announcement, word__in=kept - wanted).delete()
        self.bulk_create(self.model(announcement=announcement, word=word) for word in sorted(wanted - kept))


class AnnouncementWord(models.Model):
    """One word by which an announcement is found."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)

    objects = AnnouncementWordQuerySet.as_manager()

    class Meta:
        verbose_name = "kata pengumuman"
        verbose_name_plural = "kata pengumuman"
        constraints = [models.UniqueConstraint(fields=["announcement", "word"], name="announcement_word_once")]
        indexes = [
            models.Index(
                fields=["word", "announcement"],
                name="announcement_word",
                opclasses=["varchar_pattern_ops", "int8_ops"],  # a prefix uses it under any collation of PostgreSQL
            )
        ]

    def __str__(self) -> str:
        return self.word
