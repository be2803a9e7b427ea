"""The small drawings a person may choose to stand beside their name, and the signs pages use.

Each is drawn in a box 32 units square with one stroke, so it takes the colour of the words around it. Keys
are stored with people and never renamed; the words are what a person is offered when they choose.
"""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """A drawing: what it is in words, and its shapes (geometry only, no style)."""

    words: str
    shapes: Markup


def _draw(words: str, shapes: str) -> Drawing:
    return Drawing(words, Markup(shapes))  # noqa: S704 the shapes are written in this file


DRAWINGS: dict[str, Drawing] = {
    "ball": _draw(
        "A football",
        '<circle cx="16" cy="16" r="10.5"/><path d="m16 11 5 3.6-2 5.8h-6l-2-5.8zM16 11V5.5M21 14.6l5-1.8'
        'M19 20.4l3.2 4.3M13 20.4l-3.2 4.3M11 14.6l-5-1.8"/>',
    ),
    "boat": _draw("A boat", '<path d="M5 20h22l-4 6H9zM15 17V4l9 13zM15 8 8 17h7"/>'),
    "boot": _draw("A boot", '<path d="M10 5h8v11l8 3.5c2 1 2 5.5 2 5.5H10zM10 21h17M10 9h8"/>'),
    "car": _draw(
        "A car",
        '<path d="M4 21v-5l4-1.5L11 9h10l4 5.5 3 1.5v5zM4 21h24M12 14.5h9M16 9v5.5"/>'
        '<circle cx="10" cy="22" r="3"/><circle cx="22" cy="22" r="3"/>',
    ),
    "cat": _draw(
        "A cat",
        '<path d="M8 13 7 5l6 4h6l6-4-1 8c2 6-1 12-8 12s-10-6-8-12zM16 18v2M16 20l-3 2M16 20l3 2"/>'
        '<path d="M12.5 14.5v1M19.5 14.5v1"/>',
    ),
    "drum": _draw(
        "A drum",
        '<ellipse cx="16" cy="11" rx="10" ry="4.5"/><path d="M6 11v10c0 2.5 4.5 4.5 10 4.5s10-2 10-4.5V11'
        'M6 14l5 10.5M26 14l-5 10.5M16 15.5v10M12 9 7 3M20 9l5-6"/>',
    ),
    "flower": _draw(
        "A flower",
        '<circle cx="16" cy="13" r="3"/><path d="M16 10c-3-7 3-7 0 0zM16 10c0-6 6-4 3 1.5M19 13c7-3 7 3 0 0'
        "M18 15.5c5 4 0 7-2 .5M14 15.5c-5 4 0 7 2 .5M13 13c-7-3-7 3 0 0M13.5 11c-4-5 2-7 2.5-1"
        'M16 17v11M16 24c3-3 6-2 7-3"/>',
    ),
    "kite": _draw("A kite", '<path d="M18 4 8 13l8 9 10-8zM18 4l-2 18M8 13l18 1M16 22c-2 3-6 1-8 6"/>'),
    "leaf": _draw("A leaf", '<path d="M6 26C6 12 14 6 27 6c0 14-7 20-17 17M6 26l10-10"/>'),
    "moon": _draw("The moon", '<path d="M23 20A10 10 0 1 1 13 6a8 8 0 0 0 10 14zM24 6v4M22 8h4"/>'),
    "owl": _draw(
        "An owl",
        '<path d="M8 7c0 3-1 5-1 10 0 6 4 9 9 9s9-3 9-9c0-5-1-7-1-10-2 2-4 2.5-8 2.5S10 9 8 7z'
        'M14 20l2 2.5 2-2.5M13 26v2M19 26v2"/><circle cx="12.5" cy="15" r="2.5"/>'
        '<circle cx="19.5" cy="15" r="2.5"/>',
    ),
    "teapot": _draw(
        "A teapot",
        '<path d="M9 13h13c2 8-1 13-6.5 13S7 21 9 13zM9 15c-4-2-5 1-2.5 5M22 16c3 0 3-4 6-4'
        'M12 13c0-3 7-3 7 0M15.5 10.5V8"/>',
    ),
    "wand": _draw(
        "A magic wand",
        '<path d="M6 27 18 14M21 4l1.8 4.2L27 10l-4.2 1.8L21 16l-1.8-4.2L15 10l4.2-1.8zM8 9v4M6 11h4'
        'M26 20v4M24 22h4"/>',
    ),
}

SIGNS: dict[str, Markup] = {
    name: Markup(shapes)  # noqa: S704 the shapes are written in this file
    for name, shapes in {
        "pencil": '<path d="m5 27 1.5-5.5L21 7l4 4-14.5 14.5zM18.5 9.5l4 4"/>',
        "tick": '<circle cx="16" cy="16" r="12"/><path d="m10.5 16 4 4 7-8"/>',
        "worried": '<path d="M4 18c3-5 6-5 9 0s6 5 9 0 4-4 6-3M4 25c3-5 6-5 9 0s6 5 9 0 4-4 6-3'
        'M8 9c2-4 7-4 9-1 4-2 8 0 8 3"/>',
        "working": '<path d="M16 28V14M16 18c0-6-4-9-11-9 0 7 4 10 11 9zM16 14c0-6 4-9 11-9 0 7-4 10-11 9zM8 28h16"/>',
        "change": '<ellipse cx="8" cy="25" rx="5" ry="3"/><ellipse cx="18" cy="18" rx="4.5" ry="2.6"/>'
        '<ellipse cx="11" cy="12" rx="3.5" ry="2"/><ellipse cx="20" cy="7" rx="2.8" ry="1.6"/>',
        "search": '<circle cx="13.5" cy="13.5" r="8.5"/><path d="m20 20 8 8"/>',
        "menu": '<path d="M5 9h22M5 16h22M5 23h22"/>',
        "down": '<path d="m8 12 8 8 8-8"/>',
    }.items()
}
"""Signs with one meaning each. Always beside the word they stand for, never alone."""
