"""The signed statement of Melati's certificate: written, read, and refused when anything was changed."""

import base64
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from pycose.algorithms import Es256
from pycose.headers import KID, Algorithm
from pycose.keys import CoseKey
from pycose.messages import Sign1Message

from certificates.rules import credential
from certificates.rules.credential import Reason, Statement, read_token, token_of, web_address
from lms.kit import codes, qr, signing

MELATI = Statement(
    name="Melati Kusambi",
    code=codes.from_bits(0x123456789ABCDEF012),
    number=14,
    standard="pendamping-2026",
    version=1,
    topic_hours=(5, 6, 8, 6, 6, 5, 7, 5),
    practice_minutes=3600,
    issued_on=date(2026, 11, 12),
    valid_from=date(2026, 11, 12),
    expires_on=date(2029, 11, 11),
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("keys")
    signing.make_key_if_none(folder)
    return folder


def verifiers(folder: Path) -> list[signing.PublicKey]:
    return list(signing.public_keys(folder).values())


def bytes_of(token: str) -> bytes:
    return base64.b32decode(token + "=" * (-len(token) % 8))


def token_from(raw: bytes) -> str:
    return base64.b32encode(raw).rstrip(b"=").decode()


def signed_payload(payload: bytes, key: signing.SigningKey) -> str:
    """A token around any payload, signed by our own key."""
    protected = cbor2.dumps({1: -7, 4: key.short})
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return token_from(cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature])))


def claims_of(token: str) -> dict:
    return cbor2.loads(cbor2.loads(bytes_of(token)).value[2])


