"""The compact statement of a certificate: a COSE_Sign1 CWT in base 32, as its QR code carries it.

The format is written down in docs/certificate-format.md. Nothing here knows where keys live: who signs and who verifies
is handed in.
"""

import base64
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

import cbor2

from lms.kit import codes

MOST_NAME_LETTERS = 120
MOST_BYTES = 600
SIGNATURE_BYTES = 64
KID_BYTES = 4
PATH = "/V/"

# CWT claims (RFC 8392) and one private claim that holds ours; another layout gets another number.
EXPIRES, NOT_BEFORE, ISSUED, CODE, CERTIFICATE = 4, 5, 6, 7, -65537
NAME, STANDARD, VERSION, NUMBER, TOPICS, PRACTICE = 1, 2, 3, 4, 5, 6

_TAG = b"\xd2"  # tag 18, COSE_Sign1
_ARRAY_OF_FOUR = b"\x84"
_NO_UNPROTECTED = b"\xa0"
_ES256 = -7
_DAY = 86_400
_CODE_BYTES = 9


class Reason(StrEnum):
    """Why a token says nothing."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"


class Signer(Protocol):
    """The active key. `short` is the first four bytes of its name."""

    @property
    def short(self) -> bytes: ...
    def sign(self, message: bytes) -> bytes: ...


class Verifier(Protocol):
    """A key that verifies, active or retired."""

    @property
    def short(self) -> bytes: ...
    def verify(self, message: bytes, signature: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Statement:
    """What a certificate says.

    `topic_hours` are the hours of study of each module, in the order of the standard's version. `practice_minutes` are
    minutes of internship. Both dates of validity are included.
    """

    name: str
    code: str
    number: int
    standard: str
    version: int
    topic_hours: tuple[int, ...]
    practice_minutes: int
    issued_on: date
    valid_from: date
    expires_on: date


def token_of(statement: Statement, key: Signer) -> str:
    """The signed statement in base 32, upper case. ValueError when the statement does not keep to the format."""
    payload = _encoded(_claims(statement))
    if _statement(payload) != statement:
        raise ValueError("This statement does not keep to the format of certificates.")
    protected = _protected(key.short)
    signature = key.sign(_signed(protected, payload))
    raw = _TAG + _ARRAY_OF_FOUR + _encoded(protected) + _NO_UNPROTECTED + _encoded(payload) + _encoded(signature)
    if len(raw) > MOST_BYTES:
        raise ValueError("This statement is too long for a QR code.")
    return base64.b32encode(raw).rstrip(b"=").decode("ascii")


def read_token(token: str, keys: Iterable[Verifier]) -> Statement | Reason:
    """What a token says, or why it says nothing. Case does not matter.

    Before the signature is verified nothing is decoded but the fixed frame, byte by byte: no CBOR tag, no nesting, no
    other algorithm and no key from the token can be reached by a stranger.
    """
    frame = _frame(_raw(token))
    if frame is None:
        return Reason.MALFORMED
    protected, payload, signature = frame
    short = protected[-KID_BYTES:]
    if protected != _protected(short):
        return Reason.MALFORMED
    key = next((key for key in keys if key.short == short), None)
    if key is None:
        return Reason.UNKNOWN_KEY
    if not key.verify(_signed(protected, payload), signature):
        return Reason.FORGED
    return _statement(payload) or Reason.MALFORMED


def state_on(today: date, *, first: date, last: date, is_revoked: bool, is_suspended: bool) -> str:
    """revoked, expired, early (its time has not begun), suspended or valid. The phone judges in the same order.

    The server asks with what its books say, whoever has a statement alone with what that says. Both days are included.
    """
    if is_revoked:
        return "revoked"
    if today > last:
        return "expired"
    if today < first:
        return "early"
    return "suspended" if is_suspended else "valid"


def state_of(statement: Statement, *, today: date, is_revoked: bool, is_suspended: bool) -> str:
    """What holds of a statement on a day."""
    first, last = statement.valid_from, statement.expires_on
    return state_on(today, first=first, last=last, is_revoked=is_revoked, is_suspended=is_suspended)


def web_address(site_url: str, token: str) -> str:
    """The address in the QR code, all in upper case, so that it needs the least room and any camera opens it."""
    return f"{site_url.rstrip('/')}{PATH}{token}".upper()


# The frame: D2 84, protected header, empty unprotected header, payload, signature.


def _raw(token: str) -> bytes:
    """The bytes of a token written in the one right way, else none."""
    if not token.isascii() or len(token) > MOST_BYTES * 8 // 5 + 1:
        return b""
    token = token.upper()
    try:
        raw = base64.b32decode(token + "=" * (-len(token) % 8))
    except ValueError:
        return b""
    return raw if base64.b32encode(raw).rstrip(b"=").decode("ascii") == token else b""


def _frame(raw: bytes) -> tuple[bytes, bytes, bytes] | None:
    start = _TAG + _ARRAY_OF_FOUR
    if not raw.startswith(start):
        return None
    protected, rest = _split(raw[len(start) :])
    if not rest.startswith(_NO_UNPROTECTED):
        return None
    payload, rest = _split(rest[len(_NO_UNPROTECTED) :])
    signature, rest = _split(rest)
    if not protected or not payload or len(signature) != SIGNATURE_BYTES or rest:
        return None
    return protected, payload, signature


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """The byte string at the start and what follows it; twice nothing unless it stands there whole and well written."""
    size, head = 0, 0
    if raw and 0x40 <= raw[0] < 0x58:
        size, head = raw[0] - 0x40, 1
    elif len(raw) > 1 and raw[0] == 0x58 and raw[1] >= 24:
        size, head = raw[1], 2
    elif len(raw) > 2 and raw[0] == 0x59 and raw[1]:
        size, head = raw[1] << 8 | raw[2], 3
    return (raw[head : head + size], raw[head + size :]) if len(raw) >= head + size else (b"", b"")


def _protected(short: bytes) -> bytes:
    return _encoded({1: _ES256, 4: short})


def _signed(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052, 4.4."""
    return _encoded(["Signature1", protected, b"", payload])


