"""A complaint about a companion is looked into: suspend, hear, decide, appeal, close. Actions (domain.md 4.7).

One coordinator of her region who is not concerned leads it; nobody else reads it but the companion herself.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext as _

from certificates import companions, issuing, moving
from certificates.models import Certificate, Inquiry
from certificates.rules import inquiries
from certificates.rules.inquiries import AT_ONCE, Ground, Member, Outcome
from certificates.rules.states import By, Move, Mover, State
from lms.kit import identifiers
from lms.kit.refusing import Refused
from lms.kit.words import Sentence
from lms.kit.writing import writing
from lms.people import scoping, trailing
from lms.people.models import Person

# What a proven ground is called on a certificate that is taken back.
ON_A_CERTIFICATE = {Ground.VIOLENCE: "abuse", Ground.DISCLOSURE: "secrecy"}


def begin(
    *,
    person: Person,
    lead: Person,
    ground: str,
    complaint_on: date,
    suspend: bool,
    now: datetime,
    today: date,
) -> Inquiry:
    """Open an inquiry; on a grave ground she is suspended at once, else when `suspend` says so.

    Where one is running whose lead is no longer coordinator there, the new lead takes that one over, as it stands.
    Raises Refused when the lead is concerned or of another region, or when somebody leads an inquiry already.
    """
    if ground not in Inquiry.Grounds.values:
        raise Refused(_("Choose one of the grounds."), field="ground")
    _stop(inquiries.day_fault(complaint_on, not_before=date.min, today=today), "complaint_on")
    mover = moving.mover_of(person, lead)
    if sentence := obstacle(mover):
        raise Refused(sentence, code="concerned")
    with writing():
        Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
        running = Inquiry.objects.running().select_related("lead").filter(person=person).first()
        if running and _leads_still(running.lead, person):
            raise Refused(_("An inquiry is running already. Another coordinator leads it."), code="running")
        if running:
            return _hand_to(running, lead, actor=lead, now=now)
        inquiry = Inquiry.objects.create(
            person=person, lead=lead, ground=ground, complaint_on=complaint_on, opened_at=now
        )
        trailing.record(actor=lead, verb="certificates.inquiry_begun", subject=inquiry, now=now)
        if suspend or ground in AT_ONCE:
            _suspend(inquiry, mover, now, today)
    return inquiry


def obstacle(mover: Mover) -> str:
    """Why she leads no inquiry about this person, in a sentence; empty when she may."""
    is_concerned = mover.by is By.HERSELF or mover.is_concerned
    return _("You are concerned in this. Another coordinator decides.") if is_concerned else ""


def suspend(*, inquiry: Inquiry, lead: Person, now: datetime, today: date) -> Inquiry:
    """Suspend her while the inquiry runs; again changes nothing."""
    with writing():
        row = _led(inquiry, lead)
        if row.suspended_on is None:
            _suspend(row, Mover(By.COORDINATOR), now, today)
    return row


def hear(*, inquiry: Inquiry, lead: Person, heard_on: date, now: datetime, today: date) -> Inquiry:
    """Note that she was heard and could explain. Raises Refused for a day that cannot be."""
    with writing():
        row = _led(inquiry, lead)
        if row.decided_on:
            raise Refused(_("The panel has decided already."), code="decided")
        _stop(inquiries.day_fault(heard_on, not_before=row.complaint_on, today=today), "heard_on")
        row.heard_on = heard_on
        row.save(update_fields=["heard_on"])
        trailing.record(actor=lead, verb="certificates.inquiry_heard", subject=row, now=now)
    return row


def decide(
    *,
    inquiry: Inquiry,
    lead: Person,
    panel: Sequence[Member],
    outcome: str,
    reason: str,
    decided_on: date,
    now: datetime,
    today: date,
) -> Inquiry:
    """Keep the panel's written decision. Taking the certificate back waits until the days of appeal are over.

    Raises Refused for a panel that is not one, without a hearing, without a reason.
    """
    if outcome not in Inquiry.Outcomes.values:
        raise Refused(_("Choose what the panel decided."), field="outcome")
    if not reason.strip():
        raise Refused(_("Write the reason in one or two sentences."), field="reason")
    _check_text(reason)
    _stop(inquiries.panel_fault(panel), "panel")
    with writing():
        row = _led(inquiry, lead)
        _check_panel(panel, row)
        _stop(inquiries.decision_fault(row.course, decided_on, today), "decided_on")
        row.panel = [asdict(one) for one in panel]
        row.outcome, row.reason, row.decided_on = outcome, reason.strip(), decided_on
        row.save(update_fields=["panel", "outcome", "reason", "decided_on"])
        trailing.record(
            actor=lead, verb="certificates.inquiry_decided", subject=row, detail={"outcome": outcome}, now=now
        )
        if outcome == Outcome.REVOKED and row.suspended_on is None:
            _suspend(row, Mover(By.COORDINATOR), now, today)
        if outcome == Outcome.UNFOUNDED:
            _close(row, lead, now, today)
    return row


def appeal(*, inquiry: Inquiry, actor: Person, appealed_on: date, now: datetime, today: date) -> Inquiry:
    """She objects within fourteen days, or the lead notes her objection from paper. Raises Refused."""
    with writing():
        row = _locked(inquiry)
        if actor.pk not in {row.person_id, row.lead_id}:
            raise Refused(_("Only she herself objects, or her coordinator for her."), code="not_hers")
        _stop(inquiries.appeal_fault(row.course, appealed_on, today), "appealed_on")
        row.appealed_on = appealed_on
        row.save(update_fields=["appealed_on"])
        trailing.record(actor=actor, verb="certificates.inquiry_appealed", subject=row, now=now)
    return row


def decide_appeal(
    *, inquiry: Inquiry, lead: Person, outcome: str, decided_on: date, now: datetime, today: date
) -> Inquiry:
    """Keep how the appeal was decided; it takes effect at once. Raises Refused."""
    if outcome not in Inquiry.Outcomes.values:
        raise Refused(_("Choose what was decided."), field="outcome")
    with writing():
        row = _led(inquiry, lead)
        if row.appealed_on is None or row.appeal_decided_on:
            raise Refused(_("No appeal is open."), code="no_appeal")
        _stop(inquiries.day_fault(decided_on, not_before=row.appealed_on, today=today), "decided_on")
        row.appeal_outcome, row.appeal_decided_on = outcome, decided_on
        row.save(update_fields=["appeal_outcome", "appeal_decided_on"])
        detail = {"outcome": outcome}
        trailing.record(actor=lead, verb="certificates.appeal_decided", subject=row, detail=detail, now=now)
        _close(row, lead, now, today)
    return row


def close(*, inquiry: Inquiry, lead: Person, now: datetime, today: date) -> Inquiry:
    """Let the decision take effect once the days of appeal are over. Again changes nothing. Raises Refused."""
    with writing():
        row = _locked(inquiry)
        if row.closed_on:
            return row
        row = _led(inquiry, lead)
        _stop(inquiries.may_close(row.course, today), "")
        _close(row, lead, now, today)
    return row


def hand_over(*, inquiry: Inquiry, lead: Person, to: Person, now: datetime) -> Inquiry:
    """Give the inquiry to another coordinator of her region who is not concerned. Raises Refused."""
    with writing():
        row = _led(inquiry, lead)
        mover = moving.mover_of(row.person, to)
        if mover.by is By.HERSELF or mover.is_concerned:
            raise Refused(_("She is concerned in this. Choose another coordinator."), field="to", code="concerned")
        return _hand_to(row, to, actor=lead, now=now)


def _hand_to(row: Inquiry, lead: Person, *, actor: Person, now: datetime) -> Inquiry:
    row.lead = lead
    row.save(update_fields=["lead"])
    trailing.record(actor=actor, verb="certificates.inquiry_handed_over", subject=row, now=now)
    return row


def _leads_still(lead: Person, person: Person) -> bool:
    return lead.is_active and scoping.covers(lead, "coordinator", person.village_id or "")


def _close(row: Inquiry, lead: Person, now: datetime, today: date) -> None:
    """The last outcome takes effect: the certificate goes, or the suspension does."""
    row.closed_on = today
    row.save(update_fields=["closed_on"])
    panel = Mover(By.PANEL)
    hold = companions.last_decided([row.person_id]).get(row.person_id, (None, None))[0]
    if row.final == Outcome.REVOKED:
        moving.write_change(person=row.person, to=Move.REVOKE, actor=lead, mover=panel, now=now, today=today)
        ground = ON_A_CERTIFICATE.get(Ground(row.ground), row.ground)
        for certificate in Certificate.objects.filter(person=row.person, revoked_at=None):
            issuing.take_back(certificate=certificate, revoker=lead, ground=ground, now=now)
    elif hold is State.SUSPENDED:
        moving.write_change(person=row.person, to=Move.LIFT, actor=lead, mover=panel, now=now, today=today)
    trailing.record(actor=lead, verb="certificates.inquiry_closed", subject=row, now=now)


def _suspend(row: Inquiry, mover: Mover, now: datetime, today: date) -> None:
    row.suspended_on = today
    row.save(update_fields=["suspended_on"])
    moving.write_change(person=row.person, to=Move.SUSPEND, actor=row.lead, mover=mover, now=now, today=today)


def _locked(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).select_related("person", "lead").get(pk=inquiry.pk)


def _led(inquiry: Inquiry, lead: Person) -> Inquiry:
    """The open inquiry for who leads it and is still coordinator there."""
    row = _locked(inquiry)
    if row.lead_id != lead.pk or not _leads_still(lead, row.person):
        raise Refused(_("Another coordinator leads this inquiry."), code="not_lead")
    if row.closed_on:
        raise Refused(_("This inquiry is closed."), code="closed")
    return row


def _check_panel(panel: Sequence[Member], row: Inquiry) -> None:
    """The companion does not sit on her own panel."""
    hers = " ".join(row.person.name.split()).casefold()
    if any(" ".join(one.name.split()).casefold() == hers for one in panel):
        raise Refused(_("She does not sit on her own panel."), field="panel")


def _check_text(text: str) -> None:
    found = identifiers.kinds(text)
    if found:
        raise Refused(identifiers.sentence_for(found).render(_), field="reason", code="identifier")


def _stop(fault: Sentence | None, field: str) -> None:
    if fault:
        raise Refused(fault.render(_), field=field)
