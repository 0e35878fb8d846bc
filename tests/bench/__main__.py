"""`make bench`: speeds of this machine as ratios to limits taken in the same run (design.md 5)."""

import json
import os
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import django

from tests.bench.papers import per_second
from tests.bench.site import Site, Visitor, running_site

MODULE = "/belajar/dasar/m1/"
LESSON = f"{MODULE}1/"
ROUNDS = 5
GZIP = {"Accept-Encoding": "gzip"}


def say(what: str, value: str, budget: str = "") -> None:
    sys.stdout.write(f"{what:<58}{value:>16}   {budget}\n")


def cpu_ms(site: Site, ask: Callable[[], object], times: int) -> float:
    """CPU milliseconds of the web processes for one call."""
    before = site.cpu_seconds()
    for _ in range(times):
        ask()
    return 1000 * (site.cpu_seconds() - before) / times


def lesson(site: Site, visitor: Visitor) -> None:
    for _ in range(20):
        visitor.ask(LESSON, headers=GZIP)
        visitor.ask("/ukur/biasa/")
    ratios, plain, full = [], [], []
    for _ in range(ROUNDS):
        plain.append(cpu_ms(site, lambda: visitor.ask("/ukur/biasa/"), 200))
        full.append(cpu_ms(site, lambda: visitor.ask(LESSON, headers=GZIP), 200))
        ratios.append(full[-1] / plain[-1])
    say("trivial view, CPU", f"{statistics.median(plain):.2f} ms")
    say("lesson, signed in, warm, CPU", f"{statistics.median(full):.2f} ms")
    say("lesson / trivial", f"{statistics.median(ratios):.1f}", "at most 6")
    _status, body, headers = visitor.ask(LESSON, headers=GZIP)
    say("lesson, compressed", f"{len(body)} bytes", "at most 12,000")
    again = {**GZIP, "If-None-Match": headers.get("etag", "")}
    status, body, headers = visitor.ask(LESSON, headers=again)
    say("lesson, again", f"{status}, {len(body)} bytes", "304, 0 bytes of body")
    size = sum(len(k) + len(v) + 4 for k, v in headers.items())
    say("its headers", f"{size} bytes", "at most 500")


def entry(kind: str, fields: dict[str, object]) -> dict[str, object]:
    return {"id": str(uuid.uuid4()), "kind": kind, "made_at": datetime.now(UTC).isoformat(), "fields": fields}


def post_entries(visitor: Visitor, token: str, device: str, entries: list[dict[str, object]]) -> None:
    body = json.dumps({"device": device, "entries": entries})
    status, answer, _headers = visitor.ask(
        "/sinkron/", body, {"Content-Type": "application/json", "X-CSRFToken": token}
    )
    assert status == 200, (status, answer[:200])
    states = {receipt["state"] for receipt in json.loads(answer)["receipts"]}
    assert states == {"applied"}, answer[:400]


