"""What was gained between the tests before and after a training.

The plain difference in points, and the normalised gain: the part of what could still be gained that was gained,
(after - before) / (100 - before). For a class it is taken from the averages (Hake, R. R. (1998): Interactive-engagement
versus traditional methods, American Journal of Physics 66, 64-74), with Hake's bounds: high from 0.7, medium from 0.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from lms.kit.words import Sentence, gettext_noop

FEWEST = 5
HIGH, MEDIUM = Fraction(7, 10), Fraction(3, 10)
MOST = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """One person's two results in percent, 0-100."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Gain:
    """`before`, `after` and `points` in percent of the marks; `part` of what could be gained, None when nothing could.

    `people`: how many are summed up; 1 for one person.
    """

    before: Fraction
    after: Fraction
    people: int = 1

    @property
    def points(self) -> Fraction:
        return self.after - self.before

    @property
    def part(self) -> Fraction | None:
        room = MOST - self.before
        return self.points / room if room else None

    @property
    def band(self) -> str:
        """`high`, `medium`, `low`; `full`: nothing was left to gain; `less`: the second result is lower."""
        if self.points < 0:
            return "less"
        if self.part is None:
            return "full"
        return "high" if self.part >= HIGH else "medium" if self.part >= MEDIUM else "low"


def gain_of(one: Measured) -> Gain:
    return Gain(Fraction(one.before), Fraction(one.after))


def gain_of_class(tested: Iterable[Measured], fewest: int = FEWEST) -> Gain | None:
    """From the averages of those who sat both; None for fewer people than may be summed up."""
    rows = list(tested)
    if len(rows) < max(1, fewest):
        return None
    before = Fraction(sum(one.before for one in rows), len(rows))
    after = Fraction(sum(one.after for one in rows), len(rows))
    return Gain(before, after, len(rows))


TO_HER = {
    "high": gettext_noop("You learned most of what was new to you."),
    "medium": gettext_noop("You learned a good part of what was new."),
    "low": gettext_noop("You learned some of what was new."),
    "same": gettext_noop("You kept what you knew before."),
    "full": gettext_noop("You knew all of it before, and know it now."),
    "less": gettext_noop("Fewer were right this time. That happens. Read the lessons again when you like."),
}
OF_A_CLASS = {
    "high": gettext_noop("Of what was still open, %(part)s of 100 was gained. That is much."),
    "medium": gettext_noop("Of what was still open, %(part)s of 100 was gained. That is a fair part."),
    "low": gettext_noop("Of what was still open, %(part)s of 100 was gained. That is little: look at the lessons."),
    "full": gettext_noop("Nothing was open before: the test asks too little."),
    "less": gettext_noop("Fewer were right after than before. Look at the questions and the lessons."),
}


def said_to_her(gain: Gain) -> tuple[Sentence, ...]:
    """Two results and one warm word; never a mark."""
    values = {"before": int(gain.before), "after": int(gain.after)}
    figures = Sentence(gettext_noop("Before: %(before)s of 100. After: %(after)s of 100."), values)
    return figures, Sentence(TO_HER["same" if gain.band == "low" and not gain.points else gain.band])


def said_of_a_class(gain: Gain | None, both: int) -> tuple[Sentence, ...]:
    """For the trainer. `both`: how many sat both tests."""
    if gain is None:
        few = gettext_noop("%(both)s people sat both tests so far. The sum shows from %(fewest)s on.")
        return (Sentence(few, {"both": both, "fewest": FEWEST}),)
    values = {"people": gain.people, "before": round(gain.before), "after": round(gain.after)}
    values["points"] = values["after"] - values["before"]
    figures = gettext_noop("%(people)s people sat both: %(before)s of 100 before, %(after)s after (%(points)+d).")
    part = {} if gain.band in ("full", "less") or gain.part is None else {"part": round(100 * gain.part)}
    return Sentence(figures, values), Sentence(OF_A_CLASS[gain.band], part)
