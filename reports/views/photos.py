"""A report's photos, each asked for again: may this person, or this browser, see it?"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from reports import cookies
from reports.models import ReportPhoto
from uploads.serving import image_response


@login_not_required
@require_http_methods(["GET", "HEAD"])
def photo(request: HttpRequest, image_id: UUID, size: str) -> HttpResponseBase:
    """Ticked photos of published reports for everybody; the others for who handles, filed or tracks the report."""
    chosen = ReportPhoto.objects.filter(image=image_id).select_related("image", "report").first()
    if chosen is None or not may_see(request, chosen):
        raise Http404
    is_public = chosen.is_public and chosen.report is not None and chosen.report.is_published
    return image_response(chosen.image, size, request, public=is_public)


def may_see(request: HttpRequest, chosen: ReportPhoto) -> bool:
    if ReportPhoto.objects.visible_to(request.user).filter(pk=chosen.pk).exists():
        return True
    found = cookies.remembered_report(request)
    return found is not None and found[0].pk == chosen.report_id
