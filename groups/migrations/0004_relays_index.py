"""Index the relays alone: "no relay" is true of nearly every row, and SQLite without statistics read them all by it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0003_work_program'),
        ('regions', '0002_legal'),
        ('uploads', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='announcement',
            name='relay_of',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relays', to='groups.announcement'),
        ),
        migrations.AddIndex(
            model_name='announcement',
            index=models.Index(condition=models.Q(('relay_of__isnull', False)), fields=['relay_of'], name='announcement_relays'),
        ),
    ]
