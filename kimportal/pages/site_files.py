"""Files that browsers and search engines look for at fixed addresses."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from groups.feeds import sitemap_entries as announcement_entries
from libraries.feeds import sitemap_entries as library_paths
from reports.models import Report

STATIC_PAGES = (
    "pages:home",
    "pages:about",
    "pages:privacy",
    "pages:accessibility",
    "reports:report_list",
    "groups:announcement_list",
    "groups:kim_list",
)
MOST_REPORTS = 5000  # the protocol allows 50,000 addresses; older reports are found through the lists


@require_safe
@login_not_required
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Lives at the root, because a worker rules only over the paths beside and below its own address."""
    return render(request, "pages/sw.js", content_type="text/javascript")


@require_safe
@login_not_required
@cache_control(max_age=86_400, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("img/kawung.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    large = {"src": static("img/icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "maskable"}
    content = {
        "name": "Portal KIM",
        "short_name": "Portal KIM",
        "description": "Laporan warga dan informasi masyarakat",
        "lang": "id",
        "start_url": reverse("pages:home"),
        "display": "minimal-ui",
        "background_color": "#fbf7ef",
        "theme_color": "#123a56",
        "icons": [icon, large],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@login_not_required
@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /akun/",
        "Disallow: /laporan/lacak/",
        "Disallow: /laporan/tanda-terima/",
        "Disallow: /laporan/status/",
        "Disallow: /laporan/saya/",
        "Disallow: /laporan/kode-",
        "Disallow: /perpustakaan/agenda/pendaftaran/",
        f"Sitemap: {settings.SITE_URL}{reverse('pages:sitemap')}",
        f"Sitemap: {settings.SITE_URL}{reverse('libraries:sitemap_index')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
@cache_control(max_age=3600, public=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that explain, the newest published reports, announcements and articles: never one that is not out."""
    newest = Report.objects.published().order_by("-published_at", "-id").values_list("public_id", flat=True)
    paths = [reverse(name) for name in STATIC_PAGES]
    paths += [reverse("reports:report_detail", args=[public_id]) for public_id in newest[:MOST_REPORTS]]
    paths += [path for path, _ in announcement_entries()]
    paths += library_paths()
    context = {"addresses": [f"{settings.SITE_URL}{path}" for path in paths]}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")
