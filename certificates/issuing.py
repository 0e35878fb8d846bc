"""A coordinator certifies, declines or revokes. Actions."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from certificates import companions, evidence, printing
from certificates.models import Certificate, Decision, HoursEntry, LayoutVersion, Paper, Standard
from certificates.rules import days
from certificates.rules.credential import Statement, token_of
from certificates.rules.hours import Period
from certificates.rules.requirements import Requirement
from certificates.rules.standards import StandardRules
from lms.kit import codes, identifiers, signing
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Mentorship, Person

FIRST_CYCLE = 1


def certify(*, person: Person, certifier: Person, now: datetime, today: date) -> Certificate:
    """Issue the certificate of her version of the standard; whoever asks again gets the same one.

    What remains is computed anew inside the transaction. Raises Refused when something remains, when the certifier is
    not coordinator of the person's region, is her mentor or herself, or verified her hours (two-person rule), and while
    she pauses or has stopped.
    """
    newest = _current_standard()
    check_coordinator(person, certifier)
    with writing():
        queue_for(person)
        judgement = evidence.judgement_of(person.pk, today=today)
        found, standard = judgement.standing, judgement.standard or newest
        check_two_persons(standard.rules, person, certifier)
        held = Certificate.objects.filter(person=person, standard_code=standard.code, cycle=FIRST_CYCLE).first()
        if held is not None:
            return _same_again(held)
        check_active(person)
        if not found.is_complete:
            raise Refused(_("Something still remains for her. Look at the list and try again later."), code="remains")
        period = Period(today, days.day_before(days.years_later(today, standard.rules.valid_years)))
        return issue(
            standard=standard,
            person=person,
            certifier=certifier,
            cycle=FIRST_CYCLE,
            period=period,
            evidence=figures(found.requirements),
            now=now,
            today=today,
        )


def issue(
    *,
    standard: Standard,
    person: Person,
    certifier: Person,
    cycle: int,
    period: Period,
    evidence: dict[str, list[int]],
    now: datetime,
    today: date,
) -> Certificate:
    """Sign and keep one certificate, with the decision, its papers and the trail, inside the caller's transaction.

    Whether she may have it is the caller's question. Raises Refused when her name cannot be signed.
    """
    certificate = _signed_row(standard, person, certifier, cycle, period, now, today)
    kind = Decision.Kind.CERTIFIED if cycle == FIRST_CYCLE else Decision.Kind.RENEWED
    _decide(kind, person, standard, certifier, now, certificate=certificate, figures=evidence)
    papers = Paper.objects.bulk_create(
        [Paper(certificate=certificate, kind=kind, asked_at=now) for kind in Paper.Kind.values]
    )
    detail = {"code": certificate.code, "standard": standard.code, "version": standard.version, "cycle": cycle}
    trailing.record(actor=certifier, verb=f"certificates.{kind}", subject=certificate, detail=detail, now=now)
    transaction.on_commit(partial(printing.ask_for, [paper.pk for paper in papers]), robust=True)
    return certificate


def decline(*, person: Person, decider: Person, reason: str, now: datetime, today: date) -> Decision:
    """Say that she is not certified yet, and why; she reads the reason. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Write what is missing."), field="reason")
    _check_text(reason)
    newest = _current_standard()
    check_coordinator(person, decider)
    with writing():
        queue_for(person)
        judgement = evidence.judgement_of(person.pk, today=today)
        found, standard = judgement.standing, judgement.standard or newest
        if Certificate.objects.filter(person=person, standard_code=standard.code, cycle=FIRST_CYCLE).exists():
            raise Refused(_("She is certified already. A certificate can be revoked, with grounds."), code="certified")
        decision = _decide(
            Decision.Kind.DECLINED,
            person,
            standard,
            decider,
            now,
            reason=reason.strip(),
            figures=figures(found.requirements),
        )
        trailing.record(actor=decider, verb="certificates.declined", subject=decision, now=now)
    return decision


def revoke(*, certificate: Certificate, revoker: Person, now: datetime, reason: str = "") -> Certificate:
    """Take back a certificate that was issued by mistake; it stays listed and says so.

    Every other ground needs an inquiry with a panel (domain.md 4.7). Raises Refused.
    """
    _check_text(reason)
    check_coordinator(certificate.person, revoker)
    with writing():
        mistake = Certificate.Ground.MISTAKE
        return take_back(certificate=certificate, revoker=revoker, ground=mistake, now=now, reason=reason)


