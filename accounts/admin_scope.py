"""The admin site and the base of every model admin: rows through `visible_to`, no counting, no silent overwrite."""

from __future__ import annotations

from django.contrib import admin


class PortalAdminSite(admin.AdminSite):
    site_header = "Portal KIM"
    site_title = "Portal KIM"
    index_title = "Pekerjaan hari ini"
