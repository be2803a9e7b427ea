"""A family tree written down as a drawing: geometry in attributes, looks in classes, the same facts in words beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kith.people.relationships.tree.facts import Facts, One, Read, Shape, Tie, Undrawn
from kith.people.relationships.tree.homes import Outline, half_row, outlines, rounded
from kith.people.relationships.tree.lines import Drawn, Stroke, drawn
from kith.people.relationships.tree.order import PLACE, Ordered, ordered
from kith.people.relationships.tree.placing import HALF, NAME_X, Cell, cells_of, places
from kith.people.relationships.tree.reading import read
from kith.people.relationships.tree.rows import rows_of

EDGE = 10
"""Air round the whole drawing."""


@dataclass(frozen=True)
class Tree:
    """A family laid out: everybody's place, every line, and what could only be said."""

    read: Read
    found: Ordered
    where: Mapping[int, float]
    cells: Mapping[int, Cell]
    drawn: Drawn
    outlines: Sequence[Outline]
    bonds: Sequence[Tie]

    @property
    def width(self) -> float:
        """How wide the drawing is, in units."""
        return max((x + self.cells[k].right for k, x in self.where.items()), default=0) + 2 * EDGE

    @property
    def height(self) -> float:
        """How high it is."""
        return self.drawn.levels.end + 2 * EDGE

    @property
    def rows(self) -> list[list[One]]:
        """Everybody drawn, row by row, left to right."""
        people = self.read.people
        return [[people[k] for k in row if k > PLACE] for row in self.found.rows]

    @property
    def undrawn(self) -> list[Undrawn]:
        """Ties that are said in words only, and why."""
        return [*self.read.undrawn, *self.found.undrawn]

    def at(self, key: int) -> tuple[float, float]:
        """The middle of somebody's symbol."""
        row = next(r for r, row in enumerate(self.found.rows) if key in row)
        return self.where[key], self.drawn.levels.middle[row]


def laid_out(facts: Facts, *, bonds: bool = False) -> Tree:
    """Lay a family out from its ties. With `bonds`, lines about how people get on as well: never for a copy."""
    known = read(facts)
    shown = [t for t in known.bonds if t.quality] if bonds else []
    found = ordered(known, rows_of(known), shown)
    cells = cells_of(found, known.people, known.homes)
    where = places(found, cells)
    lines = drawn(known, found, where, half_row(known.homes))
    round_homes = outlines(known.homes, found, where, cells, lines.levels)
    return Tree(known, found, where, cells, lines, round_homes, shown)


def svg(tree: Tree, title: str, finding: str, *, name: str = "tree") -> Markup:
    """The drawing. `finding` is one sentence that says what it shows; the list beside it is its equal.

    `name` tells two drawings on one page apart.
    """
    width, height = round(tree.width), round(tree.height)
    parts = [
        f'<svg viewBox="{-EDGE} {-EDGE} {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{name}-title {name}-says"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-says">{escape(finding)}</desc>'
    ]
    parts += [f'<path class="house" d="{rounded(o.corners)}"/>' for o in tree.outlines]
    parts += [_line(s) for s in tree.drawn.strokes]
    for r, row in enumerate(tree.found.rows):
        y = tree.drawn.levels.middle[r]
        parts += [_person(tree, k, tree.where[k], y) for k in row if k > PLACE]
    parts += [
        f'<text class="svg-s e halo f14" x="{o.at[0]:g}" y="{o.at[1]:g}">{escape(o.name)}</text>' for o in tree.outlines
    ]
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 numbers, and words escaped where they are written


def _line(stroke: Stroke) -> str:
    first, *rest = stroke.points
    way, (x, y) = [f"M{first[0]:g} {first[1]:g}"], first
    for to_x, to_y in rest:
        way.append(f"V{to_y:g}" if to_x == x else f"H{to_x:g}" if to_y == y else f"L{to_x:g} {to_y:g}")
        x, y = to_x, to_y
    return f'<path class="{stroke.looks}" d="{"".join(way)}"/>'


def symbol(shape: Shape, x: float, y: float, half: float, looks: str) -> str:
    """A square, circle, diamond or triangle, of this half-width round this point."""
    if shape is Shape.SQUARE:
        return f'<rect class="{looks}" x="{x - half:g}" y="{y - half:g}" width="{2 * half:g}" height="{2 * half:g}"/>'
    if shape is Shape.CIRCLE:
        return f'<circle class="{looks}" cx="{x:g}" cy="{y:g}" r="{half:g}"/>'
    if shape is Shape.TRIANGLE:
        return f'<path class="{looks}" d="M{x:g} {y - half:g}l{half:g} {2 * half:g}h{-2 * half:g}z"/>'
    return f'<path class="{looks}" d="M{x:g} {y - half:g}l{half:g} {half:g}l{-half:g} {half:g}l{-half:g} {-half:g}z"/>'


def cross(x: float, y: float, half: float) -> str:
    """The sign that somebody has died."""
    whole = 2 * half
    return (
        f'<path class="kin" d="M{x - half:g} {y - half:g}l{whole:g} {whole:g}'
        f'M{x + half:g} {y - half:g}l{-whole:g} {whole:g}"/>'
    )


def _person(tree: Tree, key: int, x: float, y: float) -> str:
    one, cell = tree.read.people[key], tree.cells[key]
    looks = "person-child" if one.index else "person" if one.known else "person person-unsaid"
    parts = [symbol(one.shape, x, y, HALF, looks)]
    if one.died:
        parts.append(cross(x, y, HALF if one.shape is Shape.SQUARE else HALF * 0.68))
    elif one.inside:
        low = y + (14 if one.shape is Shape.TRIANGLE else 5)
        parts.append(f'<text class="svg-t c f14" x="{x:g}" y="{low:g}">{escape(one.inside)}</text>')
    high = y - 8 * (len(cell.name) + len(cell.under)) + 13
    for n, words in enumerate(cell.name):
        looks = "svg-t svg-b f16" if one.known else "svg-s f14"
        parts.append(f'<text class="{looks}" x="{x + NAME_X:g}" y="{high + 16 * n:g}">{escape(words)}</text>')
    for n, words in enumerate(cell.under, len(cell.name)):
        parts.append(f'<text class="svg-s f14" x="{x + NAME_X:g}" y="{high + 16 * n:g}">{escape(words)}</text>')
    return "".join(parts)


def name_box(tree: Tree, key: int) -> tuple[float, float, float, float]:
    """The room somebody's words take beside their symbol: left, top, right, bottom."""
    x, y = tree.at(key)
    cell = tree.cells[key]
    high = 8 * (len(cell.name) + len(cell.under))
    return x + NAME_X, y - high, x + cell.right - 15, y + high
