"""What stands on a certificate: the facts, and the words around them in the language of the sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, override

from certificates.rules import colours, days, hours
from lms.kit.words import Sentence, gettext_noop


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs on paper, by name and role; `picture` is the signature as PNG, or nothing."""

    name: str
    role: str
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """A module with its time of study, or an activity with its time of internship. Minutes."""

    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the organisation chose: colours by name, its logo as PNG, a line above and one below.

    On a neutral front no word of the subject stands: neither heading, standard nor group; the back has the topics.
    """

    colours: str = colours.USUAL
    logo: bytes = b""
    above: str = ""
    below: str = ""
    is_neutral: bool = False


USUAL = Look()


@dataclass(frozen=True, slots=True)
class SheetData:
    """The facts of one certificate, as its paper shows them.

    `code` is the printed code with dashes; `address` is what the QR code holds; `check_at` is the page where a code is
    typed, e.g. `lopo.contoh/v`. `group` and `number` may be empty; `observed_skills` is left out when it is 0. Titles
    of topics are printed on the second page: hand in the outer titles when the holder wants a neutral paper.
    """

    organisation: str
    group: str
    name: str
    standard: str
    topics: tuple[Line, ...]
    practice: tuple[Line, ...]
    valid_from: date
    expires_on: date
    signatories: tuple[Signatory, ...]
    code: str
    number: str
    address: str
    check_at: str
    observed_skills: int = 0
    language: str = "id"
    look: Look = USUAL

    @property
    def study_minutes(self) -> int:
        return sum(topic.minutes for topic in self.topics)

    @property
    def practice_minutes(self) -> int:
        return sum(activity.minutes for activity in self.practice)


def words_of(sheet: SheetData) -> dict[str, object]:
    """Everything the layouts print, as plain texts: `layout.typ` and `picture.typ` name the same keys."""
    with override(sheet.language):
        said = {name: sentence.render(gettext) for name, sentence in _sentences(sheet).items()}
        until = days.said(sheet.expires_on).render(gettext)
        facts: dict[str, object] = {
            "lang": sheet.language,
            "organisation": sheet.organisation,
            "with_group": said["with_group"] if sheet.group and not sheet.look.is_neutral else "",
            "name": sheet.name,
            "standard": "" if sheet.look.is_neutral else sheet.standard,
            "above": sheet.look.above,
            "below": sheet.look.below,
            "colours": colours.scheme(sheet.look.colours).as_words(),
            "validity": f"{days.said(sheet.valid_from).render(gettext)} \u2013 {until}",
            "until": until,
            "code": sheet.code,
            "back_line": " · ".join(sentence.render(gettext) for sentence in _back_line(sheet)),
            "check_at": sheet.check_at,
            "issued": [sheet.valid_from.year, sheet.valid_from.month, sheet.valid_from.day],
            "signatories": [[one.name, one.role, _signature(one).render(gettext)] for one in sheet.signatories],
            "topics": _rows(sheet.topics, gettext),
            "practice": _rows(sheet.practice, gettext),
        }
    return {**said, **facts}


def pictures_of(sheet: SheetData) -> dict[str, object]:
    """The pictures that the layouts show, as bytes: `logo`, and one of each signatory; empty where there is none."""
    return {"logo": sheet.look.logo, "signatures": [one.picture for one in sheet.signatories]}


def _signature(one: Signatory) -> Sentence:
    return Sentence(gettext_noop("Signature of %(name)s"), {"name": one.name})


def _rows(lines: tuple[Line, ...], translate: Callable[[str], str]) -> list[list[str]]:
    return [[line.title, _hours(line.minutes).render(translate)] for line in lines]


def _hours(minutes: int) -> Sentence:
    return Sentence(gettext_noop("%(hours)s h"), {"hours": hours.figure(minutes)})


def _sentences(sheet: SheetData) -> dict[str, Sentence]:
    code = {"code": sheet.code}
    return {
        "title": Sentence(gettext_noop("Certificate %(code)s"), code),
        "card_title": Sentence(gettext_noop("Card %(code)s"), code),
        "heading": _heading(sheet),
        "logo_alt": Sentence(gettext_noop("Logo of %(organisation)s"), {"organisation": sheet.organisation}),
        "with_group": Sentence(gettext_noop("together with %(group)s"), {"group": sheet.group}),
        "given_to": Sentence(gettext_noop("given to")),
        "achievement": _achievement(sheet),
        "standard_line": _standard_line(sheet),
        "valid": Sentence(gettext_noop("Valid")),
        "valid_until": Sentence(gettext_noop("Valid until")),
        "standard_label": Sentence(gettext_noop("Standard")),
        "scan": Sentence(gettext_noop("Scan, or open %(address)s"), {"address": sheet.check_at}),
        "qr_alt": Sentence(gettext_noop("QR code that checks certificate %(code)s"), code),
        "back_heading": Sentence(gettext_noop("Topics and hours")),
        "topics_heading": Sentence(gettext_noop("Topics studied")),
        "practice_heading": Sentence(gettext_noop("Internship with a mentor")),
        "topic_label": Sentence(gettext_noop("Topic")),
        "activity_label": Sentence(gettext_noop("Activity")),
        "time_label": Sentence(gettext_noop("Time")),
        "total_label": Sentence(gettext_noop("In all")),
        "study_total": _hours(sheet.study_minutes),
        "practice_total": _hours(sheet.practice_minutes),
        "how_to_check": Sentence(
            gettext_noop(
                "To check this sheet, scan the code or type it at %(address)s. "
                "Only the page tells whether the certificate is valid today."
            ),
            {"address": sheet.check_at},
        ),
    }


def _heading(sheet: SheetData) -> Sentence:
    if sheet.look.is_neutral:
        return Sentence(gettext_noop("Certificate of training"))
    return Sentence(gettext_noop("Certificate of a companion"))


def _standard_line(sheet: SheetData) -> Sentence:
    if sheet.look.is_neutral:
        return Sentence(gettext_noop("Topics and hours are on the back of this sheet."))
    return Sentence(
        gettext_noop("Standard %(standard)s. Topics and hours are on the back of this sheet."),
        {"standard": sheet.standard},
    )


def _back_line(sheet: SheetData) -> list[Sentence]:
    """Whose back this is: the pages of a print may come apart."""
    line = [
        Sentence("%(name)s", {"name": sheet.name}),
        Sentence(gettext_noop("Standard %(standard)s"), {"standard": sheet.standard}),
    ]
    if sheet.number:
        line.append(Sentence(gettext_noop("Number %(number)s"), {"number": sheet.number}))
    return [*line, Sentence(gettext_noop("Code %(code)s"), {"code": sheet.code})]


def _achievement(sheet: SheetData) -> Sentence:
    figures: dict[str, object] = {
        "modules": len(sheet.topics),
        "study": hours.figure(sheet.study_minutes),
        "practice": hours.figure(sheet.practice_minutes),
        "skills": sheet.observed_skills,
    }
    if sheet.look.is_neutral:
        template = gettext_noop(
            "who has completed %(modules)s modules (%(study)s hours of study) and %(practice)s hours of practice."
        )
    elif sheet.observed_skills:
        template = gettext_noop(
            "who has completed %(modules)s modules (%(study)s hours of study) and %(practice)s hours of internship, "
            "was observed in %(skills)s skills, and signed the code of ethics."
        )
    else:
        template = gettext_noop(
            "who has completed %(modules)s modules (%(study)s hours of study) and %(practice)s hours of internship, "
            "and signed the code of ethics."
        )
    return Sentence(template, figures)
