"""A name as a stranger may read it."""


def initials(name: str) -> str:
    """The first letter of each word with a full stop: "Melati Kusambi" becomes "M. K."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
