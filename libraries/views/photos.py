"""Photos of a library: kept at its desk, shown on its page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.forms.fields import add_errors
from groups.views.desk import person, sent
from libraries.forms.photo import LibraryPhotoForm
from libraries.models import Library, LibraryPhoto
from libraries.views.desk import own_library
from libraries.views.registry import visible_library
from uploads.serving import image_response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def library_photos(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is, and one more."""
    library = own_library(request, slug)
    form = LibraryPhotoForm(*sent(request))
    if form.is_bound and form.is_valid() and added(request, library, form):
        messages.success(request, "Foto tampil di halaman perpustakaan.")
        return redirect("libraries:library_photos", library.slug)
    context = {"library": library, "form": form, "photos": LibraryPhoto.objects.of(library)}
    return render(request, "libraries/library_photos.html", context, status=422 if form.is_bound else 200)


def added(request: HttpRequest, library: Library, form: LibraryPhotoForm) -> bool:
    try:
        LibraryPhoto.add(library, form.cleaned_data["photo_file"], by=person(request), **form.values())
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors


@never_cache
@require_POST
def photo_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Pressed twice, the second finds nothing left to do."""
    library = own_library(request, slug)
    photo = LibraryPhoto.objects.of(library).filter(pk=min(pk, 2**63 - 1)).first()
    if photo:
        photo.remove(by=person(request))
    messages.success(request, "Foto dihapus.")
    return redirect("libraries:library_photos", library.slug)


@require_safe
@login_not_required
def library_photo(request: HttpRequest, slug: str, image_id: UUID, size: str) -> HttpResponseBase:
    """One size of a photo; of a library off the list for those who keep it."""
    library = visible_library(request, slug)
    photo = get_object_or_404(LibraryPhoto.objects.of(library), image=image_id)
    return image_response(photo.image, size, request, public=library.is_listed)
