"""What a branching story still lacks, finished or not: faults of its graph, and words that nobody wrote yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assessments.rules.walking import Fault, Scene, faults
from lms.kit.words import Sentence, gettext_noop


@dataclass(frozen=True, slots=True)
class Draft:
    """A scene as it was typed so far. `unreasoned`, `unanswered`: choices (from 1) without a reason, without what
    happens then; `lacks_help`: an ending that does not say what helped.
    """

    scene: Scene
    text: str = ""
    unreasoned: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()
    lacks_help: bool = False


def named(drafts: Sequence[Draft]) -> list[Draft]:
    """Every scene with a code to speak of it: one without gets its place, for example #3."""
    return [
        draft if draft.scene.code else replace(draft, scene=replace(draft.scene, code=f"#{number}"))
        for number, draft in enumerate(drafts, 1)
    ]


def lacks(drafts: Sequence[Draft], start: str) -> list[Fault]:
    """Everything to mend before a learner may walk, scene by scene; what concerns the whole story comes first."""
    told = named(drafts)
    found = [fault for fault in faults([draft.scene for draft in told], start) if _names_something(fault)]
    if not start:
        found = [Fault("", Sentence(gettext_noop("Say with which scene the story begins."))), *found]
    found.extend(Fault(draft.scene.code, sentence) for draft in told for sentence in _own(draft))
    places = {draft.scene.code: place for place, draft in reversed(list(enumerate(told)))}
    return sorted(found, key=lambda fault: places.get(fault.scene, -1))


def _names_something(fault: Fault) -> bool:
    """False for “there is no scene “””: an empty field has a sentence of its own."""
    return fault.sentence.params.get("code") != ""


def _own(draft: Draft) -> Iterable[Sentence]:
    if draft.scene.code.startswith("#"):
        yield Sentence(gettext_noop("This scene has no short name yet."))
    for number, target in enumerate(draft.scene.ways, 1):
        if not target:
            yield Sentence(gettext_noop("Choice %(number)s does not say where it leads."), {"number": number})
    for number in draft.unanswered:
        yield Sentence(gettext_noop("Choice %(number)s does not say what happens then."), {"number": number})
    for number in draft.unreasoned:
        yield Sentence(gettext_noop("Choice %(number)s has no reason why it helps or harms."), {"number": number})
    if draft.lacks_help:
        yield Sentence(gettext_noop("This ending does not say what helped, or would have."))