def _encoded(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)


# The claims.


def _claims(statement: Statement) -> dict[int, object]:
    claims: dict[int, object] = {
        EXPIRES: _seconds(statement.expires_on + timedelta(days=1)),
        ISSUED: _seconds(statement.issued_on),
        CODE: codes.bits_of(statement.code).to_bytes(_CODE_BYTES),
        CERTIFICATE: {
            NAME: statement.name,
            STANDARD: statement.standard,
            VERSION: statement.version,
            NUMBER: statement.number,
            TOPICS: list(statement.topic_hours),
            PRACTICE: statement.practice_minutes,
        },
    }
    if statement.valid_from != statement.issued_on:
        claims[NOT_BEFORE] = _seconds(statement.valid_from)
    return claims


def _statement(payload: bytes) -> Statement | None:
    """The statement of a payload that we signed, or None when it is another thing or written in another way."""
    try:
        claims = cbor2.loads(payload, max_depth=4, allow_indefinite=False, allow_duplicate_keys=False)
        statement = _from_claims(claims)
        return statement if _encoded(_claims(statement)) == payload else None
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, cbor2.CBORError):
        return None


def _from_claims(claims: Mapping[int, Any]) -> Statement:
    inner = claims[CERTIFICATE]
    issued_on = _date(claims[ISSUED])
    statement = Statement(
        name=_name(inner[NAME]),
        code=codes.from_bits(int.from_bytes(claims[CODE])),
        number=_whole(inner[NUMBER], low=1, high=2**32 - 1),
        standard=_slug(inner[STANDARD]),
        version=_whole(inner[VERSION], low=1, high=32_767),
        topic_hours=tuple(_whole(hours, low=0, high=500) for hours in inner[TOPICS]),
        practice_minutes=_whole(inner[PRACTICE], low=0, high=600_000),
        issued_on=issued_on,
        valid_from=_date(claims[NOT_BEFORE]) if NOT_BEFORE in claims else issued_on,
        expires_on=_date(claims[EXPIRES]) - timedelta(days=1),
    )
    if not statement.issued_on <= statement.valid_from <= statement.expires_on:
        raise ValueError("The dates are out of order.")
    return statement


def _name(text: str) -> str:
    is_clean = text == unicodedata.normalize("NFC", text).strip() and all(
        unicodedata.category(letter)[0] != "C" or letter in "\u200c\u200d" for letter in text
    )
    if not is_clean or not 1 <= len(text) <= MOST_NAME_LETTERS:
        raise ValueError("The name is empty, too long or holds invisible signs.")
    return text


def _slug(text: str) -> str:
    if not text.isascii() or not text.replace("-", "").replace("_", "").isalnum() or len(text) > 40:
        raise ValueError("The standard is named by a short code.")
    return text


def _whole(value: object, *, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError("A number is out of range.")
    return value


def _seconds(day: date) -> int:
    """Midnight UTC of the day, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _date(seconds: object) -> date:
    whole, rest = divmod(_whole(seconds, low=0, high=2**32 - 1), _DAY)
    if rest:
        raise ValueError("A date begins at midnight UTC.")
    return date(1970, 1, 1) + timedelta(days=whole)
