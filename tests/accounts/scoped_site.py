"""A site of its own with two scoped admins, to try the base of every model admin on."""

from django.contrib import admin
from django.urls import path, reverse

from accounts.admin_scope import PortalAdminSite, ScopedAdmin
from accounts.models import Consent, Institution
from kimportal.urls import urlpatterns as portal_urls

site = PortalAdminSite("admin")


@admin.register(Institution, site=site)
class InstitutionAdmin(ScopedAdmin):
    list_display = ("name", "sector", "is_active", "created")
    list_filter = ("sector", "is_active")
    search_fields = ("name",)
    ordering = ("name", "id")
    fields = ("name", "sector", "email", "is_active")

    @admin.display(description="dibuat oleh")
    def created(self, obj):
        return obj.phone

    def can_view(self, user):
        return user.is_staff

    def can_add(self, user):
        return user.is_superuser

    def can_change(self, user, obj):
        return obj is None or obj.sector != "finance"


@admin.register(Consent, site=site)
class ConsentAdmin(ScopedAdmin):
    list_display = ("purpose", "given_at")
    ordering = ("-id",)


urlpatterns = [path("admin/", site.urls), *portal_urls]
LIST = "/admin/accounts/institution/"


def place(view, obj):
    return reverse(f"admin:accounts_institution_{view}", args=(obj.pk,))


def form_of(client, obj):
    """The form as the browser shows it, ready to be sent."""
    form = client.get(place("change", obj)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}
