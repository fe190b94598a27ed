from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from groups.models import Announcement, StaleAnnouncement
from groups.models.announced import search_words
from tests.factories import make_announcement, make_grant, make_image, make_kim, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class TestKeep:
    def test_an_edit_keeps_the_earlier_text(self) -> None:
        row = make_announcement(title="Posyandu Senin", body="Pukul 8")
        row.title = "Posyandu Selasa"
        row.keep(by=make_user())
        assert [(old.number, old.title, old.body) for old in row.versions.all()] == [(1, "Posyandu Senin", "Pukul 8")]

    def test_a_change_of_dates_alone_keeps_no_copy_of_the_text(self) -> None:
        row = make_announcement()
        row.expires_at = timezone.now() + HOUR
        row.keep(by=make_user())
        assert not row.versions.exists()

    def test_two_writers_the_slower_is_told(self) -> None:
        row = make_announcement()
        mine = Announcement.objects.get(pk=row.pk)
        row.keep(by=make_user(), version=1)
        mine.title = "Lain"
        with pytest.raises(StaleAnnouncement):
            mine.keep(by=make_user(), version=1)
        assert Announcement.objects.get(pk=row.pk).title == row.title

    def test_counters_raised_meanwhile_are_not_put_back(self) -> None:
        row = make_announcement()
        Announcement.objects.filter(pk=row.pk).update(relay_count=3, channel_count=2, reached_count=40)
        row.keep(by=make_user())
        row.refresh_from_db()
        assert (row.relay_count, row.channel_count, row.reached_count) == (3, 2, 40)

    def test_it_cannot_end_before_it_begins(self) -> None:
        with pytest.raises(ValidationError, match="berakhir sebelum tampil"):
            make_announcement(expires_at=timezone.now() - HOUR)

    def test_a_photo_needs_its_description(self) -> None:
        with pytest.raises(ValidationError, match="keterangan foto"):
            make_announcement(photo=make_image())

    def test_a_kim_and_a_dinas_do_not_speak_at_once(self) -> None:
        row = make_announcement(make_kim())
        with pytest.raises(IntegrityError), transaction.atomic():
            Announcement.objects.filter(pk=row.pk).update(office="13.07")

    @pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "dissolved"])
    def test_a_kim_that_is_not_recognised_shows_nothing(self, status: str) -> None:
        kim = make_kim(status=status)
        with pytest.raises(ValidationError, match="terverifikasi"):
            make_announcement(kim)
        assert make_announcement(kim, published=False).pk

    def test_a_dissolved_kim_shows_nothing_new(self) -> None:
        kim = make_kim()
        make_announcement(kim, title="Sudah tampil")
        make_announcement(kim, at=timezone.now() + HOUR)
        kim.dissolve(by=None, text="Anggota pindah.")
        assert [row.title for row in Announcement.objects.published(timezone.now() + 2 * HOUR)] == ["Sudah tampil"]


class TestAuthor:
    def test_is_the_kim_or_the_dinas_that_speaks_not_the_reach(self) -> None:
        kim = make_kim(name="KIM Singgalang")
        assert make_announcement(kim).author == "KIM Singgalang"
        assert make_announcement(area="13.07.11.2004", office="13.07").author == "Diskominfo Kabupaten Lima Puluh Kota"


