from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import personal_data
from accounts.events import AccountEvent
from accounts.models import ACCOUNT_CONSENT, CONSENT_TEXTS, Consent, DataRequest, DataRequestEvent, User
from accounts.outbox import OutgoingMail
from tests.cast import Cast
from tests.factories import make_user

HOUR = timedelta(hours=1)


def actions(request: DataRequest) -> list[str]:
    rows = DataRequestEvent.objects.filter(subject=request).order_by("sequence")
    return list(rows.values_list("action", flat=True))


class TestConsent:
    def give(self, user: User, purpose: str) -> Consent:
        return Consent.objects.create(user=user, purpose=purpose, text_version=ACCOUNT_CONSENT)

    def test_version_points_at_its_words(self) -> None:
        assert ACCOUNT_CONSENT in CONSENT_TEXTS

    def test_withdrawn_at_once_and_apps_are_told(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[Consent] = []
        monkeypatch.setattr(personal_data, "_releases", {"laporan": told.append})
        consent = self.give(cast.owner, "report")
        consent.withdraw(cast.owner)
        assert consent.withdrawn_at
        assert told == [consent]
        assert AccountEvent.objects.get(subject=cast.owner).action == "consent_withdrawn"
        assert User.objects.get(pk=cast.owner.pk).is_active

    def test_account_closes_without_its_consent(self, cast: Cast) -> None:
        self.give(cast.owner, "account").withdraw(cast.owner)
        assert not User.objects.get(pk=cast.owner.pk).is_active
        assert DataRequest.objects.get(user=cast.owner).kind == "erasure"

    def test_twice_is_refused(self, cast: Cast) -> None:
        consent = self.give(cast.owner, "report")
        consent.withdraw(cast.owner)
        with pytest.raises(ValidationError):
            consent.withdraw(cast.owner)

    def test_visible_to_its_giver_and_the_officer_for_personal_data(self, cast: Cast) -> None:
        consent = self.give(cast.owner, "report")
        allowed = {name for name, user in cast.people.items() if user and consent in Consent.objects.visible_to(user)}
        assert allowed == {"owner", "personal_data_officer", "superuser"}


class TestDataRequest:
    def test_due_in_72_hours_with_a_receipt(self, cast: Cast) -> None:
        request = DataRequest.file("access", "", user=cast.owner)
        assert abs(request.due_at - request.filed_at - 72 * HOUR) < timedelta(seconds=5)
        assert request.confirmed_at
        assert OutgoingMail.objects.get().to == cast.owner.email
        assert actions(request) == ["filed"]

    @pytest.mark.parametrize(
        ("left", "words"),
        [
            (12 * HOUR + timedelta(minutes=5), "sisa 12 jam"),
            (timedelta(minutes=20), "sisa kurang dari 1 jam"),
            (-timedelta(minutes=20), "terlambat 1 jam"),
            (-3 * HOUR - timedelta(minutes=5), "terlambat 3 jam"),
        ],
    )
    def test_clock_in_words(self, left: timedelta, words: str) -> None:
        assert DataRequest(due_at=timezone.now() + left).clock == words

    def test_answer_goes_by_mail_once(self, cast: Cast) -> None:
        request = DataRequest.file("correction", "Nama saya salah.", user=cast.owner)
        with pytest.raises(ValidationError, match="belum diisi"):
            request.answer(cast.superuser, "  ")
        request.answer(cast.superuser, "Nama sudah diperbaiki.")
        assert (request.state, request.clock) == ("answered", "dijawab")
        assert "Nama sudah diperbaiki." in OutgoingMail.objects.latest("pk").body
        with pytest.raises(ValidationError, match="sudah dijawab"):
            request.answer(cast.superuser, "Lagi.")
        assert actions(request) == ["filed", "answered"]

    def test_refusal_needs_a_reason(self, cast: Cast) -> None:
        request = DataRequest.file("erasure", "", user=cast.owner)
        request.answer(cast.superuser, "Masih diperlukan menurut hukum.", refuse=True)
        assert (request.state, actions(request)[-1]) == ("refused", "refused")

    def test_events_hold_no_personal_data(self, cast: Cast) -> None:
        request = DataRequest.file("correction", "Alamat saya Jorong Rahasia", user=cast.owner)
        request.answer(cast.superuser, "Sudah, Bu Rahasia.")
        stored = str(list(DataRequestEvent.objects.values()))
        assert "Rahasia" not in stored
        assert cast.owner.email not in stored

    def test_erasure_blanks_account_and_request(self, cast: Cast) -> None:
        request = DataRequest.file("erasure", "Hapus data saya", user=cast.owner)
        request.erase_account(cast.superuser, "Sudah dihapus.")
        owner = User.objects.get(pk=cast.owner.pk)
        assert owner.erased_at
        assert (request.email, request.text, request.answer_text, request.state) == ("", "", "", "answered")
        assert OutgoingMail.objects.filter(to="pemilik@contoh.invalid", body__contains="Sudah dihapus.").exists()

    def test_erasure_blanks_what_was_asked_without_signing_in(self, cast: Cast) -> None:
        proven, open_still = (DataRequest.file("access", "Saya, Pemilik", email=cast.owner.email) for _ in range(2))
        proven.confirm()
        stranger = DataRequest.file("access", "Saya, orang lain", email="tamu@contoh.invalid")
        DataRequest.file("erasure", "", user=cast.owner).erase_account(cast.superuser, "Sudah dihapus.")
        for row in (proven, open_still, stranger):
            row.refresh_from_db()
        assert (proven.email, proven.text, open_still.email, open_still.text) == ("", "", "", "")
        assert stranger.email

    def test_request_left_open_by_an_erasure_can_still_be_closed(self, cast: Cast) -> None:
        left = DataRequest.file("access", "", user=cast.owner)
        DataRequest.file("erasure", "", user=cast.owner).erase_account(cast.superuser, "Sudah dihapus.")
        left.answer(cast.superuser, "Akun sudah dihapus.")
        assert left.state == "answered"

    def test_other_kinds_erase_nothing(self, cast: Cast) -> None:
        request = DataRequest.file("access", "", user=cast.owner)
        with pytest.raises(ValidationError):
            request.erase_account(cast.superuser, "Sudah.")
        assert not User.objects.get(pk=cast.owner.pk).erased_at


class TestProof:
    """A request without signing in counts for an account only once its address is proven."""

    def test_unproven_request_touches_no_account(self, cast: Cast) -> None:
        request = DataRequest.file("erasure", "", email=cast.owner.email)
        assert request.owner is None
        with pytest.raises(ValidationError, match="terbukti"):
            request.erase_account(cast.superuser, "Sudah.")

    def test_proven_request_finds_the_account_by_its_verified_address(self, cast: Cast) -> None:
        request = DataRequest.file("erasure", "", email=cast.owner.email.upper())
        request.confirm()
        assert request.owner == cast.owner
        request.erase_account(cast.superuser, "Sudah.")
        assert User.objects.get(pk=cast.owner.pk).erased_at

    def test_unverified_address_is_nobodys(self, db: None) -> None:
        user = make_user(verified=False)
        request = DataRequest.file("erasure", "", email=user.email)
        request.confirm()
        assert request.owner is None

    def test_proof_is_recorded_once(self, cast: Cast) -> None:
        request = DataRequest.file("access", "", email="tamu@contoh.invalid")
        request.confirm()
        request.confirm()
        assert actions(request) == ["filed", "confirmed"]


class TestVisibleTo:
    def test_own_requests_and_the_officer_for_personal_data(self, cast: Cast, client: Client) -> None:
        request = DataRequest.file("access", "", user=cast.owner)
        allowed = {
            name for name, user in cast.people.items() if user and request in DataRequest.objects.visible_to(user)
        }
        assert allowed == {"owner", "personal_data_officer", "superuser"}
