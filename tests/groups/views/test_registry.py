"""What everybody may read of the KIM, and what nobody may."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from groups.filters import KimFilter
from groups.models import Kim, KimWord, Post
from groups.workflow import PUBLIC, Status
from tests.factories import (
    make_announcement,
    make_document,
    make_grant,
    make_image,
    make_kim,
    make_membership,
    make_user,
)

pytestmark = pytest.mark.django_db
EVIL_QUERIES = [
    "cursor=%00",
    "cursor=" + "A" * 5000,
    "q=%00",
    "q=" + "kata+" * 2000,
    "q=%EF%BF%BE%F0%9F%98%80",
    "q=~~~",
    "area=%00",
    "area=13.07.99.9999",
    "area_words=" + "x" * 3000,
    "status=%00",
    "status=draft",
    "mode=1+OR+1",
    "memberships__phone__startswith=0812&o=1",
]


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.getvalue().decode() if response.streaming else response.content.decode()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestKimList:
    @pytest.mark.parametrize("status", Status.values)
    def test_lists_those_that_were_verified_once(self, client: Client, status: str) -> None:
        kim = make_kim(name="KIM Singgalang", status=status)
        assert (kim.name in get(client, "/kim/")) == (status in PUBLIC)

    @pytest.mark.parametrize(
        "words", ["singgalang", "Singgalang jaya", "SINGGA", "kim singalang", "talang mauar", "djaya", "nagari talang"]
    )
    def test_finds_by_name_or_village_however_it_is_spelled(self, client: Client, words: str) -> None:
        make_kim(name="KIM Singgalang Jaya")
        make_kim("51.03.05.2003", name="KIM Kutuh")
        page = get(client, f"/kim/?q={words}")
        assert "KIM Singgalang Jaya" in page
        assert "KIM Kutuh" not in page

    def test_a_changed_name_is_found_and_the_old_one_is_not(self, client: Client) -> None:
        kim = make_kim(name="KIM Melati")
        kim.change_profile(by=make_user(), name="KIM Kenanga")
        assert "KIM Kenanga" in get(client, "/kim/?q=kenanga")
        assert "KIM Kenanga" not in get(client, "/kim/?q=melati")

    @pytest.mark.parametrize("query", ["area=13", "area=13.07", "area=13.07.11", "area=13.07.11.2004"])
    def test_narrows_by_area_of_any_level(self, client: Client, query: str) -> None:
        make_kim(name="KIM Sini")
        make_kim("51.03.05.2003", name="KIM Sana")
        page = get(client, f"/kim/?{query}")
        assert "KIM Sini" in page
        assert "KIM Sana" not in page

    def test_narrows_by_state_and_mode(self, client: Client) -> None:
        make_kim(name="KIM Satu", mode="analog", status="dissolved")
        make_kim(name="KIM Dua", mode="digital")
        page = get(client, "/kim/?status=dissolved&mode=analog")
        assert "KIM Satu" in page
        assert "KIM Dua" not in page

    def test_by_name_in_pages_of_twenty(self, client: Client) -> None:
        admin = make_user()
        for number in range(22):
            make_kim(name=f"KIM Nomor {number:02}", admin=admin)
        page = get(client, "/kim/")
        assert "KIM Nomor 19" in page
        assert "KIM Nomor 20" not in page
        cursor = page.partition("?cursor=")[2].partition('"')[0]
        assert "KIM Nomor 21" in get(client, f"/kim/?cursor={cursor}")

    @pytest.mark.parametrize("count", [1, 20])
    def test_at_most_four_queries_whatever_the_rows(
        self, client: Client, count: int, django_assert_max_num_queries: Any
    ) -> None:
        admin = make_user()
        for number in range(count):
            make_kim(name=f"KIM Nomor {number:02}", admin=admin)
        for query in ("", "?area=13.07&q=nomor&status=verified&mode=hybrid"):
            with django_assert_max_num_queries(4):
                assert "KIM Nomor 00" in get(client, f"/kim/{query}")

    def test_page_of_twenty_stays_light(self, client: Client) -> None:
        admin = make_user()
        for number in range(20):
            make_kim(name=f"KIM Nomor {number:02}", admin=admin)
        assert len(gzip.compress(get(client, "/kim/").encode())) < 8_000

    @pytest.mark.parametrize("query", EVIL_QUERIES)
    def test_evil_queries_get_an_answer(self, client: Client, query: str) -> None:
        make_kim()
        get(client, f"/kim/?{query}")

    @pytest.mark.parametrize("query", ["", "area=13.07", "area=13.07.11.2004", "status=active", "mode=analog"])
    def test_no_plan_reads_the_whole_table(self, query: str) -> None:
        make_kim()
        chosen = KimFilter(dict(part.split("=") for part in query.split("&") if part), queryset=Kim.objects.listed())
        rows = chosen.qs.order_by("folded", "id")[:21]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
        plan = rows.explain()
        assert "kim_listed_" in plan
        assert "TEMP B-TREE" not in plan

    def test_words_are_found_by_their_index(self) -> None:
        kim = make_kim(name="KIM Singgalang")
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = KimWord.objects.filter(word__prefix=kim.words.split()[0]).explain()
        assert "groups_kimword_word" in plan

    def test_common_words_are_looked_for_in_the_order_of_the_list(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("groups.models.searching.FEW", 0)
        make_kim(name="KIM Singgalang Jaya")
        make_kim("51.03.05.2003", name="KIM Kutuh Jaya")
        page = get(client, "/kim/?q=jaya+singga")
        assert "KIM Singgalang Jaya" in page
        assert "KIM Kutuh Jaya" not in page
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_hashjoin = off")
        rows = KimFilter({"q": "jaya singga"}, queryset=Kim.objects.listed()).qs.order_by("folded", "id")[:21]
        assert "seq scan" not in rows.explain().lower()


class TestKimDetail:
    @pytest.mark.parametrize("status", Status.values)
    def test_a_stranger_sees_it_once_it_was_verified(self, client: Client, status: str) -> None:
        kim = make_kim(status=status)
        get(client, f"/kim/{kim.slug}/", 200 if status in PUBLIC else 404)

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
    def test_its_admin_sees_it_always(self, status: Status) -> None:
        admin = make_user()
        kim = make_kim(status=status, admin=admin)
        assert "belum tampil untuk umum" in get(signed_in(admin), f"/kim/{kim.slug}/")

    def test_a_verifier_sees_the_submitted_ones_of_the_own_area(self) -> None:
        kim, near, far = make_kim(status="submitted"), make_user(), make_user()
        make_grant(near, Role.KIM_VERIFIER, "13.07")
        make_grant(far, Role.KIM_VERIFIER, "51.03")
        get(signed_in(near), f"/kim/{kim.slug}/")
        get(signed_in(far), f"/kim/{kim.slug}/", 404)

    def test_names_only_those_who_agreed_and_no_phone(self, client: Client) -> None:
        kim = make_kim()
        make_membership(kim, Post.SECRETARY, name="Siti Terbuka", is_public=True, phone="0812999111")
        make_membership(kim, Post.TREASURER, name="Budi Tertutup", phone="0812999222")
        page = get(client, f"/kim/{kim.slug}/")
        assert "Siti Terbuka" in page
        assert "Bendahara" in page
        assert "Budi Tertutup" not in page
        assert "0812999" not in page

    def test_a_dissolved_one_says_so_and_names_nobody(self, client: Client) -> None:
        kim = make_kim()
        make_membership(kim, Post.SECRETARY, name="Siti Terbuka", is_public=True)
        kim.dissolve(by=make_user(), text="Alasan dalam.")
        page = get(client, f"/kim/{kim.slug}/")
        assert "sudah bubar" in page
        assert "Siti Terbuka" not in page
        assert "Alasan dalam" not in page

    def test_shows_the_term_of_the_decree_and_the_last_confirmation(self, client: Client) -> None:
        kim = make_kim(status="active")
        kim.confirm_data(by=make_user())
        page = get(client, f"/kim/{kim.slug}/")
        assert "Belum dicatat" not in page
        assert "Belum pernah" not in page

    def test_lists_what_is_shown_now_and_nothing_scheduled(self, client: Client) -> None:
        kim = make_kim()
        shown = make_announcement(kim, title="Panen raya")
        make_announcement(kim, title="Rahasia besok", at=timezone.now() + timedelta(days=1))
        page = get(client, f"/kim/{kim.slug}/")
        assert f'href="{shown.get_absolute_url()}"' in page
        assert "Rahasia besok" not in page

    def test_at_most_twelve_queries(self, django_assert_max_num_queries: Any) -> None:
        admin = make_user()
        kim = make_kim(status="active", admin=admin)
        client = signed_in(admin)
        with django_assert_max_num_queries(12):
            get(client, f"/kim/{kim.slug}/")


class TestMemberPhoto:
    def test_everybody_sees_the_photo_of_who_agreed(self, client: Client) -> None:
        kim, photo = make_kim(), make_image()
        make_membership(kim, name="Siti", is_public=True, photo=photo)
        get_photo(client, kim, photo, 200)

    @pytest.mark.parametrize("case", ["not agreed", "left", "not listed"])
    def test_other_photos_are_404_for_strangers_and_there_for_the_admin(self, client: Client, case: str) -> None:
        admin, photo = make_user(), make_image()
        kim = make_kim(admin=admin, status="draft" if case == "not listed" else "verified")
        member = make_membership(kim, name="Siti", is_public=case != "not agreed", photo=photo)
        if case == "left":
            member.leave(member.joined_on, by=admin)
        get_photo(client, kim, photo, 404)
        get_photo(signed_in(make_user()), kim, photo, 404)
        get_photo(signed_in(admin), kim, photo, 200)

    def test_a_photo_of_something_else_is_404(self) -> None:
        admin = make_user()
        get_photo(signed_in(admin), make_kim(admin=admin), make_image(), 404)


def get_photo(client: Client, kim: Kim, photo: Any, status: int) -> None:
    assert client.get(f"/kim/{kim.slug}/foto/{photo.pk}/small/").status_code == status


class TestKimDocument:
    def test_only_its_admin_and_its_reviewer_read_the_papers(self, client: Client) -> None:
        admin, verifier = make_user(), make_user()
        make_grant(verifier, Role.KIM_VERIFIER, "13.07")
        kim = make_kim(admin=admin, bylaws=make_document())
        address = f"/kim/{kim.slug}/berkas/{kim.bylaws_id}/"
        for user, status in ((admin, 200), (verifier, 200), (make_user(), 404)):
            assert signed_in(user).get(address).status_code == status
        assert client.get(address).status_code == 302

    def test_a_document_of_something_else_is_404(self) -> None:
        admin = make_user()
        kim, other = make_kim(admin=admin), make_document()
        assert signed_in(admin).get(f"/kim/{kim.slug}/berkas/{other.pk}/").status_code == 404

    def test_is_a_download_without_the_name_it_came_with(self) -> None:
        admin = make_user()
        kim = make_kim(admin=admin, bylaws=make_document())
        response = signed_in(admin).get(f"/kim/{kim.slug}/berkas/{kim.bylaws_id}/")
        assert response["Content-Disposition"] == 'attachment; filename="dokumen.pdf"'
        assert response["Cache-Control"] == "private, no-store"
        response.close()
