"""Where an announcement was spread: recorded by its writers, shown on its page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.forms.announcement import DisseminationForm
from groups.forms.fields import add_errors
from groups.models import Announcement, Dissemination
from groups.views.desk import person
from groups.views.writing import own_announcement
from regions.models import Supply
from uploads.models import Image

WEAK = frozenset({Supply.NONE, Supply.LIMITED})
FORM = "groups/dissemination_list.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dissemination_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """The uses so far, and the form for the next one."""
    row = own_announcement(request, public_id)
    if request.method != "POST":
        return show(request, row, DisseminationForm())
    form = DisseminationForm(request.POST, request.FILES, instance=Dissemination(announcement=row))
    if not form.is_valid():
        return show(request, row, form, status=422)
    if not row.disseminations.filter(submission_id=form.cleaned_data["submission_id"]).exists():
        try:
            record(form, row, request)
        except IntegrityError:  # two presses at the very same moment: it is recorded
            pass
        except ValidationError as error:
            add_errors(form, error)
            return show(request, row, form, status=422)
    messages.success(request, "Penyebaran dicatat.")
    return redirect("groups:dissemination_list", row.public_id)


def record(form: DisseminationForm, row: Announcement, request: HttpRequest) -> None:
    use = Dissemination(announcement=row, **form.values())
    with transaction.atomic():
        if photo := form.cleaned_data["proof_photo"]:
            use.proof = Image.store(photo)
        use.keep(by=person(request))


def show(request: HttpRequest, row: Announcement, form: DisseminationForm, status: int = 200) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "uses": row.disseminations.select_related("proof"),
        "needs_paper": row.area.connectivity in WEAK,
    }
    return render(request, FORM, context, status=status)


def own_use(request: HttpRequest, public_id: str, pk: int) -> Dissemination:
    return get_object_or_404(Dissemination, announcement=own_announcement(request, public_id), pk=pk)


@never_cache
@require_POST
def dissemination_take_down(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The sheet came off the board today."""
    use = own_use(request, public_id, pk)
    if use.is_hanging:
        use.take_down(timezone.localdate(), by=person(request))
        messages.success(request, "Dicatat: sudah diturunkan.")
    return redirect("groups:dissemination_list", public_id)


@never_cache
@require_POST
def dissemination_delete(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A use that was recorded by mistake."""
    own_use(request, public_id, pk).remove()
    messages.success(request, "Catatan penyebaran dihapus.")
    return redirect("groups:dissemination_list", public_id)
