"""A companion says what she may be called for and how strangers read her name; two people vouch for a paper of old.

Actions.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from certificates.models import CallConsent, PaperCertificate, PublicName
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person


def consent(*, person: Person, kinds: Iterable[str], now: datetime) -> CallConsent | None:
    """From now on she may be called for these, and for nothing else; an empty list takes everything back."""
    wanted = sorted(set(kinds) & set(CallConsent.Kind.values))
    with writing():
        Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
        held = CallConsent.objects.given().filter(person=person).first()
        if (held.kinds if held else []) == wanted:
            return held
        if held is not None:
            held.withdrawn_at = now
            held.save(update_fields=["withdrawn_at"])
        row = CallConsent.objects.create(person=person, kinds=wanted, consented_at=now) if wanted else None
        verb = "certificates.consent_given" if row else "certificates.consent_withdrawn"
        trailing.record(actor=person, verb=verb, subject=row or held or person, person=person, now=now)
    return row


def show_name(*, person: Person, is_whole: bool, now: datetime) -> PublicName:
    """From now on whoever types her code reads her whole name, or initials. The same again changes nothing."""
    with writing():
        held = PublicName.objects.select_for_update().filter(person=person).first()
        if held is not None and held.is_whole == is_whole:
            return held
        said = {"is_whole": is_whole, "said_at": now}
        row, _created = PublicName.objects.update_or_create(person=person, defaults=said)
        verb = "certificates.name_shown" if is_whole else "certificates.name_shortened"
        trailing.record(actor=person, verb=verb, subject=row, now=now)
    return row


def propose_paper(
    *,
    person: Person,
    title: str,
    issued_on: date,
    expires_on: date | None,
    seen: str,
    proposer: Person,
    now: datetime,
    today: date,
) -> PaperCertificate:
    """Enter a certificate of the days of paper, with what was seen; a second person agrees. Raises Refused."""
    found = identifiers.kinds(title)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field="title", code="identifier")
    if issued_on > today:
        raise Refused(_("This day has not come yet."), field="issued_on")
    if expires_on and expires_on < issued_on:
        raise Refused(_("It cannot end before it begins."), field="expires_on")
    _check_coordinator(person, proposer)
    with writing():
        Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
        same = PaperCertificate.objects.filter(person=person, title=title, issued_on=issued_on)
        if same.exclude(state=PaperCertificate.State.DECLINED).exists():
            raise Refused(_("This certificate is entered already."), code="twice")
        row = PaperCertificate.objects.create(
            person=person,
            title=title,
            issued_on=issued_on,
            expires_on=expires_on,
            seen=seen,
            proposed_by=proposer,
            proposed_at=now,
        )
        trailing.record(actor=proposer, verb="certificates.paper_proposed", subject=row, now=now)
    return row


def judge_paper(*, paper: PaperCertificate, judge: Person, agrees: bool, now: datetime) -> PaperCertificate:
    """The second person agrees or not; once said it stays. Raises Refused for the one who proposed it."""
    _check_coordinator(paper.person, judge)
    if paper.proposed_by_id == judge.pk:
        raise Refused(_("You entered it. A second person agrees."), code="two_persons")
    with writing():
        row = PaperCertificate.objects.select_for_update().get(pk=paper.pk)
        if row.state != PaperCertificate.State.PROPOSED:
            return row
        row.state = PaperCertificate.State.AGREED if agrees else PaperCertificate.State.DECLINED
        row.judged_by, row.judged_at = judge, now
        row.save(update_fields=["state", "judged_by", "judged_at"])
        trailing.record(actor=judge, verb=f"certificates.paper_{row.state}", subject=row, now=now)
    return row


def _check_coordinator(person: Person, decider: Person) -> None:
    if person.pk == decider.pk:
        raise Refused(_("Nobody decides about herself. Ask another coordinator."), code="own")
    if not scoping.covers(decider, "coordinator", person.village_id or ""):
        raise Refused(_("This person is not in your region."), code="region")
