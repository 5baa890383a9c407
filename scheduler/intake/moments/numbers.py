"""Numbers in words and in Roman figures."""

from scheduler.intake.moments.tokens import Kind, Page, fold

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy",
         80: "eighty", 90: "ninety"}  # fmt: skip
_UNITS_FR = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf"
)
_TENS_FR = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_OTHERS = {
    "une": 1, "eine": 1, "einen": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "vierzehn": 14, "una": 1, "dos": 2,
    "tres": 3, "cuatro": 4, "cinco": 5, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "quince": 15,
}  # fmt: skip
_LONGEST = 5  # tokens of "vingt-et-un"
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_LARGEST_ROMAN = 39

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)} | {
    "premier": 1,
    "premiere": 1,
    "thirtieth": 30,
}


def _table() -> dict[str, int]:
    table = dict(_OTHERS)
    for units, tens in ((_UNITS, _TENS), (_UNITS_FR, _TENS_FR)):
        words = units.split()
        table |= {word: number for number, word in enumerate(words)}
        for ten, name in tens.items():
            table[name] = ten
            table |= {f"{name}-{words[unit]}": ten + unit for unit in range(1, 10)}
            table[f"{name}-et-un"] = ten + 1
    return table


CARDINALS = _table()


def read_cardinal(page: Page, begin: int) -> tuple[int, int] | None:
    """Read a number in words ("twenty-one", "vingt et un") at token `begin`.

    Returns the number and the index of the token after it, or None.
    """
    if page.at(begin).kind is not Kind.WORD:
        return None
    best: tuple[int, int] | None = None
    spelt, index = "", begin
    while index < begin + _LONGEST and (index == begin or page.at(index).near):
        token = page.at(index)
        if token.kind is Kind.WORD:
            spelt = f"{spelt}-{token.key}" if spelt else token.key
            best = (CARDINALS[spelt], index + 1) if spelt in CARDINALS else best
        elif token.key != "-":
            break
        index += 1
    return best


def cardinal(text: str) -> int | None:
    """Return the number that `text` names in figures or words, such as "4" or "four"; or None."""
    stripped = text.strip()
    if stripped.isascii() and stripped.isdecimal() and len(stripped) < _LARGEST_ROMAN:
        return int(stripped)
    return CARDINALS.get("-".join(fold(word) for word in stripped.replace("-", " ").split()))


def roman(text: str) -> int | None:
    """Return the value of a Roman figure from i to xxxix in either case, or None."""
    rest, total = text.strip().lower(), 0
    for figure, value in _ROMAN:
        while rest.startswith(figure) and total < _LARGEST_ROMAN:
            rest, total = rest[len(figure) :], total + value
    return total if not rest and total and roman_figure(total) == text.strip().lower() else None


def roman_figure(number: int) -> str:
    """Return a number from 1 to 39 as a Roman figure in small letters."""
    figure = ""
    for part, value in _ROMAN:
        while number >= value:
            figure, number = figure + part, number - value
    return figure
