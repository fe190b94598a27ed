from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "KIM"

    def ready(self) -> None:
        from accounts.offers import register_offers
        from groups import personal_data
        from groups.models import MemberInvitation

        personal_data.register()
        register_offers(MemberInvitation.offers_to)
