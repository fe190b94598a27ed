"""Linking an account to a member: by a letter whose link works once, for the holder of that address."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.offers import Offer, seal, unseal
from groups import notifications
from groups.models.kim import BOARD_OF_KIM, Kim
from groups.models.membership import Membership

INVITATION_DAYS = 14
MOST_OFFERS = 10
USED = "Undangan ini sudah dipakai atau tidak berlaku lagi. Minta undangan baru kepada admin KIM."


def token_digest(token: str) -> str:
    return salted_hmac("groups.invitation", token, algorithm="sha256").hexdigest()


def expiry() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class MemberInvitationQuerySet(models.QuerySet["MemberInvitation"]):
    def open(self) -> Self:
        return self.filter(expires_at__gt=timezone.now())

    def ended(self) -> Self:
        """Nobody can use them any more; the address in them has no purpose."""
        return self.exclude(expires_at__gt=timezone.now())

    def forget_ended(self) -> int:
        """Delete them; how many."""
        return self.ended().delete()[0]

    def find(self, token: str) -> MemberInvitation | None:
        """By the letter's token, or by the seal that the account's page made of it."""
        token = token.replace("\0", "")
        found = self.open().filter(Q(token_digest=token_digest(token)) | Q(pk=unseal("member", token)))
        return found.select_related("membership__kim", "invited_by").first()


class MemberInvitation(models.Model):
    """An account asked to stand for one member. The row goes once it is accepted or taken back."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="invitation", editable=False)
    email = models.EmailField("alamat e-mail", max_length=254)
    makes_admin = models.BooleanField("menjadi admin KIM", default=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    expires_at = models.DateTimeField("berlaku sampai", default=expiry, db_index=True, editable=False)

    objects = MemberInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan anggota"
        verbose_name_plural = "undangan anggota"

    def __str__(self) -> str:
        return f"Undangan untuk {self.membership}"

    @classmethod
    def send(cls, membership: Membership, email: str, *, makes_admin: bool, by: User, label: str = BOARD_OF_KIM) -> str:
        """Invite by mail; an earlier invitation of this member ends. Gives the token, which is kept nowhere."""
        token = secrets.token_urlsafe(24)
        with transaction.atomic():
            membership.kim.lock()
            if membership.user_id or not Membership.objects.current().filter(pk=membership.pk).exists():
                raise ValidationError("Anggota ini sudah punya akun atau sudah keluar.")
            cls.objects.filter(membership=membership).delete()
            row = cls(
                membership=membership,
                email=email.strip().lower(),
                makes_admin=makes_admin,
                token_digest=token_digest(token),
                invited_by=by,
            )
            row.full_clean()
            row.save()
            membership.kim.record("member_invited", by, label, member=membership.pk, makes_admin=makes_admin)
            notifications.member_invited(row, token)
        return token

    @classmethod
    def offers_to(cls, addresses: list[str]) -> list[Offer]:
        rows = cls.objects.open().filter(email__in=addresses).select_related("membership__kim")
        return [row.offer for row in rows.order_by("expires_at", "pk")[:MOST_OFFERS]]

    @property
    def offer(self) -> Offer:
        what = f"{self.membership.post_label}{', admin KIM' if self.makes_admin else ''}"
        address = reverse("groups:invitation", args=[seal("member", self.pk)])
        return Offer(what, self.membership.kim.name, self.expires_at, address)

    def is_for(self, user: User) -> bool:
        """Whether this person has proven to hold the address."""
        return EmailAddress.objects.filter(user=user, verified=True, email__iexact=self.email).exists()

    def accept(self, user: User) -> Membership:
        """Link the account, once, whoever presses twice. ValidationError when it ended or the account is in already."""
        with transaction.atomic():
            kim = Kim.objects.get(pk=self.membership.kim_id)
            kim.lock()
            row = MemberInvitation.objects.open().select_for_update().filter(pk=self.pk).first()
            if row is None:
                raise ValidationError(USED)
            membership = Membership.objects.current().filter(pk=self.membership_id).first()
            if membership is None:
                raise ValidationError(USED)
            membership.user, membership.is_admin = user, row.makes_admin
            membership.full_clean()
            membership.save()
            row.delete()
            kim.record("account_linked", user, BOARD_OF_KIM, member=membership.pk, makes_admin=membership.is_admin)
        return membership
