from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from libraries.workflow import ArticleStatus
from tests.libraries.models.test_article import make_article

FAQ, ARTICLES = "/perpustakaan/tanya-jawab/", "/perpustakaan/artikel/"


@pytest.mark.django_db
class TestFaq:
    def test_questions_with_answers_and_no_articles_or_drafts(self, client: Client) -> None:
        make_article(kind="faq", title="Apakah TPBIS itu?", body="Program **semua**. <script>x</script>")
        make_article(ArticleStatus.DRAFT, kind="faq", title="Yang masih draf")
        make_article(title="Sebuah artikel")
        page = client.get(FAQ).content.decode()
        assert "Apakah TPBIS itu?" in page
        assert "<strong>semua</strong>" in page
        assert "<script>x" not in page
        assert "Yang masih draf" not in page
        assert "Sebuah artikel" not in page

    @pytest.mark.parametrize("rows", [1, 20])
    @pytest.mark.parametrize(("path", "kind"), [(FAQ, "faq"), (ARTICLES, "article")])
    def test_queries_do_not_grow(
        self, client: Client, path: str, kind: str, rows: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(rows):
            make_article(kind=kind)
        with django_assert_max_num_queries(4):
            client.get(path)


@pytest.mark.django_db
class TestArticleDetail:
    def test_the_byline_stands_below(self, client: Client) -> None:
        row = make_article(writer="Naskah Uji", editor="Editor Uji", is_byline_agreed=True)
        assert row.title in client.get(ARTICLES).content.decode()
        page = client.get(f"{ARTICLES}{row.slug}/").content.decode()
        assert "<dt>Naskah</dt><dd>Naskah Uji</dd>" in page
        assert "<dt>Editor</dt><dd>Editor Uji</dd>" in page

    def test_a_draft_and_a_question_have_no_page(self, client: Client) -> None:
        for row in (make_article(ArticleStatus.DRAFT), make_article(kind="faq")):
            assert client.get(f"{ARTICLES}{row.slug}/").status_code == 404
