from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from libraries.models import Library, SpaceHour
from tests.libraries.agendas import make_hour
from tests.libraries.making import make_librarian, make_library
from tests.libraries.views.test_month import browser

LINE = {
    "version": "0",
    "space": "work_skills",
    "weekday": "1",
    "starts": "09:00",
    "ends": "11.00",
    "what": "Kelas menjahit",
    "place": "",
}


def post(client: Client, library: Library, **over: str) -> Any:
    return client.post(reverse("libraries:space_hours", args=[library.slug]), {**LINE, **over})


@pytest.mark.django_db
class TestSpaceHours:
    def test_a_line_is_added_and_pressing_twice_adds_one(self) -> None:
        library, client = make_library(), browser(make_librarian())
        assert [post(client, library).status_code for _ in range(2)] == [302, 302]
        assert str(SpaceHour.objects.get()) == "Senin 09.00–11.00: Kelas menjahit"

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"space": ""}, "Pilih ruangnya"),
            ({"space": "dapur"}, "Pilih salah satu ruang"),
            ({"weekday": "8"}, "Pilih salah satu hari"),
            ({"starts": "jam 9"}, "Tulis jam seperti 08.00"),
            ({"ends": "08:00"}, "sesudah jam mulai"),
            ({"what": ""}, "Tulis kegiatannya"),
            ({"weekday": "2", "starts": "10:00"}, "sudah terisi: Selasa 09.00–11.00"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(self, values: dict[str, str], words: str) -> None:
        library = make_library()
        make_hour(library, weekday=2)
        answer = post(browser(make_librarian()), library, **{"place": "Aula timur", **values})
        page = answer.content.decode()
        assert (answer.status_code, words in page, "Aula timur" in page) == (422, True, True)
        assert SpaceHour.objects.count() == 1

    def test_a_librarian_elsewhere_finds_nothing(self) -> None:
        library, client = make_library(), browser(make_librarian("51.03"))
        assert post(client, library).status_code == 404


@pytest.mark.django_db
class TestSpaceHourEdit:
    def change(self, client: Client, row: SpaceHour, **over: str) -> Any:
        target = reverse("libraries:space_hour_edit", args=[row.library.slug, row.pk])
        return client.post(target, {**LINE, "version": "1", **over})

    def test_the_slower_of_two_writers_sees_what_is_stored_and_may_insist(self) -> None:
        row, client = make_hour(make_library()), browser(make_librarian())
        self.change(client, row, what="Kelas memasak")
        answer = self.change(client, row, what="Kelas melukis")
        page = answer.content.decode()
        assert (answer.status_code, "Kelas memasak" in page, "Kelas melukis" in page) == (422, True, True)
        assert self.change(client, row, what="Kelas melukis", version="2").status_code == 302
        assert SpaceHour.objects.get().what == "Kelas melukis"

    def test_a_line_of_another_library_is_not_there(self) -> None:
        row, own = make_hour(make_library("51.03.05.2003")), make_library()
        client = browser(make_librarian())
        for name in ("space_hour_edit", "space_hour_drop"):
            assert client.post(reverse(f"libraries:{name}", args=[own.slug, row.pk]), LINE).status_code == 404
        assert SpaceHour.objects.exists()
