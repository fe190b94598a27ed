"""Where an agreement lies, and its own two sides where no partnership holds them. Tightened in the next one:
PostgreSQL does not alter a table whose rows were just changed in the same transaction.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

CODES = ("area", "province_code", "regency_code", "district_code")


def lie_where_the_partnership_lies(apps, schema_editor):
    """One statement, whatever the number of rows."""
    own = apps.get_model("partnerships", "Partnership").objects.filter(pk=OuterRef("partnership"))
    values = {name: Subquery(own.values(name)[:1]) for name in CODES}
    apps.get_model("partnerships", "Agreement").objects.filter(area=None).update(**values)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_story_consent'),
        ('groups', '0004_relays_index'),
        ('partnerships', '0011_agreement_parties'),
        ('regions', '0002_legal'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.area', verbose_name='wilayah'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='province_code',
            field=models.CharField(default='', editable=False, max_length=2),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='agreement',
            name='regency_code',
            field=models.CharField(blank=True, default='', editable=False, max_length=5),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='agreement',
            name='district_code',
            field=models.CharField(blank=True, default='', editable=False, max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='agreement',
            name='kim',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='groups.kim'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='institution',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounts.institution'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='partner',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='meeting',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnerships.meeting'),
        ),
        migrations.AlterField(
            model_name='agreement',
            name='partnership',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnerships.partnership'),
        ),
        migrations.RunPython(lie_where_the_partnership_lies, migrations.RunPython.noop),
    ]
