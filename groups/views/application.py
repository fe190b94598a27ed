"""Applying for a KIM: the form that keeps itself, the check step, the sending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import count, hit
from accounts.models import User
from groups.forms.application import FILE_FIELDS, ApplicationForm, answers_of, check_sender
from groups.forms.fields import add_errors
from groups.models import FormDraft, Kim, NothingToFile, file_application, has_verifier
from groups.models.applying import DRAFT_KEY, not_verified, verified_areas
from groups.views.desk import person
from groups.workflow import Status
from regions.models import Area
from uploads.documents import SafeDocument

DAY = 24 * 3600
APPLICATIONS_A_DAY = 5  # more than any person has KIM to found; each one writes to the verifiers
TOO_MANY = f"Hari ini Anda sudah mengirim {APPLICATIONS_A_DAY} pendaftaran. Isian ini tersimpan; kirimlah besok."
DECREE_FILE_ALONE = "Berkas SK sudah diunggah. Lengkapi isian SK, atau hapus berkasnya."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if request.method != "POST":
        return show(request, blank_form(request, user))
    form = ApplicationForm(request.POST, request.FILES)
    form.is_valid()
    draft = keep(user, request, form.new_files())
    if request.POST.get("step") == "keep":
        return answer_kept(request, form)
    if is_complete(form, draft):
        return redirect("groups:application_check")
    return show(request, form, draft, status=422)


def blank_form(request: HttpRequest, user: User) -> ApplicationForm:
    """As it was left; else empty, with the village the person came from."""
    answers = FormDraft.objects.answers(user, DRAFT_KEY)
    return ApplicationForm.from_answers(answers or {"area": request.GET.get("wilayah", "").replace("\0", "")[:20]})


def keep(user: User, request: HttpRequest, files: dict[str, SafeDocument]) -> FormDraft:
    """Keep everything that came, right or wrong: nothing typed or uploaded is lost."""
    FormDraft.objects.keep(user, DRAFT_KEY, answers_of(request.POST))
    draft = FormDraft.objects.get(user=user, key=DRAFT_KEY)
    dropped = set(request.POST.getlist("drop_file")) & set(FILE_FIELDS)
    if files or dropped:
        draft.keep_files(files, dropped)
    return draft


def answer_kept(request: HttpRequest, form: ApplicationForm) -> HttpResponse:
    refused = [error for name in FILE_FIELDS for error in form.errors.get(name, [])]
    for sentence in refused:
        messages.error(request, str(sentence))
    messages.success(request, "Draf tersimpan. Anda dapat melanjutkannya kapan saja dalam 30 hari.")
    return redirect("groups:application")


def is_complete(form: ApplicationForm, draft: FormDraft) -> bool:
    """Nothing is wrong, also of what only the portal knows: whether somebody reviews there, whether the name is free.

    It is asked whatever else is wrong: nobody shall mend ten answers to read that the village has no verifier.
    """
    form.is_valid()
    area, name = form.cleaned_data.get("area"), form.cleaned_data.get("name")
    if area and not has_verifier(area.code):
        form.add_error("area", not_verified(area))
    ended = (Status.REJECTED, Status.DISSOLVED)
    if area and name and Kim.objects.exclude(status__in=ended).filter(area=area, name__iexact=name).exists():
        form.add_error("name", "Di desa ini sudah ada KIM dengan nama itu. Pakai nama lain.")
    if "decree_file" in draft.files and not (form.cleaned_data.get("decree_number") or "decree_number" in form.errors):
        form.add_error("decree_number", DECREE_FILE_ALONE)
    check_sender(form, draft.user)
    return not form.errors


def show(
    request: HttpRequest, form: ApplicationForm, draft: FormDraft | None = None, status: int = 200
) -> HttpResponse:
    user = person(request)
    draft = draft or FormDraft.objects.filter(user=user, key=DRAFT_KEY).first()
    context = {
        "form": form,
        "draft": draft,
        "documents": draft.documents() if draft else {},
        "areas": verified_areas(),
    }
    return render(request, "groups/application.html", context, status=status)


@never_cache
@require_POST
def application_keep(request: HttpRequest) -> JsonResponse:
    """For the page's script: keep the answers so far."""
    FormDraft.objects.keep(person(request), DRAFT_KEY, answers_of(request.POST))
    return JsonResponse({"kept_at": timezone.now().isoformat()})


@never_cache
@require_safe
def application_area(request: HttpRequest) -> JsonResponse:
    """For the page's script: a sentence when nobody reviews applications from this area, else none."""
    area = Area.objects.filter(pk__in=[request.GET.get("area", "").replace("\0", "")]).first()
    return JsonResponse({"text": "" if area is None or has_verifier(area.code) else not_verified(area)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_check(request: HttpRequest) -> HttpResponse:
    """Every answer once more, what the public will see of it, and the button that sends."""
    user = person(request)
    draft = FormDraft.objects.filter(user=user, key=DRAFT_KEY).first()
    if draft is None:
        return redirect("groups:own_kims")
    form = ApplicationForm(draft.data)
    if not is_complete(form, draft):
        return show(request, form, draft, status=422)
    if request.method == "POST":
        return send(request, form, draft)
    return render(request, "groups/application_check.html", check_context(form, draft))


def check_context(form: ApplicationForm, draft: FormDraft) -> dict[str, Any]:
    data = form.cleaned_data
    board = [
        (label, name.value(), phone.value(), bool(public.value())) for label, name, phone, public in form.board_rows
    ]
    fields: dict[str, Any] = form.fields  # those named here are selects
    choices = {name: dict(fields[name].choices)[data[name]] for name in ("mode", "base_group", "sender")}
    issuer = dict(fields["decree_issuer"].choices).get(data["decree_issuer"], "")
    return {
        "answers": data,
        "board": [row for row in board if row[1]],
        "choices": {**choices, "issuer": issuer},
        "documents": draft.documents(),
    }


def send(request: HttpRequest, form: ApplicationForm, draft: FormDraft) -> HttpResponse:
    user = person(request)
    if count("kim_application", str(user.pk), DAY) >= APPLICATIONS_A_DAY:
        form.add_error(None, TOO_MANY)
        return show(request, form, draft, status=429)
    try:
        kim = file_application(form.application(user, draft.documents()), by=user)
    except NothingToFile:
        return redirect("groups:own_kims")
    except ValidationError as error:
        add_errors(form, error)
        return show(request, form, draft, status=422)
    except IntegrityError:  # somebody sent a KIM of this name at the very same moment
        form.add_error("name", "Baru saja terkirim KIM lain dengan nama itu. Periksa, lalu lanjutkan sekali lagi.")
        return show(request, form, draft, status=409)
    hit("kim_application", str(user.pk), limit=APPLICATIONS_A_DAY, seconds=DAY)
    messages.success(request, "Pendaftaran terkirim. Verifikator di wilayah Anda memeriksanya.")
    return redirect("groups:desk", kim.slug)
