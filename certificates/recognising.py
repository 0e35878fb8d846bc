"""Her age is confirmed, and what she learned elsewhere is recognised by two persons. Actions."""

from datetime import datetime

from django.utils.translation import gettext as _

from certificates import issuing, versions
from certificates.models import AgeWord, PriorLearning, Standard
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Mentorship, Person

BY = ("coordinator", "trainer")


def confirm_age(*, person: Person, years: int, confirmer: Person, now: datetime) -> AgeWord:
    """A coordinator says that she is at least that old; the same again changes nothing. Raises Refused."""
    issuing.check_coordinator(person, confirmer)
    if years not in asked_ages(person):
        raise Refused(_("The standard does not ask for this age."), field="years")
    with writing():
        row, is_new = AgeWord.objects.get_or_create(
            person=person, years=years, defaults={"confirmed_by": confirmer, "confirmed_at": now}
        )
        if is_new:
            trailing.record(
                actor=confirmer, verb="certificates.age_confirmed", subject=row, detail={"years": years}, now=now
            )
    return row


def asked_ages(person: Person) -> set[int]:
    """The minimum ages of the versions she may fulfil."""
    return {rules.minimum_age for rules in versions.open_to(person.pk) if rules.minimum_age}


def propose(*, person: Person, module_code: str, seen: str, proposer: Person, now: datetime) -> PriorLearning:
    """Say that she learned a module elsewhere, and what was seen of it; a second person agrees. Raises Refused."""
    check_recogniser(person, proposer)
    if module_code not in module_titles(person):
        raise Refused(_("The standard does not know this module. Choose one of the list."), field="module_code")
    if seen not in PriorLearning.Seen.values:
        raise Refused(_("Say what you saw."), field="seen")
    with writing():
        if PriorLearning.objects.filter(person=person, module_code=module_code).exclude(state="declined").exists():
            raise Refused(_("This module is proposed or recognised already."), field="module_code")
        row = PriorLearning.objects.create(
            person=person, module_code=module_code, seen=seen, proposed_by=proposer, proposed_at=now
        )
        detail = {"module": module_code, "seen": seen}
        trailing.record(actor=proposer, verb="certificates.learning_proposed", subject=row, detail=detail, now=now)
    return row


def decide(*, prior: PriorLearning, decider: Person, agrees: bool, now: datetime) -> PriorLearning:
    """A second person agrees or not; who proposed it may only take it back. Raises Refused."""
    check_recogniser(prior.person, decider)
    with writing():
        row = PriorLearning.objects.select_for_update().get(pk=prior.pk)
        if row.state != PriorLearning.State.PROPOSED:
            raise Refused(_("This is decided already."), code="decided")
        if agrees and decider.pk == row.proposed_by_id:
            raise Refused(_("You proposed it. A second person agrees."), code="two_persons")
        row.state = PriorLearning.State.AGREED if agrees else PriorLearning.State.DECLINED
        row.decided_by, row.decided_at = decider, now
        row.save(update_fields=["state", "decided_by", "decided_at"])
        detail = {"module": row.module_code, "state": row.state}
        trailing.record(actor=decider, verb="certificates.learning_decided", subject=row, detail=detail, now=now)
    return row


def titles() -> dict[str, str]:
    """What each module is called, in the newest version that knows it."""
    every = Standard.objects.order_by("pk")
    return {one.code: one.outer_title for standard in every for one in standard.rules.modules}


def module_titles(person: Person) -> dict[str, str]:
    """The modules of the versions she may fulfil, by their code."""
    return {one.code: one.outer_title for rules in versions.open_to(person.pk) for one in rules.modules}


def check_recogniser(person: Person, actor: Person) -> None:
    """A coordinator or trainer of her region, neither herself nor her mentor. Raises Refused."""
    if person.pk == actor.pk:
        raise Refused(_("Nobody decides about herself. Ask another coordinator."), code="own")
    if not any(scoping.covers(actor, role, person.village_id or "") for role in BY):
        raise Refused(_("This person is not in your region."), code="region")
    if Mentorship.objects.filter(mentor=actor, learner=person).exists():
        raise Refused(_("You are or were her mentor. Somebody else does this."), code="mentor")
