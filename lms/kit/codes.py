"""Public codes of certificates: 7K4MQ-2XD9R-PT5W9.

Fourteen random symbols (70 bits) of Crockford's base 32, then one check symbol. The alphabet has no I, L, O and U, so
that a code read aloud or copied by hand stays what it was.

The check is a Reed-Solomon symbol over GF(2^5) with the polynomial x^5 + x^2 + 1: the symbols c0 … c14 of a right code
satisfy c0·a^14 + c1·a^13 + … + c14 = 0 for the generator a. Every a^i is invertible and no two of the fifteen are
equal, so every wrong single symbol and every exchange of two symbols, adjacent or not, is noticed; of all other errors
31 in 32.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 14
LENGTH = RANDOM_SYMBOLS + 1
RANDOM_BITS = RANDOM_SYMBOLS * 5

_LONGEST_TYPED = 64
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")


def new_code() -> str:
    """A fresh code of fifteen symbols, without dashes."""
    return from_bits(secrets.randbits(RANDOM_BITS))


def normalise(text: str) -> str | None:
    """The fifteen symbols of what somebody typed, or None when it is no code.

    Case, spaces and dashes do not matter; the letters O, I and L are read as 0, 1 and 1.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    code = _BETWEEN.sub("", text).upper().translate(_ALIKE)
    if len(code) != LENGTH or any(symbol not in _VALUE for symbol in code):
        return None
    return code if _remainder(code) == 0 else None


def pretty(code: str) -> str:
    """The code in groups of five with dashes, as it is printed."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def bits_of(code: str) -> int:
    """The 70 random bits of a right code; the check symbol follows from them."""
    bits = 0
    for symbol in code[:RANDOM_SYMBOLS]:
        bits = bits << 5 | _VALUE[symbol]
    return bits


def from_bits(bits: int) -> str:
    """The code of 70 random bits. ValueError when there are more."""
    if not 0 <= bits < 1 << RANDOM_BITS:
        raise ValueError("A code has seventy bits.")
    body = "".join(ALPHABET[bits >> shift & 31] for shift in range(RANDOM_BITS - 5, -5, -5))
    return body + ALPHABET[_remainder(body + ALPHABET[0])]


def _remainder(symbols: str) -> int:
    """The value at a of the polynomial that has these symbols as coefficients (Horner's way)."""
    total = 0
    for symbol in symbols:
        total = _times_a(total) ^ _VALUE[symbol]
    return total


def _times_a(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
