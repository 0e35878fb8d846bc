"""QR codes as drawings: a path for inline SVG, an SVG document for paper, modules for a picture.

Error correction is level M or better. The mask is fixed: trying all eight costs four times as much and changes nothing
for signed, evenly mixed content.
"""

from dataclasses import dataclass
from functools import cached_property

QUIET_ZONE = 4
_MASK = 2


@dataclass(frozen=True)
class QrCode:
    """`modules` has one row of 0 and 1 (dark) for every line, without the quiet zone; `version` is 1 to 40."""

    version: int
    modules: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Modules on one side with the quiet zone: the width of the view box."""
        return len(self.modules) + 2 * QUIET_ZONE

    @cached_property
    def path(self) -> str:
        """The dark modules as SVG path data for `stroke`, one unit wide, inside the quiet zone."""
        return "".join(_row(y, row) for y, row in enumerate(self.modules))

    def svg(self) -> bytes:
        """A whole SVG document, black on white."""
        size = self.size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{self.path}"/></svg>'
        ).encode("ascii")


def encode(text: str) -> QrCode:
    """The smallest code that holds the text at level M. Upper case, digits and `$%*+-./:` need the least room."""
    import segno  # costs memory that a web process which draws nothing should not pay

    made = segno.make(text, error="m", micro=False, mask=_MASK)
    return QrCode(int(made.version), tuple(bytes(row) for row in made.matrix))


def _row(y: int, row: bytes) -> str:
    """The dark runs of one row: the first from the corner of the drawing, the others from where the pen is."""
    parts: list[str] = []
    pen = 0
    while (start := row.find(1, pen)) >= 0:
        move = f"m{start - pen} 0" if parts else f"M{start + QUIET_ZONE} {y + QUIET_ZONE}.5"
        pen = row.find(0, start)
        pen = pen if pen >= 0 else len(row)
        parts.append(f"{move}h{pen - start}")
    return "".join(parts)
