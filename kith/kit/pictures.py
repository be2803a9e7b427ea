"""Pictures drawn on the server: geometry in attributes, looks in classes, never a style.

A score is a number from 0 to 10, halves included, or None when the person was not asked. Scores are listed oldest
first and the last one is now. No picture shows an average: each number belongs to a person.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from kith.kit.wording import listed

Scores = Sequence[float | None]
"""A whole number prints as one: give 8 rather than 8.0."""

LEFT, STEP = 10, 20
"""Where 0 stands in the strip, and the width of one step of ten, in drawing units."""

ROOM = 3
"""How many days fit beneath a small chart. With more, only the first and the last stand there; the table has all."""


def _join(parts: Sequence[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 built from numbers by this module


def _along(score: float) -> float:
    if not 0 <= score <= 10:  # noqa: PLR2004 the scale has ten steps
        raise ValueError(f"A score runs from 0 to 10, not {score}")
    return LEFT + STEP * score


def scale_dots(scores: Scores) -> Markup:
    """One person's scores on a strip: earlier ones small and hollow, now large and solid."""
    asked = [score for score in scores if score is not None]
    parts = ['<svg viewBox="0 0 220 26" aria-hidden="true"><path class="axis" d="M10 13H210"/>']
    parts += [f'<path class="tick" d="M{x} 8V18"/>' for x in (10, 110, 210)]
    if len(set(asked)) > 1:
        parts.append(f'<path class="trail" d="M{_along(min(asked))} 13H{_along(max(asked))}"/>')
    earlier = [score for score in scores[:-1] if score is not None]
    parts += [
        f'<circle class="then" cx="{_along(score)}" cy="13" r="{"3.5" if at else "4.5"}"/>'
        for at, score in enumerate(earlier)
    ]
    if scores and scores[-1] is not None:
        parts.append(f'<circle class="now" cx="{_along(scores[-1])}" cy="13" r="8"/>')
    return _join([*parts, "</svg>"])


def spread(scores: Scores) -> Markup:
    """How far apart people are now, for a table of families: lowest, highest, and the room between."""
    asked = [score for score in scores if score is not None]
    if not asked:
        return Markup('<span class="soft">Not asked yet</span>')
    low, high = min(asked), max(asked)
    left, right = 10 + 12 * low, 10 + 12 * high
    words = f"Everyone says {low}, out of 10" if low == high else f"Numbers run from {low} to {high}, out of 10"
    parts = [
        f'<svg class="range" viewBox="0 0 140 38" role="img" aria-label="{words}">',
        '<path class="axis" d="M10 12H130"/>',
        '<path class="tick" d="M10 7V17M70 7V17M130 7V17"/>',
        f'<rect class="band" x="{left - 6}" y="6" width="{right - left + 12}" height="12" rx="6"/>',
    ]
    for score, x in {low: left, high: right}.items():
        parts.append(f'<circle class="now" cx="{x}" cy="12" r="5"/><text class="svg-t c" x="{x}" y="34">{score}</text>')
    return _join([*parts, "</svg>"])


def _path(scores: Scores, css: str) -> str:
    places = [f"{x} {_up(score)}" for x, score in _placed(scores)]
    return f'<path class="{css}" d="M{" L".join(places)}"/>' if len(places) > 1 else ""


def _placed(scores: Scores) -> list[tuple[int, float]]:
    last = max(len(scores) - 1, 1)
    return [(34 + round(116 * at / last), score) for at, score in enumerate(scores) if score is not None]


def _up(score: float) -> float:
    _along(score)
    return round(100 - 8.6 * score, 1)


