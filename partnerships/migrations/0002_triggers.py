"""The history of a partnership is append-only; its texts can be erased."""

from django.db import migrations

from accounts.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("accounts", "0002_append_only")]

    operations = [
        AppendOnly("partnerships_partnershipevent"),
        AppendOnly("partnerships_partnershipeventtext", erasable=True),
    ]
