"""The yearly report as PDF: tagged, PDF/UA-1 and PDF/A-2a."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from certificates.paper import apart
from certificates.rules import days


@dataclass(frozen=True, slots=True)
class Table:
    """A row a part, a column a figure; the note says what the parts mean."""

    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class YearOnPaper:
    """`figures`: title, value and meaning. `until`: the last day counted."""

    organisation: str
    regions: str
    language: str
    year: int
    until: date
    made_on: date
    figures: tuple[tuple[str, str, str], ...]
    tables: Sequence[Table]


def report_pdf(sheet: YearOnPaper) -> bytes:
    """Drawn in a process of its own, about a second."""
    return apart.document("report.typ", _words(sheet))


def _words(sheet: YearOnPaper) -> dict[str, object]:
    day = sheet.made_on
    return {
        "lang": sheet.language,
        "title": _("Report of %(year)s") % {"year": sheet.year},
        "organisation": sheet.organisation,
        "regions": sheet.regions,
        "made": [day.year, day.month, day.day],
        "counted": _("Counted until %(day)s") % {"day": days.said(sheet.until).render(_)},
        "columns": [_("Figure"), _("Value"), _("What it means")],
        "figures": [list(one) for one in sheet.figures],
        "rows": _("The rows that each figure counts stand in the XLSX and CSV file of the same report."),
        "tables": [
            {
                "heading": table.heading,
                "note": table.note,
                "columns": list(table.columns),
                "rows": [list(row) for row in table.rows],
            }
            for table in sheet.tables
        ],
    }
