"""The history of a library is append-only; its texts can be erased."""

from django.db import migrations

from accounts.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("libraries", "0001_initial"), ("accounts", "0002_append_only")]

    operations = [
        AppendOnly("libraries_libraryevent"),
        AppendOnly("libraries_libraryeventtext", erasable=True),
    ]
