from django.apps import AppConfig
from django.db import models
from django.forms import Field

EMPTY = "Isi bagian ini."  # instead of the frameworks' "Bidang ini tidak boleh kosong." and "Field ini ..."


class KimportalConfig(AppConfig):
    name = "kimportal"
    verbose_name = "Portal KIM"

    def ready(self) -> None:
        """Before the forms of the other apps are made: whatever must be filled says so in the portal's own words."""
        Field.default_error_messages["required"] = EMPTY
        models.Field.default_error_messages |= {"blank": EMPTY, "null": EMPTY}
