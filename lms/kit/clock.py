"""The one place that asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The date on the wall in the site's time zone."""
    return timezone.localdate()
