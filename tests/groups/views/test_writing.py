"""Writing announcements: who may, what is kept, what two writers and two presses do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups.models import Announcement, FormDraft, Kim
from tests.factories import make_announcement, make_area, make_kim, make_user
from tests.groups.views.writing import answers, browser, create, edit, html, photo
from uploads.models import Image

pytestmark = pytest.mark.django_db


class TestAnnouncementCreate:
    def test_an_admin_shows_one_at_once(self, kim: Kim, admin: User) -> None:
        assert browser(admin).post(create(kim), answers()).status_code == 302
        row = Announcement.objects.published().get()
        assert (row.kim, row.office, row.area_id, row.created_by) == (kim, None, "13.07.11.2004", admin)

    def test_a_draft_is_seen_by_nobody_else(self, kim: Kim, admin: User) -> None:
        browser(admin).post(create(kim), answers(action="save"))
        assert Announcement.objects.count() == 1
        assert not Announcement.objects.published().exists()

    def test_strangers_get_404(self, kim: Kim, officer: User) -> None:
        for user in (officer, make_user()):
            assert browser(user).get(create(kim)).status_code == 404
            assert browser(user).post(create(kim), answers()).status_code == 404

    def test_a_dissolved_kim_writes_no_more(self, admin: User) -> None:
        gone = make_kim(status="dissolved", admin=admin)
        assert browser(admin).post(create(gone), answers()).status_code == 404

    def test_two_presses_make_one(self, kim: Kim, admin: User) -> None:
        sent, client = answers(), browser(admin)
        assert [client.post(create(kim), sent).status_code for _ in range(2)] == [302, 302]
        assert Announcement.objects.count() == 1

    @pytest.mark.parametrize("area", ["13", "33.73.02.1004", "13.07.03.2002", "x", ""])
    def test_a_kim_reaches_its_village_kecamatan_and_kabupaten_only(self, kim: Kim, admin: User, area: str) -> None:
        make_area("33.73.02.1004")
        assert browser(admin).post(create(kim), answers(area=area)).status_code == 422
        assert not Announcement.objects.exists()

    @pytest.mark.parametrize("area", ["13.07.11.2004", "13.07.11", "13.07"])
    def test_each_of_the_three_is_taken(self, kim: Kim, admin: User, area: str) -> None:
        browser(admin).post(create(kim), answers(area=area))
        assert Announcement.objects.get().area_id == area

    def test_on_an_error_nothing_typed_is_lost_not_even_the_photo(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        response = client.post(create(kim), answers(title="", body="Isi panjang", photo=photo(), photo_alt="Balai"))
        assert response.status_code == 422
        assert "Isi panjang" in html(response)
        assert "Foto sudah ada" in html(response)
        client.post(create(kim), answers(photo_alt="Balai"))
        assert Announcement.objects.get().photo == Image.objects.get()

    def test_a_kept_photo_that_is_dropped_is_erased(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        client.post(create(kim), answers(title="", photo=photo(), photo_alt="Balai"))
        client.post(create(kim), answers(drop_photo="on"))
        assert Announcement.objects.get().photo is None
        assert not Image.objects.exists()

    def test_a_photo_without_its_description_is_asked_for_it(self, kim: Kim, admin: User) -> None:
        response = browser(admin).post(create(kim), answers(photo=photo()))
        assert response.status_code == 422
        assert "Tulis keterangan foto" in html(response)

    def test_a_kim_that_is_not_verified_keeps_a_draft_with_a_sentence(self, admin: User) -> None:
        kim = make_kim(status="submitted", admin=admin)
        response = browser(admin).post(create(kim), answers())
        assert response.status_code == 422
        assert "setelah KIM terverifikasi" in html(response)
        assert "Posyandu Senin" in html(response)

    def test_scheduled_in_the_hours_of_the_area(self, admin: User) -> None:
        bali = make_kim("51.03.05.2003", admin=admin)
        day = timezone.localdate() + timedelta(days=3)
        sent = answers(area="51.03.05.2003", publish_at=f"{day}T08:00", expires_on=day + timedelta(days=2))
        browser(admin).post(create(bali), sent)
        row = Announcement.objects.get()
        assert row.is_scheduled
        assert (row.publish_at.hour, row.expires_at.hour) == (0, 15)  # 08.00 and 23.59 WITA in UTC

    @pytest.mark.parametrize(
        ("field", "days", "sentence"),
        [("expires_on", -1, "sudah lewat"), ("pinned_on", -1, "sudah lewat"), ("pinned_on", 60, "Paling lama 31 hari")],
    )
    def test_days_that_make_no_sense(self, kim: Kim, admin: User, field: str, days: int, sentence: str) -> None:
        sent = answers(**{field: timezone.localdate() + timedelta(days=days)})
        response = browser(admin).post(create(kim), sent)
        assert response.status_code == 422
        assert sentence in html(response)

    @pytest.mark.parametrize("field", ["publish_at", "expires_on", "pinned_on"])
    @pytest.mark.parametrize("year", ["0001", "9999"])
    @pytest.mark.parametrize("action", ["publish", "save", "preview"])
    def test_years_at_the_edge_of_time_are_no_fault(
        self, kim: Kim, admin: User, field: str, year: str, action: str
    ) -> None:
        day = f"{year}-12-31" if year == "9999" else "0001-01-01"
        sent = answers(action=action, **{field: f"{day}T00:01" if field == "publish_at" else day})
        assert browser(admin).post(create(kim), sent).status_code in {200, 302, 422}

    def test_forged_fields_change_nothing(self, kim: Kim, admin: User) -> None:
        other = make_kim()
        forged = {"kim": other.pk, "office": "13", "relay_count": 99, "reached_count": 99, "public_id": "aaaaaaaaaa"}
        browser(admin).post(create(kim), answers(**forged))
        row = Announcement.objects.get()
        assert (row.kim, row.office, row.relay_count, row.reached_count) == (kim, None, 0, 0)
        assert row.public_id != "aaaaaaaaaa"


class TestDrafts:
    def test_answers_are_kept_while_one_types(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        assert client.post(f"{create(kim)}?simpan=1", answers(title="Setengah")).status_code == 204
        assert "Setengah" in html(client.get(create(kim)))
        assert not Announcement.objects.exists()

    def test_they_are_gone_once_saved_or_thrown_away(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        client.post(f"{create(kim)}?simpan=1", answers())
        client.post(create(kim), {"action": "discard"})
        assert not FormDraft.objects.exists()
        client.post(f"{create(kim)}?simpan=1", answers())
        client.post(create(kim), answers())
        assert not FormDraft.objects.exists()

    def test_another_admin_does_not_see_them(self, kim: Kim, admin: User) -> None:
        from tests.factories import make_membership

        second = make_user()
        make_membership(kim, user=second, is_admin=True)
        browser(admin).post(f"{create(kim)}?simpan=1", answers(title="Setengah"))
        assert "Setengah" not in html(browser(second).get(create(kim)))


class TestPreview:
    def test_shows_the_text_as_it_will_look_and_keeps_the_form(self, kim: Kim, admin: User) -> None:
        response = browser(admin).post(create(kim), answers(action="preview", body="**tebal** <script>x</script>"))
        assert response.status_code == 200
        assert "<strong>tebal</strong> &lt;script&gt;" in html(response)
        assert not Announcement.objects.exists()

    def test_says_where_the_photo_will_stand_and_shows_one_that_is_stored(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        page = html(client.post(create(kim), answers(action="preview", photo=photo(), photo_alt="Balai nagari")))
        assert "Di sini foto Anda: Balai nagari." in page
        client.post(create(kim), answers(photo_alt="Balai nagari"))
        row = Announcement.objects.get()
        page = html(client.post(edit(row), answers(action="preview", version=row.version, photo_alt="Balai baru")))
        shown = page.partition('id="pratinjau"')[2].partition("</section>")[0]
        assert f"/foto/{row.photo_id}/medium/" in shown
        assert 'alt="Balai baru"' in shown


class TestAnnouncementEdit:
    def test_an_edit_keeps_the_earlier_text_on_a_page(self, kim: Kim, admin: User) -> None:
        row, client = make_announcement(kim, title="Dahulu"), browser(admin)
        client.post(edit(row), answers(version=1, title="Sekarang"))
        row.refresh_from_db()
        assert (row.title, row.version) == ("Sekarang", 2)
        assert "Dahulu" in html(client.get(reverse("groups:announcement_versions", args=[row.public_id])))

    def test_it_stays_out_since_when_it_was(self, kim: Kim, admin: User) -> None:
        since = timezone.now() - timedelta(days=3)
        row = make_announcement(kim, at=since)
        browser(admin).post(edit(row), answers(version=1, action="save"))
        row.refresh_from_db()
        assert row.is_published
        assert row.publish_at == since

    def test_the_slower_of_two_admins_sees_both_and_loses_nothing(self, kim: Kim, admin: User) -> None:
        row, client = make_announcement(kim, title="Awal"), browser(admin)
        client.post(edit(row), answers(version=1, title="Versi Budi", body="Isi Budi"))
        response = client.post(edit(row), answers(version=1, title="Versi Rina", body="Isi Rina"))
        assert response.status_code == 409
        for words in ("Versi Budi", "Isi Budi", "Versi Rina", "Isi Rina", 'name="version" value="2"'):
            assert words in html(response)
        row.refresh_from_db()
        assert row.title == "Versi Budi"
        client.post(edit(row), answers(version=2, title="Versi Rina"))
        row.refresh_from_db()
        assert row.title == "Versi Rina"

    def test_two_presses_of_one_button_are_no_conflict(self, kim: Kim, admin: User) -> None:
        row, client = make_announcement(kim), browser(admin)
        sent = answers(version=1)
        assert [client.post(edit(row), sent).status_code for _ in range(2)] == [302, 302]

    def test_a_change_of_the_last_day_alone_is_a_conflict_too(self, kim: Kim, admin: User) -> None:
        row, client, day = make_announcement(kim), browser(admin), timezone.localdate()
        sent = answers(version=1)
        client.post(edit(row), sent)
        assert client.post(edit(row), {**sent, "expires_on": day + timedelta(days=9)}).status_code == 409

    def test_anothers_is_403_where_seen_and_404_where_not(self, kim: Kim, officer: User) -> None:
        seen, hidden = make_announcement(kim), make_announcement(kim, published=False)
        for user in (officer, make_user()):
            assert browser(user).post(edit(seen), answers(version=1)).status_code == 403
            assert browser(user).get(edit(hidden)).status_code == 404

    def test_a_start_at_the_end_of_time_beside_a_kept_pin_is_refused(self, kim: Kim, admin: User) -> None:
        row = make_announcement(kim, pinned_until=timezone.now() + timedelta(days=3))
        pinned = timezone.localdate(row.pinned_until).isoformat()
        typed = answers(version="1", publish_at="9999-12-31T23:59", pinned_on=pinned)
        response = browser(admin).post(edit(row), typed)
        assert response.status_code == 422
        assert "Periksa tahunnya" in html(response)

    def test_a_replaced_photo_is_erased(self, kim: Kim, admin: User) -> None:
        client = browser(admin)
        client.post(create(kim), answers(photo=photo(), photo_alt="Satu"))
        row = Announcement.objects.get()
        client.post(edit(row), answers(version=1, photo=photo(), photo_alt="Dua"))
        assert Image.objects.count() == 1
        client.post(edit(row), answers(version=2, drop_photo="on"))
        row.refresh_from_db()
        assert row.photo is None
        assert not Image.objects.exists()


class TestAnnouncementWithdraw:
    def test_it_is_gone_from_the_public_page_and_kept(self, kim: Kim, admin: User) -> None:
        row = make_announcement(kim)
        browser(admin).post(reverse("groups:announcement_withdraw", args=[row.public_id]))
        assert Client().get(row.get_absolute_url()).status_code == 404
        assert Announcement.objects.filter(pk=row.pk).exists()

    def test_only_by_its_writers(self, kim: Kim, officer: User) -> None:
        row = make_announcement(kim)
        address = reverse("groups:announcement_withdraw", args=[row.public_id])
        assert browser(officer).post(address).status_code == 403
