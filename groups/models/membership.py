"""Who belongs to a KIM, in which post, from when to when. History is kept; people may have no account."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from accounts.page_cache import pages_changed
from groups.models.kim import BOARD_OF_KIM, Kim


class Post(models.TextChoices):
    CHAIR = "chair", "Ketua"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    SECTION_HEAD = "section_head", "Ketua seksi"
    MEMBER = "member", "Anggota"


class Section(models.TextChoices):
    """The three verbs of the founding texts: mengumpulkan, mengolah, menyebarkan."""

    COLLECTION = "collection", "Pengumpulan informasi"
    PROCESSING = "processing", "Pengolahan informasi"
    DISTRIBUTION = "distribution", "Penyebaran informasi"


LAST_ADMIN = "KIM ini tidak punya admin lain. Jadikan orang lain admin dulu."
BOARD = (Post.CHAIR, Post.SECRETARY, Post.TREASURER)
SINGLE = Q(post__in=BOARD, left_on__isnull=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Who belongs today."""
        today = timezone.localdate()
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=today), joined_on__lte=today)

    def board(self) -> Self:
        return self.current().exclude(post=Post.MEMBER)


class Membership(models.Model):
    """A person in a KIM. Suku, agama, ras, golongan and gender are neither asked nor kept."""

    kim = models.ForeignKey(Kim, models.PROTECT, related_name="memberships", editable=False)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="memberships", verbose_name="akun"
    )
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("telepon", max_length=20, blank=True, help_text="Hanya dilihat admin KIM dan verifikator.")
    post = models.CharField("jabatan", max_length=12, choices=Post.choices, default=Post.MEMBER)
    section = models.CharField("seksi", max_length=12, choices=Section.choices, blank=True)
    is_admin = models.BooleanField("admin KIM di portal", default=False)
    is_public = models.BooleanField("setuju nama dan foto tampil untuk umum", default=False)
    photo = models.ForeignKey("uploads.Image", models.PROTECT, null=True, blank=True, related_name="+")
    joined_on = models.DateField("sejak", default=timezone.localdate)
    left_on = models.DateField("sampai", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota"
        verbose_name_plural = "anggota"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kim", "post"],
                condition=SINGLE,
                name="one_holder_a_post",
                violation_error_message="Jabatan ini sudah ada pemegangnya. Akhiri dulu jabatan yang lama.",
            ),
            models.UniqueConstraint(
                fields=["kim", "section"],
                condition=Q(post=Post.SECTION_HEAD, left_on__isnull=True),
                name="one_head_a_section",
                violation_error_message="Seksi ini sudah ada ketuanya.",
            ),
            models.UniqueConstraint(
                "kim",
                Lower("name"),
                condition=Q(left_on__isnull=True),
                name="person_once_in_kim",
                violation_error_message="Orang ini sudah tercatat. Satu orang memegang satu jabatan saja.",
            ),
            models.UniqueConstraint(
                fields=["kim", "user"],
                condition=Q(left_on__isnull=True, user__isnull=False),
                name="account_once_in_kim",
                violation_error_message="Akun ini sudah tercatat di KIM ini.",
            ),
            models.CheckConstraint(
                condition=(Q(post=Post.SECTION_HEAD) & ~Q(section="")) | (~Q(post=Post.SECTION_HEAD)),
                name="section_head_has_section",
                violation_error_message="Pilih seksi yang dipimpin.",
            ),
            models.CheckConstraint(
                condition=Q(is_admin=False) | Q(user__isnull=False),
                name="admin_has_account",
                violation_error_message="Admin KIM harus punya akun.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="left_after_joined",
                violation_error_message="Tanggal keluar tidak boleh sebelum tanggal masuk.",
            ),
        ]
        indexes = [models.Index(fields=["user", "is_admin"], name="membership_user_admin")]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_post_display()}"

    def clean(self) -> None:
        self.name = " ".join(self.name.split())

    @property
    def post_label(self) -> str:
        """ "Ketua seksi pengumpulan informasi", "Ketua"."""
        if self.post == Post.SECTION_HEAD and self.section:
            return f"Ketua seksi {self.get_section_display().lower()}"
        return self.get_post_display()

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return self.joined_on <= today and (self.left_on is None or self.left_on > today)

    @classmethod
    def add(cls, kim: Kim, *, by: User | None, label: str = BOARD_OF_KIM, **values: Any) -> Membership:
        """Record a person in a KIM. ValidationError with the constraint's sentence when the post is taken."""
        with transaction.atomic():
            kim.lock()
            row = cls(kim=kim, **values)
            row.keep("member_added", by, label)
        return row

    def change(self, *, by: User | None, **values: Any) -> Membership:
        """Change a person's data. Another post ends this row and begins a new one, so that history is kept."""
        with transaction.atomic():
            self.kim.lock()
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.left_on is not None:
                raise ValidationError("Orang ini sudah keluar dari KIM.")
            today = timezone.localdate()
            post = (values.get("post", row.post), values.get("section", row.section))
            if post != (row.post, row.section) and row.joined_on < today:
                asked = values.get("joined_on", today)
                start = asked if asked > row.joined_on else today  # a form names the day of the old post as well
                row, values = row._successor(start), {**values, "joined_on": start}
            photo = row.photo
            for name, value in values.items():
                setattr(row, name, value)
            row.keep("member_changed", by)
            if photo and not type(self).objects.filter(photo=photo).exists():
                photo.erase()  # replaced, and part of no history
        return row

    def _successor(self, start: date) -> Membership:
        """The same person in a row of its own from this day on."""
        type(self).objects.filter(pk=self.pk).update(left_on=start, is_admin=False)
        same = {
            name: getattr(self, name) for name in ("kim", "user", "name", "phone", "is_admin", "is_public", "photo")
        }
        return type(self)(joined_on=start, **same)

    def leave(self, on: date, *, by: User | None) -> None:
        """The person goes; the row stays as history. The last admin cannot go without another."""
        with transaction.atomic():
            self.kim.lock()
            self.refresh_from_db()
            if self.left_on is not None:
                raise ValidationError("Orang ini sudah keluar dari KIM.")
            if on > timezone.localdate():
                raise ValidationError({"left_on": "Tanggal keluar tidak boleh di masa depan."})
            self._check_not_last_admin()
            self.left_on, self.is_admin = on, False
            self.keep("member_left", by)

    def set_admin(self, value: bool, *, by: User | None) -> None:
        """Give or take the right to run the KIM's desk."""
        with transaction.atomic():
            self.kim.lock()
            self.refresh_from_db()
            if self.is_admin == value:
                return
            if not value:
                self._check_not_last_admin()
            self.is_admin = value
            self.keep("admin_changed", by)

    def keep(self, action: str, by: User | None, label: str = BOARD_OF_KIM) -> None:
        """Store the row with its event, and let the KIM's state follow. The caller holds the KIM's lock."""
        self.full_clean()
        self.save()
        pages_changed()
        self.kim.record(action, by, label, member=self.pk, post=self.post, is_admin=self.is_admin)
        self.kim.settle()

    def _check_not_last_admin(self) -> None:
        others = Membership.objects.current().filter(kim=self.kim_id, is_admin=True).exclude(pk=self.pk)
        if self.is_admin and not others.exists():
            raise ValidationError(LAST_ADMIN)
