"""What a learner's desk asks about trainings that are over."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from courses import desk, opinions
from courses.desk import Notice, Tile
from lms.people.models import Person


def register_tiles() -> None:
    desk.register_tile(trainings_to_rate)


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
