"""The trail: append-only, sealed line by line."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from lms.people import trailing
from lms.people.models import TrailLine
from tests.cast import THEN, Cast


def test_an_untouched_trail_is_whole(cast: Cast) -> None:
    trailing.record(actor=cast.soka, verb="tests.seen", subject=cast.seruni, now=THEN, detail={"minutes": 30})
    out = StringIO()
    call_command("check_trail", stdout=out)
    assert f"{TrailLine.objects.count()} lines" in out.getvalue()


@pytest.mark.parametrize(
    ("column", "value"), [("verb", "tests.other"), ("detail", '{"minutes": 60}'), ("actor_id", 1), ("subject_id", "9")]
)
def test_a_changed_line_is_found(cast: Cast, column: str, value: object) -> None:
    line = trailing.record(actor=cast.soka, verb="tests.seen", subject=cast.seruni, now=THEN, detail={"minutes": 30})
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_trailline SET {column} = %s WHERE id = %s", [value, line.pk])  # noqa: S608
    assert [number for number, _sentence in trailing.breaks()] == [line.pk]
    with pytest.raises(CommandError):
        call_command("check_trail", stderr=StringIO())


def test_a_removed_line_is_found(cast: Cast) -> None:
    first = TrailLine.objects.order_by("id")[3]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_trailline WHERE id = %s", [first.pk])
    assert len(list(trailing.breaks())) == 1


def test_a_line_can_be_neither_changed_nor_removed_by_the_product(cast: Cast) -> None:
    line = TrailLine.objects.latest("id")
    for attempt in (line.save, line.delete, TrailLine.objects.all().delete, lambda: TrailLine.objects.update(verb="x")):
        with pytest.raises(ValidationError):
            attempt()


def test_lines_are_found_by_subject_and_by_person(cast: Cast) -> None:
    line = trailing.record(actor=cast.soka, verb="tests.seen", subject=cast.seruni, person=cast.seruni, now=THEN)
    assert line in TrailLine.objects.about(cast.seruni)
    assert line in TrailLine.objects.concerning(cast.seruni)
    assert line not in TrailLine.objects.concerning(cast.melati)
