"""The words of reports, searchable. SQLite: two FTS5 tables and their triggers. PostgreSQL: two generated columns."""

from django.db import migrations

from reports.models.searching import KeepWords, drop_indexes, make_indexes


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_categories")]

    operations = [migrations.RunPython(make_indexes, drop_indexes), KeepWords()]
