"""What trainers set for a day comes out on that day. Action."""

from django.core.management import call_command
from django.db import connection

from courses import releasing
from lms.kit.writing import writing

PUBLISHING_LOCK = 5_302_167


def publish_due() -> bool:
    """Publish and take back what is due, by Wagtail's own command. False when another worker is just doing so."""
    with writing():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
                if not cursor.fetchone()[0]:
                    return False
        releasing.hold_back_due()
        call_command("publish_scheduled", verbosity=0)
    return True
