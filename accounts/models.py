"""People, the institutions they speak for, and the rights they hold over an area for a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import events, limits, outbox  # noqa: F401  their models belong to this app
from regions.models import Located, LocatedQuerySet, within


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in with this e-mail; without a password only after a reset."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by e-mail. Whether a person is staff follows from the grants held today."""

    email = models.EmailField("alamat e-mail", max_length=254, unique=True)
    name = models.CharField("nama", max_length=120, blank=True)
    phone = models.CharField("nomor telepon", max_length=20, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    date_joined = models.DateTimeField("terdaftar pada", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", violation_error_message="Alamat e-mail ini sudah terdaftar."
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The grants that hold today, read once a request."""
        return list(RoleGrant.objects.filter(user=self).current().select_related("area", "institution"))

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this. Rights end with their date without anybody pressing a button."""
        return self.is_active and (self.is_superuser or any(grant.role in OFFICER_ROLES for grant in self.grants))

    def has_role(self, roles: Role | Iterable[Role], codes: Iterable[str]) -> bool:
        """Whether a grant of one of `roles` covers one of these area codes (a row's own code and those above it)."""
        wanted = {roles} if isinstance(roles, str) else set(roles)
        above = set(codes)
        return any(
            grant.role in wanted and (not grant.area_id or grant.area_id in above) and not grant.institution_id
            for grant in self.grants
        )

    def scope(self, roles: Role | Iterable[Role], prefix: str = "") -> Q:
        """The condition "in an area over which I hold one of `roles`", for a `Located` model; false without any."""
        wanted = {roles} if isinstance(roles, str) else set(roles)
        condition = Q(pk__in=[])
        for grant in self.grants:
            if grant.role not in wanted or grant.institution_id:
                continue
            if not grant.area_id:
                return ~Q(pk__in=[])
            condition |= within(grant.area_id, prefix)
        return condition

    @property
    def institution_ids(self) -> list[int]:
        """The institutions this person answers for today."""
        return [grant.institution_id for grant in self.grants if grant.role == Role.LIAISON and grant.institution_id]


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
    phone = models.CharField("telepon", max_length=20, blank=True)
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


class Role(models.TextChoices):
    """What a person may do in an area. A KIM's own rights are memberships in its app, not grants."""

    KIM_VERIFIER = "kim_verifier", "Verifikator KIM"
    REPORT_COORDINATOR = "report_coordinator", "Admin Koordinator laporan"
    CONFIDENTIALITY_OFFICER = "confidentiality_officer", "Petugas kerahasiaan laporan"
    LIAISON = "liaison", "Pejabat Penghubung lembaga"
    PROVINCE_READER = "province_reader", "Pembaca tingkat provinsi"
    NATIONAL_READER = "national_reader", "Pembaca tingkat nasional"
    LIBRARIAN = "librarian", "Pustakawan"
    TPBIS_CONSULTANT = "tpbis_consultant", "Konsultan TPBIS"
    INFORMATION_OFFICER = "information_officer", "PPID (informasi publik)"
    PERSONAL_DATA_OFFICER = "personal_data_officer", "Pejabat Pelindungan Data Pribadi"


OFFICER_ROLES = frozenset(Role) - {Role.LIBRARIAN, Role.TPBIS_CONSULTANT}
INSTITUTION_ROLES = frozenset({Role.LIAISON})  # held for an institution; all others for an area


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def current(self) -> Self:
        """Grants that hold today: begun, not ended, not taken back."""
        today = timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today, revoked_at__isnull=True
        )

    def covering(self, codes: Iterable[str]) -> Self:
        """Grants over one of these areas, or over the whole country."""
        return self.filter(Q(area__in=list(codes)) | Q(area__isnull=True), institution__isnull=True)


class RoleGrant(models.Model):
    """A right over an area's subtree, or to answer for an institution, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants", verbose_name="orang")
    role = models.CharField("peran", max_length=24, choices=Role.choices)
    area = models.ForeignKey(
        "regions.Area",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="wilayah",
        help_text="Kosong hanya untuk peran tingkat nasional.",
    )
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, verbose_name="lembaga")
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="diberi oleh"
    )
    revoked_at = models.DateTimeField("dicabut pada", null=True, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        verbose_name_plural = "peran"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(INSTITUTION_ROLES), institution__isnull=False, area__isnull=True)
                | (~Q(role__in=sorted(INSTITUTION_ROLES)) & Q(institution__isnull=True)),
                name="grant_area_or_institution",
                violation_error_message="Pejabat Penghubung memerlukan lembaga; peran lain memerlukan wilayah.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grant_until_after_from",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
        ]
        indexes = [models.Index(fields=["role", "area"], name="grant_role_area")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.area or self.institution or 'Indonesia'}"


class Purpose(models.TextChoices):
    REPORT = "report", "Menindaklanjuti laporan"
    ACCOUNT = "account", "Memakai akun portal"


class Consent(models.Model):
    """Proof that a person agreed, to which text, when, and when it was withdrawn (UU 27/2022 arts. 22 and 24)."""

    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name="akun")
    purpose = models.CharField("tujuan", max_length=20, choices=Purpose.choices)
    text_version = models.CharField("versi teks", max_length=20)
    given_at = models.DateTimeField("diberikan pada", default=timezone.now)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_message="Persetujuan tidak dapat ditarik sebelum diberikan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.text_version})"


REQUEST_HOURS = 72  # UU 27/2022 arts. 30 and 32: three times twenty-four hours


def request_due() -> Any:
    return timezone.now() + timedelta(hours=REQUEST_HOURS)
