from __future__ import annotations

import pytest
from csp.middleware import CSPMiddleware
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from tests.factories import make_document, make_image, make_photo_bytes
from uploads.files import document_path, photo_path, remove_document, remove_files
from uploads.images import SIZES
from uploads.models import Image
from uploads.serving import document_response, image_response

pytestmark = pytest.mark.django_db


def ask(**headers: str) -> HttpRequest:
    return RequestFactory().get("/foto/", headers=headers)


class TestImageResponse:
    @pytest.mark.parametrize("size", SIZES)
    def test_sends_the_bytes_of_the_size(self, size: str) -> None:
        image = make_image()
        response = image_response(image, size, ask(), public=True)
        content = photo_path(image.pk, size).read_bytes()
        assert b"".join(response.streaming_content) == content
        assert response["Content-Length"] == str(len(content))

    @pytest.mark.parametrize("public", [True, False])
    def test_no_browser_takes_it_for_anything_but_a_picture(self, public: bool) -> None:
        response = image_response(make_image(), "large", ask(), public=public)
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == 'inline; filename="foto-large.jpg"'
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Last-Modified" not in response

    def test_its_own_content_policy_is_kept(self) -> None:
        middleware = CSPMiddleware(lambda request: image_response(make_image(), "small", request, public=True))
        assert middleware(ask())["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_public_photo_leaves_caches_after_ten_minutes(self) -> None:
        assert image_response(make_image(), "small", ask(), public=True)["Cache-Control"] == "public, max-age=600"

    def test_photo_not_public_is_stored_by_nobody(self) -> None:
        assert image_response(make_image(), "small", ask(), public=False)["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("public", [True, False])
    def test_known_photo_is_not_sent_again(self, public: bool) -> None:
        image = make_image()
        etag = image_response(image, "small", ask(), public=public)["ETag"]
        again = image_response(image, "small", ask(if_none_match=etag), public=public)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Cache-Control"] == image_response(image, "small", ask(), public=public)["Cache-Control"]

    def test_sizes_do_not_share_an_etag(self) -> None:
        image = make_image()
        assert len({image_response(image, size, ask(), public=True)["ETag"] for size in SIZES}) == 3

    @pytest.mark.parametrize("size", ["original", "", "../small", "SMALL"])
    def test_unknown_size_is_404(self, size: str) -> None:
        with pytest.raises(Http404):
            image_response(make_image(), size, ask(), public=True)

    def test_stray_file_beside_the_sizes_is_404(self) -> None:
        image = make_image()
        photo_path(image.pk, "original").touch()
        with pytest.raises(Http404):
            image_response(image, "original", ask(), public=True)

    def test_missing_file_is_404(self) -> None:
        image = make_image()
        remove_files(image.pk)
        with pytest.raises(Http404):
            image_response(image, "small", ask(), public=True)

    def test_row_alone_is_404(self) -> None:
        with pytest.raises(Http404):
            image_response(Image(width=1, height=1, digest="0" * 64), "small", ask(), public=True)


class TestDocumentResponse:
    @pytest.mark.parametrize(
        ("content", "name", "kind"), [(None, "pdf", "application/pdf"), (make_photo_bytes(), "jpg", "image/jpeg")]
    )
    def test_is_a_download_with_a_name_of_ours(self, content: bytes | None, name: str, kind: str) -> None:
        response = document_response(make_document(content), public=False)
        assert response["Content-Disposition"] == f'attachment; filename="dokumen.{name}"'
        assert response["Content-Type"] == kind
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.parametrize(("public", "words"), [(True, "public, max-age=600"), (False, "private, no-store")])
    def test_only_a_public_one_is_stored_by_others(self, public: bool, words: str) -> None:
        assert document_response(make_document(), public=public)["Cache-Control"] == words

    def test_sends_what_is_stored(self) -> None:
        document = make_document()
        response = document_response(document, public=False)
        assert b"".join(response.streaming_content) == document_path(document.pk).read_bytes()

    def test_missing_file_is_404(self) -> None:
        document = make_document()
        remove_document(document.pk)
        with pytest.raises(Http404):
            document_response(document, public=False)
