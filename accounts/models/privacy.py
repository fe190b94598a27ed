"""Consent, and what a person may ask about their own data (UU 27/2022 on personal data)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import notifications, personal_data
from accounts.events import AccountEvent
from accounts.models.grants import Invitation
from accounts.models.history import DataRequestEvent
from accounts.models.people import User
from accounts.models.roles import Role

REQUEST_HOURS = 72  # UU 27/2022 arts. 30 and 32: three times twenty-four hours

# The words a person agreed to, by version: a row of Consent points at one of them, so none is ever edited.
CONSENT_TEXTS = {
    "akun-1": (
        "Saya setuju alamat e-mail dan nama saya disimpan untuk memakai akun ini. Data ini tidak tampil untuk umum "
        "dan tidak diberikan kepada pihak lain. Saya dapat menarik persetujuan ini kapan saja."
    ),
    "kegiatan-1": (
        "Saya setuju perpustakaan memakai kontak ini hanya untuk mengabari saya tentang kegiatan ini. Kontak tidak "
        "tampil untuk umum, tidak diberikan kepada pihak lain, dan dihapus tujuh hari sesudah kegiatan. "
        "Saya dapat menarik persetujuan ini kapan saja dengan kode pendaftaran."
    ),
    "cerita-1": (
        "Saya setuju cerita saya dimuat di portal ini dengan nama samaran. Nama asli saya hanya disimpan perpustakaan "
        "sebagai bukti persetujuan dan tidak tampil untuk umum. Saya dapat menarik persetujuan ini kapan saja, tanpa "
        "alasan; cerita lalu langsung hilang dari portal."
    ),
    "cerita-nama-1": (
        "Saya setuju cerita saya dimuat di portal ini dengan nama asli saya, yang dapat dibaca semua orang. Saya dapat "
        "menarik persetujuan ini kapan saja, tanpa alasan; cerita dan nama saya lalu langsung hilang dari portal."
    ),
}
ACCOUNT_CONSENT = "akun-1"
ACTIVITY_CONSENT = "kegiatan-1"
STORY_CONSENT, NAMED_STORY_CONSENT = "cerita-1", "cerita-nama-1"


class Purpose(models.TextChoices):
    REPORT = "report", "Menindaklanjuti laporan"
    ACCOUNT = "account", "Memakai akun portal"
    ACTIVITY = "activity", "Mengikuti kegiatan perpustakaan"
    STORY = "story", "Memuat cerita dampak"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: User) -> Self:
        """The officer for personal data of the whole portal sees all; everybody else their own."""
        if user.is_superuser or user.has_role(Role.PERSONAL_DATA_OFFICER, []):
            return self
        return self.filter(user=user)


class Consent(models.Model):
    """Proof that a person agreed, to which text, when, and when it was withdrawn (UU 27/2022 arts. 22 and 24)."""

    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name="akun")
    purpose = models.CharField("tujuan", max_length=20, choices=Purpose.choices)
    text_version = models.CharField("versi teks", max_length=20)
    given_at = models.DateTimeField("diberikan pada", default=timezone.now)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

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

    def withdraw(self, by: User) -> None:
        """Effective at once (art. 9). Without consent to the account there is no account: it closes, and its erasure
        is filed."""
        with transaction.atomic():
            user = User.objects.select_for_update(no_key=True).get(pk=by.pk)  # others may name this person meanwhile
            row = Consent.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if row.withdrawn_at:
                raise ValidationError("Persetujuan ini sudah ditarik.")
            row.withdrawn_at = timezone.now()
            row.save(update_fields=["withdrawn_at"])
            AccountEvent.append(
                user, "consent_withdrawn", actor=by, actor_label=by.label, consent=row.pk, purpose=row.purpose
            )
            personal_data.release(row)
            if row.purpose == Purpose.ACCOUNT:
                DataRequest.file(RequestKind.ERASURE, "Persetujuan untuk memakai akun ditarik.", user=user)
                user.close(by, "Persetujuan untuk memakai akun ditarik.")
        self.withdrawn_at = row.withdrawn_at


class RequestKind(models.TextChoices):
    """UU 27/2022 arts. 5 to 9: to know and have a copy, to correct, to withdraw consent, to have erased."""

    ACCESS = "access", "Meminta salinan data saya"
    CORRECTION = "correction", "Memperbaiki data saya"
    WITHDRAWAL = "withdrawal", "Menarik persetujuan saya"
    ERASURE = "erasure", "Menghapus data saya"


class RequestState(models.TextChoices):
    OPEN = "open", "Menunggu jawaban"
    ANSWERED = "answered", "Dijawab"
    REFUSED = "refused", "Ditolak dengan alasan"


def request_due() -> datetime:
    return timezone.now() + timedelta(hours=REQUEST_HOURS)


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def visible_to(self, user: User) -> Self:
        """The officer for personal data of the whole portal sees all; everybody else their own."""
        if user.is_superuser or user.has_role(Role.PERSONAL_DATA_OFFICER, []):
            return self
        return self.filter(user=user)


class DataRequest(models.Model):
    """A person asks about their own data; due in 72 hours. The answer goes to `email`, so only its owner reads it."""

    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="data_requests", verbose_name="akun"
    )
    email = models.EmailField("alamat e-mail", max_length=254, blank=True)
    kind = models.CharField("permintaan", max_length=12, choices=RequestKind.choices)
    text = models.TextField("penjelasan", max_length=2000, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    filed_at = models.DateTimeField("diajukan pada", default=timezone.now, editable=False)
    due_at = models.DateTimeField("batas waktu", default=request_due, editable=False)
    confirmed_at = models.DateTimeField("alamat terbukti pada", null=True, editable=False)
    answered_at = models.DateTimeField("dijawab pada", null=True, editable=False)
    answer_text = models.TextField("jawaban", max_length=4000, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan data pribadi"
        verbose_name_plural = "permintaan data pribadi"
        ordering = ["-filed_at", "-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="data_request_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False)),
                name="data_request_answered",
                violation_error_message="Permintaan yang dijawab memerlukan waktu jawaban.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} (nomor {self.pk})"

    @classmethod
    def file(cls, kind: str, text: str, *, user: User | None = None, email: str = "") -> Self:
        """File a request, of a signed-in person or of whoever reads mail at `email`; the clock starts now."""
        request = cls(user=user, email=user.email if user else email, kind=kind, text=text)
        if user:
            request.confirmed_at = request.filed_at
        with transaction.atomic():
            request.full_clean()
            request.save()
            request._record("filed", user)
            notifications.data_request_filed(request)
        return request

    def confirm(self) -> None:
        """Whoever asked without signing in has shown that the address is theirs."""
        with transaction.atomic():
            row = DataRequest.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if not row.confirmed_at:
                row.confirmed_at = timezone.now()
                row.save(update_fields=["confirmed_at"])
                row._record("confirmed", None)
        self.refresh_from_db()

    def answer(self, by: User, text: str, *, refuse: bool = False) -> None:
        """Answer or refuse, with text; the person gets it by mail."""
        with transaction.atomic():
            row = self._locked_open(text)
            row._close(by, text, RequestState.REFUSED if refuse else RequestState.ANSWERED)
            notifications.data_request_answered(row)
        self.refresh_from_db()

    def erase_account(self, by: User, text: str) -> None:
        """Carry out an erasure: the answer is mailed, then the account is blanked, all or nothing."""
        with transaction.atomic():
            row = self._locked_open(text)
            owner = row.owner
            if row.kind != RequestKind.ERASURE or owner is None:
                raise ValidationError("Hanya permintaan penghapusan dari pemilik akun yang terbukti dapat dijalankan.")
            row._close(by, text, RequestState.ANSWERED)
            notifications.data_request_answered(row)
            about = Q(user=owner) | Q(pk=row.pk) | Q(email__in=owner.proven_addresses)
            asked = list(DataRequest.objects.filter(about))
            owner.erase(by)
            for request in asked:
                request._blank(by)
        self.refresh_from_db()

    @property
    def owner(self) -> User | None:
        """The account this is about: the one that filed it, or the one whose proven address it came from."""
        if self.user:
            return self.user
        if not self.confirmed_at:
            return None
        verified = Q(emailaddress__email__iexact=self.email, emailaddress__verified=True)
        return User.objects.filter(verified).distinct().first()

    @property
    def is_late(self) -> bool:
        return self.state == RequestState.OPEN and self.due_at < timezone.now()

    @property
    def clock(self) -> str:
        """The 72 hours in words: "sisa 12 jam", "terlambat 3 jam"; whole hours, never rounded in our favour."""
        if self.state != RequestState.OPEN:
            return self.get_state_display().lower()
        seconds = (self.due_at - timezone.now()).total_seconds()
        if seconds < 0:
            return f"terlambat {max(1, int(-seconds // 3600))} jam"
        return f"sisa {int(seconds // 3600)} jam" if seconds >= 3600 else "sisa kurang dari 1 jam"

    def _locked_open(self, text: str) -> DataRequest:
        if not text.strip():
            raise ValidationError("Jawaban belum diisi.")
        row = DataRequest.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.state != RequestState.OPEN:
            raise ValidationError("Permintaan ini sudah dijawab.")
        return row

    def _close(self, by: User, text: str, state: str) -> None:
        self.state, self.answer_text, self.answered_at = state, text, timezone.now()
        self.full_clean()
        self.save()
        self._record(state, by)

    def _blank(self, by: User) -> None:
        self.email = self.text = self.answer_text = ""
        self.save(update_fields=["email", "text", "answer_text"])
        self._record("blanked", by)

    def _record(self, action: str, by: User | None) -> None:
        label = by.label if by else "Pemohon tanpa akun"
        DataRequestEvent.append(self, action, actor=by, actor_label=label, kind=self.kind)


CONSENT_COPY = ("purpose", "text_version", "given_at", "withdrawn_at")
REQUEST_COPY = ("kind", "text", "state", "filed_at", "due_at", "answered_at", "answer_text")


def register_own_data() -> None:
    """What this app holds about a person, for the copy of one's data."""
    personal_data.register_personal_data("akun", lambda user: [user.own_data()])
    personal_data.register_personal_data("peran", _grants)
    personal_data.register_eraser("undangan", _blank_invitations)
    personal_data.register_personal_data(
        "persetujuan", lambda user: [dict(row) for row in user.consents.values(*CONSENT_COPY)]
    )
    personal_data.register_personal_data(
        "permintaan data", lambda user: [dict(row) for row in user.data_requests.values(*REQUEST_COPY)]
    )


def _grants(user: User) -> list[dict[str, Any]]:
    fields = ("role", "area", "institution__name", "valid_from", "valid_until", "revoked_at")
    return list(user.role_grants.values(*fields))


def _blank_invitations(user: User) -> None:
    """Whom an invitation went to is known from its grant; the address itself goes."""
    addresses = Q(email__iexact=user.email) | Q(grant__user=user)
    Invitation.objects.filter(addresses).update(email="", cancelled_at=timezone.now())
