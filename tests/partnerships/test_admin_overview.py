"""The district's officer writes down the yes of an institution that has nobody here."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from partnerships.models import Partnership, Side
from partnerships.workflow import Status
from tests.factories import make_grant, make_institution, make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_forum, make_partnership, terms, today

pytestmark = pytest.mark.django_db


def officer_of(code: str) -> User:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, code)
    return user


def address(row: Partnership) -> str:
    return f"/admin/partnerships/partnership/{row.pk}/tindakan/setuju-lewat-surat/"


def letter(days: int = 0) -> dict[str, Any]:
    file = SimpleUploadedFile("surat.pdf", make_pdf_bytes(), "application/pdf")
    return {"signed_on": today(days), "document": file, "text": "Ditandatangani kepala puskesmas."}


class TestConfirmOnPaper:
    def test_the_letter_makes_it_active_as_an_event_that_both_sides_and_officers_read(self, client: Client) -> None:
        admin, officer = make_user(), officer_of("13.07")
        row = make_partnership(make_kim(admin=admin), make_institution())
        client.force_login(admin)
        page = client.get(row.get_absolute_url()).content.decode()
        assert "Cetak halaman ini" in page
        client.force_login(officer)
        assert address(row) in client.get(f"/admin/partnerships/partnership/{row.pk}/change/").content.decode()
        assert "multipart" in client.get(address(row)).content.decode()
        assert client.post(address(row), letter()).status_code == 302
        row.refresh_from_db()
        assert row.status == Status.ACTIVE
        event = row.events.get(action="confirmed_on_paper")
        assert (event.actor_key, event.data["side"], event.text) == (
            officer.pk,
            "partner",
            "Ditandatangani kepala puskesmas.",
        )
        paper = f"{row.get_absolute_url()}surat-persetujuan/"
        for reader, status in ((officer, 200), (admin, 200), (make_user(), 403)):
            client.force_login(reader)
            assert client.get(paper).status_code == status

    def test_not_where_somebody_answers_and_not_from_another_area(self, client: Client) -> None:
        partner = make_institution()
        row = make_partnership(make_kim(), partner)
        client.force_login(officer_of("51.03"))
        assert client.get(address(row)).status_code == 404
        make_grant(make_user(), Role.LIAISON, institution=partner)
        client.force_login(officer_of("13.07"))
        assert client.post(address(row), letter()).status_code == 403
        row.refresh_from_db()
        assert row.partner_confirmed_at is None

    @pytest.mark.parametrize(("days", "words"), [(-1, "lebih tua"), (1, "masa depan")])
    def test_a_letter_of_another_day_says_yes_to_nothing(self, client: Client, days: int, words: str) -> None:
        row = make_partnership()
        client.force_login(officer_of("13.07"))
        answer = client.post(address(row), letter(days))
        assert words in answer.content.decode()
        row.refresh_from_db()
        assert (row.status, row.paper_id) == (Status.PROPOSED, None)

    def test_other_terms_forget_the_letter(self) -> None:
        row = make_partnership()
        row.first_confirmed_at = None
        row.store()
        from tests.factories import make_document

        row.confirm_on_paper(Side.PARTNER, by=make_user(), signed_on=today(), file=make_document())
        row.change_terms(side=Side.FIRST, by=make_user(), forum=make_forum(), **terms(title="Lain"))
        assert row.paper_id is None
        assert row.partner_confirmed_at is None
