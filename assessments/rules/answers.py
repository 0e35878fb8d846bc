"""An answer as it was given, and which of two counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody chose: keys of choices. `made_at` is what her phone said, `saved_at` when it came here.

    `device` is empty for an answer given on a page of the site.
    """

    keys: tuple[str, ...]
    saved_at: datetime
    made_at: datetime
    device: str = ""

    def replaces(self, earlier: "Given | None") -> bool:
        """True when this one counts from now on.

        Two answers of one phone may arrive in any order: its clock says which is the later one. A clock is never
        compared with another clock: between two devices the answer that arrives later counts.
        """
        if earlier is None or not self.device or self.device != earlier.device:
            return True
        return self.made_at >= earlier.made_at


def pack_given(given: Given) -> dict[str, Any]:
    return {
        "keys": list(given.keys),
        "saved_at": given.saved_at.isoformat(),
        "made_at": given.made_at.isoformat(),
        "device": given.device,
    }


def unpack_given(stored: Mapping[str, Any]) -> Given:
    return Given(
        keys=tuple(stored["keys"]),
        saved_at=datetime.fromisoformat(stored["saved_at"]),
        made_at=datetime.fromisoformat(stored["made_at"]),
        device=stored["device"],
    )
