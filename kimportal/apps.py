from django.apps import AppConfig


class KimportalConfig(AppConfig):
    name = "kimportal"
    verbose_name = "Portal KIM"
