"""Rules across rows that only a trigger can hold."""

from django.db import migrations

from accounts.triggers import AppendOnly, RefuseWhen

ANONYMOUS = "EXISTS (SELECT 1 FROM reports_report r WHERE r.id = NEW.report_id AND r.is_anonymous)"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("accounts", "0002_append_only")]

    operations = [
        AppendOnly("reports_reportevent"),
        AppendOnly("reports_reporteventtext", erasable=True),
        RefuseWhen("reports_reporter", "not_anonymous", on=("INSERT", "UPDATE"), condition=ANONYMOUS),
    ]
