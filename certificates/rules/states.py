"""The states of a companion and the moves between them (domain.md 4.2, 4.7): who may move whom, and why.

What follows from evidence is never stored: learner, intern, certified. What a person decides is: a pause, a
suspension, a provisional certificate. A hold (paused, suspended, revoked, retired) goes before what evidence says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.kit.words import Sentence, gettext_noop


class State(StrEnum):
    CANDIDATE = "candidate"
    LEARNER = "learner"
    INTERN = "intern"
    PROVISIONAL = "provisional"
    CERTIFIED = "certified"
    SENIOR = "senior"
    LAPSED = "lapsed"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RETIRED = "retired"


HOLDS = frozenset({State.PAUSED, State.SUSPENDED, State.REVOKED, State.RETIRED})
GRANTS = frozenset({State.PROVISIONAL, State.SENIOR})
IN_TRAINING = frozenset({State.CANDIDATE, State.LEARNER, State.INTERN})
ACTING = frozenset({State.PROVISIONAL, State.CERTIFIED, State.SENIOR, State.LAPSED})


class Move(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    RETIRE = "retire"
    RETURN = "return"
    GRANT = "grant"
    NAME_SENIOR = "name_senior"
    SUSPEND = "suspend"
    LIFT = "lift"
    REVOKE = "revoke"


class By(StrEnum):
    """Who moves: she herself, a coordinator of her region who is not concerned, or such a one with the panel's word."""

    HERSELF = "herself"
    COORDINATOR = "coordinator"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Way:
    """One move: from which states, by whom. `to` is what is stored; None: back to what evidence says."""

    move: Move
    before: frozenset[State]
    to: State | None
    by: frozenset[By]


WAYS: Mapping[Move, Way] = {
    way.move: way
    for way in (
        Way(Move.PAUSE, IN_TRAINING | ACTING, State.PAUSED, frozenset({By.HERSELF, By.COORDINATOR})),
        Way(Move.RESUME, frozenset({State.PAUSED}), None, frozenset({By.HERSELF, By.COORDINATOR})),
        Way(Move.RETIRE, IN_TRAINING | ACTING | {State.PAUSED}, State.RETIRED, frozenset({By.HERSELF, By.COORDINATOR})),
        Way(Move.RETURN, frozenset({State.RETIRED}), None, frozenset({By.COORDINATOR})),
        Way(Move.GRANT, frozenset({State.INTERN}), State.PROVISIONAL, frozenset({By.COORDINATOR})),
        Way(Move.NAME_SENIOR, frozenset({State.CERTIFIED}), State.SENIOR, frozenset({By.COORDINATOR})),
        Way(
            Move.SUSPEND,
            IN_TRAINING | ACTING | {State.PAUSED, State.RETIRED},
            State.SUSPENDED,
            frozenset({By.COORDINATOR}),
        ),
        Way(Move.LIFT, frozenset({State.SUSPENDED}), None, frozenset({By.PANEL})),
        Way(Move.REVOKE, ACTING | {State.PAUSED, State.SUSPENDED}, State.REVOKED, frozenset({By.PANEL})),
    )
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state follows from.

    `hold` and `grant` are what was last decided, or None. `certified`: she holds a certificate that counts today;
    `lapsed`: one that has run out and no newer one. `done_percent`: requirements met, 0-100.
    """

    hold: State | None = None
    grant: State | None = None
    has_begun: bool = False
    has_mentor: bool = False
    certified: bool = False
    lapsed: bool = False
    done_percent: int = 0


def state_of(facts: Facts) -> State:
    """The one state of a person. A senior whose certificate ran out is lapsed; a provisional one needs her mentor."""
    if facts.hold in HOLDS and facts.hold is not None:
        return facts.hold
    if facts.certified:
        return State.SENIOR if facts.grant is State.SENIOR else State.CERTIFIED
    if facts.lapsed:
        return State.LAPSED
    if facts.has_mentor:
        return State.PROVISIONAL if facts.grant is State.PROVISIONAL else State.INTERN
    return State.LEARNER if facts.has_begun else State.CANDIDATE


@dataclass(frozen=True, slots=True)
class Mover:
    """Who wants to move somebody: as whom, and whether she is concerned (mentor, complainant, in the case)."""

    by: By
    is_concerned: bool = False


def refusal(
    move: Move, facts: Facts, mover: Mover, *, needed_percent: int = 80, certified_years: int = 0
) -> Sentence | None:
    """Why this move is not open to this mover, or None. `certified_years`: whole years since the first certificate.

    Provisional: at least `needed_percent` of the requirements and a mentor. Senior: two years certified.
    """
    way, state = WAYS[move], state_of(facts)
    if mover.by not in way.by:
        return _not_yours(way)
    if mover.is_concerned and mover.by is not By.HERSELF:
        return Sentence(gettext_noop("You are concerned in this. Another coordinator decides."))
    if state not in way.before:
        return Sentence(gettext_noop("This is not possible in her present state."))
    if move is Move.GRANT and facts.done_percent < needed_percent:
        template = gettext_noop("%(have)s percent of the requirements are met. %(need)s are needed.")
        return Sentence(template, {"have": facts.done_percent, "need": needed_percent})
    if move is Move.NAME_SENIOR and certified_years < 2:
        return Sentence(gettext_noop("A senior companion has been certified for two years."))
    return None


def _not_yours(way: Way) -> Sentence:
    if way.by == {By.PANEL}:
        return Sentence(gettext_noop("Only a decision of the panel changes this."))
    return Sentence(gettext_noop("Only a coordinator changes this."))


def after(move: Move, facts: Facts) -> tuple[State | None, State | None]:
    """The hold and the grant that are stored after a move that is not refused.

    A pause keeps what was granted; a suspension, a revocation and a return take it away.
    """
    to = WAYS[move].to
    if to in GRANTS:
        return facts.hold, to
    if move in (Move.PAUSE, Move.RESUME, Move.LIFT):
        return to, facts.grant
    return to, None if move in (Move.REVOKE, Move.RETURN) else facts.grant


def open_moves(facts: Facts, mover: Mover, *, needed_percent: int = 80, certified_years: int = 0) -> tuple[Move, ...]:
    """The moves that this mover may make now, in the order of `Move`."""
    return tuple(
        move
        for move in Move
        if refusal(move, facts, mover, needed_percent=needed_percent, certified_years=certified_years) is None
    )
