"""Certificates of before get their card too: asked for here, made by the worker's sweep."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def ask(apps: Any, editor: Any) -> None:
    certificates, papers = (apps.get_model("certificates", name) for name in ("Certificate", "Paper"))
    now = timezone.now()
    rows = certificates.objects.exclude(papers__kind="card").values_list("pk", flat=True)
    papers.objects.bulk_create([papers(certificate_id=one, kind="card", asked_at=now) for one in rows], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0014_layouts_and_cards")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
