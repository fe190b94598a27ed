"""A stored photo or document as a response. Whoever calls this has already asked whether the person may see it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from uploads.documents import Kind
from uploads.files import document_path, photo_path
from uploads.images import SIZES
from uploads.models import Document, Image

PUBLIC_SECONDS = 600  # a withdrawn photo is gone from every cache after ten minutes

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def image_response(image: Image, size: str, request: HttpRequest, *, public: bool) -> HttpResponseBase:
    """One size of `image` as JPEG, or 304 where the browser has it. `public`: whether anybody at all may see it.

    Raises `Http404` for an unknown size or a missing file.
    """
    if size not in SIZES:
        raise Http404("unknown size")
    etag = f'"{image.digest[:32]}-{size}"'
    response = get_conditional_response(request, etag=etag) or _file_response(image, size)
    response["ETag"] = etag
    return _guarded(response, public)


def document_response(document: Document, *, public: bool) -> HttpResponseBase:
    """The document as a download with a neutral name; a browser never shows it as a page of ours.

    Raises `Http404` for a missing file.
    """
    kind = Kind(document.kind)
    try:
        file = document_path(document.pk).open("rb")
    except FileNotFoundError as error:
        raise Http404("no such document") from error
    return _guarded(
        FileResponse(file, as_attachment=True, content_type=kind.content_type, filename=f"dokumen.{kind.suffix}"),
        public,
    )


def _guarded(response: HttpResponseBase, public: bool) -> HttpResponseBase:
    response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"
    for name, value in _HEADERS.items():
        response[name] = value
    return response


def _file_response(image: Image, size: str) -> FileResponse:
    try:
        file = photo_path(image.pk, size).open("rb")
    except FileNotFoundError as error:
        raise Http404("no such photo") from error
    return FileResponse(file, content_type="image/jpeg", filename=f"foto-{size}.jpg")
