"""What somebody typed, read kindly: words with slips, numbers as people in Indonesia write them."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

MOST_TYPED = 120
MOST_DIGITS = 12
FEW_LETTERS, MANY_LETTERS = 4, 8

_MARKS = re.compile(r"[^\w\s]|_")
_DROPPED = str.maketrans("", "", "'’ʼ`´\u00ad\u200b\u200c\u200d")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?(?P<whole>[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)(?:[,](?P<part>[0-9]+))?(?![.,]?[0-9])"
    r"|(?P<plain_sign>[+-]?) ?(?P<plain>[0-9]+\.[0-9]+)(?![.,]?[0-9])"
)


def tidied(text: str) -> str:
    """A short text as it is compared: small letters, no marks, one space between words."""
    plain = unicodedata.normalize("NFKC", text[: 4 * MOST_TYPED]).casefold().translate(_DROPPED)
    return " ".join(_MARKS.sub(" ", plain).split())


def means(typed: str, form: str, slips: int) -> bool:
    """True when the typed text is this form, but for `slips` typing slips at most.

    A slip is a letter too many, missing, another one, or two that changed places (optimal string alignment, Damerau
    1964). Forms of fewer than four letters allow none, of fewer than eight at most one; figures must be the same.
    """
    mine, wanted = tidied(typed), tidied(form)
    if not mine or not wanted:
        return False
    if mine == wanted:
        return True
    allowed = min(slips, 0 if len(wanted) < FEW_LETTERS else 1 if len(wanted) < MANY_LETTERS else 2)
    return bool(allowed) and _figures(mine) == _figures(wanted) and slips_between(mine, wanted, allowed) <= allowed


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def slips_between(one: str, other: str, most: int) -> int:
    """How many slips make one text the other; `most` + 1 as soon as it is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        earlier, before, now = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            now.append(cost)
        row = now
        if min(row) > most:
            return most + 1
    return row[-1]


def number_in(typed: str, unit: str = "") -> Fraction | None:
    """The number that was typed, with or without the unit; None when it is none.

    A comma begins the decimals. A point does too, unless it stands before every three digits: 1.500 is 1500, 72.5 is
    72 and a half. No exponents, no words, at most twelve digits.
    """
    plain = " ".join(unicodedata.normalize("NFKC", typed[: 4 * MOST_TYPED]).replace("−", "-").split())
    found = _NUMBER.match(plain)
    if found is None or sum(letter.isdigit() for letter in found[0]) > MOST_DIGITS:
        return None
    rest = plain[found.end() :].strip(" .").casefold()
    if rest not in ("", unit.strip(" .").casefold()):
        return None
    if found["plain"]:
        return Fraction(Decimal(found["plain_sign"] + found["plain"]))
    whole = re.sub(r"[. ]", "", found["whole"])
    return Fraction(Decimal(f"{found['sign']}{whole}.{found['part'] or 0}"))
