"""From which share of a target a figure counts as reached: set by the agency of an area."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_policy import PolicyAdmin
from accounts.models import Role
from libraries.models import LibraryPolicy


@admin.register(LibraryPolicy)
class LibraryPolicyAdmin(PolicyAdmin):
    role = Role.LIBRARY_OFFICER
    list_display = ("place", "green_from", "yellow_from")
