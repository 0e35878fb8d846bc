"""The dated list of what does not hold any more: written, signed, kept small, and never older than a minute."""

import base64
import gzip
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as independent
from joserfc.jwk import ECKey

from certificates import issuing
from certificates.models import Certificate, StateChange
from certificates.rules import statuslist
from certificates.rules.statuslist import Purpose, StatusList
from lms.kit import clock, signing
from tests.certificates.build import NOW, TODAY, certify, load_small, make_ready

ADDRESSES = {Purpose.REVOCATION: "/v/status.jwt", Purpose.SUSPENSION: "/v/suspension.jwt"}


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def certificate(cast):
    load_small()
    make_ready(cast.melati, cast.dahlia)
    return certify(cast.melati, cast.soka)


def verified(client, address: str) -> dict:
    """The content of a list, its signature verified by another library with the key that its issuer publishes."""
    token = client.get(address).content.decode()
    kid = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))["kid"]
    methods = client.get("/.well-known/did.json").json()["verificationMethod"]
    key = next(method["publicKeyJwk"] for method in methods if method["id"] == kid)
    return json.loads(independent.deserialize_compact(token, ECKey.import_key(key), algorithms=["ES256"]).payload)


def says(client, purpose: Purpose, number: int) -> bool:
    return statuslist.is_set(verified(client, ADDRESSES[purpose])["credentialSubject"]["encodedList"], number)


@given(st.sets(st.integers(0, statuslist.SMALLEST - 1), max_size=50), st.integers(0, statuslist.SMALLEST - 1))
def test_a_number_is_set_exactly_when_it_was_written(numbers, other):
    text = statuslist.encoded(numbers, statuslist.SMALLEST)
    assert all(statuslist.is_set(text, number) for number in numbers)
    assert statuslist.is_set(text, other) == (other in numbers)


def test_the_first_bit_is_the_leftmost_as_the_recommendation_says():
    text = statuslist.encoded({0, 9}, statuslist.SMALLEST)
    bits = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=="[: -len(text[1:]) % 4]))
    assert bits[:2] == b"\x80\x40"
    assert len(bits) == 16_384


@pytest.mark.parametrize("text", ["", "H4sI", "u", "u!!", "uAAAA", statuslist.encoded({1}, 131_072)[:-8]])
def test_a_damaged_list_says_nothing(text):
    with pytest.raises(ValueError, match=r"list|ncorrect|Invalid"):
        statuslist.is_set(text, 1)


@pytest.mark.parametrize("number", [-1, statuslist.SMALLEST])
def test_a_number_beyond_the_list_says_nothing(number):
    with pytest.raises(ValueError, match="list"):
        statuslist.is_set(statuslist.encoded({1}, statuslist.SMALLEST), number)
    with pytest.raises(ValueError, match="list"):
        statuslist.encoded({number}, statuslist.SMALLEST)


def test_a_list_of_enormous_size_is_not_unpacked():
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(40_000_000))).rstrip(b"=").decode()
    with pytest.raises(ValueError, match="too long"):
        statuslist.is_set(bomb, 1)


@pytest.mark.parametrize(("highest", "size"), [(0, 131_072), (131_071, 131_072), (131_072, 262_144)])
def test_the_list_grows_before_a_number_falls_out(highest, size):
    assert statuslist.size_for(highest) == size


@pytest.mark.parametrize(("revoked", "most"), [(0, 1_000), (100, 1_800), (1_000, 6_000)])
def test_the_list_of_a_hundred_thousand_certificates_is_small(revoked, most):
    numbers = frozenset(random.Random(7).sample(range(1, 100_001), revoked))
    found = StatusList(Purpose.REVOCATION, numbers, statuslist.size_for(100_000))
    signing.make_key_if_none()
    document = statuslist.document(found, site_url="https://lopo.contoh.or.id", issuer="did:web:lopo", at=NOW)
    assert len(signing.jws(document, key=signing.active_key(), issuer="did:web:lopo.contoh.or.id")) <= most


def test_a_revoked_certificate_is_in_the_list_at_once(client, cast, certificate):
    assert not says(client, Purpose.REVOCATION, certificate.number)
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    assert says(client, Purpose.REVOCATION, certificate.number)
    assert not says(client, Purpose.SUSPENSION, certificate.number)


def test_a_suspended_companion_is_in_the_other_list_until_it_is_lifted(client, cast, certificate):
    def moved(move: str, hold: str, minutes: int) -> None:
        at = NOW + timedelta(minutes=minutes)
        StateChange.objects.create(person=cast.melati, move=move, hold=hold, by=cast.soka, made_as="panel", at=at)

    moved("suspend", "suspended", 0)
    assert says(client, Purpose.SUSPENSION, certificate.number)
    assert not says(client, Purpose.REVOCATION, certificate.number)
    moved("lift", "", 1)
    assert not says(client, Purpose.SUSPENSION, certificate.number)


def test_the_list_is_dated_to_the_minute_and_names_its_purpose(client, certificate):
    found = verified(client, "/v/status.jwt")
    assert found["validFrom"] == "2026-11-21T02:00:00Z"
    assert found["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert found["credentialSubject"]["statusPurpose"] == "revocation"
    assert found["credentialSubject"]["ttl"] == 60_000
    assert verified(client, "/v/suspension.jwt")["credentialSubject"]["statusPurpose"] == "suspension"


def test_the_list_may_be_kept_a_minute_and_is_sent_again_only_when_it_changed(client, cast, certificate):
    answer = client.get("/v/status.jwt")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Content-Type"] == "application/vc+jwt"
    again = client.get("/v/status.jwt", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    issuing.revoke(certificate=certificate, revoker=cast.soka, now=NOW)
    assert client.get("/v/status.jwt", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_minute_later_the_same_list_has_a_new_date(client, certificate, monkeypatch):
    first = client.get("/v/status.jwt").content
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 2, 0, 59, tzinfo=UTC))
    assert client.get("/v/status.jwt").content == first
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 2, 1, tzinfo=UTC))
    assert verified(client, "/v/status.jwt")["validFrom"] == "2026-11-21T02:01:00Z"


def test_after_a_new_key_the_list_is_signed_by_it_and_the_old_key_still_verifies_old_lists(client, certificate):
    before, retired = client.get("/v/status.jwt").content.decode(), signing.active_key().kid
    signing.rotate()
    assert verified(client, "/v/status.jwt")
    keys = [method["publicKeyJwk"] for method in client.get("/.well-known/did.json").json()["verificationMethod"]]
    assert keys[0]["kid"] == signing.active_key().kid
    old = next(key for key in keys if key["kid"] == retired)
    assert independent.deserialize_compact(before, ECKey.import_key(old), algorithms=["ES256"])


@pytest.mark.parametrize("address", ["/v/status.jwt", "/v/suspension.jwt"])
def test_a_list_costs_two_queries_however_many_there_are(client, certificate, django_assert_num_queries, address):
    for number in range(2, 6):
        row = Certificate.objects.get(pk=certificate.pk)
        row.pk, row.number, row.code, row.cycle = None, number, f"{number:015}", number
        row.save()
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200


def test_keys_and_lists_hold_nothing_private_and_may_be_read_by_other_verifiers(client, certificate):
    for address in ("/.well-known/jwks.json", "/.well-known/did.json", *ADDRESSES.values()):
        answer = client.get(address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert b"Melati" not in answer.content
        assert b'"d"' not in answer.content
