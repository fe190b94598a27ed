from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from libraries.models import Library, SurveyTally
from libraries.models.figures import this_month
from libraries.models.survey import SurveySource
from libraries.months import shift
from libraries.templatetags.libraries import month_code
from libraries.views import survey as views
from tests.libraries.making import make_librarian, make_library, make_library_officer
from tests.libraries.test_quality import answered

ANSWERS = {f"q{number}": "4" for number in range(1, 6)}


@pytest.mark.django_db
class TestSurvey:
    def address(self, library: Library) -> str:
        return reverse("libraries:survey", args=[library.slug])

    def test_answers_are_counted_without_an_account(self, client: Client) -> None:
        library = make_library()
        client.get(self.address(library))
        page = client.post(self.address(library), ANSWERS, follow=True).content.decode()
        assert "sudah dihitung, tanpa nama" in page
        assert {row.fours for row in SurveyTally.objects.of(library)} == {1}

    def test_pressed_twice_counts_once_and_says_so(self, client: Client) -> None:
        library = make_library()
        client.get(self.address(library))
        client.post(self.address(library), ANSWERS)
        page = client.post(self.address(library), {**ANSWERS, "q1": "1"}, follow=True).content.decode()
        assert "sudah mengisi survei hari ini" in page
        assert SurveyTally.objects.of(library).get(question=1).scores == [0, 0, 0, 1, 0]

    def test_the_cookie_lives_a_day_on_this_address_alone(self, client: Client) -> None:
        library = make_library()
        cookie = client.get(self.address(library)).cookies[views.COOKIE]
        assert cookie["path"] == self.address(library)
        assert cookie["httponly"]
        assert int(cookie["max-age"]) == int(timedelta(days=1).total_seconds())
        assert "sessionid" not in client.cookies

    def test_a_missing_answer_gets_a_sentence_and_the_rest_stays(self, client: Client) -> None:
        library = make_library()
        response = client.post(self.address(library), {**ANSWERS, "q3": ""})
        assert response.status_code == 422
        page = response.content.decode()
        assert "Pilih satu jawaban." in page
        assert page.count(" checked") == 4
        assert not SurveyTally.objects.of(library).exists()

    @pytest.mark.parametrize("wrong", ["0", "6", "-1", "lima"])
    def test_no_other_answer_is_taken(self, client: Client, wrong: str) -> None:
        library = make_library()
        assert client.post(self.address(library), {**ANSWERS, "q1": wrong}).status_code == 422

    def test_what_is_above_the_usual_waits_and_the_visitor_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        library = make_library()
        monkeypatch.setattr("libraries.models.survey.LEAST_A_DAY", 2)
        pages = [Client().post(self.address(library), ANSWERS, follow=True).content.decode() for _ in range(3)]
        assert "sudah dihitung" in pages[1]
        assert "Dinas memeriksa dulu" in pages[2]
        assert SurveyTally.objects.of(library).counted().get(question=1).fours == 2

    def test_a_library_off_the_list_has_none(self, client: Client) -> None:
        assert client.get(self.address(make_library(is_listed=False))).status_code == 404


@pytest.mark.django_db
class TestSurveyCount:
    @pytest.fixture
    def library(self) -> Library:
        library = make_library()
        answered(library, this_month(library), [[0, 0, 0, 3, 0]] * 5, SurveySource.HELD)
        return library

    def address(self, library: Library) -> str:
        return reverse("libraries:survey_paper", args=[library.slug, month_code(this_month(library))])

    def test_the_librarian_sees_that_they_wait_and_cannot_count_them(self, client: Client, library: Library) -> None:
        client.force_login(make_librarian())
        assert "yang belum dihitung" in client.get(reverse("libraries:desk", args=[library.slug])).content.decode()
        page = client.get(self.address(library)).content.decode()
        assert "3 jawaban di layar belum dihitung" in page
        assert "hitung/" not in page
        assert client.post(f"{self.address(library)}hitung/").status_code == 403

    def test_the_agency_counts_them_once(self, client: Client, library: Library) -> None:
        client.force_login(make_library_officer())
        page = client.get(self.address(library))
        data = {"version": page.context["held_version"]}
        said = client.post(f"{self.address(library)}hitung/", data, follow=True).content.decode()
        assert "ikut dihitung" in said
        again = client.post(f"{self.address(library)}hitung/", data, follow=True).content.decode()
        assert "baru saja berubah" in again
        assert SurveyTally.objects.of(library).counted().get(question=1).fours == 3
        assert "yang belum dihitung" not in client.get(reverse("libraries:desk", args=[library.slug])).content.decode()

    def test_the_agency_finds_them_on_its_first_page(self, client: Client, library: Library) -> None:
        client.force_login(make_library_officer())
        page = client.get("/admin/").content.decode()
        assert "3 orang menjawab lebih dari biasanya" in page
        assert self.address(library) in page
        SurveyTally.objects.update(fours=0)
        assert "lebih dari biasanya" not in client.get("/admin/").content.decode()

    def test_no_other_agency_and_no_librarian_finds_them_there(self, client: Client, library: Library) -> None:
        for user in (make_library_officer("51"), make_librarian()):
            client.force_login(user)
            assert "lebih dari biasanya" not in client.get("/admin/", follow=True).content.decode()