class TestRelay:
    def test_passes_on_in_the_kims_name_and_is_counted_once(self) -> None:
        row, kim, admin = make_announcement(), make_kim(), make_user()
        copy = row.relay(kim, by=admin, note="Di balai nagari.")
        again = row.relay(kim, by=admin, note="Di surau.")
        row.refresh_from_db()
        assert row.relay_count == 1
        assert again.pk == copy.pk
        assert (again.title, again.area, again.kim, again.relay_note) == (row.title, kim.area, kim, "Di surau.")

    def test_each_kim_counts(self) -> None:
        row = make_announcement()
        for _ in range(2):
            row.relay(make_kim(), by=make_user())
        row.refresh_from_db()
        assert row.relay_count == 2

    def test_a_relay_that_was_taken_back_does_not_count_until_it_is_passed_on_again(self) -> None:
        row, kim, by = make_announcement(), make_kim(), make_user()
        copy = row.relay(kim, by=by)
        row.relay(make_kim(), by=by)
        copy.refresh_from_db()
        copy.withdraw(by=by)
        assert self.count(row) == 1
        copy.keep(by=by)
        assert self.count(row) == 1
        row.relay(kim, by=by)
        assert self.count(row) == 2
        row.withdraw(by=by)
        assert self.count(row) == 0

    def count(self, row: Announcement) -> int:
        row.refresh_from_db()
        return row.relay_count

    @pytest.mark.parametrize("over", [{"published": False}, {"at": timezone.now() + HOUR}])
    def test_what_is_not_out_is_not_passed_on(self, over: dict) -> None:
        with pytest.raises(ValidationError, match="sedang tampil"):
            make_announcement(**over).relay(make_kim(), by=make_user())

    def test_neither_is_a_kims_own_nor_a_relay(self) -> None:
        own = make_announcement(make_kim())
        copy = make_announcement().relay(make_kim(), by=make_user())
        for row in (own, copy):
            with pytest.raises(ValidationError, match="Dinas"):
                row.relay(make_kim(), by=make_user())

    def test_a_correction_reaches_the_relays_and_so_does_a_withdrawal(self) -> None:
        row = make_announcement()
        copy = row.relay(make_kim(), by=make_user())
        row.refresh_from_db()
        row.body = "Pindah ke pukul 10."
        row.keep(by=make_user())
        copy.refresh_from_db()
        assert copy.body == "Pindah ke pukul 10."
        row.withdraw(by=make_user())
        assert not Announcement.objects.published().exists()

    def test_what_is_put_off_shows_before_its_time_through_no_relay(self) -> None:
        row = make_announcement()
        row.relay(make_kim(), by=make_user())
        row.refresh_from_db()
        row.publish(by=make_user(), at=timezone.now() + HOUR)
        assert not Announcement.objects.published().exists()

    def test_what_was_withdrawn_meanwhile_is_not_passed_on(self) -> None:
        row = make_announcement()
        Announcement.objects.get(pk=row.pk).withdraw(by=make_user())
        with pytest.raises(ValidationError, match="sedang tampil"):
            row.relay(make_kim(), by=make_user())


class TestPublished:
    def test_a_scheduled_one_comes_out_at_its_time_without_a_clock_task(self) -> None:
        row = make_announcement(at=timezone.now() + HOUR)
        assert row.is_scheduled
        assert not Announcement.objects.published().exists()
        assert Announcement.objects.published(timezone.now() + 2 * HOUR).exists()

    def test_expired_ones_leave_lists_and_keep_their_page(self) -> None:
        row = make_announcement(at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
        assert row.is_expired
        assert not Announcement.objects.current().exists()
        assert Announcement.objects.published().exists()


class TestVisibleTo:
    def test_before_its_time_only_its_writers_see_it(self) -> None:
        admin, other, officer = make_user(), make_user(), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        kim = make_kim(admin=admin)
        own, dinas = make_announcement(kim, published=False), make_announcement(published=False)
        see = {user: set(Announcement.objects.visible_to(user)) for user in (admin, other, officer)}
        assert see == {admin: {own}, other: set(), officer: {dinas}}

    def test_the_dinas_of_a_part_does_not_change_what_the_dinas_above_says(self) -> None:
        officer = make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        make_announcement(area="13.07", office="13", published=False)
        assert not Announcement.objects.managed_by(officer).exists()


def found(words: str) -> list[Announcement]:
    every = Announcement.objects.all()
    return list(every.filter(search_words(words, every).holds))


class TestSearchWords:
    def test_finds_words_of_title_and_text_as_they_sound(self) -> None:
        row = make_announcement(title="Imunisasi anak", body="Bawa **buku KIA** ke balai.")
        make_announcement(title="Gotong royong")
        for words in ("imunisasi", "IMUNI", "buku imunisasi", "balai"):
            assert list(found(words)) == [row], words

    def test_follows_an_edit(self) -> None:
        row = make_announcement(title="Imunisasi anak")
        row.title = "Vaksin hewan"
        row.keep(by=make_user())
        assert list(found("vaksin")) == [row]
        assert not found("imunisasi")