def take_back(
    *, certificate: Certificate, revoker: Person, ground: str, now: datetime, reason: str = ""
) -> Certificate:
    """Mark a certificate as taken back, inside the caller's transaction; again changes nothing."""
    row = Certificate.objects.select_for_update().select_related("person", "standard").get(pk=certificate.pk)
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.revoked_by, row.revoked_for = now, revoker, ground
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_for"])
    _decide(Decision.Kind.REVOKED, row.person, row.standard, revoker, now, certificate=row, reason=reason.strip())
    trailing.record(actor=revoker, verb="certificates.revoked", subject=row, detail={"ground": ground}, now=now)
    return row


def figures(requirements: Iterable[Requirement]) -> dict[str, list[int]]:
    """Have and need of each requirement, to keep with a decision."""
    return {one.code: [one.have, one.need] for one in requirements}


def _signed_row(
    standard: Standard, person: Person, certifier: Person, cycle: int, period: Period, now: datetime, today: date
) -> Certificate:
    rules = standard.rules
    statement = Statement(
        name=" ".join(unicodedata.normalize("NFC", person.name).split()),
        code=codes.new_code(),
        number=(Certificate.objects.aggregate(most=Max("number"))["most"] or 0) + 1,
        standard=standard.code,
        version=standard.version,
        topic_hours=tuple(module.hours for module in rules.modules),
        practice_minutes=rules.minutes,
        issued_on=today,
        valid_from=period.starts_on,
        expires_on=period.ends_on or period.starts_on,
    )
    signing.make_key_if_none()
    key = signing.active_key()
    try:
        token = token_of(statement, key)
    except ValueError as error:
        raise Refused(_("Her name cannot be printed as it is written. Correct it first."), code="name") from error
    return Certificate.objects.create(
        code=statement.code,
        number=statement.number,
        person=person,
        standard=standard,
        standard_code=standard.code,
        cycle=cycle,
        name=statement.name,
        topics=topics(rules),
        practice_minutes=statement.practice_minutes,
        issued_on=statement.valid_from,
        expires_on=statement.expires_on,
        statement=token,
        kid=key.kid,
        layout=LayoutVersion.objects.used(),
        certified_by=certifier,
        certified_at=now,
    )


def topics(rules: StandardRules) -> list[dict[str, Any]]:
    """Topics and hours of study, the claim that UU 12/2022 Pasal 26(3)b asks for (domain.md 1.2)."""
    return [
        {"code": module.code, "title": module.title, "outer_title": module.outer_title, "hours": module.hours}
        for module in rules.modules
    ]


def obstacle(person: Person, certifier: Person, standard: Standard) -> str:
    """Why this person may not certify her, in a sentence; empty when she may."""
    try:
        check_coordinator(person, certifier)
        check_two_persons(standard.rules, person, certifier)
        check_active(person)
    except Refused as refused:
        return str(refused)
    return ""


def check_active(person: Person) -> None:
    """One sentence for every hold: which one it is, is for those concerned (domain.md 4.7)."""
    if companions.last_decided([person.pk]).get(person.pk, (None, None))[0]:
        raise Refused(_("She is not active at present. A certificate waits until she is back."), code="hold")


def check_coordinator(person: Person, decider: Person) -> None:
    if person.pk == decider.pk:
        raise Refused(_("Nobody decides about herself. Ask another coordinator."), code="own")
    if not scoping.covers(decider, "coordinator", person.village_id or ""):
        raise Refused(_("This person is not in your region."), code="region")
    if Mentorship.objects.filter(mentor=decider, learner=person).exists():
        raise Refused(_("You were her mentor. Another coordinator decides."), code="mentor")


def check_two_persons(rules: StandardRules, person: Person, certifier: Person) -> None:
    """Who verified her hours does not certify her as well."""
    if not rules.two_persons:
        return
    verified = HoursEntry.objects.filter(learner=person, state=HoursEntry.State.VERIFIED, judged_by=certifier)
    if verified.exists():
        raise Refused(_("You verified hours of hers. Another coordinator certifies her."), code="two_persons")


def _check_text(text: str) -> None:
    found = identifiers.kinds(text)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field="reason", code="identifier")


def _current_standard() -> Standard:
    standard = Standard.objects.current()
    if standard is None:
        raise Refused(_("No standard is loaded yet. The site owner loads one."), code="no_standard")
    return standard


def queue_for(person: Person) -> None:
    """One at a time, also on PostgreSQL: numbers have no gap and nobody gets two certificates.

    The first standard of all is where everybody waits, under whatever version she is certified or renewed.
    """
    Standard.objects.select_for_update().order_by("pk").values_list("pk").first()
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()


def _same_again(held: Certificate) -> Certificate:
    if held.revoked_at is not None:
        raise Refused(_("Her certificate was revoked. It is not issued again in this way."), code="revoked")
    return held


def _decide(kind: str, person: Person, standard: Standard, decider: Person, now: datetime, **more: Any) -> Decision:
    return Decision.objects.create(
        kind=kind, person=person, standard=standard, decided_by=decider, decided_at=now, **more
    )
