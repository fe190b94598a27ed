from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Kemitraan"

    def ready(self) -> None:
        from partnerships import personal_data

        personal_data.register()