def test_a_certificate_is_read_back_as_it_was_signed(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    assert read_token(token, verifiers(keys)) == MELATI


def test_case_does_not_matter(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    mixed = "".join(letter.lower() if place % 2 else letter for place, letter in enumerate(token))
    assert read_token(token.lower(), verifiers(keys)) == MELATI
    assert read_token(mixed, verifiers(keys)) == MELATI


def test_the_token_is_upper_case_base_32_in_an_address_that_any_camera_opens(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    address = web_address("https://lopo.contoh/", token)
    assert address == f"HTTPS://LOPO.CONTOH/V/{token}"
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert set(address) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_every_flipped_bit_is_refused(keys: Path) -> None:
    raw = bytes_of(token_of(MELATI, signing.active_key(keys)))
    public = verifiers(keys)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert isinstance(read_token(token_from(bytes(changed)), public), Reason), bit


def test_every_changed_sign_is_refused(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    public = verifiers(keys)
    for place, sign in enumerate(token):
        for other in {"A", "Z", "7", chr(ord(sign) ^ 1), "0", "é", " "} - {sign}:
            assert isinstance(read_token(token[:place] + other + token[place + 1 :], public), Reason), (place, other)


def test_every_shortened_or_lengthened_token_is_refused(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    public = verifiers(keys)
    wrong = [token[:length] for length in range(len(token))] + [token + more for more in ("A", "AA", "=", "=" * 6, " ")]
    assert {read_token(one, public) for one in wrong} == {Reason.MALFORMED}


def test_bits_hidden_after_the_last_byte_are_refused(keys: Path) -> None:
    key = signing.active_key(keys)
    token = token_of(replace(MELATI, name="Melati Kusamb"), key)
    assert len(bytes_of(token)) % 5
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(token[-1])
    hidden = token[:-1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[last | 1]
    assert bytes_of(hidden) == bytes_of(token)
    assert read_token(hidden, verifiers(keys)) is Reason.MALFORMED


def test_a_changed_name_is_forged_and_another_organisation_is_unknown(keys: Path, tmp_path: Path) -> None:
    raw = bytes_of(token_of(MELATI, signing.active_key(keys)))
    assert read_token(token_from(raw.replace(b"Melati", b"Kenari")), verifiers(keys)) is Reason.FORGED
    signing.make_key_if_none(tmp_path)
    foreign = token_of(MELATI, signing.active_key(tmp_path))
    assert read_token(foreign, verifiers(keys)) is Reason.UNKNOWN_KEY
    assert read_token(foreign, []) is Reason.UNKNOWN_KEY


def test_a_certificate_of_a_retired_key_goes_on_verifying(tmp_path: Path) -> None:
    signing.make_key_if_none(tmp_path)
    token = token_of(MELATI, signing.active_key(tmp_path))
    signing.rotate(tmp_path)
    assert read_token(token, verifiers(tmp_path)) == MELATI


def test_a_key_or_another_algorithm_inside_the_token_is_never_used(keys: Path) -> None:
    key = signing.active_key(keys)
    tag, payload = cbor2.loads(bytes_of(token_of(MELATI, key))), b""
    protected, _none, payload, signature = tag.value
    numbers = key.public.key.public_numbers()
    own_key = {1: 2, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
    for changed in (
        [cbor2.dumps({1: -35, 4: key.short}), {}, payload, signature],
        [cbor2.dumps({1: -7, 4: key.short, -65537: own_key}), {}, payload, signature],
        [cbor2.dumps({1: -7}), {4: key.short}, payload, signature],
        [cbor2.dumps({4: key.short, 1: -7}), {}, payload, signature],
        [protected, {4: key.short}, payload, signature],
        [protected, {}, payload, b""],
        [protected, {}, None, signature],
        [b"", {}, payload, signature],
    ):
        raw = cbor2.dumps(cbor2.CBORTag(18, changed))
        assert read_token(token_from(raw), verifiers(keys)) is Reason.MALFORMED
    assert read_token(token_from(cbor2.dumps(tag.value)), verifiers(keys)) is Reason.MALFORMED


@settings(deadline=None)
@given(st.binary(max_size=700))
def test_no_bytes_break_the_reading(keys: Path, raw: bytes) -> None:
    assert read_token(token_from(raw), verifiers(keys)) is Reason.MALFORMED
    assert read_token(token_from(b"\xd2\x84" + raw), verifiers(keys)) is Reason.MALFORMED


@settings(deadline=None)
@given(st.text(max_size=1200))
def test_no_text_breaks_the_reading(keys: Path, text: str) -> None:
    assert read_token(text, verifiers(keys)) is Reason.MALFORMED


def test_the_right_key_around_another_content_is_refused(keys: Path) -> None:
    key = signing.active_key(keys)
    good = claims_of(token_of(MELATI, key))
    inner = good[credential.CERTIFICATE]
    wrong = [
        {},
        [],
        "Melati Kusambi",
        cbor2.CBORTag(1, 0),
        {**good, 1: "another claim"},
        {**good, credential.CODE: b"\xff" * 9},
        {**good, credential.CODE: bytes(8)},
        {**good, credential.ISSUED: good[credential.ISSUED] + 1},
        {**good, credential.ISSUED: float(good[credential.ISSUED])},
        {**good, credential.EXPIRES: 0},
        {**good, credential.NOT_BEFORE: good[credential.ISSUED]},
        {**good, credential.NOT_BEFORE: good[credential.ISSUED] - 86_400},
        {**good, credential.CERTIFICATE: {**inner, 9: 1}},
        {**good, credential.CERTIFICATE: {**inner, credential.NAME: ""}},
        {**good, credential.CERTIFICATE: {**inner, credential.NAME: "x" * 121}},
        {**good, credential.CERTIFICATE: {**inner, credential.NAME: "Melati\u202eKusambi"}},
        {**good, credential.CERTIFICATE: {**inner, credential.NAME: 5}},
        {**good, credential.CERTIFICATE: {**inner, credential.NUMBER: True}},
        {**good, credential.CERTIFICATE: {**inner, credential.STANDARD: "<b>"}},
        {**good, credential.CERTIFICATE: {**inner, credential.STANDARD: 5}},
        {**good, credential.CERTIFICATE: {**inner, credential.TOPICS: [501]}},
        {**good, credential.CERTIFICATE: {**inner, credential.TOPICS: {1: 5}}},
        {**good, credential.CERTIFICATE: {**inner, credential.PRACTICE: -1}},
    ]
    for claims in wrong:
        token = signed_payload(cbor2.dumps(claims, canonical=True), key)
        assert read_token(token, verifiers(keys)) is Reason.MALFORMED, claims
    assert read_token(signed_payload(cbor2.dumps(good, canonical=True), key), verifiers(keys)) == MELATI


@pytest.mark.parametrize("payload", [b"\xff", b"\xbf\xff", b"\x81" * 100, b"\xd8\x23\x61(", b"\xa2\x01\x01\x01\x01"])
def test_odd_cbor_of_the_right_key_is_refused(keys: Path, payload: bytes) -> None:
    assert read_token(signed_payload(payload, signing.active_key(keys)), verifiers(keys)) is Reason.MALFORMED


names = st.text(st.characters(categories=["L", "M", "N"], include_characters=" '’-."), min_size=1, max_size=60)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@settings(deadline=None)
@given(
    name=names.map(lambda name: unicodedata.normalize("NFC", name).strip()).filter(bool),
    code=st.integers(0, 2**70 - 1).map(codes.from_bits),
    number=st.integers(1, 2**32 - 1),
    version=st.integers(1, 32_767),
    topic_hours=st.lists(st.integers(0, 500), max_size=20).map(tuple),
    practice_minutes=st.integers(0, 600_000),
    dates=st.lists(days, min_size=3, max_size=3).map(sorted),
)
def test_whatever_is_signed_is_read_back(keys: Path, dates: list[date], **values: str | int | tuple[int, ...]) -> None:
    issued_on, valid_from, expires_on = dates
    statement = replace(MELATI, issued_on=issued_on, valid_from=valid_from, expires_on=expires_on, **values)
    assert read_token(token_of(statement, signing.active_key(keys)), verifiers(keys)) == statement


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": " Melati"},
        {"name": "Melati\nKusambi"},
        {"name": "x" * 121},
        {"name": "Mela\u0301ti"},
        {"number": 0},
        {"standard": "pendamping 2026"},
        {"topic_hours": (-1,)},
        {"practice_minutes": -15},
        {"expires_on": date(2026, 11, 11)},
        {"valid_from": date(2026, 11, 11)},
        {"code": "7K4MQ2XD9RPT5W0"},
        {"topic_hours": (500,) * 150},
    ],
)
def test_what_does_not_keep_to_the_format_is_not_signed(keys: Path, change: dict) -> None:
    with pytest.raises(ValueError, match="statement"):
        token_of(replace(MELATI, **change), signing.active_key(keys))


def test_a_later_start_is_carried(keys: Path) -> None:
    renewed = replace(MELATI, valid_from=date(2027, 1, 1))
    token = token_of(renewed, signing.active_key(keys))
    assert read_token(token, verifiers(keys)) == renewed
    assert credential.NOT_BEFORE not in claims_of(token_of(MELATI, signing.active_key(keys)))


def test_an_independent_library_verifies_it_from_the_public_key_alone(keys: Path) -> None:
    token = token_of(MELATI, signing.active_key(keys))
    public = verifiers(keys)[0].jwk()
    raw = bytes_of(token)
    assert raw[0] == 0xC0 | Sign1Message.cbor_tag
    message = Sign1Message.from_cose_obj(cbor2.loads(raw[1:]), allow_unknown_attributes=False)
    assert message.get_attr(Algorithm) is Es256
    assert message.get_attr(KID) == signing.short_of(public["kid"])
    x, y = (base64.urlsafe_b64decode(public[part] + "=") for part in "xy")
    message.key = CoseKey.from_dict({1: 2, -1: 1, -2: x, -3: y})
    assert message.verify_signature()
    claims = cbor2.loads(message.payload)
    assert claims[credential.CERTIFICATE][credential.NAME] == "Melati Kusambi"
    assert claims[credential.EXPIRES] - claims[credential.ISSUED] == 3 * 365 * 86_400 + 86_400
    message.payload = message.payload.replace(b"Melati", b"Kenari")
    assert not message.verify_signature()


def test_a_certificate_of_2026_is_read_for_ever() -> None:
    case = json.loads((Path(__file__).parent.parent / "cases" / "credential.json").read_text("utf-8"))
    x, y = (int.from_bytes(base64.urlsafe_b64decode(case["key"][part] + "=")) for part in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    statement = read_token(case["token"], [signing.PublicKey(signing.kid_of(key), key)])
    assert statement == MELATI
    assert {name: getattr(statement, name) for name in ("name", "code", "number", "standard")} == {
        name: case["statement"][name] for name in ("name", "code", "number", "standard")
    }
    assert signing.kid_of(key) == case["key"]["kid"]


TABLE = json.loads((Path(__file__).parent.parent / "cases" / "credential.json").read_text("utf-8"))
CASES, STATES = TABLE["verdicts"], TABLE["states"]["cases"]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_token_is_judged_as_the_table_says(case: dict) -> None:
    x, y = (int.from_bytes(base64.urlsafe_b64decode(CASES["keys"][0][part] + "=")) for part in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    said = read_token(case["token"], [signing.PublicKey(signing.kid_of(key), key)])
    if isinstance(said, Statement):
        said = credential.state_of(
            said,
            today=date.fromisoformat(case["today"]),
            is_revoked=case["revoked"],
            is_suspended=case["suspended"],
        )
    assert said == case["expect"]


@pytest.mark.parametrize("case", STATES, ids=lambda case: case["name"])
def test_what_holds_on_a_day_is_what_the_table_says(case: dict) -> None:
    """The same table is held against the phone (tests/browser) and the books (test_public_pages.py)."""
    first, last, today = (date.fromisoformat(case[name]) for name in ("first", "last", "today"))
    said = replace(MELATI, issued_on=date(2020, 1, 1), valid_from=first, expires_on=last)
    revoked, suspended = case["revoked"], case["suspended"]
    assert credential.state_of(said, today=today, is_revoked=revoked, is_suspended=suspended) == case["expect"]


@pytest.mark.parametrize(("letters", "version"), [(14, 10), (27, 10), (40, 11), (60, 12)])
def test_the_code_stays_small_enough_for_a_phone(keys: Path, letters: int, version: int) -> None:
    token = token_of(replace(MELATI, name="M" * letters), signing.active_key(keys))
    assert qr.encode(web_address("https://lopo.contoh.or.id", token)).version <= version
