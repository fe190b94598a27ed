"""Public paths are Indonesian; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from kimportal.health import healthz

urlpatterns = [
    path("", include("kimportal.pages.urls")),
    path("wilayah/", include("regions.urls")),
    path("akun/", include("accounts.urls")),
    path("laporan/", include("reports.urls")),
    path("kim/", include("groups.urls")),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
