"""The colours a certificate may have: a short list in which every text can be read (WCAG 2.2, 1.4.3)."""

from dataclasses import asdict, dataclass

PAPER = "#ffffff"
INK = "#1f1f2b"
SOFT = "#57525c"
LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Scheme:
    """`band` behind the cloth, `edge` beside it, `name` of the holder in letters, `line` under the name. #rrggbb."""

    band: str
    edge: str
    name: str
    line: str

    def as_words(self) -> dict[str, str]:
        return asdict(self)


SCHEMES = {
    "indigo": Scheme(band="#1c2a55", edge="#a63a2c", name="#97281f", line="#d9981e"),
    "leaf": Scheme(band="#17402f", edge="#8a5a12", name="#1d5a3f", line="#c9a227"),
    "wine": Scheme(band="#4a1530", edge="#7a2348", name="#7a2348", line="#c98b3a"),
    "sea": Scheme(band="#0f3b4a", edge="#1b6b80", name="#125566", line="#d9981e"),
    "earth": Scheme(band="#43291a", edge="#8c4a1f", name="#7a3d16", line="#b98b3e"),
    "grey": Scheme(band="#2b2b33", edge="#57525c", name="#1f1f2b", line="#8f8a94"),
}
USUAL = "indigo"


def scheme(name: str) -> Scheme:
    """The colours of this name; the usual ones for a name that is no more."""
    return SCHEMES.get(name, SCHEMES[USUAL])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
