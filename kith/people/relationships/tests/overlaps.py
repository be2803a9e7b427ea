"""What is wrong with a drawing of a family, told apart from how it was made: places, lines and words in numbers."""

from itertools import combinations, pairwise

from kith.people.relationships.tree.drawing import name_box
from kith.people.relationships.tree.facts import Shape
from kith.people.relationships.tree.homes import label_box
from kith.people.relationships.tree.order import PLACE
from kith.people.relationships.tree.placing import HALF, SPREAD

HAIR = 0.6


def faults(tree):
    """Every fault of the drawing, in words; an empty list for a good one."""
    return [
        *_symbols_over_symbols(tree),
        *_lines_through_symbols(tree),
        *_words_over_words(tree),
        *_lines_through_words(tree),
        *_lines_along_lines(tree),
        *_rows_that_break(tree),
        *_couples_apart(tree),
        *_too_wide(tree),
        *_homes_round_others(tree),
        *_off_the_paper(tree),
    ]


def _people(tree):
    return [k for row in tree.found.rows for k in row if k > PLACE]


def _box(tree, key, by=0.0):
    x, y = tree.at(key)
    return x - HALF + by, y - HALF + by, x + HALF - by, y + HALF - by


def _meet(a, b):
    return a[0] < b[2] - HAIR and b[0] < a[2] - HAIR and a[1] < b[3] - HAIR and b[1] < a[3] - HAIR


def _name(tree, key):
    return tree.read.people[key].name


def _symbols_over_symbols(tree):
    for a, b in combinations(_people(tree), 2):
        if _meet(_box(tree, a), _box(tree, b)):
            yield f"{_name(tree, a)} stands over {_name(tree, b)}"


def _words_over_words(tree):
    words = [(_name(tree, k), name_box(tree, k)) for k in _people(tree)]
    words += [(f"home {o.name}", label_box(o)) for o in tree.outlines]
    for (a, first), (b, second) in combinations(words, 2):
        if _meet(first, second):
            yield f"the words of {a} and {b} overlap"
    for name, box in words:
        for key in _people(tree):
            if _meet(box, _box(tree, key)):
                yield f"the words of {name} are over {_name(tree, key)}"


def _inside(tree, key, x, y):
    """Whether a point is well inside a symbol."""
    mx, my = tree.at(key)
    dx, dy, half = abs(x - mx), abs(y - my), HALF - 1
    shape = tree.read.people[key].shape
    if shape is Shape.CIRCLE:
        return dx * dx + dy * dy < half * half
    if shape is Shape.DIAMOND:
        return dx + dy < half
    if shape is Shape.TRIANGLE:
        return dy < half and dx < (y - my + half) / 2
    return dx < half and dy < half


def _points(a, b):
    """Points along a part of a line, no further apart than three units."""
    steps = max(1, int((abs(b[0] - a[0]) + abs(b[1] - a[1])) / 3))
    return [(a[0] + (b[0] - a[0]) * i / steps, a[1] + (b[1] - a[1]) * i / steps) for i in range(steps + 1)]


def _parts(tree):
    for stroke in tree.drawn.strokes:
        for a, b in pairwise(stroke.points):
            yield stroke, a, b


def _lines_through_symbols(tree):
    for stroke, a, b in _parts(tree):
        left, right, top, end = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        for key in _people(tree):
            near = _meet((left - 1, top - 1, right + 1, end + 1), _box(tree, key))
            if near and any(_inside(tree, key, *p) for p in _points(a, b)):
                yield f"a line about {stroke.about} goes through {_name(tree, key)}"


def _lines_through_words(tree):
    words = [(_name(tree, k), name_box(tree, k)) for k in _people(tree)]
    words += [(f"home {o.name}", label_box(o)) for o in tree.outlines]
    for stroke, a, b in _parts(tree):
        box = (min(a[0], b[0]) - 1, min(a[1], b[1]) - 1, max(a[0], b[0]) + 1, max(a[1], b[1]) + 1)
        for name, room in words:
            if _meet(box, room) and any(room[0] < x < room[2] and room[1] < y < room[3] for x, y in _points(a, b)):
                yield f"a line about {stroke.about} goes through the words of {name}"
    for outline in tree.outlines:
        for a, b in pairwise([*outline.corners, outline.corners[0]]):
            for key in _people(tree):
                room = name_box(tree, key)
                if any(room[0] < x < room[2] and room[1] < y < room[3] for x, y in _points(a, b)):
                    yield f"the outline of {outline.name} goes through the words of {_name(tree, key)}"


