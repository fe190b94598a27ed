import importlib

import django.db.models.deletion
from django.db import migrations, models

from accounts.triggers import RefuseWhen, Rebuild
from reports.models.searching import KeepWords

ANONYMOUS = importlib.import_module("reports.migrations.0002_triggers").ANONYMOUS


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0002_triggers'),
        ('reports', '0006_recovery_request'),
    ]

    # Taking the column away again rebuilds the table on SQLite, and a trigger of another table names it, and its own go with it.
    operations = [
        Rebuild(
            triggers=[
                RefuseWhen("reports_reporter", "not_anonymous", on=("INSERT", "UPDATE"), condition=ANONYMOUS),
                KeepWords(),
            ],
            operations=[
                migrations.AddField(
                    model_name='report',
                    name='kim',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.kim', verbose_name='lewat KIM'),
                ),
            ],
        ),
    ]
