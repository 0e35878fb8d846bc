import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0001_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('certificates', '0001_standards'),
    ]
    operations = [
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_kind', models.CharField(choices=[('office', 'Office of the organisation'), ('village', 'Village'), ('clinic', 'Health service'), ('police', 'Police or court'), ('centre', 'Service centre')], default='office', max_length=8, verbose_name='kind of place')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to=settings.AUTH_USER_MODEL)),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements_mentored', to=settings.AUTH_USER_MODEL)),
                ('mentorship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='people.mentorship')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('mentor', models.F('learner')), _negated=True), name='placement_mentor_is_not_the_learner'),
                    models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='placement_ends_after_it_starts'),
                    models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('learner',), name='learner_has_one_open_placement'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HoursEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('activity', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('starts_at', models.TimeField()),
                ('minutes', models.SmallIntegerField()),
                ('role', models.CharField(choices=[('observing', 'Observing'), ('helping', 'Helping'), ('leading', 'Leading')], max_length=9)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('simulated', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('claimed', 'Waiting'), ('verified', 'Verified'), ('returned', 'Returned')], default='claimed', max_length=8)),
                ('is_live', models.BooleanField(default=True)),
                ('logged_at', models.DateTimeField()),
                ('judged_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to=settings.AUTH_USER_MODEL)),
                ('mends', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_by', to='certificates.hoursentry')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='certificates.hoursentry')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='certificates.placement')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('judged_by', models.F('learner')), _negated=True), name='nobody_verifies_her_own_hours'),
                    models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.F('minutes'), '%%', models.Value(15)), 0), name='hours_go_in_steps_of_15_minutes'),
                    models.CheckConstraint(condition=models.Q(models.Q(('minutes__range', (15, 600)), ('reverses', None)), models.Q(('minutes__range', (-600, -15)), ('reverses__isnull', False)), _connector='OR'), name='hours_are_at_most_ten_a_day'),
                    models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None), ('state', 'claimed')), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False), ('state__in', ['verified', 'returned'])), _connector='OR'), name='judged_hours_say_by_whom_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='returned_hours_have_a_reason'),
                    models.CheckConstraint(condition=models.Q(('is_live', False), models.Q(('reverses', None), ('state__in', ['claimed', 'verified'])), _connector='OR'), name='live_hours_wait_or_are_verified'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'claimed'), _negated=True), ('is_live', True), _connector='OR'), name='waiting_hours_hold_their_time'),
                    models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('learner', 'day', 'starts_at'), name='live_hours_start_once'),
                ],
                'indexes': [
                    models.Index(fields=['learner', '-day'], name='hours_of_learner'),
                    models.Index(condition=models.Q(('state', 'claimed')), fields=['placement', 'day'], name='hours_waiting'),
                ],
                'ordering': ['-day', '-starts_at'],
            },
        ),
    ]
