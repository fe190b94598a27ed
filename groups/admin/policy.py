"""What an area asks of its KIM."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_policy import PolicyAdmin
from accounts.models import Role
from groups.models import KimPolicy


@admin.register(KimPolicy)
class KimPolicyAdmin(PolicyAdmin):
    """A verifier sets the sizes of the own area; the nation's are a superuser's."""

    role = Role.KIM_VERIFIER
    list_display = ("place", "min_members", "max_members", "warning_days")
