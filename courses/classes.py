"""What apps above add to the page of a class. Only reads."""

from collections.abc import Callable
from dataclasses import dataclass

from courses.models import Cohort
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Panel:
    """A title, a few sentences, perhaps a way on."""

    title: str
    sentences: tuple[str, ...] = ()
    url: str = ""
    link: str = ""


GatherPanels = Callable[[Cohort, Person], tuple[Panel, ...]]

_panels: list[GatherPanels] = []


def register_panels(gather: GatherPanels) -> None:
    """`gather(cohort, trainer)` adds panels. Called at start-up."""
    if gather not in _panels:
        _panels.append(gather)


def panels_of(cohort: Cohort, trainer: Person) -> tuple[Panel, ...]:
    return tuple(panel for gather in _panels for panel in gather(cohort, trainer))
