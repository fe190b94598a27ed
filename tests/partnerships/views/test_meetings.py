"""Public meetings: the list, one of them, its papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from groups.pdf import can_make_pdf
from partnerships.filters import MeetingFilter
from partnerships.models import Attendance, Chosen, Meeting, MeetingSession, Side
from partnerships.models.meeting import MEETING_ORDER
from tests.factories import make_document, make_institution, make_kim, make_user
from tests.partnerships.factories import make_hope, today
from tests.partnerships.meetings import make_attendance, make_commitment, make_liaison, make_meeting, session_values

pytestmark = pytest.mark.django_db
LIST = "/kemitraan/rapat/"


def make_host() -> tuple[User, Kim]:
    user = make_user()
    return user, make_kim(admin=user)


def full_meeting(host: Kim | Institution, by: User, rows: int) -> Meeting:
    """One to come, with so many sessions, papers, attendees and promises, and as many carried from one before."""
    before, later = make_meeting(host), timezone.now() + timedelta(days=2)
    meeting = make_meeting(host, session={"starts_at": later})
    for number in range(rows):
        if number:
            meeting.keep_session(MeetingSession(meeting=meeting, **session_values(starts_at=later)), by=by)
        meeting.add_material("Paparan", make_document(), by=by)
        make_commitment(
            party=make_attendance(meeting, f"Lembaga {number}", make_institution()), what=f"Janji ke-{number}"
        )
        make_commitment(party=make_attendance(before, f"Lembaga {number}"))
    return meeting


class TestMeetingList:
    @pytest.mark.parametrize("rows", [1, 20])
    @pytest.mark.parametrize("query", [{}, {"area": "13.07", "kind": "synergy"}])
    def test_at_most_four_queries(
        self, client: Client, rows: int, query: dict[str, str], django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(rows):
            make_meeting(make_institution())
        client.get(LIST)
        with django_assert_max_num_queries(4):
            assert client.get(LIST, query).content.count(b'<li class="card">') == rows

    @pytest.mark.parametrize("query", ["", "area=13", "area=13.07", "area=13.07.11.2004", "kind=synergy"])
    def test_no_plan_reads_the_whole_table(self, query: str) -> None:
        make_meeting()
        data = dict(part.split("=") for part in query.split("&") if part)
        rows = MeetingFilter(data, queryset=Meeting.objects.listed()).qs.order_by(*MEETING_ORDER)[:21]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
        plan = rows.explain()
        assert "meeting_" in plan
        assert "TEMP B-TREE" not in plan
        assert "SCAN partnerships_meeting\n" not in f"{plan}\n"

    def test_what_is_not_public_is_not_there(self, client: Client) -> None:
        hidden = make_meeting(is_public=False, title="Rapat tertutup")
        assert b"Rapat tertutup" not in client.get(LIST).content
        assert client.get(hidden.get_absolute_url()).status_code == 404

    def test_a_filter_that_means_nothing_finds_nothing_and_says_so(self, client: Client) -> None:
        make_meeting(title="Rapat biasa")
        page = client.get(LIST, {"kind": "pesta"}).content.decode()
        assert "Rapat biasa" not in page
        assert "Perbaiki saringan" in page


class TestMeetingDetail:
    def test_a_public_one_tells_nothing_of_a_closed_one(self, client: Client) -> None:
        liaison, host = make_liaison()
        make_commitment(make_meeting(host, is_public=False), what="Memecat bendahara.")
        coming = make_meeting(host, session={"starts_at": timezone.now() + timedelta(days=2)})
        assert "Memecat bendahara." not in client.get(coming.get_absolute_url()).content.decode()
        client.force_login(liaison)
        assert "Memecat bendahara." in client.get(coming.get_absolute_url()).content.decode()

    def test_a_hope_is_told_to_all_and_the_draft_it_becomes_to_its_parties(self, client: Client) -> None:
        liaison, host = make_liaison()
        meeting = make_meeting(host)
        row = make_hope(host, meeting=meeting, subject="KKN di desa")
        assert "KKN di desa" in client.get(meeting.get_absolute_url()).content.decode()
        row.start_draft(Side.FIRST, by=liaison)
        for user, is_told in ((None, False), (make_user(), False), (liaison, True)):
            if user:
                client.force_login(user)
            assert ("KKN di desa" in client.get(meeting.get_absolute_url()).content.decode()) is is_told

    @pytest.mark.parametrize("rows", [1, 20])
    @pytest.mark.parametrize("host_kind", ["kim", "institution"])
    def test_at_most_twelve_queries_for_its_host_too(
        self, client: Client, rows: int, host_kind: str, django_assert_max_num_queries: Any
    ) -> None:
        user, host = make_liaison() if host_kind == "institution" else make_host()
        meeting = full_meeting(host, user, rows)
        for signed_in in (None, user):
            if signed_in:
                client.force_login(signed_in)
            client.get(meeting.get_absolute_url())
            with django_assert_max_num_queries(12):
                page = client.get(meeting.get_absolute_url()).content.decode()
            assert "Masih terbuka dari rapat sebelumnya" in page
            assert page.count('data-label="Keadaan"') == rows
        assert "Catat peserta" in page

    def test_a_line_about_one_person_is_counted_and_not_shown(self, client: Client) -> None:
        host, institution = make_liaison()
        meeting = make_meeting(institution)
        Attendance.record(meeting, [Chosen("Ibu Contoh Sari"), Chosen("BPS")], by=host)
        Attendance.objects.filter(line="Ibu Contoh Sari").update(sex="female")
        for paper in ("", "cetak/undangan/", "cetak/daftar-hadir/"):
            page = client.get(f"{meeting.get_absolute_url()}{paper}").content.decode()
            assert "Ibu Contoh Sari" not in page
            assert "BPS" in page
        assert "2 peserta" in client.get(meeting.get_absolute_url()).content.decode()
        client.force_login(host)
        assert "Ibu Contoh Sari" in client.get(meeting.get_absolute_url()).content.decode()

    def test_an_online_session_says_so_once(self, client: Client) -> None:
        onsite = client.get(make_meeting(session={"place": "Aula"}).get_absolute_url()).content.decode()
        assert "<p>Tatap muka: Aula" in onsite
        online = make_meeting(session={"mode": "virtual", "place": "", "platform": "Zoom"})
        page = client.get(online.get_absolute_url()).content.decode()
        assert ("<p>Daring lewat Zoom" in page, page.lower().count("daring lewat")) == (True, 1)

    def test_markup_in_what_people_wrote_stays_text(self, client: Client) -> None:
        meeting = make_meeting(agenda="<script>x()</script>", minutes="<b>Disepakati</b>")
        make_commitment(meeting, what="<i>Janji</i>", due_on=today(-1))
        for paper in ("", "cetak/undangan/", "cetak/daftar-hadir/", "cetak/notula/"):
            page = client.get(f"{meeting.get_absolute_url()}{paper}").content.decode()
            assert "<script>x()" not in page
            assert "<i>Janji" not in page


class TestPapers:
    def test_minutes_that_nobody_wrote_are_not_there(self, client: Client) -> None:
        meeting = make_meeting()
        assert client.get(f"{meeting.get_absolute_url()}cetak/notula/").status_code == 404
        assert client.get(f"{meeting.get_absolute_url()}cetak/daftar/").status_code == 404

    def test_minutes_name_attendees_and_promises(self, client: Client) -> None:
        meeting = make_meeting(minutes="Disepakati bersama.")
        make_commitment(meeting, unit="Perpustakaan")
        page = client.get(f"{meeting.get_absolute_url()}cetak/notula/").content.decode()
        for words in ("Disepakati bersama.", "RS Bali Mandara", "Perpustakaan (RS Bali Mandara)", "Kepala Bidang Uji"):
            assert words in page

    @pytest.mark.skipif(not can_make_pdf(), reason="WeasyPrint's native libraries are not installed")
    def test_each_paper_is_a_pdf_as_well(self, client: Client) -> None:
        meeting = make_meeting(minutes="Disepakati.")
        for paper in ("undangan", "daftar-hadir", "notula"):
            answer = client.get(f"{meeting.get_absolute_url()}cetak/{paper}/pdf/")
            assert answer.content.startswith(b"%PDF-")


class TestFiles:
    def test_a_paper_of_another_meeting_is_not_there(self, client: Client) -> None:
        hidden, shown, by = make_meeting(is_public=False), make_meeting(), make_user()
        row = hidden.add_material("Rahasia", make_document(), by=by)
        own = shown.add_material("Paparan", make_document(), by=by)
        assert client.get(f"{shown.get_absolute_url()}bahan/{own.pk}/").status_code == 200
        for meeting in (hidden, shown):
            assert client.get(f"{meeting.get_absolute_url()}bahan/{row.pk}/").status_code == 404

    def test_evidence_is_read_by_whoever_reads_the_meeting(self, client: Client) -> None:
        row = make_commitment(evidence_file=make_document())
        bare = make_commitment(row.meeting, party=make_attendance(row.meeting, "BPS"))
        address = f"{row.meeting.get_absolute_url()}tindak-lanjut/"
        assert client.get(f"{address}{row.pk}/bukti/").status_code == 200
        assert client.get(f"{address}{bare.pk}/bukti/").status_code == 404
