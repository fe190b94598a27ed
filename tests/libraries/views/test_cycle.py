from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from libraries.cycle import STAGES
from tests.factories import make_kim
from tests.libraries.making import make_library


@pytest.mark.django_db
class TestInformationCycle:
    def test_every_stage_stands_in_the_picture_and_in_words(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            page = client.get(reverse("libraries:information_cycle")).content.decode()
        picture = page[page.index("<svg class") : page.index("</svg>")]
        assert 'role="img"' in picture
        assert "<title" in picture
        for part in STAGES:
            assert f">{part.label}</text>" in picture
            assert part.library in page

    def test_a_library_leads_to_the_kim_near_it_and_to_this_page(self, client: Client) -> None:
        kim, library = make_kim("13.07.11.2004"), make_library("13.07.11.2004")
        page = client.get(reverse("libraries:library_detail", args=[library.slug])).content.decode()
        assert reverse("groups:kim_detail", args=[kim.slug]) in page
        assert reverse("libraries:information_cycle") in page
