"""Names and places in practice text that may be real ones (domain.md 5.4): found to be asked about, never blocked.

Cases are invented: people are called after plants and birds, places stand in a short list (domain.md 3.0). Whatever
else follows "Ibu …" or "Desa …" is a question to the writer. Neither her text nor the name leaves this module.
"""

import re
import unicodedata
from collections.abc import Collection

from lms.kit.words import Sentence, gettext_noop

PLACES = ("air lontar", "batu asam", "lembah gewang", "bukit gewang", "padang kusambi", "lontar raya")
# Plants and birds, in the cases and in the heads of learners; titles and places may follow an honorific too.
_NAMES = """
    ampupu anggrek asam bakau bambu bangau bayam beringin bidara bougenvil cemara cempaka cendana cendrawasih dahlia
    damar delima elang enau flamboyan gaharu gewang jalak jambu jati jagung johar kakatua kamboja kantil kapuk kelapa
    kelor kemangi kemiri kemuning kenanga kenari kepodang ketapang kunyit kusambi kutilang lamtoro lontar lavender
    lili mahoni manggis mangga mawar melati merpati merak murai nangka nila nuri padi pandan pepaya perkutut pinang
    pipit puring randu rosela sawo sedap sengon seroja seruni sirih soka sukun tanjung teratai tulip turi waru
"""
_TITLES = """
    guru bidan perawat dokter polisi kepala ketua pendeta romo pastor suster ustaz desa rt rw camat lurah bupati
    pendamping korban penyintas koordinator pembimbing pelatih petugas kader hakim jaksa pengacara tuhan allah
"""
NAMES = frozenset(_NAMES.split())
TITLES = frozenset(_TITLES.split())

NAME = "name"
PLACE = "place"
WORDS = {NAME: gettext_noop("the name of a person"), PLACE: gettext_noop("the name of a place")}

_HONORIFIC = (
    r"(?:[Ii]bu|IBU|[Bb]apak|[Bb]apa|BAPAK|[Bb]pk\.?|[Mm]ama|[Nn]ona|[Aa]dik|[Uu]si|[Oo]m|[Tt]ante|[Pp]ak|[Bb]u|[Kk]akak"
    r"|[Nn]enek|[Kk]akek|[Nn]y\.|[Tt]n\.)"
)
_NAMED = re.compile(rf"(?<![^\W_]){_HONORIFIC} +([A-Z][a-z'’]+|[A-Z]{{2,}})(?![^\W_])")
_AREA = (
    r"(?:[Dd]esa|[Kk]elurahan|[Kk]ecamatan|[Kk]abupaten|[Kk]ota|[Dd]usun|[Kk]ampung|[Pp]ulau|[Pp]rovinsi"
    r"|[Kk]ec\.|[Kk]ab\.)"
)
_PLACED = re.compile(rf"(?<![^\W_]){_AREA} +([A-Z][A-Za-z'’]*(?: [A-Z][A-Za-z'’]*)?)")
_CAPITALISED = re.compile(r"(?<![^\W_])[A-Z][a-z'’]{2,}(?: [A-Z][a-z'’]{2,}){0,2}")
_STARTS = re.compile(r"(?:^|[.!?:\n“\"'‘]\s*)$")


def doubts(text: str, names: Collection[str] = (), places: Collection[str] = ()) -> set[str]:
    """Which kinds may be real: keys of `WORDS`. `names`, `places`: real ones known here, in small letters."""
    plain = unicodedata.normalize("NFKC", text)
    found = set()
    known = set(names) - NAMES - {""}
    if any(_is_real_name(match.group(1)) for match in _NAMED.finditer(plain)):
        found.add(NAME)
    if known & set(re.findall(r"[a-z'’]+", plain.lower())):
        found.add(NAME)
    if any(not match.group(1).lower().startswith(PLACES) for match in _PLACED.finditer(plain)):
        found.add(PLACE)
    if set(capitalised(plain)) & (set(places) - set(PLACES)):
        found.add(PLACE)
    return found


def capitalised(text: str) -> list[str]:
    """Runs of capitalised words inside sentences, in small letters: what a list of places is asked about."""
    plain = unicodedata.normalize("NFKC", text)
    found = []
    for match in _CAPITALISED.finditer(plain):
        if _STARTS.search(plain[max(0, match.start() - 3) : match.start()]):
            continue
        parts = match.group().lower().split()
        found += [" ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)]
    return [one for one in found if one not in NAMES and one not in TITLES]


def _is_real_name(word: str) -> bool:
    return word.lower() not in NAMES | TITLES


def sentence_for(found: Collection[str]) -> Sentence:
    what = tuple(Sentence(WORDS[kind]) for kind in WORDS if kind in found)
    return Sentence(gettext_noop("Here may stand %(what)s. Is it invented?"), {"what": what})
