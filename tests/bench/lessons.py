"""Every lesson in one table: what it says, what it weighs, what it costs, beside the same page as a static file."""

import gzip
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

import django
from django.conf import settings
from django.db import connection
from django.test import Client

ROUNDS = 30
HEAD = (
    f"{'lesson':<10}{'words':>7}{'page B':>9}{'pictures B':>12}{'requests':>10}"
    f"{'SQL':>5}{'CPU ms':>9}{'static ms':>11}\n"
)


@dataclass(frozen=True)
class Cost:
    """One lesson: bytes as sent to a phone (gzip), CPU milliseconds (median) of one answer."""

    name: str
    words: int
    page_bytes: int
    picture_bytes: int
    requests: int
    sql: int
    cpu_ms: float
    static_ms: float

    def line(self) -> str:
        figures = f"{self.words:>7}{self.page_bytes:>9}{self.picture_bytes:>12}{self.requests:>10}{self.sql:>5}"
        return f"{self.name:<10}{figures}{self.cpu_ms:>9.2f}{self.static_ms:>11.2f}\n"


def cpu_ms(ask: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        ask()
        spent.append(1000 * (time.process_time() - begun))
    return statistics.median(spent)


def words_of(page: str) -> int:
    main = re.search(r"<main.*?</main>", page, re.S)
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", main[0] if main else "", flags=re.S)
    return len(re.findall(r"\w[\w'’-]*", unescape(bare)))


def costs() -> Iterator[Cost]:
    """Asked as a learner who has done every step, so that nothing is locked."""
    from courses import outline, progressing
    from lms.kit import clock
    from lms.people.models import Person

    person = Person.objects.get(username="teratai")
    for course in outline.course_plans():
        for step in (one for module in course.modules for one in module.steps):
            progressing.mark_done(person=person, step_key=step.key, entry_id=None, now=clock.now())
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    for course in outline.course_plans():
        for module in course.modules:
            for lesson in module.lessons:
                yield cost(browser, f"{module.code}/{lesson.code}", outline.url_of(course, module, lesson))


def cost(browser: Client, name: str, url: str) -> Cost:
    def ask(address: str = url) -> bytes:
        answer = browser.get(address, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content

    ask()
    queries: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        sent = ask()
    page = gzip.decompress(sent).decode()
    pictures = set(re.findall(r'<img[^>]+src="([^"]+)"', page))
    weights = [len(b"".join(browser.get(one).streaming_content)) for one in sorted(pictures)]  # type: ignore[attr-defined]
    others = set(re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', page))
    others |= set(re.findall(r'<script[^>]+src="([^"]+)"', page))
    file = settings.DATA_DIR / "ukur" / f"{name.replace('/', '-')}.html"
    file.parent.mkdir(exist_ok=True)
    file.write_text(page, "utf-8")
    static = cpu_ms(lambda: b"".join(browser.get(f"/ukur/berkas/{file.name}").streaming_content))  # type: ignore[attr-defined]
    requests = 1 + len(pictures) + len(others)
    return Cost(name, words_of(page), len(sent), sum(weights), requests, len(queries), cpu_ms(ask), static)


def main() -> None:
    django.setup()
    sys.stdout.write(HEAD)
    for one in costs():
        sys.stdout.write(one.line())


if __name__ == "__main__":
    main()
