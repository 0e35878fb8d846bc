"""Which certificates do not hold: a W3C Bitstring Status List, one bit for each number.

Written down in docs/certificate-format.md. Revoked and suspended certificates stand in two lists, because a list of
single bits can say only one thing.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

SMALLEST = 131_072  # bits; the recommendation asks for it, so that one holder hides among many
MOST_BYTES = 5 * 1024 * 1024
FRESH_MILLISECONDS = 60_000
CONTEXT = "https://www.w3.org/ns/credentials/v2"
ENTRY = "BitstringStatusListEntry"


class Purpose(StrEnum):
    """What a set bit says."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


PATHS = {Purpose.REVOCATION: "/v/status.jwt", Purpose.SUSPENSION: "/v/suspension.jwt"}


@dataclass(frozen=True, slots=True)
class StatusList:
    """One list: the numbers that are set, and its size in bits."""

    purpose: Purpose
    numbers: frozenset[int]
    size: int


def size_for(highest: int) -> int:
    """Bits of a list that holds every number up to the highest."""
    return SMALLEST * (highest // SMALLEST + 1)


def encoded(numbers: Iterable[int], size: int) -> str:
    """The `encodedList`: multibase base64url of the gzipped bits, the first bit leftmost. ValueError beyond the size.

    The same numbers always give the same text.
    """
    bits = bytearray(size // 8)
    for number in numbers:
        if not 0 <= number < size:
            raise ValueError("A number lies outside the list.")
        bits[number // 8] |= 0x80 >> number % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def is_set(text: str, number: int) -> bool:
    """Whether the bit of this number is set. ValueError when the list cannot be read or is too short."""
    if not text.startswith("u"):
        raise ValueError("The list is not in base64url.")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        bits = unpacking.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)), MOST_BYTES)
    except zlib.error as error:
        raise ValueError("The list is damaged.") from error
    if not unpacking.eof or not 0 <= number < len(bits) * 8:
        raise ValueError("The list is too long, cut off, or too short for this number.")
    return bool(bits[number // 8] & 0x80 >> number % 8)


def document(found: StatusList, *, site_url: str, issuer: str, at: datetime) -> Mapping[str, object]:
    """The list as a BitstringStatusListCredential, dated to the minute."""
    address = site_url + PATHS[found.purpose]
    moment = at.astimezone(UTC).replace(second=0, microsecond=0)
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": found.purpose.value,
            "ttl": FRESH_MILLISECONDS,
            "encodedList": encoded(found.numbers, found.size),
        },
        "iss": issuer,
        "jti": address,
        "nbf": int(moment.timestamp()),
        "iat": int(moment.timestamp()),
    }


def entry(purpose: Purpose, number: int, *, site_url: str) -> dict[str, str]:
    """The `credentialStatus` of a certificate: which bit of which list is hers."""
    address = site_url + PATHS[purpose]
    return {
        "id": f"{address}#{number}",
        "type": ENTRY,
        "statusPurpose": purpose.value,
        "statusListIndex": str(number),
        "statusListCredential": address,
    }
