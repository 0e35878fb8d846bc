"""Finds what may belong to a real person in free text about practice (domain.md 5.4).

The text itself is never kept, logged or echoed: only the kinds found leave this module.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lms.kit.words import Sentence, gettext_noop

# Official service numbers that anybody may write.
SERVICE_NUMBERS = frozenset({"08111129129"})

# Places invented for the curriculum (domain.md 3.0).
INVENTED_PLACES = ("Air Lontar", "Batu Asam", "Lembah Gewang", "Bukit Gewang", "Padang Kusambi", "Lontar Raya")

# In the order in which they are named to the writer.
WORDS = {
    "nik_kk": gettext_noop("an identity card or family card number"),
    "phone": gettext_noop("a phone number"),
    "bpjs": gettext_noop("a health insurance number"),
    "passport": gettext_noop("a passport number"),
    "account": gettext_noop("a long number of a real person"),
    "contact": gettext_noop("an e-mail address, a link or an account name"),
    "birth_date": gettext_noop("a date of birth"),
    "address": gettext_noop("an address"),
    "case_number": gettext_noop("a case or file number"),
    "coordinates": gettext_noop("a position on the map"),
}

_REFUSAL = gettext_noop(
    "There seems to be %(what)s here. To keep people safe, this learning site takes no data of real people. "
    "Put an invented example in its place."
)


def kinds(text: str) -> set[str]:
    """Which kinds of identifiers the text seems to hold: keys of `WORDS`, or an empty set."""
    plain = _plain(text)
    found = {kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)}
    for reading in {plain, _digits_for_words(plain)}:
        found.update(_numbers(reading))
    return found


def sentence_for(found: Iterable[str]) -> Sentence:
    """What the writer reads: which kinds were found, why that matters, what to do. Never her text."""
    named = set(found)
    return Sentence(_REFUSAL, {"what": tuple(Sentence(WORDS[kind]) for kind in WORDS if kind in named)})


# Making one spelling of many.

_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_LOOKALIKES = str.maketrans("oOlI", "0011")
_LOOKALIKE_RUN = re.compile(r"(?<![^\W_])[\doOlI](?:[ .\-]{0,2}[\doOlI]){6,}(?![^\W_])")


def _plain(text: str) -> str:
    """NFKC, ASCII digits and dashes, no invisible characters, letters inside numbers read as digits."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    text = "".join(_plain_character(character) for character in text if unicodedata.category(character) != "Cf")
    return _LOOKALIKE_RUN.sub(_with_digits, text)


def _with_digits(run: re.Match[str]) -> str:
    written = run.group()
    has_digits = sum(character.isdigit() for character in written) >= 2
    return written.translate(_LOOKALIKES) if has_digits else written


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return " " if character.isspace() else character


# Indonesian and Kupang Malay words for digits, as people say a phone number.
_DIGIT_WORDS = {
    "nol": "0", "kosong": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "ampat": "4", "ampa": "4",
    "lima": "5", "enam": "6", "anam": "6", "tujuh": "7", "tuju": "7", "delapan": "8", "dalapan": "8", "lapan": "8",
    "sembilan": "9", "sambilan": "9",
}  # fmt: skip
_ONE_DIGIT = r"(?:\d|" + "|".join(_DIGIT_WORDS) + ")"
_SPELLED_RUN = re.compile(
    rf"(?<![^\W\d_]){_ONE_DIGIT}(?:[\s,.\-/]{{0,3}}{_ONE_DIGIT}){{7,}}(?![^\W\d_])", re.IGNORECASE
)
_DIGIT_OR_WORD = re.compile(_ONE_DIGIT, re.IGNORECASE)


def _digits_for_words(text: str) -> str:
    """The text with every long run that says digits in words written as one number."""

    def as_number(run: re.Match[str]) -> str:
        if run.group().translate(_NO_SEPARATORS).isdigit():
            return run.group()
        parts = _DIGIT_OR_WORD.findall(run.group())
        return "".join(_DIGIT_WORDS.get(part.lower(), part) for part in parts)

    return _SPELLED_RUN.sub(as_number, text)


# Numbers.

_NO_SEPARATORS = {ord(character): None for character in " ,.-/()\t\n\r\u00a0"}
_GAP = r"[ .,\-/()\t\n]{0,3}"
_SIXTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!\d)")
_PHONE = re.compile(rf"(?<![\d])(?:\+?{_GAP}6{_GAP}2{_GAP}0?|0{_GAP}){_GAP}8{_GAP}[1-9](?:{_GAP}\d){{6,10}}(?!\d)")
_PHONE_BARE = re.compile(r"(?<!\d)8[1-9]\d{7,10}(?!\d)")
_BPJS = re.compile(rf"(?<!\d)0{_GAP}0{_GAP}0(?:{_GAP}\d){{10}}(?!\d)")
_PASSPORT = re.compile(r"(?<![^\W_])[A-Za-z][ \-]?\d{7}(?![^\W_])")
_ACCOUNT = re.compile(r"(?<![\d.,])\d{10,16}(?![\d])")
_ACCOUNT_WITH_GAPS = re.compile(
    r"\b(?:rek(?:ening)?|sim|nomor\s+induk|bri|bni|bca|btn|mandiri|bank)\b\D{0,30}?(\d(?:[ .\-]?\d){9,15})(?!\d)",
    re.IGNORECASE,
)
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_CLOCKS = re.compile(rf"{_CLOCK}(?:\s?[-/, ]\s?{_CLOCK})+")
_MONEY = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")


