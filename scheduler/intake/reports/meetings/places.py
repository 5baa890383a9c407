"""Places, told by the country table and the cities of the zone database."""

import re
from functools import cache

import pytz

# Where standards groups often meet, and no zone is named after.
_MORE = """
Geneva|Genève|Genf|Nice|Sophia Antipolis|Sophia-Antipolis|Cannes|Lyon|Marseille|Bonn|Munich
München|Frankfurt|Hamburg|Cologne|Göteborg|Goteborg|Gothenburg|Malmö|Delft|The Hague|Rotterdam
Eindhoven|Antwerp|Ghent|Leuven|Turin|Milan|Florence|Bologna|Barcelona|Valencia|Seville|Porto
Edinburgh|Manchester|Cambridge|Oxford|Bristol|Kraków|Krakow|Gdańsk|Brno|San Francisco|San Diego
San Jose|Seattle|Boston|Philadelphia|Atlanta|Dallas|Austin|Houston|Washington|Orlando|Las Vegas
Montreal|Ottawa|Québec|Kyoto|Osaka|Yokohama|Fukuoka|Sapporo|Busan|Jeju|Incheon|Beijing|Shenzhen
Hangzhou|Nanjing|Xi'an|Chengdu|Wuhan|Guangzhou|Hyderabad|Bangalore|Bengaluru|Mumbai|New Delhi
Delhi|Chennai|Goa|Abu Dhabi|Marrakesh|Durban|Cape Town|Victoria Falls|New York|Rio de Janeiro
Lausanne|Basel|Bern|Linz|Graz|Salzburg|Maastricht|Prague|Cebu
"""
_ALIASES = (
    "USA",
    "US",
    "U.S.A.",
    "UK",
    "United Kingdom",
    "Great Britain",
    "United States of America",
)
_ALIASES_TOO = (
    "Korea",
    "Republic of Korea",
    "Czechia",
    "Viet Nam",
    "Suisse",
    "Allemagne",
    "Espagne",
)
# Countries for which the zone database has a second zone that keeps the same time.
_ONE_TIME = {"DE"}
# Names in the zone database that are none of cities.
_NO_CITIES = {"UTC", "UCT", "GMT", "Universal", "Zulu", "Greenwich", "Center", "Central", "General"}
_SITE = re.compile(
    r"^(?:ITU(?: headquarters| HQ)?|ETSI(?: headquarters| HQ)?|UN|Palexpo|CICG|(?:[Rr]oom|[Ss]alle"
    r"|[Bb]uilding|[Hh]otel"
    r"|[Uu]niversity of|[Tt]our|Popov|Montbrillant|Varembé)\b.*|.*\b(?:[Rr]oom|[Bb]uilding"
    r"|[Hh]otel|[Hh]eadquarters|"
    r"[Uu]niversity|[Cc]ampus|[Cc]entre|[Cc]enter|HQ))$"
)
_IN = re.compile(
    r"(?<!\w)(?:[Ii]n|[Aa]t|à|[Vv]enue:|[Pp]lace:|[Ll]ieu ?:|[Hh]osted by \w+ in)\s(?:the\s)?"
    r"(?P<place>(?:[A-Z][\w'’.-]*)(?:(?:\s(?:de|of|the|d'|du|la))?\s[A-Z][\w'’.-]*|,\s[A-Z][\w'’.-]*(?:\s[A-Z]\w+)?)*)"
)
# A place that no table knows, told by what stands around it: "takes place in Cork on …".
_HELD_IN = re.compile(
    r"(?<!\w)(?:held|hosted|takes? place|meets?|convened?|lieu|tiendra"
    r"|tiendront|réunira|réuniront) (?:in|à) "
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|English|French|Spanish|Plenary|Zoom|Webex|Teams|Q[1-4])(?!\w))"
    r"(?P<place>[A-ZÀ-Ý][\w'’-]{2,20}(?: [A-ZÀ-Ý][\w'’-]{2,20})?)"
    r"(?=,|\s{1,2}(?:on|from|le|du)(?!\w))"
)
_TIME = re.compile(r"\s?(?:local )?time\b", re.IGNORECASE)
_LONGEST = 60


@cache
def _countries() -> frozenset[str]:
    names = {*pytz.country_names.values(), *_ALIASES, *_ALIASES_TOO}
    return frozenset(name.casefold() for name in names)


@cache
def _cities() -> frozenset[str]:
    zones = {
        zone.rsplit("/", 1)[-1].replace("_", " ") for zone in pytz.all_timezones if "/" in zone
    }
    named = {name.strip() for line in _MORE.split("\n") for name in line.split("|")}
    known = {name for name in zones | named if len(name) > 2 and name not in _NO_CITIES}
    return frozenset(name.casefold() for name in known)


def is_country(text: str) -> bool:
    """Tell whether a text is the name of a country."""
    return text.strip().casefold() in _countries()


@cache
def _zones_of_countries() -> dict[str, str]:
    """Return the zone of each country that keeps just one time, named by its largest city."""
    found: dict[str, str] = {}
    for code, name in pytz.country_names.items():
        zones = pytz.country_timezones.get(code, [])
        if len(zones) == 1 or code in _ONE_TIME:
            found[name.casefold()] = zones[0]
    return found


def zone_of_country(text: str) -> str | None:
    """Return the zone of a country, None where it keeps several or the text names none."""
    return _zones_of_countries().get(text.strip().casefold())


def is_place(text: str) -> bool:
    """Tell whether a text names a place and nothing else: "Geneva", "ITU", "Nice, France"."""
    parts = [part.strip() for part in text.split(",")]
    if len(text) > _LONGEST or not all(parts):
        return False
    return all(_is_name(part) for part in parts) or (
        len(parts) > 1 and is_country(parts[-1]) and all(part[0].isupper() for part in parts)
    )


def place_in(text: str) -> str | None:
    """Return the place that a sentence names after "in" or "at", a city before a building."""
    named = [
        place
        for match in _IN.finditer(text)
        if not _TIME.match(text, match.end()) and (place := _longest(match["place"]))
    ]
    held = _HELD_IN.search(text)
    return min(named, key=is_site, default=held["place"] if held else None)


def _longest(text: str) -> str | None:
    parts = text.rstrip(".,").split(", ")
    whole = ", ".join(parts)
    if len(parts) > 1 and is_place(parts[-1]):
        return whole
    return next(
        (head for count in range(len(parts), 0, -1) if is_place(head := ", ".join(parts[:count]))),
        None,
    )


def is_site(place: str) -> bool:
    """Tell whether a place is a building or a seat and no city: "ITU"."""
    return bool(_SITE.match(place))


def _is_name(text: str) -> bool:
    folded = text.casefold()
    return text[:1].isupper() and (
        folded in _cities() or folded in _countries() or bool(_SITE.match(text))
    )
