"""A companion pauses, goes on, retires; a coordinator grants, names and lets her come back. Action."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from certificates import companions, evidence
from certificates.models import StateChange
from certificates.rules import states
from certificates.rules.states import By, Move, Mover
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person

BY_INQUIRY = frozenset({Move.SUSPEND, Move.LIFT, Move.REVOKE})


def move(*, person: Person, to: Move, actor: Person, now: datetime, today: date) -> StateChange:
    """Move a person by one of the moves that need no inquiry, as herself or as coordinator of her region.

    Raises Refused with the sentence of the rule (domain.md 4.2).
    """
    if to in BY_INQUIRY:
        raise Refused(_("This needs an inquiry. Open one in her file."), code="inquiry")
    with writing():
        Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
        return write_change(person=person, to=to, actor=actor, mover=mover_of(person, actor), now=now, today=today)


def write_change(*, person: Person, to: Move, actor: Person, mover: Mover, now: datetime, today: date) -> StateChange:
    """Judge a move and keep it, inside the caller's transaction. Raises Refused."""
    companion = companions.of_person(person, today=today)
    wrong = states.refusal(
        to,
        companion.facts,
        mover,
        needed_percent=needed_percent(person, today=today),
        certified_years=companion.certified_years,
    )
    if wrong:
        raise Refused(wrong.render(_), code="move")
    hold, grant = states.after(to, companion.facts)
    change = StateChange.objects.create(
        person=person, move=to, hold=hold or "", grant=grant or "", by=actor, made_as=mover.by, at=now
    )
    trailing.record(actor=actor, verb="certificates.moved", subject=change, detail={"move": to}, now=now)
    return change


def mover_of(person: Person, actor: Person) -> Mover:
    """As whom the actor moves this person. Raises Refused when she may not at all."""
    if person.pk == actor.pk:
        return Mover(By.HERSELF)
    if not scoping.covers(actor, "coordinator", person.village_id or ""):
        raise Refused(_("This person is not in your region."), code="region")
    return Mover(By.COORDINATOR, companions.is_concerned(person, actor))


def needed_percent(person: Person, *, today: date) -> int:
    """How much of her version of the standard she has met when she is named provisional, in percent."""
    standard = evidence.judgement_of(person.pk, today=today).standard
    return standard.rules.provisional_percent if standard else 100