@pytest.mark.django_db
class TestSurveyOnThePage:
    def page(self, client: Client, library: Library) -> str:
        return client.get(reverse("libraries:library_detail", args=[library.slug])).content.decode()

    def test_shown_from_five_people_on(self, client: Client) -> None:
        library = make_library()
        last = shift(this_month(library), -1)
        answered(library, last, [[0, 0, 0, 0, 4]] * 5)
        assert "Belum cukup jawaban" in self.page(client, library)
        SurveyTally.objects.update(fives=5)
        page = self.page(client, library)
        assert "100%" in page
        assert "dari 5 orang" in page

    def test_the_running_month_stays_hidden(self, client: Client) -> None:
        library = make_library()
        answered(library, this_month(library), [[0, 0, 0, 0, 9]] * 5)
        assert "Belum cukup jawaban" in self.page(client, library)


@pytest.mark.django_db
class TestSurveyPaper:
    def address(self, library: Library, month: str | None = None) -> str:
        code = month or month_code(shift(this_month(library), -1))
        return reverse("libraries:survey_paper", args=[library.slug, code])

    def posted(self, client: Client, library: Library, **boxes: str) -> dict[str, Any]:
        page = client.get(self.address(library))
        return {"version": page.context["form"]["version"].value(), **boxes}

    @pytest.fixture
    def library(self, client: Client) -> Library:
        client.force_login(make_librarian())
        return make_library()

    def test_the_months_beside_it_are_one_press_away(self, client: Client, library: Library) -> None:
        now = this_month(library)
        page = client.get(self.address(library, month_code(now))).content.decode()
        assert self.address(library) in page
        assert self.address(library, month_code(shift(now, 1))) not in page
        assert self.address(library, month_code(now)) in client.get(self.address(library)).content.decode()

    def test_counts_are_stored_and_come_back(self, client: Client, library: Library) -> None:
        client.post(self.address(library), self.posted(client, library, q1_5="7", q2_1="2"))
        month = shift(this_month(library), -1)
        assert SurveyTally.paper_counts(library, month)[0] == [0, 0, 0, 0, 7]
        assert 'value="7"' in client.get(self.address(library)).content.decode()

    @pytest.mark.parametrize(
        ("typed", "sentence"), [("-1", "kurang dari 0"), ("2,5", "angka bulat"), ("99999", "10000")]
    )
    def test_bad_counts_get_a_sentence_and_stay(
        self, client: Client, library: Library, typed: str, sentence: str
    ) -> None:
        response = client.post(self.address(library), self.posted(client, library, q1_5=typed, q2_2="3"))
        assert response.status_code == 422
        page = response.content.decode()
        assert sentence in page
        assert f'value="{typed}"' in page
        assert 'value="3"' in page

    def test_pressed_twice_is_stored_once(self, client: Client, library: Library) -> None:
        data = self.posted(client, library, q1_5="7")
        answers = [client.post(self.address(library), data).status_code for _ in range(2)]
        assert answers == [302, 302]
        assert library.events.filter(action="survey_paper").count() == 1

    def test_typed_by_two_shows_both(self, client: Client, library: Library) -> None:
        data = self.posted(client, library, q1_5="7")
        client.post(self.address(library), data)
        response = client.post(self.address(library), {**data, "q1_5": "8"})
        assert response.status_code == 409
        page = response.content.decode()
        assert "5: 7" in page
        assert 'value="8"' in page
        again = {**data, "q1_5": "8", "version": response.context["form"].data["version"]}
        assert client.post(self.address(library), again).status_code == 302
        assert SurveyTally.paper_counts(library, shift(this_month(library), -1))[0][4] == 8

    @pytest.mark.parametrize("month", ["2026-13", "abc", "2009-12"])
    def test_what_is_no_month_is_no_page(self, client: Client, library: Library, month: str) -> None:
        assert client.get(self.address(library, month)).status_code == 404

    def test_a_month_that_has_not_come_is_no_page(self, client: Client, library: Library) -> None:
        later = month_code(shift(timezone.localdate().replace(day=1), 2))
        assert client.get(self.address(library, later)).status_code == 404

    def test_the_librarian_of_another_village_gets_404(self, client: Client, library: Library) -> None:
        client.force_login(make_librarian("13.07.03.2002"))
        assert client.get(self.address(library)).status_code == 404


@pytest.mark.django_db
class TestSurveySheet:
    def test_five_questions_with_boxes_and_no_name(self, client: Client) -> None:
        client.force_login(make_librarian())
        page = client.get(reverse("libraries:survey_sheet", args=[make_library().slug])).content.decode()
        assert page.count("Petugas melayani") == 2  # the sheet for visitors, and the one to count on
        assert "Jangan tulis nama Anda" in page
