"""Rights over an area or for an institution, and the invitations they are given by."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import notifications
from accounts.events import AccountEvent
from accounts.models.institutions import Institution
from accounts.models.people import User
from accounts.models.roles import INSTITUTION_ROLES, OFFICER_ROLES, Role
from accounts.offers import Offer, seal, unseal
from regions.models import Area, code_prefixes, within

INVITATION_DAYS = 7
MOST_OFFERS = 10
HELD_ALREADY = "Orang ini sudah memegang peran yang sama di sana."


class Scope(models.Model):
    """A role over an area's subtree (none: the whole country) or for one institution."""

    role = models.CharField("peran", max_length=24, choices=Role.choices)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="wilayah",
        help_text="Kosong hanya untuk peran tingkat nasional.",
    )
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, verbose_name="lembaga")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.area or self.institution or 'Indonesia'}"

    @property
    def area_codes(self) -> list[str]:
        """The code this scope is about and all above it; empty for the whole country."""
        code = self.institution.area_id if self.institution else self.area_id
        return code_prefixes(code) if code else []


def scope_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(role__in=sorted(INSTITUTION_ROLES), institution__isnull=False, area__isnull=True)
        | (~Q(role__in=sorted(INSTITUTION_ROLES)) & Q(institution__isnull=True)),
        name=name,
        violation_error_message="Pejabat Penghubung memerlukan lembaga; peran lain memerlukan wilayah.",
    )


class ScopeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Rows about the areas an officer holds a role over, or about the institutions one answers for."""
        if user.is_superuser:
            return self
        areas = [grant.area_id for grant in user.grants if grant.role in OFFICER_ROLES and not grant.institution_id]
        if None in areas:
            return self
        seen = Q(institution__in=user.institution_ids)
        for code in filter(None, areas):
            seen |= Q(area=code) | Q(area__code__startswith=f"{code}.") | within(code, "institution__")
        return self.filter(seen)


class RoleGrantQuerySet(ScopeQuerySet):
    def current(self) -> Self:
        """Grants that hold today: begun, not ended, not taken back."""
        today = timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today, revoked_at__isnull=True
        )

    def covering(self, codes: list[str]) -> Self:
        """Grants over one of these areas, or over the whole country."""
        return self.filter(Q(area__in=list(codes)) | Q(area__isnull=True), institution__isnull=True)


class RoleGrant(Scope):
    """A right over an area's subtree, or to answer for an institution, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants", verbose_name="orang")
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="diberi oleh"
    )
    revoked_at = models.DateTimeField("dicabut pada", null=True, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        verbose_name_plural = "peran"
        constraints = [
            scope_constraint("grant_area_or_institution"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grant_until_after_from",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
        ]
        indexes = [models.Index(fields=["role", "area"], name="grant_role_area")]

    @property
    def state(self) -> str:
        """In words, for lists: berlaku, belum mulai, sudah berakhir, dicabut."""
        today = timezone.localdate()
        if self.revoked_at:
            return "dicabut"
        if self.valid_from > today:
            return "belum mulai"
        return "sudah berakhir" if self.valid_until and self.valid_until < today else "berlaku"

    @classmethod
    def give(cls, by: User, user: User, role: str, **scope: Any) -> Self:
        """Give `user` a role over `area` or for `institution`. Whether `by` may is asked before (can_grant)."""
        grant = cls(user=user, role=role, granted_by=by, **scope)
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            grant.full_clean()
            same = cls.objects.current().filter(user=user, role=role, area=grant.area, institution=grant.institution)
            if same.exists():
                raise ValidationError(HELD_ALREADY)
            grant.save()
            grant._record("grant_given", by)
            notifications.grant_given(grant)
        return grant

    def revoke(self, by: User, reason: str = "") -> None:
        """End the right at once. A right that ended stays as history; it is not ended twice."""
        with transaction.atomic():
            row = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").get(pk=self.pk)
            if row.revoked_at:
                raise ValidationError("Peran ini sudah dicabut.")
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
            row._record("grant_revoked", by, reason)
            notifications.grant_revoked(row)
        self.revoked_at = row.revoked_at

    def move_to(self, institution: Institution, by: User) -> None:
        """Hold the same right for the institution that took this one over."""
        self.revoke(by, f"Lembaga digabung ke {institution}.")
        held = RoleGrant.objects.current().filter(user=self.user, role=self.role, institution=institution)
        if not held.exists():
            RoleGrant.give(by, self.user, self.role, institution=institution, valid_until=self.valid_until)

    def _record(self, action: str, by: User, reason: str = "") -> None:
        AccountEvent.append(
            self.user,
            action,
            actor=by,
            actor_label=by.label,
            text=reason,
            grant=self.pk,
            role=self.role,
            area=self.area_id,
            institution=self.institution_id,
        )


def token_digest(token: str) -> str:
    return salted_hmac("accounts.invitation", token, algorithm="sha256").hexdigest()


def invitation_expiry() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Invitation(Scope):
    """A role offered by mail or by a link that works once, for the holder of one verified address."""

    email = models.EmailField("alamat e-mail", max_length=254)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, verbose_name="diundang oleh")
    invited_at = models.DateTimeField("diundang pada", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("berlaku sampai", default=invitation_expiry, editable=False)
    accepted_at = models.DateTimeField("diterima pada", null=True, editable=False)
    cancelled_at = models.DateTimeField("dibatalkan pada", null=True, editable=False)
    grant = models.OneToOneField(
        RoleGrant, models.PROTECT, null=True, editable=False, related_name="invitation", verbose_name="peran"
    )

    objects = ScopeQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ["-invited_at", "-id"]
        constraints = [scope_constraint("invitation_area_or_institution")]

    @classmethod
    def send(cls, by: User, email: str, role: str, **scope: Any) -> tuple[Self, str]:
        """Invite by mail; gives the invitation and its token, which is kept nowhere and shown once."""
        token = secrets.token_urlsafe(24)
        invitation = cls(
            invited_by=by, email=email.strip().lower(), role=role, token_digest=token_digest(token), **scope
        )
        with transaction.atomic():
            invitation.full_clean()
            invitation.save()
            row = User.objects.select_for_update().get(pk=by.pk)
            AccountEvent.append(
                row, "invited", actor=by, actor_label=by.label, invitation=invitation.pk, **invitation.scope_data
            )
            notifications.invitation(invitation, token)
        return invitation, token

    @classmethod
    def find(cls, token: str) -> Invitation | None:
        """By the letter's token, or by the seal that the account's page made of it."""
        chosen = Q(token_digest=token_digest(token)) | Q(pk=unseal("role", token))
        return cls.objects.select_related("area", "institution", "invited_by").filter(chosen).first()

    @classmethod
    def offers_to(cls, addresses: list[str]) -> list[Offer]:
        rows = cls.objects.filter(email__in=addresses, accepted_at=None, cancelled_at=None)
        rows = rows.filter(expires_at__gt=timezone.now()).select_related("area", "institution", "invited_by")
        return [row.offer for row in rows[:MOST_OFFERS]]

    @property
    def offer(self) -> Offer:
        where = self.institution or self.area or "seluruh Indonesia"
        address = reverse("accounts:invitation", args=[seal("role", self.pk)])
        return Offer(f"{self.get_role_display()}, {where}", self.invited_by.label, self.expires_at, address)

    @property
    def scope_data(self) -> dict[str, Any]:
        return {"role": self.role, "area": self.area_id, "institution": self.institution_id}

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.cancelled_at and self.expires_at > timezone.now()

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "diterima"
        if self.cancelled_at:
            return "dibatalkan"
        return "menunggu" if self.is_open else "kedaluwarsa"

    def accept(self, user: User) -> RoleGrant:
        """Turn the invitation into a grant, once, whoever presses twice. Who may is asked before (can_accept)."""
        with transaction.atomic():
            row = Invitation.objects.select_for_update(of=("self",)).select_related("invited_by").get(pk=self.pk)
            if not row.is_open:
                raise ValidationError("Undangan ini sudah dipakai atau tidak berlaku lagi.")
            row.grant = RoleGrant.give(
                row.invited_by,
                user,
                row.role,
                area=row.area,
                institution=row.institution,
                valid_until=row.valid_until,
            )
            row.accepted_at = timezone.now()
            row.save(update_fields=["grant", "accepted_at"])
        self.refresh_from_db()
        return row.grant

    def cancel(self, by: User) -> None:
        with transaction.atomic():
            row = Invitation.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if not row.is_open:
                raise ValidationError("Undangan ini sudah dipakai atau tidak berlaku lagi.")
            row.cancelled_at = timezone.now()
            row.save(update_fields=["cancelled_at"])
            inviter = User.objects.select_for_update().get(pk=row.invited_by_id)
            AccountEvent.append(
                inviter, "invitation_cancelled", actor=by, actor_label=by.label, invitation=row.pk, **row.scope_data
            )
        self.refresh_from_db()
