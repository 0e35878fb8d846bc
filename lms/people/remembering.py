"""Names that people chose to leave on a shared phone: in one signed cookie of the sign-in page, nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lms.people.models import Person

COOKIE = "ingat"
PATH = "/akun/"
MOST = 5
SECONDS = 60 * 60 * 24 * 180
SALT = "lms.people.remembering"


@dataclass(frozen=True, slots=True)
class Remembered:
    """Somebody who lets this phone know her name. `number`: her place in the list, from 1."""

    number: int
    person_id: int
    name: str


def names_on(request: HttpRequest) -> tuple[Remembered, ...]:
    """The names on this phone. Whatever is not signed by us, or too old, is no name."""
    try:
        rows = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return ()
    return tuple(Remembered(number, person_id, name) for number, (person_id, name) in enumerate(rows, 1))


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Put her first; the sixth name falls off. Two people called alike show their whole names."""
    others = [one for one in names_on(request) if one.person_id != person.pk][: MOST - 1]
    is_alike = any(one.name == person.address for one in others)
    _store(response, [(person.pk, person.name if is_alike else person.address), *_rows(others)])


def forget(request: HttpRequest, response: HttpResponse, number: int) -> None:
    """Take a name off this phone; an unknown number takes none."""
    _store(response, _rows([one for one in names_on(request) if one.number != number]))


def _rows(names: list[Remembered]) -> list[tuple[int, str]]:
    return [(one.person_id, one.name) for one in names]


def _store(response: HttpResponse, rows: list[tuple[int, str]]) -> None:
    if not rows:
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=SALT),
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
