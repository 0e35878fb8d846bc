"""What the standard asks her to say herself: reflection, code of ethics, the safety of children, her age."""

from datetime import date

from certificates.rules.requirements import Evidence, NextStep, Requirement, State
from certificates.rules.standards import StandardRules
from lms.kit.words import Sentence, gettext_noop


def reflection(evidence: Evidence, today: date) -> Requirement:
    title = Sentence(gettext_noop("Reflection %(year)s"), {"year": today.year})
    if today.year in evidence.reflected:
        sentence = Sentence(gettext_noop("The reflection %(year)s is written."), {"year": today.year})
        return Requirement("reflection", title, State.DONE, 1, 1, "times", sentence)
    sentence = Sentence(gettext_noop("The reflection %(year)s is not written yet."), {"year": today.year})
    step = NextStep(Sentence(gettext_noop("Write the reflection %(year)s"), {"year": today.year}), "reflection")
    return Requirement("reflection", title, State.MISSING, 0, 1, "times", sentence, step)


def pledge(evidence: Evidence) -> Requirement:
    title = Sentence(gettext_noop("Code of ethics"))
    step = NextStep(Sentence(gettext_noop("Read and sign the code of ethics")), "pledge")
    return _signature("pledge", title, evidence.pledged, evidence.pledge_version, step)


def safeguarding(evidence: Evidence) -> Requirement:
    title = Sentence(gettext_noop("Promise to keep children safe"))
    step = NextStep(Sentence(gettext_noop("Read and sign the promise")), "safeguarding")
    return _signature("safeguarding", title, evidence.safeguarded, evidence.safeguard_version, step)


def _signature(code: str, title: Sentence, signed: int, current: int, step: NextStep) -> Requirement:
    """A text is signed in its newest version, or it is signed again."""
    version = {"version": current}
    if signed >= current:
        sentence = Sentence(gettext_noop("Version %(version)s is signed."), version)
        return Requirement(code, title, State.DONE, 1, 1, "times", sentence)
    if signed:
        sentence = Sentence(gettext_noop("The text has changed: version %(version)s is not signed yet."), version)
    else:
        sentence = Sentence(gettext_noop("Version %(version)s is not signed yet."), version)
    return Requirement(code, title, State.MISSING, 0, 1, "times", sentence, step)


def age(standard: StandardRules, evidence: Evidence) -> Requirement:
    """Her coordinator says that she is old enough; no date of birth is kept."""
    years = {"years": standard.minimum_age}
    title = Sentence(gettext_noop("At least %(years)s years old"), years)
    if evidence.is_of_age:
        return Requirement(
            "age", title, State.DONE, 1, 1, "times", Sentence(gettext_noop("The coordinator has confirmed it."))
        )
    sentence = Sentence(gettext_noop("The coordinator has not confirmed it yet."))
    return Requirement("age", title, State.MISSING, 0, 1, "times", sentence)
