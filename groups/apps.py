from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "KIM"

    def ready(self) -> None:
        from groups import personal_data

        personal_data.register()
