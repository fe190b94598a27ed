"""An agreement has a partnership or two sides of its own, and a history; a KIM can be a further party."""

import django.db.models.deletion
from django.db import migrations, models

import accounts.events
from accounts.triggers import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_story_consent'),
        ('groups', '0004_relays_index'),
        ('partnerships', '0012_agreement_sides'),
        ('regions', '0002_legal'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agreement',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.area', verbose_name='wilayah'),
        ),
        migrations.AddField(
            model_name='agreementparty',
            name='kim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.kim', verbose_name='KIM'),
        ),
        migrations.AlterField(
            model_name='agreementparty',
            name='institution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.institution', verbose_name='lembaga'),
        ),
        migrations.CreateModel(
            name='AgreementEvent',
            fields=[
                ('id', models.BigIntegerField(default=accounts.events.random_key, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveIntegerField(editable=False, verbose_name='urutan')),
                ('at', models.DateTimeField(editable=False, verbose_name='waktu')),
                ('actor_key', models.BigIntegerField(editable=False, null=True)),
                ('actor_label', models.CharField(editable=False, max_length=160, verbose_name='oleh')),
                ('action', models.CharField(editable=False, max_length=40, verbose_name='tindakan')),
                ('data', models.JSONField(default=dict, editable=False)),
                ('text_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('previous_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='partnerships.agreement')),
            ],
            options={
                'verbose_name': 'peristiwa perjanjian',
                'verbose_name_plural': 'peristiwa perjanjian',
                'ordering': ['subject', 'sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'sequence'), name='partnerships_agreementevent_sequence')],
            },
        ),
        migrations.CreateModel(
            name='AgreementEventText',
            fields=[
                ('text', models.TextField(verbose_name='keterangan')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='text_row', serialize=False, to='partnerships.agreementevent')),
            ],
            options={
                'verbose_name': 'teks peristiwa perjanjian',
                'verbose_name_plural': 'teks peristiwa perjanjian',
            },
        ),
        *(
            migrations.AddIndex(model_name='agreement', index=models.Index(fields=[name, '-id'], name=f'agreement_{name}'))
            for name in ('province_code', 'regency_code', 'district_code', 'status')
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', True), ('kim__isnull', True), ('partner__isnull', True), ('partnership__isnull', False)), models.Q(('partner__isnull', False), ('partnership__isnull', True), models.Q(models.Q(('institution__isnull', True), ('kim__isnull', False)), models.Q(('institution__isnull', False), ('kim__isnull', True)), _connector='OR')), _connector='OR'), name='agreement_partnership_or_parties', violation_error_message='Perjanjian memerlukan kemitraan, atau dua pihak.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('institution__isnull', True), models.Q(('institution', models.F('partner')), _negated=True), _connector='OR'), name='agreement_with_another', violation_error_message='Lembaga tidak dapat membuat perjanjian dengan dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.UniqueConstraint(fields=('agreement', 'kim'), name='agreement_party_kim_once', violation_error_message='KIM ini sudah menjadi pihak.'),
        ),
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', True), ('kim__isnull', False)), models.Q(('institution__isnull', False), ('kim__isnull', True)), _connector='OR'), name='agreement_party_is_one'),
        ),
        AppendOnly("partnerships_agreementevent"),
        AppendOnly("partnerships_agreementeventtext", erasable=True),
    ]
