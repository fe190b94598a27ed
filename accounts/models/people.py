"""People with an account."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import personal_data
from accounts.events import AccountEvent, AccountEventText
from accounts.models.roles import OFFICER_ROLES, Role
from regions.models import within

if TYPE_CHECKING:
    from accounts.models.grants import RoleGrant

PHONE = RegexValidator(r"^\+?[0-9][0-9 ()-]{5,18}$", "Nomor telepon ditulis dengan angka, misalnya 0812 3456 7890.")


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

    email = models.EmailField(
        "alamat e-mail", max_length=254, unique=True, error_messages={"unique": "Alamat e-mail ini sudah terdaftar."}
    )
    name = models.CharField("nama", max_length=120, blank=True)
    phone = models.CharField("nomor telepon", max_length=20, blank=True, validators=[PHONE])
    is_active = models.BooleanField("aktif", default=True)
    date_joined = models.DateTimeField("terdaftar pada", default=timezone.now, editable=False)
    erased_at = models.DateTimeField("datanya dihapus pada", null=True, editable=False)

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
        if self.erased_at:
            return f"Akun terhapus nomor {self.pk}"
        return self.name or self.email

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The grants that hold today, read once a request."""
        return list(self.role_grants.current().select_related("area", "institution")) if self.pk else []

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

    @cached_property
    def institution_ids(self) -> list[int]:
        """The institutions this person answers for today, those merged into them included."""
        from accounts.models.institutions import Institution  # it imports events, which import nothing of people

        own = [grant.institution_id for grant in self.grants if grant.role == Role.LIAISON and grant.institution_id]
        if not own:
            return []
        return own + list(Institution.objects.filter(merged_into__in=own).values_list("pk", flat=True))

    @property
    def label(self) -> str:
        """How events name this person: by office, never by name."""
        if self.is_superuser:
            return "Pengelola portal"
        officer = next((grant for grant in self.grants if grant.role in OFFICER_ROLES), None)
        return str(officer)[:160] if officer else "Pemilik akun"

    @property
    def proven_addresses(self) -> list[str]:
        """Every address that is shown to be this person's."""
        verified = EmailAddress.objects.filter(user=self, verified=True)
        return [address.lower() for address in verified.values_list("email", flat=True)]

    def own_data(self) -> dict[str, Any]:
        """What the account itself holds about the person, for the copy of one's data (UU 27/2022 art. 7)."""
        return {
            "nomor": self.pk,
            "alamat e-mail": self.email,
            "alamat e-mail lain": list(
                EmailAddress.objects.filter(user=self, primary=False).values_list("email", flat=True)
            ),
            "nama": self.name,
            "nomor telepon": self.phone,
            "terdaftar pada": self.date_joined,
            "terakhir masuk": self.last_login,
        }

    def end_sessions(self) -> None:
        """Sign this person out everywhere. A session is found only by reading it; this happens seldom."""
        key = str(self.pk)
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
            if session.get_decoded().get("_auth_user_id") == key:
                session.delete()

    def close(self, by: User, reason: str) -> None:
        """End the account without touching its data: nobody signs in with it any more."""
        self._switch(False, "closed", by, reason)

    def reopen(self, by: User, reason: str) -> None:
        """Undo `close`; what was erased stays erased."""
        self._switch(True, "reopened", by, reason)

    def _switch(self, is_active: bool, action: str, by: User, reason: str) -> None:
        with transaction.atomic():
            row = User.objects.select_for_update().get(pk=self.pk)
            if row.erased_at or row.is_active == is_active:
                raise ValidationError("Akun ini sudah dalam keadaan itu.")
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            AccountEvent.append(row, action, actor=by, actor_label=by.label, text=reason)
            row.end_sessions()
        self.is_active = is_active

    def erase(self, by: User) -> None:
        """Blank everything that tells who this was (UU 27/2022 art. 8). The number stays: history refers to it."""
        with transaction.atomic():
            row = User.objects.select_for_update().get(pk=self.pk)
            if row.erased_at:
                return
            for grant in row.role_grants.filter(revoked_at__isnull=True):
                grant.revoke(by, "Akun dihapus atas permintaan pemiliknya.")
            personal_data.erase(row)
            AccountEvent.append(row, "erased", actor=by, actor_label=by.label)
            AccountEventText._default_manager.filter(event__subject=row).delete()
            EmailAddress.objects.filter(user=row).delete()
            Authenticator.objects.filter(user=row).delete()
            row.end_sessions()
            row._blank()
        self.refresh_from_db()

    def _blank(self) -> None:
        self.email = f"terhapus-{self.pk}@akun.invalid"
        self.name = self.phone = ""
        self.is_active = self.is_superuser = False
        self.erased_at = timezone.now()
        self.last_login = None
        self.set_unusable_password()
        self.save()