def rate(visitor: Visitor, work: Callable[[Visitor], None], times: int) -> tuple[float, float]:
    """(calls a second, 95th percentile in ms) at eight connections."""
    waits: list[float] = []

    def one(_number: int) -> None:
        mine = visitor.like()
        for _ in range(times // 8):
            begun = time.perf_counter()
            work(mine)
            waits.append(1000 * (time.perf_counter() - begun))

    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    return len(waits) / (time.perf_counter() - begun), sorted(waits)[int(len(waits) * 0.95)]


def inbox(site: Site, visitor: Visitor, step: str, token: str) -> None:
    device = str(uuid.uuid4())

    def done() -> dict[str, object]:
        return entry("courses.lesson_done", {"step": step})

    post_entries(visitor, token, device, [done()])
    ratios, waits, rates = [], [], []
    for _ in range(3):
        limit, _wait = rate(visitor, lambda one: one.ask("/ukur/satu/", ""), 400)
        got, wait = rate(visitor, lambda one: post_entries(one, token, device, [done()]), 400)
        ratios.append(got / limit)
        waits.append(wait)
        rates.append((limit, got))
    say("one-row insert, 8 connections", f"{statistics.median(one for one, _ in rates):.0f} /s")
    say("one entry, 8 connections", f"{statistics.median(one for _, one in rates):.0f} /s")
    say("entry / insert", f"{statistics.median(ratios):.2f}", "at least 0.33")
    say("one entry, 95th percentile", f"{statistics.median(waits):.0f} ms", "60 ms")
    visitor = visitor.like()  # its first connection may have idled away meanwhile
    single = cpu_ms(site, lambda: post_entries(visitor, token, device, [done()]), 60)
    batch = cpu_ms(site, lambda: post_entries(visitor, token, device, [done() for _ in range(50)]), 20)
    say("50 entries in one batch / a single one", f"{batch / single:.1f}", "at most 8")


def hidden(page: bytes, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rb'name="%s" value="([^"]+)"' % name.encode(), page)
    assert found is not None, name
    return found[1].decode()


def open_exam(visitor: Visitor, token: str) -> tuple[str, str]:
    """Finish the lessons of the module and begin its exam: (the attempt, a key of its first question)."""
    _status, module, _headers = visitor.ask(MODULE)
    for path in sorted(set(re.findall(rb'href="(%s\d/)"' % MODULE.encode(), module))):
        _status, page, _headers = visitor.ask(path.decode())
        post_entries(visitor, token, str(uuid.uuid4()), [entry("courses.lesson_done", {"step": hidden(page, "step")})])
    _status, page, _headers = visitor.ask(f"{MODULE}ujian/")
    attempt = str(uuid.uuid4())
    begun = entry("assessments.exam", {"exam": hidden(page, "exam"), "attempt": attempt})
    post_entries(visitor, token, str(uuid.uuid4()), [begun])
    _status, page, _headers = visitor.ask(f"/ujian/{attempt}/1/")
    return attempt, hidden(page, "answer")


def answers(visitor: Visitor, token: str) -> None:
    """An answer of an exam, written over and over from eight phones."""
    visitor = visitor.like()
    attempt, key = open_exam(visitor, token)
    fields = {"attempt": attempt, "question": 1, "answer": [key]}

    def give(one: Visitor) -> None:
        post_entries(one, token, str(uuid.uuid4()), [entry("assessments.exam", fields)])

    limits, rates, waits = [], [], []
    for _ in range(3):
        limits.append(rate(visitor, lambda one: one.ask("/ukur/satu/", ""), 400)[0])
        got, wait = rate(visitor, give, 400)
        rates.append(got)
        waits.append(wait)
    say("one exam answer, 8 connections", f"{statistics.median(rates):.0f} /s")
    say("exam answer / insert", f"{statistics.median(rates) / statistics.median(limits):.2f}", "at least 0.33")
    say("one exam answer, 95th percentile", f"{statistics.median(waits):.0f} ms", "60 ms")


def papers() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    say("certificates as PDF, one process", f"{per_second():.1f} /s", "at least 20")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        say("first 200 after the start", f"{site.started_in:.2f} s", "2.5 s")
        time.sleep(1)
        say("web process group at rest, PSS", f"{site.pss_mib():.0f} MiB", "130 MiB")
        visitor = Visitor().sign_in("nuri", "246810")
        step, token = step_and_token(visitor)
        lesson(site, visitor)
        inbox(site, visitor, step, token)
        answers(visitor, token)
        say("web process group after load, PSS", f"{site.pss_mib():.0f} MiB", "170 MiB")
        say("the starter curriculum, loaded for the first time", f"{site.loaded_in:.1f} s", "30 s")
        sys.stdout.flush()
        site.run("tests.bench.lessons")
        site.run("tests.bench.coverage")
    papers()


def step_and_token(visitor: Visitor) -> tuple[str, str]:
    """The key of the first lesson and a CSRF token, from its page."""
    _status, page, _headers = visitor.ask(LESSON)
    return hidden(page, "step"), hidden(page, "csrfmiddlewaretoken")


if __name__ == "__main__":
    main()
