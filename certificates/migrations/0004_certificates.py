import django.db.models.deletion
import lms.kit.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('certificates', '0003_reflections'),
    ]
    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=lms.kit.codes.new_code, max_length=15, unique=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('standard_code', models.SlugField(max_length=40)),
                ('cycle', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('topics', models.JSONField()),
                ('practice_minutes', models.PositiveIntegerField(default=0)),
                ('issued_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('statement', models.TextField()),
                ('kid', models.CharField(max_length=32)),
                ('certified_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_for', models.CharField(blank=True, choices=[('money', 'Took money or gifts'), ('mediated', 'Mediated or settled a case that must not be settled'), ('secrecy', 'Broke confidentiality deliberately or repeatedly'), ('false_record', 'False hours or a false certificate'), ('suspended', 'Acted as a companion while suspended'), ('conflict', 'Hid a conflict of interest and did harm'), ('supervision', 'Refused supervision for twelve months'), ('abuse', 'Proven exploitation, abuse or violence'), ('children', "Proven harm to a child's safety"), ('mistake', 'Issued by mistake')], max_length=12)),
                ('certified_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='certificates.standard')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'standard_code', 'cycle'), name='one_certificate_a_standard_and_cycle'),
                    models.CheckConstraint(condition=models.Q(('certified_by', models.F('person')), _negated=True), name='nobody_certifies_herself'),
                    models.CheckConstraint(condition=models.Q(('revoked_by', models.F('person')), _negated=True), name='nobody_revokes_her_own'),
                    models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('issued_on'))), name='certificate_ends_after_issue'),
                    models.CheckConstraint(condition=models.Q(('cycle__gte', 1)), name='certificate_cycle_begins_at_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_for', '')), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoked_for', ''), _negated=True)), _connector='OR'), name='revoked_says_when_by_whom_and_why'),
                ],
                'ordering': ['-certified_at'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('certified', 'Certified'), ('declined', 'Not certified yet'), ('revoked', 'Revoked')], max_length=9)),
                ('decided_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('figures', models.JSONField(default=dict)),
                ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='certificates.certificate')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='certificates.standard')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('decided_by', models.F('person')), _negated=True), name='nobody_decides_about_herself'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declining_has_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('certificate', None), ('kind', 'declined')), models.Q(models.Q(('kind', 'declined'), _negated=True), ('certificate__isnull', False)), _connector='OR'), name='only_declining_has_no_certificate'),
                ],
                'ordering': ['-decided_at'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('png', 'PNG')], max_length=3)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=7)),
                ('bytes', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='certificates.certificate')),
            ],
            options={
                'ordering': ['kind'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['asked_at'], name='papers_waiting')],
                'constraints': [models.UniqueConstraint(fields=('certificate', 'kind'), name='one_paper_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('bytes__gt', 0), ('made_at__isnull', False)), _connector='OR'), name='ready_paper_has_a_size_and_a_time')],
            },
        ),
    ]
