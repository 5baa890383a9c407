"""What all tables have in common: how wide one may be, and whether its first row is a head."""

from collections.abc import Sequence

MOST_COLUMNS = 100


def looks_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: words above rows that hold numbers."""
    first, *others = rows
    named = not any(_has_digit(cell) or cell.endswith(":") for cell in first)
    return named and all(first) and any(_has_digit(cell) for row in others for cell in row)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
