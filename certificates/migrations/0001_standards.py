from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
    ]
    operations = [
        migrations.CreateModel(
            name='PledgeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(unique=True, verbose_name='version')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('points', models.JSONField(verbose_name='points')),
                ('loaded_at', models.DateTimeField(verbose_name='loaded')),
            ],
            options={
                'verbose_name': 'code of ethics',
                'verbose_name_plural': 'codes of ethics',
                'ordering': ['-version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='pledge_version_begins_at_one')],
            },
        ),
        migrations.CreateModel(
            name='Standard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('data', models.JSONField(verbose_name='data')),
                ('loaded_at', models.DateTimeField(verbose_name='loaded')),
            ],
            options={
                'verbose_name': 'standard',
                'verbose_name_plural': 'standards',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='standard_version_is_unique'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='standard_version_begins_at_one')],
            },
        ),
    ]
