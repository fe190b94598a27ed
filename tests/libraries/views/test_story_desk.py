from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from libraries.models import ImpactStory, Library
from libraries.views import story_desk as views
from libraries.workflow import StoryStatus
from tests.factories import make_document, make_pdf_bytes
from tests.libraries.making import make_librarian, make_library
from tests.libraries.stories import REAL, VALUES, make_story
from uploads.models import Document


@pytest.fixture
def library(client: Client) -> Library:
    client.force_login(make_librarian())
    return make_library()


def address(name: str, library: Library, *more: Any) -> str:
    return reverse(f"libraries:{name}", args=[library.slug, *more])


def posted(**over: Any) -> dict[str, Any]:
    return {**VALUES, "naming": "alias", "signed": "on", "submission_id": str(uuid4()), **over}


@pytest.mark.django_db
class TestStoryWrite:
    def test_written_with_a_proof(self, client: Client, library: Library) -> None:
        file = SimpleUploadedFile("bukti.pdf", make_pdf_bytes(), "application/pdf")
        response = client.post(address("story_write", library), posted(proof_upload=file))
        story = ImpactStory.objects.get()
        assert response["Location"] == address("story_edit", library, story.pk)
        assert story.proof_file is not None

    def test_pressed_twice_is_one_story(self, client: Client, library: Library) -> None:
        data = posted()
        places = [client.post(address("story_write", library), data)["Location"] for _ in range(2)]
        assert places[0] == places[1]
        assert ImpactStory.objects.count() == 1

    def test_pressed_twice_keeps_one_proof_which_goes_with_the_story(self, client: Client, library: Library) -> None:
        data = posted()
        for _ in range(2):
            file = SimpleUploadedFile("bukti.pdf", make_pdf_bytes(), "application/pdf")
            client.post(address("story_write", library), {**data, "proof_upload": file})
        story = ImpactStory.objects.get()
        assert [row.pk for row in Document.objects.all()] == [story.proof_file_id]
        story.withdraw(by=None)
        assert not Document.objects.exists()

    def test_over_the_days_number_nothing_typed_is_lost(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "STORIES", (1, views.STORIES[1]))
        client.post(address("story_write", library), posted())
        response = client.post(address("story_write", library), posted(title="Cerita kedua hari ini"))
        page = response.content.decode()
        assert (response.status_code, "lanjutkan besok" in page, "Cerita kedua hari ini" in page) == (429, True, True)
        assert ImpactStory.objects.count() == 1

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"signed": ""}, "Tanpa persetujuan yang ditandatangani"),
            ({"before": f"Dulu {REAL} menganggur."}, "masih tertulis dalam cerita"),
            ({"proof_url": "bukan tautan"}, "Tulis tautan lengkap"),
            ({"after": ""}, "id_after_error"),
            ({"domain": "palsu"}, "id_domain_error"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, library: Library, over: dict[str, str], sentence: str
    ) -> None:
        data = posted(**over)
        response = client.post(address("story_write", library), data)
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert data["title"] in page
        assert data["real_name"] in page
        assert not ImpactStory.objects.exists()


@pytest.mark.django_db
class TestStoryEdit:
    def test_changed_by_two_shows_both(self, client: Client, library: Library) -> None:
        story = make_story(library, StoryStatus.DRAFT)
        story.change(by=make_librarian(), version=1, is_named=False, **{**VALUES, "title": "Judul orang lain"})
        response = client.post(address("story_edit", library, story.pk), posted(version="1", title="Judul saya"))
        page = response.content.decode()
        assert response.status_code == 409
        assert "Judul orang lain" in page
        assert "Judul saya" in page
        again = posted(version="2", title="Judul saya")
        assert client.post(address("story_edit", library, story.pk), again).status_code == 302

    def test_a_public_story_is_read_here_and_not_written(self, client: Client, library: Library) -> None:
        story = make_story(library)
        assert "Lihat halaman umum" in client.get(address("story_edit", library, story.pk)).content.decode()
        assert client.post(address("story_edit", library, story.pk), posted()).status_code == 403


