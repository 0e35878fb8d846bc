"""What a learner's desk asks about trainings that are over, and what a class page says of its days."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import classes, desk, opinions
from courses.classes import Panel
from courses.desk import Notice, Tile
from courses.models import Cohort
from lms.people.models import Person


def register_tiles() -> None:
    desk.register_tile(trainings_to_rate)
    classes.register_panels(training_days)


def training_days(cohort: Cohort, trainer: Person) -> tuple[Panel, ...]:
    """For who teaches the class: how often it met. Two queries."""
    if not cohort.trainers.filter(pk=trainer.pk).exists():
        return ()
    count = cohort.days.count()
    said = ngettext("The class met on %(count)s day.", "The class met on %(count)s days.", count) % {"count": count}
    url = reverse("courses:training_days", args=[cohort.pk])
    return (Panel(_("Days of training"), (said,) if count else (), url, _("Note a day, tick who was there")),)


def trainings_to_rate(person: Person, today: date) -> Tile:
    """One notice for each training she has said nothing about."""
    return Tile(
        notices=tuple(
            Notice(
                kind="know",
                icon="talk",
                title=_("How was %(name)s?") % {"name": training.name},
                text=_("Three short questions. Nobody sees who answered."),
                url=reverse("courses:feedback", args=[training.key]),
                link=_("Answer"),
            )
            for training in opinions.trainings_to_rate(person, today)
        )
    )
