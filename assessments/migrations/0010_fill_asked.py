from django.db import migrations

A_CHUNK = 200


def fill(apps, schema_editor):
    """Attempts that began before say in their papers what they asked."""
    attempts = apps.get_model("assessments", "Attempt").objects
    asked = apps.get_model("assessments", "AskedQuestion")
    questions = dict(apps.get_model("assessments", "Question").objects.values_list("code", "pk"))
    rows = []
    for pk, paper in attempts.order_by("pk").values_list("pk", "paper").iterator(chunk_size=A_CHUNK):
        codes = {item["code"] for item in paper["items"]} & questions.keys()
        rows += [asked(attempt_id=pk, question_id=questions[code]) for code in sorted(codes)]
        if len(rows) > 1_000:
            asked.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    asked.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("assessments", "0009_asked_and_imports")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
