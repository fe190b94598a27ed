from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Laporan masyarakat"

    def ready(self) -> None:
        from reports import personal_data

        personal_data.register()
