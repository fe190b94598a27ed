"""Writing announcements, for a KIM's admins and for officers who speak for the Dinas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from groups.forms.announcement import AnnouncementForm, RelayForm, answers_of, initial_of
from groups.forms.fields import add_errors
from groups.models import Announcement, FormDraft, Kim, StaleAnnouncement
from groups.models.announcement import TEXTS
from groups.models.draft import FormDraftQuerySet
from groups.permissions import can_announce_for_area, can_edit_announcement
from groups.views.desk import own_kim, person
from regions.paging import keyset_page
from uploads.models import Image

DESK_ORDER = ("-created_at", "-id")
LATEST = 5


# --- The desks -------------------------------------------------------------------------------------------------------
@never_cache
@require_safe
def announcement_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """A KIM's own announcements, and those of the Dinas it may pass on."""
    kim = own_kim(request, slug)
    own = Announcement.objects.filter(kim=kim).select_related("area", "kim", "office")
    context = {
        "kim": kim,
        "page": keyset_page(own, request.GET.get("cursor"), order=DESK_ORDER),
        "figures": Announcement.objects.figures_of(kim),
        "to_relay": Announcement.objects.to_relay(kim)[:LATEST],
    }
    return render(request, "groups/announcement_desk.html", context)


@never_cache
@require_safe
def announcement_office(request: HttpRequest) -> HttpResponse:
    """What the Dinas announced, with how many KIM passed it on."""
    user = officer(request)
    own = Announcement.objects.filter(kim__isnull=True).managed_by(user).select_related("area", "office")
    page = keyset_page(own, request.GET.get("cursor"), order=DESK_ORDER)
    return render(request, "groups/announcement_desk.html", {"page": page})


def officer(request: HttpRequest) -> User:
    user = person(request)
    if not can_announce_for_area(user):
        raise PermissionDenied
    return user


def own_announcement(request: HttpRequest, public_id: str) -> Announcement:
    """An announcement this person may change: unseen is 404, seen but somebody else's is 403."""
    user = person(request)
    rows = Announcement.objects.visible_to(user).select_related("area", "kim__area", "office", "photo", "relay_of")
    row = get_object_or_404(rows, public_id__in=[public_id.replace("\0", "")])
    if not can_edit_announcement(user, row):
        raise PermissionDenied
    return row


# --- Writing ---------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_create(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    return write(request, Announcement(kim=kim), f"announcement:kim:{kim.pk}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_office_create(request: HttpRequest) -> HttpResponse:
    officer(request)
    return write(request, Announcement(), "announcement:office")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_announcement(request, public_id)
    if row.relay_of and row.kim:
        return relay(request, row.relay_of, row.kim, row)
    return write(request, row, f"announcement:{row.public_id}")


def write(request: HttpRequest, row: Announcement, key: str) -> HttpResponse:
    """The form: kept by itself, looked at, saved as a draft or shown to people. Nothing typed is lost on the way."""
    user = person(request)
    draft = FormDraft.objects.filter(user=user, key=key).first()
    if request.method != "POST":
        kept = draft.data if draft else {}
        return show(request, AnnouncementForm.blank(row, user, kept, has_photo=bool(photo_of(row, draft))), draft)
    if request.POST.get("action") == "discard":
        FormDraft.objects.filter(user=user, key=key).erase()
        return redirect(request.path)
    form = bind(request, row, draft)
    if "simpan" in request.GET:
        FormDraft.objects.keep(user, key, answers_of(request.POST, form))
        return HttpResponse(status=204)
    is_valid = form.is_valid()
    if not is_valid or request.POST.get("action") == "preview":
        return show(request, form, keep_answers(form, user, key), status=200 if is_valid else 422)
    return store(request, form, key, draft)


def bind(request: HttpRequest, row: Announcement, draft: FormDraft | None) -> AnnouncementForm:
    user = person(request)
    files: MultiValueDict[str, Any] = MultiValueDict() if "simpan" in request.GET else request.FILES
    has_photo = bool(photo_of(row, draft))
    return AnnouncementForm(request.POST, files, initial=initial_of(row, user), row=row, user=user, has_photo=has_photo)


def photo_of(row: Announcement, draft: FormDraft | None) -> Image | None:
    """The photo chosen last: kept with the draft, or the row's."""
    kept = draft.files.get("photo") if draft else None
    return Image.objects.filter(pk=kept).first() if kept else row.photo


def keep_answers(form: AnnouncementForm, user: User, key: str) -> FormDraft:
    """Keep what was typed and a photo that is good already: a browser never fills a file input again."""
    FormDraft.objects.keep(user, key, answers_of(form.data, form))  # type: ignore[arg-type]  # a bound form's
    draft = FormDraft.objects.get(user=user, key=key)
    if photo := getattr(form, "cleaned_data", {}).get("photo"):
        draft.keep_photo(photo)
    return draft


def show(request: HttpRequest, form: AnnouncementForm, draft: FormDraft | None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "row": form.row,
        "kim": form.row.kim,
        "draft": draft,
        "photo": photo_of(form.row, draft),
        "is_preview": request.POST.get("action") == "preview",
    }
    return render(request, "groups/announcement_form.html", context, status=status)


