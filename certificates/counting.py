"""Keep the coverage of each month, so that its change can be seen. Action."""

from datetime import date

from certificates import coverage
from certificates.models import CoverageMonth
from lms.kit.writing import writing

EVERYWHERE = ("",)


def keep_month(*, today: date) -> int:
    """Count this month once; again changes nothing. Subdistricts without anybody have no row. Returns new rows."""
    month = today.replace(day=1)
    if CoverageMonth.objects.filter(month=month).exists():
        return 0
    found = coverage.of_regions(EVERYWHERE, today=today)
    rows = [
        CoverageMonth(month=month, subdistrict_id=one.code, one=one.one, more=one.more, people=one.people)
        for one in found.subdistricts
        if one.covered
    ]
    with writing():
        CoverageMonth.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)
