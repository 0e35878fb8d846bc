"""Those of the demo cast who were certified years ago, and what each of them kept up since."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import uuid4

from certificates import issuing, living, recognising, reflecting, refreshing, supervising
from certificates.living import Diary
from certificates.models import PledgeText, PriorLearning, Refresher
from certificates.rules import days
from certificates.rules.renewal import Held, Year, years_of
from lms.people.models import Person

REFRESHER_MINUTES = 480
TALK_DAYS = (60, 130, 200, 270)  # of each year
REFRESHER_DAY = 300


def certified(person: Person, diary: Diary, ago: int) -> Held:
    """What she had learned on paper was recognised, she did her internship, and was certified so many days ago."""
    then = diary.before(ago)
    living.enrol(person, then, 150)
    for module in diary.standard.rules.modules:
        then.at(140, partial(_recognise, person, diary, module.code))
    living.practise(person, then)
    then.at(0, partial(_certify, person, diary, then.today))
    until = days.day_before(days.years_later(then.today, diary.standard.rules.valid_years))
    return Held(then.today, until)


def kept(person: Person, diary: Diary, held: Held, years: int) -> None:
    """For so many years of her certificate she talked with her mentor, was refreshed, and reflected."""
    talks = diary.standard.rules.renewal.talks_a_year
    for year in years_of(held)[:years]:
        for after in TALK_DAYS[:talks]:
            _on(diary, year.starts_on + timedelta(days=after), partial(_talk, person, diary))
        _on(diary, year.starts_on + timedelta(days=REFRESHER_DAY), partial(_refresh, person, diary))
        _reflect(person, diary, year)


def signed_again(person: Person, diary: Diary, ago: int) -> None:
    for kind in PledgeText.Kind.values:
        diary.at(ago, partial(living.sign, person, kind))


def _on(diary: Diary, day: date, act: "partial[None]") -> None:
    """Note what happened on a day; what is still to come has not."""
    if day <= diary.today:
        diary.at((diary.today - day).days, partial(act, day))


def _recognise(person: Person, diary: Diary, code: str, now: datetime) -> None:
    seen = PriorLearning.Seen.CERTIFICATE
    prior = recognising.propose(person=person, module_code=code, seen=seen, proposer=diary.coordinator, now=now)
    recognising.decide(prior=prior, decider=diary.trainer, agrees=True, now=now)


def _certify(person: Person, diary: Diary, day: date, now: datetime) -> None:
    issuing.certify(person=person, certifier=diary.coordinator, now=now, today=day)


def _talk(person: Person, diary: Diary, day: date, now: datetime) -> None:
    supervising.note_talk(
        people=[person], mentor=diary.mentor, talk_id=uuid4(), held_on=day, minutes=60, now=now, today=day
    )


def _refresh(person: Person, diary: Diary, day: date, now: datetime) -> None:
    refreshing.note_refresher(
        people=[person],
        noter=diary.trainer,
        refresher_id=uuid4(),
        held_on=day,
        minutes=REFRESHER_MINUTES,
        topic=Refresher.Topic.LAW,
        now=now,
        today=day,
    )


def _reflect(person: Person, diary: Diary, year: Year) -> None:
    """On the last day of the year, or today; a reflection is written in its own year at the earliest."""
    day = min(year.ends_on, diary.today)
    if year.name <= day.year:
        diary.at((diary.today - day).days, partial(_write, person, year.name, day))


def _write(person: Person, year: int, day: date, now: datetime) -> None:
    reflecting.write_reflection(person=person, answers=living.REFLECTION, willing="yes", now=now, today=day, year=year)
