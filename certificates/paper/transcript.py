"""The record of all learning as PDF: tagged, PDF/UA-1 and PDF/A-2a. The first page carries no word of the subject."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from certificates.paper import apart
from certificates.rules import days, hours


@dataclass(frozen=True, slots=True)
class Section:
    """A table: its heading, the names of its columns, its rows as texts."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What one person learned, as of a day. Minutes of study of finished modules, of practice and of training days.

    `through` are her certificates as sentences.
    """

    organisation: str
    name: str
    language: str
    made_on: date
    modules: int
    study_minutes: int
    practice_minutes: int
    training_days: int
    training_minutes: int
    certificates: tuple[str, ...]
    sections: tuple[Section, ...]


def transcript_pdf(record: Record) -> bytes:
    """Drawn in a process of its own, about a second."""
    return apart.document("transcript.typ", _words(record))


def _words(record: Record) -> dict[str, object]:
    day = record.made_on
    return {
        "lang": record.language,
        "title": _("Record of learning"),
        "heading": _("Record of all learning"),
        "organisation": record.organisation,
        "name": record.name,
        "summary": [*_summary(record), *record.certificates],
        "claim": _claim(record),
        "made": [day.year, day.month, day.day],
        "made_on": _made_on(record),
        "sections": [
            {"heading": one.heading, "columns": list(one.columns), "rows": [list(row) for row in one.rows]}
            for one in record.sections
            if one.rows
        ],
    }


def _made_on(record: Record) -> str:
    day = {"day": days.said(record.made_on).render(_)}
    if any(one.rows for one in record.sections):
        return _("Printed on %(day)s. What was learned stands from the second page on.") % day
    return _("Printed on %(day)s.") % day


def _summary(record: Record) -> list[str]:
    study, practice = hours.figure(record.study_minutes), hours.figure(record.practice_minutes)
    lines = [
        _("Modules finished: %(modules)s (%(hours)s hours of study).") % {"modules": record.modules, "hours": study},
        _("Practice verified: %(hours)s hours.") % {"hours": practice},
    ]
    if record.training_days:
        figures = {"days": record.training_days, "hours": hours.figure(record.training_minutes)}
        lines.append(_("Days of training attended: %(days)s (%(hours)s hours).") % figures)
    return lines


def _claim(record: Record) -> list[str]:
    """Training as a claim that others can check (domain.md 1.2): the law by its number, the topics overleaf.

    It says what was studied and never that the law is fulfilled by it.
    """
    if not record.study_minutes:
        return []
    figures = {"study": hours.figure(record.study_minutes), "practice": hours.figure(record.practice_minutes)}
    return [
        _(
            "Training of the kind that Law 12/2022, Article 26 (3) b, names: "
            "%(study)s hours of study, %(practice)s hours of practice."
        )
        % figures,
        _("Which training counts is decided by the authority that asks for it."),
    ]
