from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from libraries.workflow import StoryStatus
from tests.libraries.making import make_library, make_library_officer
from tests.libraries.stories import make_story


@pytest.mark.django_db
class TestImpactStoryAdmin:
    def act(self, client: Client, story: object, name: str, **data: str) -> int:
        place = reverse("admin:libraries_impactstory_action", args=[story.pk, name])  # type: ignore[attr-defined]  # any row
        return client.post(place, data).status_code

    def test_an_officer_of_the_area_publishes(self, client: Client) -> None:
        story = make_story(make_library(), StoryStatus.SUBMITTED)
        client.force_login(make_library_officer())
        assert self.act(client, story, "tayangkan") == 302
        story.refresh_from_db()
        assert story.status == StoryStatus.PUBLISHED

    def test_an_officer_of_another_area_finds_nothing(self, client: Client) -> None:
        story = make_story(make_library(), StoryStatus.SUBMITTED)
        client.force_login(make_library_officer("13.71"))
        assert self.act(client, story, "tayangkan") == 404

    def test_changes_are_asked_for_with_words(self, client: Client) -> None:
        story = make_story(make_library(), StoryStatus.SUBMITTED)
        client.force_login(make_library_officer())
        assert self.act(client, story, "minta-perbaikan") == 200
        assert self.act(client, story, "minta-perbaikan", text="Sebut tahunnya.") == 302
        story.refresh_from_db()
        assert story.review_text == "Sebut tahunnya."

    def test_drafts_are_the_librarys_own(self, client: Client) -> None:
        draft = make_story(make_library(), StoryStatus.DRAFT)
        client.force_login(make_library_officer())
        assert client.get(reverse("admin:libraries_impactstory_change", args=[draft.pk])).status_code == 404
