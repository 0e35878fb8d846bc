from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_fill_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="checked_on",
            field=models.DateField(
                blank=True, help_text="The day somebody checked facts and law.", null=True, verbose_name="last checked on"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="checked_by",
            field=models.CharField(
                blank=True,
                help_text="Role, not a name: for example “legal aid”.",
                max_length=80,
                verbose_name="checked by",
            ),
        ),
    ]
