"""People come in, get roles, and get new secrets. Actions."""

import secrets as randomness
from datetime import date, datetime

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.kit.refusing import Refused
from lms.kit.writing import writing
from lms.people import rules, scoping, trailing
from lms.people.models import Mentorship, Person, Region, Role, VillageGroup
from lms.people.secrets import SecretValidator

# The roles whose holders use the editor, and the name of Wagtail's group that opens it.
EDITOR_GROUPS = {"trainer": "Pelatih", "owner": "Pemilik"}


def add_person(
    *,
    username: str,
    name: str,
    secret: str,
    now: datetime,
    actor: Person | None = None,
    called: str = "",
    sex: str = "",
    village: Region | None = None,
    group: VillageGroup | None = None,
) -> Person:
    """Add someone who can sign in. A coordinator adds people of her own regions only.

    Raises Refused when the user name is taken or the secret is too weak for a learner.
    """
    if actor is not None and not scoping.covers(actor, "coordinator", village.code if village else ""):
        raise Refused(_("You can add people of your own region only. Choose a village there."), field="village")
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(_("This user name is taken. Choose another one."), field="username")
    if not rules.is_good_secret(secret, is_staff=False):
        raise Refused(SecretValidator().get_help_text(), field="secret")
    with writing():
        person = Person(
            username=username.lower(), name=name, called=called, sex=sex, village=village, group=group, date_joined=now
        )
        person.set_password(secret)
        person.save()
        trailing.record(actor=actor, verb="people.added", subject=person, person=person, now=now)
    return person


def add_learner(
    *,
    username: str,
    name: str,
    secret: str,
    group: VillageGroup,
    actor: Person,
    now: datetime,
    today: date,
    called: str = "",
    sex: str = "",
) -> Person:
    """Add a learner to a village group, with her role, in one go; refuses like `add_person`."""
    with writing():
        person = add_person(
            username=username,
            name=name,
            secret=secret,
            now=now,
            actor=actor,
            called=called,
            sex=sex,
            village=group.village,
            group=group,
        )
        give_role(person=person, kind="learner", region=group.village, starts_on=today, now=now, actor=actor)
    return person


def correct_person(
    *, person: Person, name: str, called: str, sex: str, group: VillageGroup | None, actor: Person, now: datetime
) -> Person:
    """Mend how somebody is written down, or note that she moved to another group; the same again changes nothing.

    Without a group, her village stays too.

    Certificates keep the name they were signed with. Raises Refused outside the coordinator's own regions.
    """
    villages = {person.village_id or "", group.village_id if group else person.village_id or ""}
    if not all(scoping.covers(actor, "coordinator", code) for code in villages):
        raise Refused(_("You can change people of your own region only. Choose a group there."), field="group")
    said: dict[str, object] = {"name": name, "called": called, "sex": sex}
    if group:
        said |= {"group_id": group.pk, "village_id": group.village_id}
    with writing():
        row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        changed = sorted(field for field, value in said.items() if getattr(row, field) != value)
        for field in changed:
            setattr(row, field, said[field])
        if changed:
            row.save(update_fields=changed)
            detail = {"fields": changed}
            trailing.record(actor=actor, verb="people.corrected", subject=row, person=row, detail=detail, now=now)
    return row


def add_staff(
    *, username: str, name: str, secret: str, role: str, now: datetime, today: date, region: Region | None = None
) -> Person:
    """Add a trainer, coordinator or owner with her role (the operator's order). Refuses like `add_person`."""
    if not rules.is_good_secret(secret, is_staff=True):
        raise Refused(_("Use a password of at least 12 characters."), field="secret")
    with writing():
        person = add_person(username=username, name=name, secret=secret, now=now)
        give_role(person=person, kind=role, region=region, starts_on=today, now=now)
    return person


