"""The browser judges tokens and lists as Python does: the same table, every flipped bit, every hostile header."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from certificates.rules import statuslist
from certificates.rules.statuslist import Purpose, StatusList
from lms.kit import clock, signing

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = json.loads((Path(__file__).parent.parent / "cases" / "credential.json").read_text("utf-8"))
TABLE, STATES = TABLES["verdicts"], TABLES["states"]["cases"]
MODULE = "/static/lms/js/verify-token.js"
DID = "did:web:lopo.contoh.or.id"
Parts = dict[str, Any]


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    signing.make_key_if_none()
    opened = phone.new_page()
    opened.goto("/v/")
    return opened


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def test_a_token_is_judged_as_the_table_says(page: Page) -> None:
    said = page.evaluate(
        """async ([module, { cases, keys }]) => {
          const { readToken, stateOf } = await import(module);
          return Promise.all(cases.map(async ({ token, today, revoked, suspended }) => {
            const said = await readToken(token, keys);
            return typeof said === "string" ? said : stateOf(said, Date.parse(today), revoked, suspended);
          }));
        }""",
        [MODULE, TABLE],
    )
    assert {case["name"]: word for case, word in zip(TABLE["cases"], said, strict=True)} == {
        case["name"]: case["expect"] for case in TABLE["cases"]
    }


def test_what_holds_on_a_day_is_what_the_table_says(page: Page) -> None:
    said = page.evaluate(
        """async ([module, cases]) => {
          const { stateOf } = await import(module);
          return cases.map(({ first, last, today, revoked, suspended }) =>
            stateOf({ from: Date.parse(first), until: Date.parse(last) }, Date.parse(today), revoked, suspended));
        }""",
        [MODULE, STATES],
    )
    assert dict(zip([case["name"] for case in STATES], said, strict=True)) == {
        case["name"]: case["expect"] for case in STATES
    }


def test_the_browser_reads_what_the_certificate_says(page: Page) -> None:
    said = page.evaluate(
        "async ([module, token, keys]) => (await import(module)).readToken(token, keys)",
        [MODULE, TABLE["cases"][0]["token"], TABLE["keys"]],
    )
    assert (said["name"], said["code"], said["number"]) == ("Melati Kusambi", "938NK-RKAYD-XW0JZ", 14)
    assert (said["standard"], said["version"], said["practice"]) == ("pendamping-2026", 1, 3600)
    assert said["topics"] == [5, 6, 8, 6, 6, 5, 7, 5]


def test_every_flipped_bit_of_a_token_is_refused(page: Page) -> None:
    token = TABLE["cases"][0]["token"]
    raw = base64.b32decode(token + "=" * (-len(token) % 8))
    flipped = []
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        flipped.append(base64.b32encode(changed).rstrip(b"=").decode())
    said = page.evaluate(
        """async ([module, tokens, keys]) => {
          const { readToken } = await import(module);
          return Promise.all(tokens.map((token) => readToken(token, keys)));
        }""",
        [MODULE, flipped, TABLE["keys"]],
    )
    assert len(said) == len(flipped) > 1000
    assert set(said) == {"malformed", "forged", "unknown_key"}


@pytest.fixture
def read(page: Page) -> Callable[..., Any]:
    """Read a list in the browser: [in it, not in it] for the numbers 14 and 15, or why it is refused."""

    def in_browser(token: str, purpose: str = "revocation") -> Any:
        return page.evaluate(
            """([module, token, keys, purpose]) => import(module).then(async ({ readList }) => {
              const list = await readList(token, keys, purpose);
              return [list.has(14), list.has(15), list.at];
            }).catch((problem) => problem.message || String(problem))""",
            [MODULE, token, signing.jwks()["keys"], purpose],
        )

    return in_browser


def document(purpose: Purpose = Purpose.REVOCATION) -> Parts:
    found = StatusList(purpose, frozenset({14}), statuslist.SMALLEST)
    return dict(statuslist.document(found, site_url="https://lopo.contoh.or.id", issuer=DID, at=clock.now()))


def forged(header: Parts, payload: Parts, key: signing.SigningKey | None = None) -> str:
    """A list under any header, signed by our own key all the same."""
    key = key or signing.active_key()
    parts = [base64url(json.dumps(part).encode()) for part in (header, payload)]
    return ".".join([*parts, base64url(key.sign(".".join(parts).encode()))])


def test_a_list_of_ours_is_read(read: Callable[..., Any]) -> None:
    token = signing.jws(document(), key=signing.active_key(), issuer=DID)
    assert read(token)[:2] == [True, False]
    signing.rotate()
    assert read(token)[:2] == [True, False]  # a list of a retired key


def test_a_list_with_a_hostile_header_is_refused(read: Callable[..., Any]) -> None:
    key = signing.active_key()
    right = {"alg": "ES256", "kid": f"{DID}#{key.kid}", "typ": "vc+jwt"}
    assert read(forged(right, document()))[:2] == [True, False]
    for change in (
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "ES384"},
        {"alg": "es256"},
        {"typ": "JWT"},
        {"jwk": key.public.jwk()},
        {"jku": "https://lopo.contoh.or.id/keys"},
        {"x5u": "https://lopo.contoh.or.id/chain"},
        {"x5c": []},
        {"crit": ["exp"]},
        {"b64": False},
        {"zip": "DEF"},
    ):
        assert read(forged({**right, **change}, document())) == "malformed", change
    assert read(forged({**right, "kid": f"{DID}#unknown"}, document())) == "unknown_key"


def test_an_unsigned_list_and_one_sealed_with_the_public_key_are_refused(read: Callable[..., Any]) -> None:
    import hashlib
    import hmac

    token = signing.jws(document(), key=signing.active_key(), issuer=DID)
    head, body, _signature = token.split(".")
    assert read(f"{head}.{body}.") == "forged"
    public = json.dumps(signing.active_key().public.jwk()).encode()
    sealed = hmac.digest(public, f"{head}.{body}".encode(), hashlib.sha256)
    assert read(f"{head}.{body}.{base64url(sealed)}") == "forged"
    assert read(f"{head}.{body}.{base64url(sealed * 2)}") == "forged"


def test_another_document_of_ours_is_no_list(read: Callable[..., Any]) -> None:
    key = signing.active_key()
    assert read(signing.jws(document(Purpose.SUSPENSION), key=key, issuer=DID)) == "malformed"
    assert read(signing.jws({**document(), "type": ["VerifiableCredential"]}, key=key, issuer=DID)) == "malformed"
    short = {**document(), "credentialSubject": {"statusPurpose": "revocation", "encodedList": "uH4s"}}
    assert isinstance(read(signing.jws(short, key=key, issuer=DID)), str)


def test_a_list_of_another_organisation_is_refused(read: Callable[..., Any], tmp_path: Path) -> None:
    signing.make_key_if_none(tmp_path)
    stranger = signing.active_key(tmp_path)
    assert read(signing.jws(document(), key=stranger, issuer=DID)) == "unknown_key"
    as_ours = {"alg": "ES256", "kid": f"{DID}#{signing.active_key().kid}", "typ": "vc+jwt"}
    assert read(forged(as_ours, document(), stranger)) == "forged"


def test_the_page_its_worker_and_the_lists_stay_small(page: Page) -> None:
    client = Client()
    sizes = {address: len(client.get(address, headers={"Accept-Encoding": "gzip"}).content) for address in ADDRESSES}
    assert {address: size for address, size in sizes.items() if size > ADDRESSES[address]} == {}


# Bytes over the wire.
ADDRESSES = {"/v/": 4_500, "/v/sw.js": 1_300, "/v/status.jwt": 1_000, "/v/suspension.jwt": 1_000}
