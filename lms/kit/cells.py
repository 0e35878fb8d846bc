"""Text for the cells of a spreadsheet."""

FORMULA = ("=", "+", "-", "@", "\t")


def plain(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
