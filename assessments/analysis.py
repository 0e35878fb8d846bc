"""What handed-in attempts say about the questions of the bank. Never writes.

The papers are read one after another: memory grows with the questions, not with the attempts. Only the first answer
that somebody gave to a version of a question is judged; later ones are only counted as asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from assessments.models import Attempt, Question
from assessments.rules import analysing
from assessments.rules.analysing import Answered, Finding, Option, Tally, Weight
from assessments.rules.items import FALSE, PAIR, TRUE, TYPED, Item, Kind
from assessments.rules.marking import is_right, judge
from assessments.rules.reading import number_in, tidied
from lms.kit.words import Sentence, gettext_noop

A_CHUNK = 200
WITH_CHOICES = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.PICTURE)
# What people typed is only shown when so many typed it: nobody is found by her words.
ENOUGH_ALIKE = 5
MOST_TYPED_SHOWN = 8
TRUE_OR_FALSE = {TRUE: Sentence(gettext_noop("True")), FALSE: Sentence(gettext_noop("False"))}

Version = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """A choice with how many took it. True and false have no text: the option's letter says it. Of pairs: how many
    found this one; of typed answers: how many wrote this.
    """

    option: Option
    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of a question: how often it was asked, what first answers say.

    `times`: in how many handed-in attempts; `exams`: the keys of the exams. `question` is None when it left the bank.
    """

    item: Item
    module_code: str
    question: Question | None
    times: int
    exams: frozenset[UUID]
    tally: Tally
    taken: tuple[Taken, ...]
    findings: tuple[Finding, ...]

    @property
    def is_flagged(self) -> bool:
        return self.findings[0].weight < Weight.FINE

    @property
    def is_enough(self) -> bool:
        return self.tally.times >= analysing.ENOUGH

    @property
    def is_newest(self) -> bool:
        return self.question is not None and self.question.version == self.item.version


@dataclass(slots=True)
class _Seen:
    """Gathered beside the answers: one sample of each version, how often and where it was asked."""

    items: dict[Version, Item] = field(default_factory=dict)
    modules: dict[Version, str] = field(default_factory=dict)
    times: dict[Version, int] = field(default_factory=dict)
    exams: dict[Version, set[UUID]] = field(default_factory=dict)

    def note(self, item: Item, attempt: Attempt) -> None:
        key = (item.code, item.version)
        self.items.setdefault(key, item)
        self.modules.setdefault(key, attempt.module_code)
        self.times[key] = self.times.get(key, 0) + 1
        self.exams.setdefault(key, set()).add(attempt.exam_key)


def analyse(attempts: QuerySet[Attempt], *, code: str = "") -> list[Asked]:
    """Every version that these attempts asked (of one question, if `code` names it), the most pressing first.

    Two queries. Attempts that are still open say nothing.
    """
    seen = _Seen()
    tallies = analysing.tally(_answers(attempts, seen, code))
    bank = {one.code: one for one in Question.objects.filter(code__in={code for code, _version in seen.items})}
    found = [_asked(key, seen, tallies[key], bank) for key in seen.items]
    return sorted(found, key=lambda one: (one.findings[0].weight, one.item.code, -one.item.version))


def of_question(question: Question) -> list[Asked]:
    """The versions of one question, the newest first."""
    written = Attempt.objects.annotate(written_paper=Cast("paper", TextField()))
    found = analyse(written.filter(written_paper__contains=f'"code": "{question.code}"'), code=question.code)
    return sorted(found, key=lambda one: -one.item.version)


def use_of(versions: Sequence[Asked]) -> tuple[int, int]:
    """In how many exams and how many times a question was asked, all its versions together."""
    return len({exam for one in versions for exam in one.exams}), sum(one.times for one in versions)


def _answers(attempts: QuerySet[Attempt], seen: _Seen, code: str) -> Iterator[tuple[Version, Answered]]:
    handed_in = attempts.filter(handed_in_at__isnull=False).order_by("person_id", "handed_in_at", "pk")
    met: set[Version] = set()
    person = None
    for attempt in handed_in.iterator(chunk_size=A_CHUNK):
        if attempt.person_id != person:
            person, met = attempt.person_id, set()
        paper = attempt.questions
        given = {number: one.keys for number, one in attempt.given.items()}
        verdict = judge(paper, given)
        for mark, item in zip(verdict.marks, paper.items, strict=True):
            if code and item.code != code:
                continue
            seen.note(item, attempt)
            key = (item.code, item.version)
            if key not in met:
                met.add(key)
                chosen = _comparable(item, given.get(mark.number, ()))
                yield key, Answered(chosen, mark.credit, verdict.points - mark.credit, verdict.total - 1)


def _comparable(item: Item, answer: tuple[str, ...]) -> tuple[str, ...]:
    """What was typed, in one spelling: letters and marks aside, a number as a number."""
    if item.kind is Kind.NUMBER and answer:
        number = number_in(answer[0], item.unit)
        return (str(number) if number is not None and number.denominator == 1 else answer[0].strip(),)
    return tuple(tidied(text) for text in answer) if item.kind is Kind.SHORT else answer


def _asked(key: Version, seen: _Seen, tally: Tally, bank: Mapping[str, Question]) -> Asked:
    item, question = seen.items[key], bank.get(key[0])
    taken = _taken(item, question, tally)
    found = analysing.findings(tally, [one.option for one in taken], is_critical=item.is_critical)
    return Asked(
        item=item,
        module_code=seen.modules[key],
        question=question,
        times=seen.times[key],
        exams=frozenset(seen.exams[key]),
        tally=tally,
        taken=taken,
        findings=tuple(found),
    )


def _taken(item: Item, question: Question | None, tally: Tally) -> tuple[Taken, ...]:
    """The choices in the order of the bank, then those of older versions; a paper has them shuffled."""
    if item.kind is Kind.MATCHING:
        return _found_pairs(item, tally)
    if item.kind in TYPED:
        return _written(item, tally)
    if item.kind not in WITH_CHOICES:
        return ()
    now = {choice.key: place for place, choice in enumerate(question.as_item().choices)} if question else {}
    order = sorted(item.choices, key=lambda one: (now.get(one.key, len(now)), one.key != TRUE, one.text))
    return tuple(
        Taken(
            Option(choice.key, TRUE_OR_FALSE.get(choice.key, chr(ord("A") + place)), choice.key in item.right),
            choice.text or (choice.picture.alt if choice.picture else ""),
            tally.chosen.get(choice.key, 0),
        )
        for place, choice in enumerate(order)
    )


def _found_pairs(item: Item, tally: Tally) -> tuple[Taken, ...]:
    texts = {choice.key: choice.text for choice in (*item.lefts, *item.choices)}
    found = []
    for place, pair in enumerate(item.right):
        left, _sign, match = pair.partition(PAIR)
        text = f"{texts.get(left, '')} → {texts.get(match, '')}"
        found.append(Taken(Option(pair, chr(ord("A") + place), is_right=True), text, tally.chosen.get(pair, 0)))
    return tuple(found)


def _written(item: Item, tally: Tally) -> tuple[Taken, ...]:
    alike = [(text, times) for text, times in tally.chosen.items() if times >= ENOUGH_ALIKE]
    alike.sort(key=lambda one: (-one[1], one[0]))
    return tuple(
        Taken(Option(text, f"“{text}”", is_right(item, (text,)), is_offered=False), "", times)
        for text, times in alike[:MOST_TYPED_SHOWN]
    )