def _numbers(text: str) -> set[str]:
    named = set(_named_numbers(text))
    return named or set(_long_numbers(text))


def _named_numbers(text: str) -> Iterator[str]:
    if any(_is_identity(_digits(match.group())) for match in _SIXTEEN.finditer(text)):
        yield "nik_kk"
    if any(_is_private_phone(match.group()) for rule in (_PHONE, _PHONE_BARE) for match in rule.finditer(text)):
        yield "phone"
    if _BPJS.search(text):
        yield "bpjs"
    if _PASSPORT.search(text):
        yield "passport"


def _long_numbers(text: str) -> Iterator[str]:
    long_numbers = [match.group() for match in _ACCOUNT.finditer(text)]
    long_numbers += [match.group(1) for match in _ACCOUNT_WITH_GAPS.finditer(text)]
    if any(not _is_service(_digits(number)) for number in long_numbers):
        yield "account"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_identity(digits: str) -> bool:
    """PP KK CC, then DD MM YY (women: day + 40), then four digits; province 11 to 96."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return 11 <= int(digits[:2]) <= 96 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _is_private_phone(written: str) -> bool:
    if _CLOCKS.fullmatch(written) or _MONEY.fullmatch(written):
        return False
    return not _is_service(_digits(written))


def _is_service(digits: str) -> bool:
    national = digits.removeprefix("62") if digits.startswith("628") else digits
    return "0" + national.lstrip("0") in SERVICE_NUMBERS


# Everything else.

_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ags|sep|okt|oct|nov|nop|des|dec)[a-z]{0,6}"
_FULL_DATE = (
    rf"(?:\b\d{{1,2}}\s?[ /.\-]\s?(?:\d{{1,2}}|{_MONTH})\s?[ /.\-,]\s?\d{{2,4}}\b"
    r"|\b\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}\b)"
)
_SAME_SENTENCE = r"(?:(?![.!?]\s+(?-i:[A-Z])).){0,40}?"
_STREET = (
    r"\b(?:[Jj][Ll]|[Jj]ln|[Gg]g)\.?\s*(?=[A-Z0-9])"
    r"|\b(?:[Jj]alan|[Gg]ang)\s+[A-Z](?!aki\b)"
    r"|\b(?:[Jj]alan|[Gg]ang)\s+\d+(?!\d|[.,]\d|\s*(?:jam|menit|detik|hari|malam|minggu|bulan|tahun|kali|langkah|orang|k?m\b|kilo|meter))"
    r"|\b(?i:(?:jl|jln|jalan|gg|gang)\.?\s+\w+(?:\s+\w+){0,3}\s*,?\s+(?:no|nomor|nmr)\b\.?\s*\d)"
)
_DUSUN = r"\b[Dd](?:usun|sn\.)\s+(?!" + "|".join(INVENTED_PLACES) + r")(?:[A-Z0-9])"
_PATTERNS = {
    "contact": re.compile(
        r"[\w+-]\s?(?:@|\(at\)|\[at\]|\{at\})\s?[\w-]{1,63}\.\w|(?<!\w)@\w[\w.]{2}"
        r"|\b(?:wa|t)\.me/|\bhttps?:\s?/|\bwww\.\w"
        r"|\b[\w-]{2,63}\.(?:com|net|org|(?:co|or|go|ac|sch|web|my|biz|desa)\.id)\b|\b[\w-]{2,63}\.(?-i:id)\b(?!\s+[a-z])"
        r"|\b(?:ig|insta(?:gram)?|fb|facebook|tiktok|telegram|twitter)\s*[:=]\s*\S{3,}",
        re.IGNORECASE,
    ),
    "birth_date": re.compile(
        rf"\b(?:(?:di|me|ke)?lahir(?:kan|an)?|ttl\.?|t\.t\.l\.?){_SAME_SENTENCE}{_FULL_DATE}", re.IGNORECASE | re.DOTALL
    ),
    "address": re.compile(rf"{_STREET}|\b(?:RT|RW|rt|rw|Rt|Rw)\.?\s*[:/]?\s*\d|{_DUSUN}"),
    "case_number": re.compile(
        r"\bLP[-\s]?[AB]?\s*/|/\s?Pid\.?\s?(?:Sus|B|C|Pra)|/\s?Pdt\.?\s?[GPS]|\bNo(?:mor)?\.?\s*(?:RM|perkara|LP|BP)\b"
        r"|\b(?:rekam\s+medi[sk]|RM)\s*(?:no(?:mor)?)?\s*[.:#]?\s*\d",
        re.IGNORECASE,
    ),
    "coordinates": re.compile(
        r"-?\d{1,3}[.]\d{4,}\s*[,;/ ]\s*-?\d{1,3}[.]\d{4,}|-?\d{1,3},\d{4,}\s*[;/ ]\s*-?\d{1,3},\d{4,}"
        r"|\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d+)?\s?['′’]"
    ),
}
