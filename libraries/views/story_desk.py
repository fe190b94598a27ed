"""Impact stories at the library's desk: written, sent to the agency, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models.privacy import CONSENT_TEXTS, NAMED_STORY_CONSENT, STORY_CONSENT
from groups.forms.fields import add_errors
from groups.views.desk import person, sent
from libraries.forms.story import StoryForm
from libraries.models import ImpactStory, Library, StaleStory
from libraries.views.desk import own_library
from libraries.workflow import StoryStatus
from partnerships.quotas import status_of, within_day
from regions.paging import keyset_page
from uploads.models import Document
from uploads.serving import document_response

STORIES = 30, "Hari ini Anda sudah menulis {} cerita. Salin isian ini; lanjutkan besok."
NEWEST = ("-id",)


def own_story(request: HttpRequest, slug: str, pk: int) -> ImpactStory:
    library = own_library(request, slug)
    return get_object_or_404(ImpactStory.objects.of(library).select_related("library"), pk=min(pk, 2**63 - 1))


@never_cache
@require_safe
def story_desk(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    page = keyset_page(ImpactStory.objects.of(library), request.GET.get("cursor"), order=NEWEST)
    return render(request, "libraries/story_desk.html", {"library": library, "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_write(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    form = StoryForm(*sent(request))
    if not form.is_bound or not form.is_valid():
        return show(request, library, form, status=422 if form.is_bound else 200)
    try:
        with within_day("story", person(request), *STORIES), transaction.atomic():
            story = ImpactStory.write(
                library,
                by=person(request),
                is_named=form.is_named,
                submission_id=form.cleaned_data["submission_id"],
                proof_file=stored(form),
                **form.values(),
            )
    except ValidationError as error:
        add_errors(form, error)
        return show(request, library, form, status=status_of(form))
    messages.success(request, "Cerita tersimpan sebagai draf. Periksa, lalu ajukan.")
    return redirect("libraries:story_edit", library.slug, story.pk)


def stored(form: StoryForm) -> Document | None:
    safe = form.cleaned_data["proof_upload"]
    return Document.store(safe) if safe else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    story = own_story(request, slug, pk)
    if not story.is_editable:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "libraries/story_own.html", {"library": story.library, "story": story})
    form = StoryForm(*sent(request), instance=story)
    if not form.is_bound or not form.is_valid():
        return show(request, story.library, form, status=422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            proof = {"proof_file": document} if (document := stored(form)) else {}
            version = form.cleaned_data["version"] or 0
            story.change(by=person(request), version=version, is_named=form.is_named, **form.values(), **proof)
    except StaleStory:
        return show_conflict(request, slug, pk, form)
    except ValidationError as error:
        add_errors(form, error)
        return show(request, story.library, form, status=422)
    if request.POST.get("ajukan"):
        hand_in(request, story)
    else:
        messages.success(request, "Cerita tersimpan.")
    return redirect("libraries:story_edit", slug, pk)


def hand_in(request: HttpRequest, story: ImpactStory) -> None:
    """To the agency; what is still missing is said, and what was typed is stored by now."""
    try:
        story.move(StoryStatus.SUBMITTED, by=person(request))
    except ValidationError as error:
        messages.error(request, "Cerita tersimpan, tetapi belum diajukan. " + " ".join(error.messages))
    else:
        messages.success(request, "Cerita diajukan. Petugas Dinas memeriksanya sebelum tayang.")


def show(request: HttpRequest, library: Library, form: StoryForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"library": library, "form": form, "story": form.instance if form.instance.pk else None, **more}
    return render(request, "libraries/story_edit.html", context, status=status)


def show_conflict(request: HttpRequest, slug: str, pk: int, form: StoryForm) -> HttpResponse:
    """Both versions side by side; what was typed stays in the form, and a second press stores it knowingly."""
    stored_now = own_story(request, slug, pk)
    differences = form.differences(stored_now)
    if not differences:
        return redirect("libraries:story_edit", slug, pk)
    data = request.POST.copy()
    data["version"] = str(stored_now.version)
    again = StoryForm(data, instance=stored_now)
    again.is_valid()
    return show(request, stored_now.library, again, status=409, differences=differences)


@never_cache
@require_POST
def story_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw it for good."""
    story, step = own_story(request, slug, pk), request.POST.get("step")
    if step == "withdraw" and request.POST.get("sure") == "ya":
        story.withdraw(by=person(request))
        messages.success(request, "Cerita ditarik. Isi dan nama orangnya sudah dihapus.")
    else:
        messages.error(request, "Centang dulu bahwa cerita ini benar-benar ditarik.")
    return redirect("libraries:story_edit", slug, pk)


@never_cache
@require_safe
def story_proof(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The proof's file, for those who keep or oversee the library."""
    story = own_story(request, slug, pk)
    if story.proof_file is None:
        raise Http404
    return document_response(story.proof_file, public=False)


@never_cache
@require_safe
def story_consent(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet that the teller signs, with both choices in the words that are recorded."""
    texts = [(CONSENT_TEXTS[code], code) for code in (STORY_CONSENT, NAMED_STORY_CONSENT)]
    return render(request, "libraries/story_consent.html", {"library": own_library(request, slug), "texts": texts})