def give_role(
    *,
    person: Person,
    kind: str,
    starts_on: date,
    now: datetime,
    region: Region | None = None,
    ends_on: date | None = None,
    actor: Person | None = None,
) -> Role:
    """Give a role for a region (None: everywhere) and a period; an equal open role is returned as it is."""
    with writing():
        role, is_new = Role.objects.get_or_create(
            person=person, kind=kind, region=region, ends_on=ends_on, defaults={"starts_on": starts_on}
        )
        if is_new:
            if kind in EDITOR_GROUPS:
                person.groups.add(Group.objects.get_or_create(name=EDITOR_GROUPS[kind])[0])
            _forget_roles(person)
            trailing.record(
                actor=actor,
                verb="people.role_given",
                subject=role,
                now=now,
                detail={"kind": kind, "region": region.code if region else ""},
            )
    return role


def end_role(*, role: Role, ends_on: date, now: datetime, actor: Person | None = None) -> None:
    """Let a role end with this day; the row stays."""
    with writing():
        role.ends_on = ends_on
        role.save(update_fields=["ends_on"])
        _forget_roles(role.person)
        trailing.record(actor=actor, verb="people.role_ended", subject=role, now=now, detail={"kind": role.kind})


def close_editor(*, today: date) -> int:
    """Take people whose editing role has ended out of Wagtail's groups; returns how many memberships ended."""
    closed = 0
    for kind, name in EDITOR_GROUPS.items():
        holders = Role.objects.on(today).filter(kind=kind).values("person")
        with writing():
            rows = Person.groups.through.objects.filter(group__name=name).exclude(person__in=holders)
            closed += rows.delete()[0]
    return closed


def begin_mentorship(
    *, mentor: Person, learner: Person, starts_on: date, now: datetime, actor: Person | None = None
) -> Mentorship:
    """Let a mentor answer for a learner. Raises Refused for herself or when another mentorship is open."""
    if mentor.pk == learner.pk:
        raise Refused(_("Nobody can be her own mentor. Choose another person."))
    if not scoping.has_role(mentor, "mentor"):
        raise Refused(_("This person is not a mentor. Give her that role first."))
    if Mentorship.objects.filter(learner=learner, ends_on=None).exists():
        raise Refused(_("She has a mentor already. End that mentorship first."))
    with writing():
        mentorship = Mentorship(mentor=mentor, learner=learner, starts_on=starts_on)
        mentorship.save()
        trailing.record(actor=actor, verb="people.mentorship_begun", subject=mentorship, now=now)
    return mentorship


def set_secret(*, person: Person, secret: str, now: datetime, actor: Person | None = None) -> None:
    """Set a PIN or password; every open session of the person ends. Raises Refused when it is too weak."""
    try:
        SecretValidator().validate(secret, person)
    except ValidationError as error:
        raise Refused(error.messages[0], field="secret") from error
    with writing():
        person.set_password(secret)
        person.save(update_fields=["password"])
        trailing.record(actor=actor, verb="people.secret_set", subject=person, person=person, now=now)


def renew_pin(*, person: Person, actor: Person, now: datetime) -> str:
    """A coordinator makes a new PIN for someone of her region and reads it to her; returns the PIN.

    Raises Refused for staff (they have passwords and a second factor) and for herself.
    """
    if person.pk == actor.pk:
        raise Refused(_("Change your own password on your own page."))
    if scoping.is_staff(person):
        raise Refused(_("This person works with a password. The site owner sets a new one."))
    if not scoping.covers(actor, "coordinator", person.village_id or ""):
        raise Refused(_("This person is not in your region."))
    pin = new_pin()
    set_secret(person=person, secret=pin, now=now, actor=actor)
    return pin


def new_pin() -> str:
    """Six random digits that are not a row."""
    while True:
        pin = f"{randomness.randbelow(10**6):06d}"
        if not rules.is_weak_pin(pin):
            return pin


def _forget_roles(person: Person) -> None:
    person.__dict__.pop("_held_roles", None)
