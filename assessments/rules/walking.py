"""A branching story as a graph of scenes: what is wrong with it, before anybody walks it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.kit.words import Sentence, gettext_noop

SAFE = "safe"
OPEN = "open"
UNSAFE = "unsafe"
ENDINGS = (SAFE, OPEN, UNSAFE)
MOST_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """A situation. `ways`: the codes of the scenes its choices lead to. `ending` is empty where it goes on.

    `back`: from where an unsafe ending lets her try again.
    """

    code: str
    ways: tuple[str, ...] = ()
    ending: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong; `scene` is empty when it is the whole story."""

    scene: str
    sentence: Sentence


def faults(scenes: Sequence[Scene], start: str) -> list[Fault]:
    """Everything that would stop somebody on her way, in the order of the scenes; empty: every walk can end."""
    known = {scene.code: scene for scene in scenes}
    found = [
        Fault(code, Sentence(gettext_noop("Two scenes have the code “%(code)s”."), {"code": code}))
        for code, times in Counter(scene.code for scene in scenes).items()
        if times > 1
    ]
    if start not in known:
        return [
            *found,
            Fault("", Sentence(gettext_noop("There is no scene “%(code)s” to start from."), {"code": start})),
        ]
    reached = _reached(known, start)
    ending = _that_end(known)
    for scene in scenes:
        found.extend(Fault(scene.code, sentence) for sentence in _own_faults(scene, known))
        if scene.code not in reached:
            found.append(Fault(scene.code, Sentence(gettext_noop("No way leads to this scene."))))
        elif scene.ways and scene.code not in ending:
            found.append(Fault(scene.code, Sentence(gettext_noop("From this scene no way leads to an ending."))))
    return found


def _own_faults(scene: Scene, known: Mapping[str, Scene]) -> Iterable[Sentence]:
    if bool(scene.ways) == bool(scene.ending):
        yield Sentence(gettext_noop("A scene has either choices or an ending."))
    if len(scene.ways) == 1 or len(scene.ways) > MOST_CHOICES:
        yield Sentence(gettext_noop("Give from two to four choices."))
    for code in dict.fromkeys(scene.ways):
        if code not in known:
            yield Sentence(gettext_noop("There is no scene “%(code)s”."), {"code": code})
    if scene.ending == UNSAFE and (scene.back not in known or known[scene.back].ending):
        yield Sentence(gettext_noop("An unsafe ending names the scene from which she tries again."))
    if scene.back and scene.ending != UNSAFE:
        yield Sentence(gettext_noop("Only an unsafe ending leads back."))


def _reached(known: Mapping[str, Scene], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        code = waiting.pop()
        if code in known and code not in reached:
            reached.add(code)
            waiting.extend(known[code].ways)
    return reached


def _that_end(known: Mapping[str, Scene]) -> set[str]:
    """The scenes from which an ending can be reached, found backwards."""
    before: dict[str, list[str]] = {}
    for scene in known.values():
        for code in scene.ways:
            before.setdefault(code, []).append(scene.code)
    ended: set[str] = set()
    waiting = [scene.code for scene in known.values() if scene.ending]
    while waiting:
        code = waiting.pop()
        if code not in ended:
            ended.add(code)
            waiting.extend(before.get(code, ()))
    return ended
