"""Sixty-four processes certify and renew at once: some the same person, some another, some die half-way.

test_issuing_at_once.py runs it on the database of the tests, `python -m tests.bench.issuing` on SQLite and PostgreSQL.
"""

import multiprocessing
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections

from certificates import issuing, renewing, status
from certificates.models import Certificate, CertificateLayout, Decision, Paper
from certificates.rules import statuslist
from certificates.rules.credential import Statement, read_token
from certificates.rules.statuslist import Purpose
from lms.kit import codes, signing
from lms.kit.refusing import Refused
from lms.people import joining, trailing
from lms.people.models import Person, Region, TrailLine
from tests.cast import AIR_LONTAR, LONG_AGO, PIN, THEN, make_cast
from tests.certificates.build import certify, load_small, make_ready, place

EACH = 4
MANY = {"new": 8, "renewed": 4, "unready": 2, "killed": 2}
PROCESSES = EACH * sum(MANY.values())
DAY = date(2029, 10, 1)
NOW = datetime(2029, 10, 1, 2, 0, tzinfo=UTC)
EASY: dict[str, Any] = {
    "reflection": False,
    "pledge": False,
    "renewal": {"reflections": False, "refresher_hours": 0, "talks_a_year": 0},
}
PATIENCE = 120  # seconds


@dataclass(frozen=True)
class Job:
    """One process: whom it certifies or renews, who presses the button, and whether it is cut off before the end."""

    kind: str
    person: Person
    certifier: Person

    def do(self) -> str:
        """The code of the certificate, or why there is none."""
        if self.kind == "killed":  # the certificate is written and not yet committed
            trailing.record = lambda **_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        act = renewing.renew if self.kind == "renewed" else issuing.certify
        try:
            return act(person=self.person, certifier=self.certifier, now=NOW, today=DAY).code
        except Refused as refused:
            return f"refused: {refused.code}"


@dataclass(frozen=True)
class Outcome:
    job: Job
    said: str
    seconds: float


def prepare() -> list[Job]:
    """Everybody in place. Renewals go by version 1 of the standard, first certificates by version 2."""
    cast = make_cast()
    district = Region.objects.get(code="99.01")
    joining.give_role(person=cast.murai, kind="coordinator", region=district, starts_on=LONG_AGO, now=THEN)
    load_small(**EASY)
    people = {kind: [_learner(f"{kind}{number}") for number in range(many)] for kind, many in MANY.items()}
    for person in people["renewed"]:
        make_ready(person, cast.dahlia)
        certify(person, cast.soka)
    load_small(**EASY, title="Pendamping 2029")
    CertificateLayout.objects.create(title="Biasa", is_used=True)  # the first of them all keeps it
    for person in people["new"] + people["killed"]:
        make_ready(person, cast.dahlia)
    for person in people["unready"]:
        place(person, cast.dahlia)
    buttons = (cast.soka, cast.murai)
    return [Job(kind, person, buttons[turn % 2]) for turn in range(EACH) for kind in MANY for person in people[kind]]


def _learner(username: str) -> Person:
    village = Region.objects.get(code=AIR_LONTAR)
    person = joining.add_person(username=username, name=username.title(), secret=PIN, now=THEN, village=village)
    joining.give_role(person=person, kind="learner", region=village, starts_on=LONG_AGO, now=THEN)
    return person


def race(jobs: list[Job]) -> list[Outcome]:
    """Every job in a process of its own, all let go at the same moment; what each said, or that it died."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    gate, answers = fork.Barrier(len(jobs)), fork.SimpleQueue()

    def run(place: int) -> None:
        gate.wait()
        begun = time.perf_counter()
        try:
            said = jobs[place].do()
        except Exception as error:
            said = f"failed: {error!r}"
        answers.put((place, said, time.perf_counter() - begun))
        os._exit(0)  # nothing of the parent's is closed from here

    processes = [fork.Process(target=run, args=(place,)) for place in range(len(jobs))]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    said: dict[int, tuple[str, float]] = {}
    while not answers.empty():
        place, text, seconds = answers.get()
        said[place] = (text, seconds)
    lost = [f"died: {process.exitcode}" for process in processes]
    return [Outcome(job, *said.get(place, (lost[place], 0.0))) for place, job in enumerate(jobs)]


def check(outcomes: list[Outcome]) -> None:
    """No duplicate, no gap, every outcome accounted for; AssertionError says what is not."""
    rows = list(Certificate.objects.order_by("number"))
    hers = {(row.person_id, row.cycle): row.code for row in rows}
    for one in outcomes:
        who = one.job.person.pk
        expected = {
            "new": hers.get((who, 1)),
            "renewed": hers.get((who, 2)),
            "unready": "refused: remains",
            "killed": f"died: -{signal.SIGKILL.value}",
        }
        assert one.said == expected[one.job.kind], (one.job.person.username, one.said)
    _check_books(rows, first=MANY["renewed"])
    _check_list(rows)


def _check_books(rows: list[Certificate], *, first: int) -> None:
    """Each certificate once and whole in every book; `first` of them were there before."""
    assert [row.number for row in rows] == list(range(1, first + MANY["new"] + MANY["renewed"] + 1))
    assert len({row.code for row in rows}) == len({row.statement for row in rows}) == len(rows)
    for row in rows:
        assert codes.normalise(row.code) == row.code
        found = read_token(row.statement, signing.public_keys().values())
        assert isinstance(found, Statement)
        said = (found.number, found.code, found.name, found.version, found.valid_from, found.expires_on)
        assert said == (row.number, row.code, row.name, row.standard.version, row.issued_on, row.expires_on)
    once = Counter({row.pk: 1 for row in rows})
    assert Counter(Decision.objects.values_list("certificate", flat=True)) == once
    assert Counter(Paper.objects.filter(kind="pdf").values_list("certificate", flat=True)) == once
    assert Paper.objects.count() == len(rows) * len(Paper.Kind)
    lines = TrailLine.objects.filter(verb__in=["certificates.certified", "certificates.renewed"])
    assert Counter(map(int, lines.values_list("subject_id", flat=True))) == once
    assert list(trailing.breaks()) == []
    assert len({row.layout_id for row in rows[first:]}) == 1


def _check_list(rows: list[Certificate]) -> None:
    """The index of a certificate in the status list is its number, and nobody else's."""
    taken = rows[len(rows) // 2]
    issuing.revoke(certificate=taken, revoker=taken.certified_by, now=NOW)
    found = status.list_of(Purpose.REVOCATION)
    bits = statuslist.encoded(found.numbers, found.size)
    assert [row.number for row in rows if statuslist.is_set(bits, row.number)] == [taken.number]
    assert not any(statuslist.is_set(bits, number) for number in (0, rows[-1].number + 1, found.size - 1))
