"""What only the database can hold: events are never changed. And the shared cache table, made on both databases."""

from django.core.management import call_command
from django.db import migrations

from accounts.triggers import AppendOnly, create_permit_table, drop_permit_table


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
        migrations.RunPython(create_permit_table, drop_permit_table),
        AppendOnly("accounts_accountevent"),
        AppendOnly("accounts_accounteventtext", erasable=True),
        AppendOnly("accounts_institutionevent"),
        AppendOnly("accounts_institutioneventtext", erasable=True),
        AppendOnly("accounts_datarequestevent"),
        AppendOnly("accounts_datarequesteventtext", erasable=True),
    ]
