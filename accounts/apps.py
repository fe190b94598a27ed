from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Orang dan lembaga"
    default = True

    def ready(self) -> None:
        from accounts.models import register_own_data

        register_own_data()


class PortalAdminConfig(admin_apps.AdminConfig):
    """The admin, guarded by allauth's login and open to whoever holds a grant today."""

    default_site = "accounts.admin_scope.PortalAdminSite"
    default = False