def store(request: HttpRequest, form: AnnouncementForm, key: str, draft: FormDraft | None) -> HttpResponse:
    """Save, and go to the desk. A second press of the same button finds its work done."""
    row, user = form.row, person(request)
    if not row.pk and Announcement.objects.of_submission(user, form.cleaned_data["submission_id"]):
        return redirect(desk_of(row))
    try:
        with transaction.atomic():
            save(form, user, draft, is_out=row.is_published or request.POST.get("action") == "publish")
            finish(FormDraft.objects.filter(user=user, key=key), row)
    except StaleAnnouncement:
        return conflict(request, form, key)
    except IntegrityError:  # two presses at the very same moment
        if not Announcement.objects.of_submission(user, form.cleaned_data["submission_id"]):
            raise
        return redirect(desk_of(row))
    except ValidationError as error:
        add_errors(form, error)
        return show(request, form, keep_answers(form, user, key), status=422)
    messages.success(request, sentence_about(row))
    return redirect(desk_of(row))


def save(form: AnnouncementForm, user: User, draft: FormDraft | None, *, is_out: bool) -> None:
    row, before, is_new = form.row, form.row.photo, not form.row.pk
    row.photo = None if form.cleaned_data.get("drop_photo") else photo_of(row, draft)
    if photo := form.cleaned_data["photo"]:
        row.photo = Image.store(photo)
    moment = form.moment
    form.fill(row)
    version = None if is_new else form.cleaned_data["version"]
    if is_out:
        row.publish(by=user, at=moment, version=version)
    else:
        row.is_published, row.publish_at = False, form.later
        row.keep(by=user, version=version)
    if before and before != row.photo:
        Announcement.objects.erase_unused(before)


def finish(drafts: FormDraftQuerySet, row: Announcement) -> None:
    """The draft goes, and its photo with it unless the row took that over."""
    if drafts.filter(files__photo=str(row.photo_id)).exists():
        drafts.delete()
    else:
        drafts.erase()


def conflict(request: HttpRequest, form: AnnouncementForm, key: str) -> HttpResponse:
    """Somebody else was faster: both texts beside each other, and the form with what was typed, ready to save."""
    stored = Announcement.objects.select_related("area", "kim", "office").get(pk=form.row.pk)
    if says_the_same(stored, form.row):
        messages.success(request, sentence_about(stored))  # the same button, pressed twice
        return redirect(desk_of(stored))
    draft = keep_answers(form, person(request), key)
    photo = photo_of(stored, draft)
    typed = request.POST.copy()
    typed["version"] = str(stored.version)
    again = AnnouncementForm(typed, row=stored, user=person(request), has_photo=bool(photo))
    context = {"form": again, "row": stored, "kim": stored.kim, "stored": stored, "photo": photo, "draft": draft}
    return render(request, "groups/announcement_form.html", context, status=409)


def says_the_same(stored: Announcement, typed: Announcement) -> bool:
    names = (*TEXTS, "area_id", "expires_at", "pinned_until", "is_published")
    is_same = all(getattr(stored, name) == getattr(typed, name) for name in names)
    return is_same and (stored.publish_at == typed.publish_at or (stored.is_visible and typed.is_visible))


def desk_of(row: Announcement) -> str:
    return (
        reverse("groups:announcement_desk", args=[row.kim.slug]) if row.kim else reverse("groups:announcement_office")
    )


def sentence_about(row: Announcement) -> str:
    if row.is_scheduled:
        return "Pengumuman dijadwalkan. Sebelum waktunya tidak ada yang melihatnya."
    return "Pengumuman sudah tampil." if row.is_visible else "Draf tersimpan. Belum tampil untuk umum."


# --- Afterwards ------------------------------------------------------------------------------------------------------
@never_cache
@require_POST
def announcement_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to a draft: gone from every page at once, kept for its writers."""
    row = own_announcement(request, public_id)
    if row.is_published:
        row.withdraw(by=person(request))
        messages.success(request, "Pengumuman ditarik dan menjadi draf.")
    return redirect(desk_of(row))


@never_cache
@require_safe
def announcement_versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """The texts as they stood before each edit."""
    row = own_announcement(request, public_id)
    return render(request, "groups/announcement_versions.html", {"row": row, "versions": row.versions.all()[:100]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_relay(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """Pass an announcement of the Dinas on in the KIM's name, with its own note."""
    kim = own_kim(request, slug, to_change=True)
    rows = Announcement.objects.published().filter(kim__isnull=True).select_related("area", "office", "photo")
    row = get_object_or_404(rows, public_id__in=[public_id.replace("\0", "")])
    return relay(request, row, kim, row.relays.filter(kim=kim).first())


def relay(request: HttpRequest, row: Announcement, kim: Kim, done: Announcement | None) -> HttpResponse:
    """One button passes it on; where that was done, the note alone can be changed. The words stay the Dinas's."""
    form = RelayForm(
        request.POST if request.method == "POST" else None, initial={"note": done.relay_note if done else ""}
    )
    context = {"form": form, "row": row, "kim": kim, "done": done}
    if request.method != "POST" or not form.is_valid():
        return render(request, "groups/announcement_relay.html", context, status=422 if form.errors else 200)
    try:
        row.relay(kim, by=person(request), note=form.cleaned_data["note"])
    except ValidationError as error:
        add_errors(form, error)
        return render(request, "groups/announcement_relay.html", context, status=409)
    messages.success(request, f"Pengumuman diteruskan kepada warga {kim.area.label}.")
    return redirect(desk_of(Announcement(kim=kim)))