def one_over_all(name: str, scores: Scores, everyone: Sequence[Scores], times: Sequence[str]) -> Markup:
    """One person's path in dark over everybody's in pale. `times` are short words, one for each score."""
    said = listed([f"{score} on {time}" for score, time in zip(scores, times, strict=True) if score is not None])
    label = escape(f"{name}: {said or 'not asked yet'}")
    parts = [f'<svg viewBox="0 -8 172 150" role="img" aria-label="{label}">']
    for level in (0, 5, 10):
        parts.append(f'<path class="tick" d="M26 {_up(level)}H160"/>')
        parts.append(f'<text class="svg-s e" x="20" y="{_up(level) + 4}">{level}</text>')
    parts += [_path(others, "others") for others in everyone]
    parts.append(_path(scores, "own"))
    placed = _placed(scores)
    parts += [f'<circle class="now-ring" cx="{x}" cy="{_up(score)}" r="5.5"/>' for x, score in placed]
    for x, score in placed[-1:]:
        parts.append(f'<text class="svg-t svg-b c halo" x="{x}" y="{_up(score) - 10:.1f}">{score}</text>')
    for (x, _), time in zip(_placed([0] * len(times)), times, strict=True):
        if len(times) <= ROOM or time in (times[0], times[-1]):
            parts.append(_when(x, time))
    return _join([*parts, "</svg>"])


def _when(x: int, time: str) -> str:
    """A day beneath a chart, its year on a line of its own: three whole dates side by side would run together."""
    day, _, year = time.rpartition(" ")
    lines = [day, year] if day and year.isdigit() else [time]
    return "".join(
        f'<text class="svg-s c" x="{x}" y="{122 + 15 * at}">{escape(w)}</text>' for at, w in enumerate(lines)
    )


def dot_strip(named: Sequence[tuple[str, float]], when: str) -> Markup:
    """Everyone's number now on one wide line, names stacked above each; a phone gets the table instead."""
    stacks: dict[float, list[str]] = {}
    for name, score in named:
        _along(score)
        stacks.setdefault(score, []).append(name)
    said = "; ".join(f"{listed(names)} {score}" for score, names in sorted(stacks.items()))
    foot = 19 + 25 * max((len(names) for names in stacks.values()), default=1)
    parts = [f'<svg viewBox="0 0 960 {foot + 38}" role="img" aria-label="{escape(f"Numbers on {when}. {said}.")}">']
    if stacks:
        left, right = 40 + 88 * min(stacks), 40 + 88 * max(stacks)
        parts.append(
            f'<rect class="band" x="{left - 40}" y="6" width="{right - left + 80}" height="{foot - 6}" rx="12"/>'
        )
    parts.append(f'<path class="axis" d="M40 {foot}H920"/>')
    for step in range(11):
        x = 40 + 88 * step
        parts.append(f'<path class="axis" d="M{x} {foot - 6}v12"/>')
        parts.append(f'<text class="svg-t c f16" x="{x}" y="{foot + 28}">{step}</text>')
    for score, names in stacks.items():
        parts += [
            f'<text class="svg-t c svg-b f16" x="{40 + 88 * score}" y="{foot - 16 - 25 * at}">{escape(name)}</text>'
            for at, name in enumerate(names)
        ]
    return _join([*parts, "</svg>"])


def clock_bar(gone: int, whole: int) -> Markup:
    """Days gone out of a number of days, as a bar that is full when they have all gone."""
    share = min(max(gone, 0) / whole, 1) if whole > 0 else 1
    width = round(102 * share)
    gone_part = f'<rect class="clock-gone" x="1" y="2" width="{max(width, 4)}" height="10" rx="5"/>' if width else ""
    return Markup(  # noqa: S704 built from numbers
        '<svg viewBox="0 0 104 14" aria-hidden="true">'
        f'<rect class="clock-all" x="1" y="2" width="102" height="10" rx="5"/>{gone_part}</svg>'
    )


def apart(scores: Scores) -> float | None:
    """Steps between the lowest and the highest number; None when fewer than two people were asked."""
    asked = sorted(score for score in scores if score is not None)
    return asked[-1] - asked[0] if len(asked) > 1 else None
