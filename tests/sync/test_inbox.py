"""The inbox: every entry once, every refusal kept, nothing lost."""

import itertools
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Person
from lms.sync.models import Device, Entry
from tests.cast import Cast

SignIn = Callable[[Person], Client]
MADE_AT = "2024-02-29T23:59:00+08:00"
DEVICE = uuid.uuid4()


def pledge(version: int = 1) -> dict[str, Any]:
    """An entry of a kind that every installation has; its version does not exist here, so it is refused."""
    return entry("certificates.pledge", {"version": version, "agree": True})


def entry(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "kind": kind, "made_at": MADE_AT, "fields": fields}


def send(client: Client, entries: Any, device: Any = DEVICE) -> Any:
    body = json.dumps({"device": str(device), "entries": entries})
    return client.post("/sinkron/", body, content_type="application/json")


def states(answer: Any) -> list[str]:
    return [receipt["state"] for receipt in answer.json()["receipts"]]


def test_an_unknown_kind_is_refused_with_a_sentence_and_kept_whole(cast: Cast, sign_in: SignIn) -> None:
    sent = entry("courses.unheard_of", {"a": 1})
    answer = send(sign_in(cast.seruni), [sent])
    receipt = answer.json()["receipts"][0]
    assert (receipt["id"], receipt["state"]) == (sent["id"], "refused")
    assert receipt["reason"].endswith(".")
    kept = Entry.objects.get(pk=sent["id"])
    assert (kept.fields, kept.person, kept.reason) == ({"a": 1}, cast.seruni, receipt["reason"])
    assert kept.made_at.isoformat() == "2024-02-29T15:59:00+00:00"


def test_one_bad_entry_does_not_block_the_rest_and_receipts_keep_the_order(cast: Cast, sign_in: SignIn) -> None:
    sent = [entry("courses.unheard_of", {}), entry("courses.lesson_done", {"step": "nonsense"})]
    answer = send(sign_in(cast.seruni), sent)
    assert [receipt["id"] for receipt in answer.json()["receipts"]] == [one["id"] for one in sent]
    assert Entry.objects.count() == 2


def test_sending_again_in_any_order_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    sent = [entry("courses.unheard_of", {"n": n}) for n in range(3)]
    first = {one["id"]: one for one in send(client, sent).json()["receipts"]}
    for order in itertools.permutations(sent):
        again = send(client, [*order, order[0]]).json()["receipts"]
        assert [one["state"] for one in again] == ["refused"] * 4
        assert {one["reason"] for one in again} == {one["reason"] for one in first.values()}
    assert Entry.objects.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"device": "x", "entries": []}',
        b'{"device": null, "entries": []}',
        b'{"entries": []}',
        b'{"device": "%(device)s"}',
        b'{"device": "%(device)s", "entries": [1]}',
        b'{"device": "%(device)s", "entries": [{"id": "x"}]}',
        b'{"device": "%(device)s", "entries": [{"id": "%(device)s", "kind": "a", "made_at": "soon", "fields": {}}]}',
        b'{"device": "%(device)s", "entries": [{"id": "%(device)s", "kind": "a", "made_at": 5, "fields": {}}]}',
        b'{"device": "%(device)s", "entries": [{"id": 7, "kind": "a", "made_at": "2026-01-01T00:00Z", "fields": {}}]}',
        b'{"device": "%(device)s", "entries": [{"id": "%(device)s", "kind": "a", "made_at": "2026-02-30T00:00Z", '
        b'"fields": {}}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_damaged_envelope_is_400_with_a_sentence_and_writes_nothing(cast: Cast, sign_in: SignIn, body: bytes) -> None:
    body = body.replace(b"%(device)s", str(DEVICE).encode())
    answer = sign_in(cast.seruni).post("/sinkron/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert not Entry.objects.exists()


def test_too_many_entries_or_bytes_are_refused(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.seruni)
    assert send(client, [entry("courses.unheard_of", {})] * 201).status_code == 400
    assert send(client, [entry("courses.unheard_of", {"text": "x" * 262_144})]).status_code == 413
    assert not Entry.objects.exists()


def test_an_ended_session_is_401_and_the_outbox_waits(cast: Cast) -> None:
    answer = send(Client(), [pledge()])
    assert answer.status_code == 401
    assert not Entry.objects.exists()


def test_another_persons_outbox_is_403(cast: Cast, sign_in: SignIn) -> None:
    assert send(sign_in(cast.seruni), [pledge()]).status_code == 200
    assert send(sign_in(cast.melati), [pledge()]).status_code == 403
    assert Device.objects.get().person == cast.seruni
    assert Entry.objects.count() == 1


def test_a_uuid_of_somebody_else_is_refused_and_tells_nothing(cast: Cast, sign_in: SignIn) -> None:
    sent = entry("courses.unheard_of", {})
    send(sign_in(cast.seruni), [sent])
    answer = send(sign_in(cast.melati), [sent], device=uuid.uuid4())
    assert states(answer) == ["refused"]
    assert Entry.objects.get().person == cast.seruni


def test_a_post_without_the_csrf_header_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.seruni)
    assert send(client, [pledge()]).status_code == 403


def test_what_a_refused_entry_keeps_can_be_kept_by_every_database(cast: Cast, sign_in: SignIn) -> None:
    sent = entry("courses.unheard_of\x00", {"a\x00": ["b\x00", {"c": 1}]})
    assert states(send(sign_in(cast.seruni), [sent])) == ["refused"]
    assert Entry.objects.get(pk=sent["id"]).fields == {"a": ["b", {"c": 1}]}
