"""What everybody reads of impact stories, and that a real name is never among it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from libraries.models import ImpactStory
from libraries.workflow import StoryStatus
from tests.factories import make_document, make_grant, make_user
from tests.libraries.making import make_librarian, make_library, make_library_officer
from tests.libraries.stories import REAL, make_story

LIST = "/perpustakaan/cerita/"


def detail(story: ImpactStory) -> str:
    return reverse("libraries:story_detail", args=[story.library.slug, story.pk])


@pytest.mark.django_db
class TestStoryList:
    def test_only_what_is_published_of_listed_libraries(self, client: Client) -> None:
        make_story(make_library(), title="Yang tayang")
        make_story(make_library(), StoryStatus.SUBMITTED, title="Yang menunggu")
        make_story(make_library(is_listed=False), title="Yang tersembunyi")
        page = client.get(LIST).content.decode()
        assert "Yang tayang" in page
        assert "Yang menunggu" not in page
        assert "Yang tersembunyi" not in page

    def test_narrowed_by_area_and_domain(self, client: Client) -> None:
        make_story(make_library("13.07.11.2004"), title="Tenun", domain="economy")
        make_story(make_library("51.03.02.2009"), title="Tari", domain="culture")
        for query, seen in (({"area": "51"}, "Tari"), ({"domain": "economy"}, "Tenun"), ({"area": "13.07"}, "Tenun")):
            page = client.get(LIST, query).content.decode()
            assert [word for word in ("Tenun", "Tari") if word in page.split("Daftar cerita")[1]] == [seen]

    def test_narrowed_by_the_link_on_a_librarys_page(self, client: Client) -> None:
        story = make_story(make_library(), title="Tenun")
        make_story(make_library("51.03.02.2009"), title="Tari")
        link = f"{LIST}?library={story.library.slug}"
        assert link in client.get(reverse("libraries:library_detail", args=[story.library.slug])).content.decode()
        page = client.get(link).content.decode()
        assert "Tenun" in page
        assert "Tari" not in page

    def test_a_value_that_means_nothing_finds_nothing_and_says_why(self, client: Client) -> None:
        make_story(make_library(), title="Tenun")
        page = client.get(LIST, {"domain": "palsu"}).content.decode()
        assert "Tidak ada cerita" in page

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        library = make_library()
        for number in range(rows):
            make_story(library, title=f"Cerita {number}")
        with django_assert_max_num_queries(4):
            client.get(LIST)


@pytest.mark.django_db
class TestStoryDetail:
    def test_another_library_has_not_this_story(self, client: Client) -> None:
        story, other = make_story(make_library()), make_library()
        assert client.get(detail(story)).status_code == 200
        assert client.get(reverse("libraries:story_detail", args=[other.slug, story.pk])).status_code == 404

    def test_a_withdrawn_story_is_gone_at_once(self, client: Client) -> None:
        story = make_story(make_library())
        assert client.get(detail(story)).status_code == 200
        story.withdraw(by=make_user())
        assert client.get(detail(story)).status_code == 404


@pytest.mark.django_db
class TestCanary:
    """The real name, over every page that names a story, for whoever may not read it."""

    def addresses(self, story: ImpactStory) -> list[str]:
        slug = story.library.slug
        return [
            LIST,
            detail(story),
            reverse("libraries:library_detail", args=[slug]),
            *(f"{LIST}?{query}" for query in ("area=13.07", "domain=economy", "domain=palsu")),
            reverse("libraries:story_edit", args=[slug, story.pk]),
            reverse("libraries:story_desk", args=[slug]),
            reverse("admin:libraries_impactstory_changelist"),
            reverse("admin:libraries_impactstory_change", args=[story.pk]),
            reverse("admin:libraries_impactstory_history", args=[story.pk]),
        ]

    def leaks(self, client: Client, story: ImpactStory) -> list[str]:
        part = REAL.split()[1]
        return [
            path for path in self.addresses(story) if part in client.get(path).content.decode().replace(f"={REAL}", "")
        ]

    @pytest.mark.parametrize("status", [StoryStatus.SUBMITTED, StoryStatus.PUBLISHED])
    def test_an_alias_hides_the_name_from_everybody_but_the_desk(self, status: str) -> None:
        story = make_story(make_library(), status, proof_file=make_document())
        people = [None, make_user(), make_librarian("13.07.03.2002"), make_library_officer("13.71")]
        reader = make_user()
        make_grant(reader, Role.PROVINCE_READER, "13")
        for user in [*people, reader]:
            client = Client()
            if user:
                client.force_login(user)
            assert self.leaks(client, story) == []

    def test_an_officer_of_the_area_reviews_without_the_name(self) -> None:
        story, client = make_story(make_library(), StoryStatus.SUBMITTED), Client()
        client.force_login(make_library_officer())
        admin = [path for path in self.leaks(client, story) if path.startswith("/admin/")]
        assert admin == []

    def test_a_name_that_may_be_read_is_found_by_the_same_scan(self) -> None:
        story = make_story(make_library(), is_named=True)
        assert detail(story) in self.leaks(Client(), story)
