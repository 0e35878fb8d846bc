import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('certificates', '0002_placements'),
    ]
    operations = [
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('screen', 'on the screen'), ('paper', 'on paper'), ('thumb', 'by thumb, with a witness')], default='screen', max_length=6)),
                ('signed_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to=settings.AUTH_USER_MODEL)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='certificates.pledgetext')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'text'), name='a_text_is_signed_once'),
                ],
                'ordering': ['-signed_at'],
            },
        ),
        migrations.CreateModel(
            name='Reflection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('answers', models.JSONField()),
                ('willing', models.CharField(max_length=5)),
                ('written_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'year'), name='one_reflection_a_year'),
                    models.CheckConstraint(condition=models.Q(('willing__in', ['yes', 'pause', 'stop'])), name='reflection_says_if_willing'),
                ],
                'ordering': ['-year'],
            },
        ),
    ]
