"""A guideline is sorted by its title and searched by title and summary: a cursor of both was too long to be read."""

from typing import Any

from django.db import migrations, models

from regions.folding import fold


def fill(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("partnerships", "Guideline").objects.iterator():
        row.folded, row.words = fold(row.title)[:160], fold(f"{row.title} {row.summary}")[:900]
        row.save(update_fields=["folded", "words"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_meetings")]

    operations = [
        migrations.AddField(
            model_name="guideline",
            name="words",
            field=models.CharField(default="", editable=False, max_length=900),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="guideline", name="folded", field=models.CharField(editable=False, max_length=160)
        ),
    ]
