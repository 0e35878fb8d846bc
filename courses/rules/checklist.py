"""What a page still lacks, before a village reads it: pure rules over a plain view of the page (domain.md 3, 5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.kit.words import Sentence, gettext_noop

MOST_WORDS_IN_A_SENTENCE = 12
FEWEST_WORDS, MOST_WORDS = 300, 700
MOST_BYTES = 75_000  # the text and two pictures of 30 kB
CHECKED_FOR = timedelta(days=365)
SHOWN_SENTENCES = 5
KILO = 1_000

# What hurts to read without warning. Stems, so that "dipukul" and "pemukulan" count too.
HARD_WORDS = re.compile(
    r"\b(?:kekerasan|kdrt|\w*perkosa\w*|(?:me|di|pe)leceh\w*|\w*cabul\w*|\w*aniaya\w*|\w*siksa\w*|"
    r"(?:me|di|pe)mukul\w*|dipukul\w*|pukulan|(?:men|di)tampar\w*|tamparan|(?:men|di)cekik\w*|"
    r"(?:mem|di)bunuh\w*|pembunuhan|bunuh diri|(?:meng|di)ancam\w*|ancaman|disekap|inses)\b",
    re.IGNORECASE,
)
NAMED_LAW = re.compile(r"\b(?:UU|Undang-Undang|Pasal|KUHP|KUHAP|Perpres|Perma|Permen\w*|PP)\b\.?\s+(?:No\b|\w*\d)")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9À-Þ])")
SHORTENED = re.compile(r"\b(?:No|Nomor|Ps|dr|Dr|Rp|hlm|Jl|a\.n|dkk|[A-Z])\.$")
WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a page in plain text; `block` is where the editor finds it.

    `is_core`: everybody reads it, so its sentences are short. `pictures` holds the alternative texts of its pictures,
    `aside` what is read only by who asks for it (the words of a sound or a film).
    `takes_note`: it has a place for a content note (a story, a film); `neutral` is the task for who skips it.
    """

    block: str
    kind: str
    paragraphs: tuple[str, ...] = ()
    is_core: bool = False
    pictures: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    takes_note: bool = False
    note: str = ""
    neutral: str = ""

    @property
    def words(self) -> int:
        return sum(len(words_of(text)) for text in self.paragraphs)

    @property
    def is_hard(self) -> bool:
        return any(HARD_WORDS.search(text) for text in self.all_texts)

    @property
    def all_texts(self) -> tuple[str, ...]:
        return (*self.paragraphs, *self.aside, *self.pictures)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something without which the page does not come out: the words above its field, what is wrong, its block.

    `field`: its name inside the block.
    """

    label: str
    text: str
    block: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as the rules look at it. Of a lesson, `outcomes`, `module_note` and `known_sources` are its module's.

    `bytes` is what a first visit costs, compressed. `lessons`: how many a module has. `is_reachable`: what stands above
    it is published. `gaps`: what publishing would refuse.
    """

    kind: str
    parts: tuple[Part, ...] = ()
    bytes: int = 0
    laws: tuple[str, ...] = ()
    checked_on: date | None = None
    checked_by: str = ""
    sources: tuple[str, ...] = ()
    known_sources: tuple[str, ...] = ()
    outcomes: int = 0
    module_note: str = ""
    lessons: int = 0
    is_reachable: bool = True
    gaps: tuple[Gap, ...] = ()

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts)

    @property
    def is_hard(self) -> bool:
        return any(part.is_hard for part in self.parts)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to do. `code` names the rule, `block` the block it is about (empty: the page), `more` shows where.

    `stops`: while it is open, the page does not come out.
    """

    code: str
    text: Sentence
    block: str = ""
    more: tuple[str, ...] = ()
    stops: bool = False


def open_points(view: PageView, today: date) -> tuple[Point, ...]:
    """Everything the page still lacks, in the order in which one mends it; nothing when all is well."""
    finders = {"lesson": _lesson_points, "module": _module_points}
    found = tuple(finders[view.kind](view, today)) if view.kind in finders else ()
    return (*_gap_points(view), *found)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph. “No. 12” and “Pasal 5.” inside one do not end it."""
    found: list[str] = []
    for piece in SENTENCE_END.split(paragraph.strip()):
        if found and SHORTENED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def long_sentences(part: Part) -> list[str]:
    return [
        sentence
        for paragraph in part.paragraphs
        for sentence in sentences_of(paragraph)
        if len(words_of(sentence)) > MOST_WORDS_IN_A_SENTENCE
    ]


def is_due(checked_on: date | None, today: date) -> bool:
    """True when nobody checked, or longer ago than a year."""
    return checked_on is None or today - checked_on > CHECKED_FOR


def _gap_points(view: PageView) -> Iterator[Point]:
    """What stops the page; a missing alternative text has a point of its own."""
    for gap in view.gaps:
        if gap.field != "alt":
            values = {"field": gap.label, "problem": gap.text}
            text = Sentence(gettext_noop("“%(field)s” stops it: %(problem)s"), values)
            yield Point("gap", text if gap.label else Sentence(gap.text), gap.block, stops=True)


def _place_points(view: PageView) -> Iterator[Point]:
    if not view.is_reachable:
        text = Sentence(
            gettext_noop("What stands above this page is still a draft. Members see nothing before it is out.")
        )
        yield Point("above", text)


