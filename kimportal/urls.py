"""Public paths are Indonesian; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from groups import announcement_urls
from groups import urls as kim_urls
from kimportal.health import healthz

# One namespace under two addresses.
GROUPS = [
    path("kim/", include([*kim_urls.urlpatterns, *announcement_urls.kim_patterns])),
    path("pengumuman/", include(announcement_urls.urlpatterns)),
]
urlpatterns = [
    path("", include("kimportal.pages.urls")),
    path("wilayah/", include("regions.urls")),
    path("akun/", include("accounts.urls")),
    path("laporan/", include("reports.urls")),
    path("", include((GROUPS, "groups"))),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