def _lines_along_lines(tree):
    """Two lines that speak of different families and run along the same way would read as one."""
    families = {}
    for n, stroke in enumerate(tree.drawn.strokes):
        families[n] = _family(tree, stroke)
    parts = [(n, a, b) for n, s in enumerate(tree.drawn.strokes) for a, b in pairwise(s.points)]
    for (n, a, b), (m, c, d) in combinations(parts, 2):
        if n == m or families[n] & families[m] or tree.drawn.strokes[n].looks == "bond-core":
            continue
        for axis in (0, 1):
            along = 1 - axis
            if a[axis] == b[axis] and c[axis] == d[axis] and abs(a[axis] - c[axis]) < 2:
                low = max(min(a[along], b[along]), min(c[along], d[along]))
                high = min(max(a[along], b[along]), max(c[along], d[along]))
                if high - low > 2:
                    yield f"lines about {tree.drawn.strokes[n].about} and {tree.drawn.strokes[m].about} run together at {a} {b} {c} {d}"


def _family(tree, stroke):
    """The unions a line may belong to: what hangs from one union may share its way."""
    if stroke.looks.startswith("bond"):
        return {("bond", *sorted(stroke.about))}
    found = set()
    for knot in tree.found.knots:
        if knot.of is None:
            continue
        if set(stroke.about) & {k for k, _ in knot.below} or tuple(stroke.about) == knot.of.above:
            found.add(id(knot.of))
    return found or {stroke}


def _rows_that_break(tree):
    rows = {k: r for r, row in enumerate(tree.found.rows) for k in row}
    for union in tree.read.unions:
        for child, style in union.children:
            for parent in union.above:
                if style != "care" and rows[parent] >= rows[child]:
                    yield f"{_name(tree, child)} does not stand beneath {_name(tree, parent)}"
    for row in tree.found.rows:
        where = [tree.where[k] for k in row]
        if where != sorted(where):
            yield "a row is out of order"
    if sorted(_people(tree)) != sorted(tree.read.people):
        yield "somebody is not drawn, or is drawn twice"


def _couples_apart(tree):
    """Partners stand side by side, unless one has more than two or they are of different rows."""
    many = {}
    for knot in tree.found.knots:
        if knot.couple:
            for key in knot.above:
                many[key] = many.get(key, 0) + 1
    for knot in tree.found.knots:
        if knot.couple and all(k > PLACE for k in knot.above) and all(many[k] == 1 for k in knot.above):
            row = [k for k in tree.found.rows[knot.row] if k > PLACE]
            if abs(row.index(knot.above[0]) - row.index(knot.above[1])) != 1:
                yield f"{_name(tree, knot.above[0])} and {_name(tree, knot.above[1])} are apart"


def _too_wide(tree):
    most = max((len([k for k in row if k > PLACE]) for row in tree.found.rows), default=0)
    places = max((len([k for k in row if k <= PLACE]) for row in tree.found.rows), default=0)
    if tree.width > most * SPREAD + places * 18 + 20:
        yield f"{tree.width} units for {most} in the fullest row"


def _homes_round_others(tree):
    for outline in tree.outlines:
        for key in set(_people(tree)) - set(outline.people):
            if _within(outline.corners, *tree.at(key)):
                yield f"{_name(tree, key)} stands inside {outline.name}"
        for key in outline.people:
            if not _within(outline.corners, *tree.at(key)):
                yield f"{_name(tree, key)} stands outside {outline.name}"


def _within(corners, x, y):
    inside = False
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay or 1) * (bx - ax):
            inside = not inside
    return inside


def _off_the_paper(tree):
    points = [p for s in tree.drawn.strokes for p in s.points] + [p for o in tree.outlines for p in o.corners]
    points += [(x, y) for o in tree.outlines for x, y in (label_box(o)[:2], label_box(o)[2:])]
    points += [(x, y) for k in _people(tree) for x, y in (_box(tree, k)[:2], _box(tree, k)[2:])]
    out = [(x, y) for x, y in points if x < -9 or y < -9 or x > tree.width - 11 or y > tree.height - 11]
    if out:
        yield f"{len(out)} points are off the paper, such as {out[0]}"