def _lesson_points(view: PageView, today: date) -> Iterator[Point]:
    yield from _place_points(view)
    yield from _picture_points(view)
    yield from _note_points(view)
    yield from _sentence_points(view)
    yield from _length_points(view)
    if not any(part.kind == "self_check" for part in view.parts):
        yield Point("self-check", Sentence(gettext_noop("There is no self-check. Add one question to herself.")))
    yield from _law_points(view, today)
    yield from _source_points(view)
    if not view.outcomes:
        yield Point("outcome", Sentence(gettext_noop("The module says no outcome. Write there what she can do.")))
    if view.bytes > MOST_BYTES:
        size = {"size": round(view.bytes / KILO), "most": MOST_BYTES // KILO}
        text = Sentence(gettext_noop("The page weighs %(size)s kB; %(most)s kB is the most. Use fewer pictures."), size)
        yield Point("weight", text)


def _module_points(view: PageView, _today: date) -> Iterator[Point]:
    yield from _place_points(view)
    if not view.outcomes:
        yield Point("outcome", Sentence(gettext_noop("There is no outcome. Write what she can do afterwards.")))
    if not view.lessons:
        yield Point("lessons", Sentence(gettext_noop("The module has no lesson. Add one below it.")))
    if not view.known_sources:
        yield Point("source", Sentence(gettext_noop("There is no source. Name where the facts come from.")))
    if view.is_hard and not view.module_note:
        text = Sentence(gettext_noop("Its lessons speak of violence. Write a content note, and that she may skip."))
        yield Point("note", text)


def _picture_points(view: PageView) -> Iterator[Point]:
    for part in view.parts:
        if any(not alt.strip() for alt in part.pictures):
            text = Sentence(gettext_noop("A picture has no description. Say what it shows, for who does not see it."))
            yield Point("picture", text, part.block, stops=True)


def _note_points(view: PageView) -> Iterator[Point]:
    for part in view.parts:
        if part.takes_note and part.is_hard and not part.note:
            text = Sentence(gettext_noop("This speaks of violence and has no content note. Say what comes."))
            yield Point("note", text, part.block, _hard_words(part))
        if part.takes_note and part.note and not part.neutral:
            text = Sentence(gettext_noop("Who skips this finds no other task. Write a small one without violence."))
            yield Point("neutral", text, part.block)
    open_parts = [part for part in view.parts if part.is_hard and not part.takes_note]
    if open_parts and not view.module_note:
        text = Sentence(
            gettext_noop("The text speaks of violence, and the module has no content note. Write it there.")
        )
        yield Point("note", text, open_parts[0].block, _hard_words(open_parts[0]))


def _hard_words(part: Part) -> tuple[str, ...]:
    found = [match.group().lower() for text in part.all_texts for match in HARD_WORDS.finditer(text)]
    return tuple(dict.fromkeys(found))[:SHOWN_SENTENCES]


def _sentence_points(view: PageView) -> Iterator[Point]:
    for part in view.parts:
        found = long_sentences(part) if part.is_core else []
        if found:
            values = {"count": len(found), "most": MOST_WORDS_IN_A_SENTENCE}
            one = gettext_noop("One sentence has more than %(most)s words. Make two of it.")
            many = gettext_noop("%(count)s sentences have more than %(most)s words. Make two of each.")
            shown = tuple(f"{len(words_of(sentence))}: {sentence}" for sentence in found[:SHOWN_SENTENCES])
            yield Point("sentence", Sentence(one if len(found) == 1 else many, values), part.block, shown)


def _length_points(view: PageView) -> Iterator[Point]:
    values = {"count": view.words, "fewest": FEWEST_WORDS, "most": MOST_WORDS}
    if view.words < FEWEST_WORDS:
        text = gettext_noop("The lesson has %(count)s words. From %(fewest)s to %(most)s read well: say more.")
        yield Point("length", Sentence(text, values))
    if view.words > MOST_WORDS:
        text = gettext_noop("The lesson has %(count)s words. From %(fewest)s to %(most)s read well: make two of it.")
        yield Point("length", Sentence(text, values))


def _law_points(view: PageView, today: date) -> Iterator[Point]:
    named = next((part for part in view.parts if any(NAMED_LAW.search(text) for text in part.paragraphs)), None)
    if named and not view.laws:
        text = Sentence(gettext_noop("The text names a law. Write its tag under “laws”, so that it is found again."))
        yield Point("law", text, named.block)
    if not view.laws and not named:
        return
    if view.checked_on is None:
        yield Point("checked", Sentence(gettext_noop("Nobody has checked the law yet. Write the day and the role.")))
    elif is_due(view.checked_on, today):
        old = gettext_noop("The law was checked on %(day)s, more than a year ago. Check it again.")
        yield Point("checked", Sentence(old, {"day": view.checked_on.isoformat()}))
    if view.checked_on and not view.checked_by:
        yield Point("checked", Sentence(gettext_noop("It does not say who checked. Write a role, not a name.")))


def _source_points(view: PageView) -> Iterator[Point]:
    if not view.sources:
        yield Point(
            "source", Sentence(gettext_noop("The lesson names no source. Write the codes of the module's list."))
        )
    unknown = tuple(code for code in view.sources if code not in view.known_sources)
    if unknown:
        known_not = gettext_noop("The module's list of sources does not know: %(codes)s.")
        yield Point("source", Sentence(known_not, {"codes": ", ".join(unknown)}))
