"""How many there are of something, in the English that commands speak."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number and its noun, such as "1 letter" and "2 letters"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
