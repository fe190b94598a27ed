from django.apps import AppConfig


class LibrariesConfig(AppConfig):
    name = "libraries"
    verbose_name = "Perpustakaan"

    def ready(self) -> None:
        from libraries import personal_data

        personal_data.register()
