"""What a group's file says of its feeds: their colour, who is let in, and where documents lie."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from scheduler.intake.settings_values import WebAddress
from scheduler.model.group import DOCUMENT_NUMBER, JoinLink

# The names of colours of CSS Color Module Level 3, 4.3, which RFC 7986, 5.9 asks for.
COLORS = frozenset(
    re.findall(
        "[a-z]+",
        """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite
    gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell
    sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal
    thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
    """,
    )
)


def _color(text: str) -> str:
    if text not in COLORS:
        raise ValueError(f"no CSS3 name of a colour: {text!r}; give one such as steelblue")
    return text


def _join_link(value: object) -> object:
    if isinstance(value, str) and value in set(JoinLink):
        return JoinLink(value)
    raise ValueError(f"{value!r} is nobody to show links to; give one of {', '.join(JoinLink)}")


def _documents(text: str) -> str:
    rest = text.replace(DOCUMENT_NUMBER, "")
    if "{" in rest or "}" in rest:
        raise ValueError(f"{text!r} has braces around something else; give {DOCUMENT_NUMBER} there")
    return text


Color = Annotated[str, AfterValidator(_color)]
WhoJoins = Annotated[JoinLink, BeforeValidator(_join_link)]
DocumentAddress = Annotated[WebAddress, AfterValidator(_documents)]
