"""Drawings made on the server: icons, rings and bars as SVG with attributes only (the CSP allows no inline style)."""

from dataclasses import dataclass

# Drawn on 24 x 24, stroked by the style sheet.
ICONS = {
    "all": "M9 11a3 3 0 100-7 3 3 0 000 7zM2 20c0-4 3-6 7-6s7 2 7 6M16 4a3 3 0 010 7M18 14c3 1 4 3 4 6",
    "back": "M9 4L4 9l5 5M4 9h10a5.5 5.5 0 010 11h-4",
    "book": "M12 6C9 4 6 4 3 5v14c3-1 6-1 9 1 3-2 6-2 9-1V5c-3-1-6-1-9 1zM12 6v14",
    "cert": "M3 4h18v12H3zM7 8h10M7 12h5M15 14v7l2-1.5 2 1.5v-7",
    "clock": "M3 12a9 9 0 1018 0 9 9 0 10-18 0M12 7v5l3 2",
    "exit": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "grid": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
    "hear": "M4 9v6h4l5 5V4L8 9zM17 8c2 2 2 6 0 8",
    "info": "M3 12a9 9 0 1018 0 9 9 0 10-18 0M12 11v6M12 7v.1",
    "lock": "M5 11h14v10H5zM8 11V7a4 4 0 018 0v4",
    "lopo": "M2 13C7 11 10 7 12 3c2 4 5 8 10 10zM6 13v7M18 13v7M3 20h18",
    "me": "M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-5 4-7 8-7s8 2 8 7",
    "next": "M4 12h15M13 6l6 6-6 6",
    "no": "M6 6l12 12M18 6L6 18",
    "off": "M3 3l18 18M5 12a10 10 0 014-2.5M2 8.5A15 15 0 016 6M12 20v.1M9 16a4 4 0 016 0M14 9.5a10 10 0 015 2.5M11 5a15 15 0 0111 3.5",
    "ok": "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM8 12l3 3 5-6",
    "pen": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    "pin": "M12 21c5-6 7-9 7-12a7 7 0 10-14 0c0 3 2 6 7 12zM12 11a2 2 0 100-4 2 2 0 000 4z",
    "plus": "M12 5v14M5 12h14",
    "prev": "M20 12H5M11 6l-6 6 6 6",
    "print": "M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z",
    "rest": "M8 5v14M16 5v14",
    "save": "M12 3v12M7 10l5 5 5-5M4 20h16",
    "send": "M12 21V8M6 13l6-6 6 6M4 3h16",
    "talk": "M4 5h16v11H10l-5 4v-4H4z",
    "tick": "M4 13l5 5L20 6",
    "wait": "M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9",
    "warn": "M12 3L2 20h20zM12 9v5M12 17v.1",
}


def icon(name: str) -> str:
    """An icon beside a word; KeyError for a name that is not drawn."""
    return f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{ICONS[name]}"/></svg>'


@dataclass(frozen=True)
class Bar:
    """Widths of a progress bar in percent of its target: what is done, and behind it what waits."""

    done: float
    waiting: float
    is_full: bool


def bar(done: float, target: float, waiting: float = 0) -> Bar:
    """Shares of a target (same unit), never beyond 100 % together. A target of nothing is full."""
    if target <= 0:
        return Bar(100, 0, True)
    share = min(100.0, round(100 * max(0, done) / target, 1))
    rest = min(100 - share, round(100 * max(0, waiting) / target, 1))
    return Bar(share, round(rest, 1), done >= target)


def ring_share(value: float, total: float) -> float:
    """Percent (0-100) of a ring that is drawn."""
    if total <= 0:
        return 0
    return round(min(100.0, 100 * max(0, value) / total), 1)
