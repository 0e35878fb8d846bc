"""What a learner's desk shows of internship and standing."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates import evidence, reminding
from certificates.models import Certificate, HoursEntry
from certificates.rules.requirements import Requirement
from courses import classes, desk
from courses.classes import Panel
from courses.desk import Bar, Notice, Tile
from courses.models import Cohort
from lms.people.models import Person


def register_tiles() -> None:
    desk.register_tile(what_remains)
    classes.register_panels(learned_elsewhere)


def what_remains(person: Person, today: date) -> Tile:
    """The counted requirements as bars, a returned entry as a notice; nothing for who has no learner's evidence."""
    standing = evidence.standing_of(person.pk, today=today)
    if not standing.requirements:
        return Tile()
    if Certificate.objects.filter(person=person).exists():
        return Tile(notices=(*_returned(person), *_reminded(person)))
    total = len(standing.requirements)
    if standing.is_complete:
        notice = Notice(
            "done",
            "ok",
            _("Nothing remains"),
            _("Your coordinator now looks at your file."),
            _certificate(),
            _("See it"),
        )
        return Tile(notices=(notice,))
    return Tile(
        bars=tuple(_bar(one) for one in standing.requirements if one.need > 1),
        notices=_returned(person),
        more_url=_certificate(),
        more_label=_("See all %(total)s requirements") % {"total": total},
    )


def learned_elsewhere(cohort: Cohort, trainer: Person) -> tuple[Panel, ...]:
    """For trainers: where a module that a member learned elsewhere is proposed and agreed to. No query."""
    said = _("Two persons look at what she brings with her.")
    return (Panel(_("Learned elsewhere"), (said,), reverse("certificates:recognitions"), _("Propose or agree")),)


def _bar(one: Requirement) -> Bar:
    unit = "hours" if one.unit == "minutes" else ""
    return Bar(one.title.render(_), one.have, one.need, unit, one.waiting)


def _returned(person: Person) -> tuple[Notice, ...]:
    count = HoursEntry.objects.to_mend().filter(learner=person).count()
    if not count:
        return ()
    title = _("Entries to mend: %(count)s") % {"count": count}
    text = _("Your mentor has written what to mend.")
    return (Notice("stop", "back", title, text, reverse("certificates:hours"), _("Open the hours")),)


def _reminded(person: Person) -> tuple[Notice, ...]:
    """Neutral words: somebody may look over her shoulder."""
    if not reminding.is_reminded(person):
        return ()
    title, text = _("Something needs your look"), _("There is time. See what comes next.")
    return (Notice("wait", "info", title, text, _certificate(), _("See it")),)


def _certificate() -> str:
    return reverse("certificates:certificate")
