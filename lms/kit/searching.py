"""A cleaner in front of every search box: SQLite's full-text search fails on quotes, NUL and odd spaces."""

import re
import unicodedata
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOT_A_WORD = re.compile(r"[^\w\s.@-]", re.UNICODE)
MOST_LETTERS = 120
MOST_WORDS = 8
FEWEST_LETTERS = 2


def clean_query(text: str) -> str:
    """Keep letters, digits and single spaces: what full-text search can read. At most 120 characters."""
    plain = unicodedata.normalize("NFKC", text)
    return " ".join(NOT_A_WORD.sub(" ", plain).split())[:MOST_LETTERS]


def fold(text: str) -> str:
    """How words are compared: one form of each letter, small, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def words_of(query: str) -> tuple[str, ...]:
    """The words to look for: folded, two letters at least, eight at most, each once."""
    words = fold(clean_query(query)).split()
    return tuple(dict.fromkeys(word for word in words if len(word) >= FEWEST_LETTERS))[:MOST_WORDS]


class CleanSearchMiddleware:
    """Clean the `q` of every address, the editor's own search boxes included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "q" in request.GET:
            query = request.GET.copy()
            query.setlist("q", [clean_query(one) for one in query.getlist("q")])
            request.GET = query  # type: ignore[assignment]
        return self.get_response(request)
