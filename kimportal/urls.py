"""Public paths are Indonesian; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from groups import announcement_urls
from groups import urls as kim_urls
from kimportal.health import healthz
from partnerships import urls as partnership_urls
from reports import urls as report_urls

# One namespace under two addresses each.
GROUPS = [
    path("kim/", include([*kim_urls.urlpatterns, *announcement_urls.kim_patterns])),
    path("pengumuman/", include(announcement_urls.urlpatterns)),
]
REPORTS = [
    path("kim/", include(report_urls.kim_patterns)),
    path("laporan/", include(report_urls.urlpatterns)),
]
PARTNERSHIPS = [
    path("kim/", include(partnership_urls.kim_patterns)),
    path("kemitraan/", include(partnership_urls.urlpatterns)),
]
urlpatterns = [
    path("", include("kimportal.pages.urls")),
    path("wilayah/", include("regions.urls")),
    path("akun/", include("accounts.urls")),
    path("", include((REPORTS, "reports"))),
    path("", include((PARTNERSHIPS, "partnerships"))),
    path("", include((GROUPS, "groups"))),
    path("perpustakaan/", include("libraries.urls")),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
