from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from groups.models import Announcement, Dissemination, announced
from groups.models.announced import NEWEST
from regions.paging import keyset_page
from tests.factories import make_announcement, make_area, make_kim, make_user

pytestmark = pytest.mark.django_db
VILLAGE = "13.07.11.2004"


class TestForPeopleOf:
    def test_has_what_is_for_the_area_for_its_parts_and_for_the_areas_above(self) -> None:
        village = make_area(VILLAGE)
        here, above, province, elsewhere = (
            make_announcement(area=code, office=code[:5]) for code in (VILLAGE, "13.07", "13", "33.73")
        )
        rows = Announcement.objects.current()
        assert list(rows.newest_for(village)[:9]) == [province, above, here]
        assert list(rows.newest_for(make_area("13.07"))[:9]) == [province, above, here]
        assert list(rows.newest_for(make_area("33"))[:9]) == [elsewhere]

    def test_pages_follow_each_other_without_gap_or_repeat(self, django_assert_num_queries: Any) -> None:
        village = make_area(VILLAGE)
        wanted = [make_announcement(area=(VILLAGE, "13.07", "13")[n % 3], office="13") for n in range(9)][::-1]
        found, cursor = [], None
        while True:
            with django_assert_num_queries(1):
                page = keyset_page(Announcement.objects.current().for_people_of(village), cursor, 2, NEWEST)
            found += page.rows
            cursor = page.next_cursor
            if cursor is None:
                break
        assert found == wanted
        back = keyset_page(Announcement.objects.current().for_people_of(village), page.previous_cursor, 2, NEWEST)
        assert back.rows == wanted[6:8]

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="EXPLAIN of PostgreSQL")
    def test_no_plan_reads_the_whole_table(self) -> None:
        village = make_area(VILLAGE)
        for rows in (
            Announcement.objects.current().newest_for(village)[:21],
            Announcement.objects.current().newest_first()[:21],
            Announcement.objects.pinned_for(village)[:3],
            Announcement.objects.pinned_for(None)[:3],
        ):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
            assert "Seq Scan on groups_announcement" not in rows.explain()


class TestSearchWords:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Three announcements of a word make it a common one, and the newest four are looked at."""
        monkeypatch.setattr(announced, "FEW", 2)
        monkeypatch.setattr(announced, "WALKED", 4)

    def found(self, words: str, among: Any = None) -> list[Announcement]:
        search = announced.search_words(words, Announcement.objects.all() if among is None else among)
        return list(Announcement.objects.filter(search.holds).newest_first())

    def test_a_rare_word_finds_the_oldest_also_beside_a_common_one(self) -> None:
        old = make_announcement(title="Posyandu perdana", at=timezone.now() - timedelta(days=900))
        for _ in range(6):
            make_announcement(title="Posyandu")
        assert self.found("perdana") == self.found("posyandu perdana") == [old]

    def test_common_words_are_looked_for_in_the_newest(self) -> None:
        rows = [make_announcement(title="Vaksin posyandu" if number % 2 else "Posyandu") for number in range(8)][::-1]
        assert self.found("posyandu") == rows[:4]
        assert self.found("posyandu vaksin") == rows[:4:2]
        assert announced.search_words("posyandu", Announcement.objects.all()).is_cut
        assert not announced.search_words("posyanduku", Announcement.objects.all()).is_cut

    def test_the_newest_are_those_of_the_area_that_is_asked_for(self) -> None:
        here = [make_announcement(make_kim(VILLAGE), title="Posyandu") for _ in range(3)][::-1]
        for _ in range(6):
            make_announcement(area="33.73", office="33.73", title="Posyandu")
        assert self.found("posyandu", Announcement.objects.within(VILLAGE))[-3:] == here

    @pytest.mark.parametrize("words", ["", "posyandu vaksin"])
    def test_the_list_is_read_in_the_order_of_its_index(self, words: str) -> None:
        for _ in range(3):
            make_announcement(title="Posyandu vaksin")
        holds = announced.search_words(words, Announcement.objects.all()).holds
        rows = Announcement.objects.current().originals().filter(holds).newest_first()[:21]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off"
                )
        plan = rows.explain()
        assert "announcement_all" in plan
        assert "TEMP B-TREE" not in plan
        assert "Seq Scan" not in plan


class TestPinnedFor:
    def test_an_area_has_what_is_meant_for_all_of_its_people(self) -> None:
        soon = timezone.now() + timedelta(days=1)
        kim = make_kim(VILLAGE)
        own, above = make_announcement(kim, pinned_until=soon), make_announcement(pinned_until=soon)
        make_announcement(kim, pinned_until=timezone.now() - timedelta(days=1), at=timezone.now() - timedelta(days=2))
        assert set(Announcement.objects.pinned_for(make_area(VILLAGE))) == {own, above}
        assert set(Announcement.objects.pinned_for(make_area("13.07"))) == {above}

    def test_the_country_has_what_the_dinas_pins(self) -> None:
        soon = timezone.now() + timedelta(days=1)
        make_announcement(make_kim(), pinned_until=soon)
        dinas = make_announcement(pinned_until=soon)
        assert list(Announcement.objects.pinned_for(None)) == [dinas]


class TestToRelay:
    def test_what_the_dinas_above_tells_and_the_kim_has_not_passed_on(self) -> None:
        kim, dinas, far = make_kim(VILLAGE), make_announcement(), make_announcement(area="33.73", office="33.73")
        make_announcement(make_kim(VILLAGE))
        assert list(Announcement.objects.to_relay(kim)) == [dinas]
        dinas.relay(kim, by=make_user())
        assert not Announcement.objects.to_relay(kim).exists()
        assert far.relay_count == 0


class TestFiguresOf:
    def test_counts_written_relayed_spread_and_people(self, django_assert_num_queries: Any) -> None:
        kim, dinas = make_kim(), make_announcement()
        own = make_announcement(kim)
        make_announcement(kim, published=False)
        copy = dinas.relay(kim, by=make_user())
        for row, people in ((own, 40), (own, 2), (copy, 15)):
            Dissemination(announcement=row, channel="meeting", place="Balai", people=people).keep(by=make_user())
        with django_assert_num_queries(1):
            figures = Announcement.objects.figures_of(kim)
        assert (figures.written, figures.relayed, figures.disseminated, figures.people) == (1, 1, 3, 57)

    def test_of_a_new_kim_are_naught(self) -> None:
        assert Announcement.objects.figures_of(make_kim()).people == 0


class TestEraseUnused:
    def test_a_photo_that_a_relay_shows_stays(self) -> None:
        from tests.factories import make_image
        from uploads.models import Image

        photo = make_image()
        row = make_announcement(photo=photo, photo_alt="Balai")
        row.relay(make_kim(), by=make_user())
        Announcement.objects.filter(pk=row.pk).update(photo=None)
        Announcement.objects.erase_unused(photo)
        assert Image.objects.count() == 1
        Announcement.objects.update(photo=None)
        Announcement.objects.erase_unused(photo)
        assert not Image.objects.exists()
