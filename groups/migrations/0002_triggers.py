"""The history of a KIM is append-only; its texts can be erased."""

from django.db import migrations

from accounts.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial"), ("accounts", "0002_append_only")]

    operations = [
        AppendOnly("groups_kimevent"),
        AppendOnly("groups_kimeventtext", erasable=True),
    ]
