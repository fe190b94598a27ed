from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from libraries.models import Article
from libraries.workflow import ArticleStatus
from tests.factories import make_institution, make_user


def make_article(status: str = ArticleStatus.PUBLISHED, area: str = "13.07", **over: Any) -> Article:
    values = {"kind": "article", "title": "Perpustakaan untuk semua", "body": "Isi **tebal**.", **over}
    row = Article(agency=values.pop("agency", None) or make_institution(area=area), **values)
    row.keep(by=make_user())
    if status == ArticleStatus.PUBLISHED:
        row.move(ArticleStatus.PUBLISHED, by=make_user())
    return row


@pytest.mark.django_db
class TestArticle:
    def test_it_lies_where_its_agency_is_and_two_titles_alike_have_two_addresses(self) -> None:
        rows = [make_article(), make_article(area="51")]
        assert [row.slug for row in rows] == ["perpustakaan-untuk-semua", "perpustakaan-untuk-semua-2"]
        assert [row.province_code for row in rows] == ["13", "51"]

    def test_the_same_words_twice_are_one_article(self) -> None:
        agency = make_institution(area="13.07")
        first = make_article(agency=agency)
        again = make_article(ArticleStatus.DRAFT, agency=agency, title="  Perpustakaan  untuk semua ")
        assert (again.pk, again.slug, again.is_twin, again.status) == (first.pk, first.slug, True, "published")
        assert Article.objects.count() == 1
        make_article(agency=agency, body="Isi lain.")
        assert Article.objects.count() == 2

    def test_nobody_is_named_without_having_agreed(self) -> None:
        with pytest.raises(ValidationError, match="Centang bahwa mereka setuju"):
            make_article(writer="Naskah Uji")
        row = make_article(writer="Naskah Uji", editor="Editor Uji", source="Sumber Uji", is_byline_agreed=True)
        assert [label for label, _ in row.byline] == ["Sumber", "Naskah", "Editor"]

    def test_published_once_and_taken_back(self) -> None:
        row = make_article()
        with pytest.raises(ValidationError, match="Sudah"):
            row.move(ArticleStatus.PUBLISHED, by=make_user())
        row.move(ArticleStatus.DRAFT, by=make_user())
        assert not Article.objects.published().exists()
        assert list(row.events.order_by("sequence").values_list("action", flat=True)) == [
            "written",
            "published",
            "draft",
        ]

    def test_a_changed_title_keeps_the_address(self) -> None:
        row = make_article()
        row.title = "Judul lain"
        row.keep(by=make_user())
        assert row.slug == "perpustakaan-untuk-semua"
