from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Orang dan lembaga"
    default = True

    def ready(self) -> None:
        from accounts.models import Invitation, register_own_data
        from accounts.offers import register_offers

        register_own_data()
        register_offers(Invitation.offers_to)


class PortalAdminConfig(admin_apps.AdminConfig):
    """The admin, guarded by allauth's login and open to whoever holds a grant today."""

    default_site = "accounts.admin_scope.PortalAdminSite"
    default = False
