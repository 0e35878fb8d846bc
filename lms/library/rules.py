"""What may stand in a list on a shared phone, and how large a file of the library may be. Pure."""

import re

# Stems, so that "kekerasan" and "pemerkosaan" count too.
BETRAYING = re.compile(r"keras|violen|korban|victim|surviv|rape|perkosa|abuse|aniaya|cabul|leceh|kdrt|tpks|bunuh", re.I)
# Bytes. What is borrowed on a phone is small; a longer film is shown from the office's laptop.
MOST_BYTES = {"document": 5_000_000, "sound": 10_000_000, "film": 30_000_000}
# Sound and film stay as they came, so only forms that every phone plays.
KEPT_FORMS = {"document": {"pdf", "docx", "xlsx", "csv", "txt"}, "sound": {"mp3", "m4a"}, "film": {"mp4"}}
FIRST_YEAR, LAST_YEAR = 1900, 2100


def is_neutral(title: str) -> bool:
    """True when nobody who looks over a shoulder learns what the site is about."""
    return not BETRAYING.search(title)