@pytest.mark.django_db
class TestHandingIn:
    def test_what_was_typed_goes_along(self, client: Client, library: Library) -> None:
        story = make_story(library, StoryStatus.DRAFT)
        data = posted(version=story.version, title="Judul yang baru diketik", ajukan="ya")
        client.post(address("story_edit", library, story.pk), data)
        story.refresh_from_db()
        assert (story.status, story.title) == (StoryStatus.SUBMITTED, "Judul yang baru diketik")

    def test_only_another_way_to_be_named_asks_for_consent_again(self, client: Client, library: Library) -> None:
        story = make_story(library, StoryStatus.DRAFT)
        named = posted(version=story.version, naming="named", signed="", ajukan="ya")
        assert client.post(address("story_edit", library, story.pk), named).status_code == 422
        client.post(address("story_edit", library, story.pk), {**named, "naming": "alias"})
        story.refresh_from_db()
        assert story.status == StoryStatus.SUBMITTED

    def test_without_proof_the_sentence_says_so_and_what_was_typed_stays(
        self, client: Client, library: Library
    ) -> None:
        story = make_story(library, StoryStatus.DRAFT, proof_url="")
        data = posted(version=story.version, title="Judul yang baru diketik", proof_url="", ajukan="ya")
        page = client.post(address("story_edit", library, story.pk), data, follow=True).content.decode()
        story.refresh_from_db()
        assert ("memerlukan bukti" in page, story.title) == (True, "Judul yang baru diketik")
        assert story.status == StoryStatus.DRAFT

    def test_saved_alone_it_stays_a_draft(self, client: Client, library: Library) -> None:
        story = make_story(library, StoryStatus.DRAFT)
        client.post(address("story_edit", library, story.pk), posted(version=story.version))
        story.refresh_from_db()
        assert story.status == StoryStatus.DRAFT


@pytest.mark.django_db
class TestStoryStep:
    def test_a_librarian_cannot_publish(self, client: Client, library: Library) -> None:
        story = make_story(library, StoryStatus.SUBMITTED)
        client.post(address("story_step", library, story.pk), {"step": "published"})
        story.refresh_from_db()
        assert story.status == StoryStatus.SUBMITTED

    def test_withdrawn_only_when_one_is_sure(self, client: Client, library: Library) -> None:
        story = make_story(library)
        for data, status in (({}, StoryStatus.PUBLISHED), ({"sure": "ya"}, StoryStatus.WITHDRAWN)):
            client.post(address("story_step", library, story.pk), {"step": "withdraw", **data})
            story.refresh_from_db()
            assert story.status == status
        assert "sudah dihapus" in client.get(address("story_edit", library, story.pk)).content.decode()


@pytest.mark.django_db
class TestStoryProof:
    def test_never_for_strangers(self, client: Client, library: Library) -> None:
        story = make_story(library, proof_file=make_document())
        place = address("story_proof", library, story.pk)
        assert client.get(place).status_code == 200
        client.force_login(make_librarian("13.07.03.2002"))
        assert client.get(place).status_code == 404


@pytest.mark.django_db
class TestStoryConsent:
    def test_both_choices_in_the_words_that_are_recorded(self, client: Client, library: Library) -> None:
        page = client.get(address("story_consent", library)).content.decode()
        assert "versi cerita-1" in page
        assert "versi cerita-nama-1" in page


@pytest.mark.django_db
def test_more_stories_than_a_page_holds_are_one_press_away(client: Client, library: Library) -> None:
    for number in range(21):
        make_story(library, StoryStatus.DRAFT, title=f"Cerita nomor {number}")
    first = client.get(address("story_desk", library)).content.decode()
    assert "Cerita nomor 20" in first
    assert "Cerita nomor 0<" not in first
    answer = client.get(
        address("story_desk", library),
        {"cursor": client.get(address("story_desk", library)).context["page"].next_cursor},
    )
    assert "Cerita nomor 0<" in answer.content.decode()
