"""A family's tree in words: the same facts as the drawing, generation by generation, and what nobody has said as a gap.

Nothing here says whether somebody is not known or not shown to this reader: both are "not named here".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from kith.desk.tree.queries import FamilyTree, Written, lived
from kith.kit.wording import age, listed, short_day
from kith.people.persons.models import Person
from kith.people.relationships.forms import KIND_WORDS, QUALITY_WORDS
from kith.people.relationships.tree.drawing import cross, symbol
from kith.people.relationships.tree.facts import CARE, FURTHER, One, Shape, Style, Undrawn, Union, Why, twins

GENERATIONS = {
    -3: "Great-grandparents and theirs",
    -2: "Grandparents and theirs",
    -1: "Parents, aunts, uncles and carers",
    0: "The children, brothers, sisters and cousins",
    1: "Their children",
    2: "Their grandchildren",
}
SIGNS = {
    Shape.SQUARE: "A man or a boy",
    Shape.CIRCLE: "A woman or a girl",
    Shape.DIAMOND: "Neither, or nobody has said",
    Shape.TRIANGLE: "Not born yet",
}
GROWN = 18
LINE, BAR, BARS, TEETH = "M1 12H29", "M13 18l4 -12", "M10 18l4 -12M16 18l4 -12", "M1 12l4 -4l4 8l4 -8l4 8l4 -8l4 8l4 -4"
COUPLE_WORDS = {
    "partner": "Partner of {}.",
    "married": "Husband, wife or civil partner of {}.",
    "separated": "Partner of {} once, separated now.",
    "divorced": "Married to {} once, divorced now.",
}


@dataclass(frozen=True)
class Told:
    """One person on the tree in words. `between` are sentences about how they get on, for the screen alone."""

    name: str
    url: str
    said: list[str]
    between: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """What is missing or could not be drawn, and the page on which it is put right."""

    what: str
    url: str
    link: str


def finding(found: FamilyTree) -> str:
    """Say in a sentence or two what the drawing shows."""
    people = [one for row in found.tree.rows for one in row if one.known]
    children = listed(one.name for one in people if one.index)
    count = len([row for row in found.tree.rows if row])
    said = f"{len(people)} people in {count} {'generation' if count == 1 else 'generations'}"
    about = f", drawn round {children}" if children else ""
    return f"{said}{about}. The list below the drawing says the same."


def rows(found: FamilyTree) -> list[dict[str, Any]]:
    """Tell everybody drawn, generation by generation, from the top."""
    tree = found.tree
    index = [r for r, row in enumerate(tree.rows) if any(one.index for one in row)]
    base = index[0] if index else len(tree.rows) - 1
    return [
        {"name": GENERATIONS.get(r - base, "Further back" if r < base else "Further on"), "people": told}
        for r, row in enumerate(tree.rows)
        if (told := [_told(found, one) for one in row if one.known])
    ]


def _told(found: FamilyTree, one: One) -> Told:
    person = found.people[one.key]
    said = [_who(person, one, found), *_above(found, one.key), *_beside(found, one.key), *_further(found, one.key)]
    homes = [o.name for o in found.tree.read.homes if one.key in o.people]
    said += [f"Lives at {listed(homes)}."] if homes else []
    return Told(one.name, _url("person", person), said, _between(found, one.key) if found.tree.bonds else [])


def _who(person: Person, one: One, found: FamilyTree) -> str:
    """Who somebody is at a glance: what their sign says, when they were born, how old they are."""
    years = age(person.born_on, found.today) if person.born_on else ""
    young = not years.isdigit() or int(years) < GROWN if years else one.index
    sign = {
        Shape.CIRCLE: "A girl" if young else "A woman",
        Shape.SQUARE: "A boy" if young else "A man",
        Shape.TRIANGLE: "Not born yet",
    }.get(one.shape, "Nobody has said whether a woman, a man or neither" if not person.gender else person.gender)
    exact = person.born_on and person.born_precision == "exact" and not person.died_on
    words = [sign, ("born " if exact else "") + lived(person)]
    if person.died_on:
        words.append(f"died {short_day(person.died_on)}" if person.born_on else "")
    elif one.inside and person.born_on:
        about = "about " if person.born_precision in ("month", "year", "estimated") else ""
        words.append(about + age(person.born_on, found.today))
    return ", ".join(w for w in words if w) + "."


def _names(found: FamilyTree, keys: Iterable[int]) -> str:
    people = found.tree.read.people
    return listed(people[k].name if people[k].known else "somebody not named here" for k in keys)


def _above(found: FamilyTree, key: int) -> list[str]:
    """Whose child somebody is, by birth, adoption or care, and whose twin."""
    said = []
    for union in found.tree.read.unions:
        style = dict(union.children).get(key)
        if style is None:
            continue
        if not union.above:
            others = [k for k, _ in union.children if k != key]
            said.append(f"Brother or sister of {_names(found, others)}.")
            continue
        verb = {Style.BIRTH: "Child of", Style.ADOPTED: "Adopted by", Style.CARE: "Cared for by"}[style]
        said.append(f"{verb} {_names(found, union.above)}{_as_what(found, key, union, style)}.")
        group = next((g for g in twins(found.tree.read.people, _born(union)) if key in g), [])
        said += [f"Born with {_names(found, [k for k in group if k != key])}."] if group else []
    return said


def _born(union: Union) -> list[int]:
    return [k for k, style in union.children if style is Style.BIRTH]


def _as_what(found: FamilyTree, key: int, union: Union, style: Style) -> str:
    """The word for the care somebody gives: foster carer, kinship carer, special guardian."""
    if style is not Style.CARE:
        return ""
    kinds = [t.row.kind for t in found.ties if t.one.pk == key and t.other.pk in union.above and t.row.kind in CARE]
    return f", {listed(dict.fromkeys(KIND_WORDS.get(k, k) for k in kinds))}" if kinds else ""


def _beside(found: FamilyTree, key: int) -> list[str]:
    """Whose partner somebody is or was, and with whom they have children."""
    said = []
    for union in found.tree.read.unions:
        if key not in union.above or len(union.above) == 1:
            continue
        other = next(k for k in union.above if k != key)
        children = [k for k, style in union.children if style is not Style.CARE]
        if union.couple:
            said.append(COUPLE_WORDS[union.couple].format(_names(found, [other])))
        if children:
            said.append(f"Children with {_names(found, [other])}: {_names(found, children)}.")
        if union.blood:
            said.append(f"{_names(found, [other])} is kin by birth as well.")
    return said


def _further(found: FamilyTree, key: int) -> list[str]:
    """Kin by a word of its own, and what they are called: both are said to the one who calls them so."""
    said = []
    for tie in found.ties:
        if tie.other.pk == key and tie.row.child_calls_them:
            said.append(f"{tie.one.called} says “{tie.row.child_calls_them}”.")
        if tie.one.pk == key and tie.row.kind in FURTHER:
            said.append(f"{tie.other.called} is {tie.one.called}’s {KIND_WORDS[tie.row.kind]}.")
    return list(dict.fromkeys(said))


def _between(found: FamilyTree, key: int) -> list[str]:
    """How somebody gets on with others, as it was last written, by whom and when."""
    said = []
    for bond in found.tree.bonds:
        if key in (bond.one, bond.other):
            other = bond.other if key == bond.one else bond.one
            row = found.between[frozenset((bond.one, bond.other))]
            by = f"{row.recorded_by.name}, {short_day(row.recorded_at)}"
            said.append(f"With {_names(found, [other])}: {QUALITY_WORDS.get(row.quality, row.quality)} ({by}).")
    return said


def others(found: FamilyTree) -> list[dict[str, str]]:
    """Tell those of the family who are not on the tree: friends, godparents, neighbours, whoever nobody has placed."""
    drawn, said = found.tree.read.people, []
    for member in found.opened.members:
        person = found.people.get(member.person_id)
        if person is not None and person.pk not in drawn:
            ties = [t for t in found.ties if person in (t.one, t.other)]
            what = member.role or listed(_as_told(t, person) for t in ties[:3])
            said.append({"name": person.called, "url": _url("person", person), "what": what})
    return said


def _as_told(tie: Written, person: Person) -> str:
    other = tie.one if tie.other == person else tie.other
    return f"{KIND_WORDS.get(tie.row.kind, tie.row.kind)} of {other.called}"


def gaps(found: FamilyTree) -> list[Gap]:
    """Say what is not named here, and what could not be drawn, each with where it is put right."""
    read = found.tree.read
    said = [_missing(found, stands) for stands in sorted(set(read.missing.values()), reverse=True)]
    hung = {k for u in read.unions if u.above for k, s in u.children if s is not Style.CARE}
    said += [_orphan(found, k) for k, one in read.people.items() if one.index and k not in hung]
    said += [g for u in read.unions for g in _uncoupled(found, u)]
    said += [_undrawn(found, each) for each in found.tree.undrawn]
    if read.left_out:
        said.append(Gap(f"{len(read.left_out)} more people are written here than one drawing holds.", "", ""))
    return list(dict.fromkeys(said))


def _missing(found: FamilyTree, stands: int) -> Gap:
    """One parent of these brothers and sisters has no name here."""
    children = [k for k, missing in found.tree.read.missing.items() if missing == stands]
    names = _names(found, children)
    what = f"Only one parent of {names} is named here."
    return Gap(what, _kin(found.people[children[0]]), f"Say who {names}’s other parent is")


def _orphan(found: FamilyTree, child: int) -> Gap:
    person = found.people[child]
    return Gap(f"No parent of {person.called} is named here.", _kin(person), f"Say who {person.called}’s parents are")


def _uncoupled(found: FamilyTree, union: Union) -> list[Gap]:
    known = [found.people[k] for k in union.above if k in found.people]
    if union.couple or not union.children or len(known) == 1 or not known:
        return []
    one, other = known
    what = f"Nobody has said whether {one.called} and {other.called} are, or were, a couple."
    return [Gap(what, _kin(one), f"Say what {one.called} and {other.called} are to each other")]


def _undrawn(found: FamilyTree, each: Undrawn) -> Gap:
    one, other = found.people[each.tie.one], found.people[each.tie.other]
    written = f"{other.called} is written as {one.called}’s {KIND_WORDS.get(each.tie.kind, each.tie.kind)}"
    if each.why is Why.UNSAID:
        return Gap(
            f"{written}, and not through whom.", _kin(one), f"Say who is between {one.called} and {other.called}"
        )
    why = {
        Why.LOOP: "and also the other way: drawn so, somebody would be their own ancestor",
        Why.MANY: "and two other parents are as well: a drawing has room for two",
        Why.DIFFER: "and they have other parents here",
    }.get(each.why, "and there is no room on the drawing for a line between them")
    return Gap(
        f"{written}, {why}. That line is left out.", _url("person", one), f"See what is written about {one.called}"
    )


def _kin(person: Person) -> str:
    return _url("relationship-new", person)


def _url(name: str, person: Person) -> str:
    return reverse(name, kwargs={"ref": person.ref})


def key(found: FamilyTree) -> list[dict[str, Any]]:
    """How to read the drawing: the signs that are on it, each with its words. `between` is for the screen alone."""
    signs = [*_people(found), *_couples(found), *_between_signs(found)]
    between = {words for words, _, _ in _between_signs(found)}
    return [{"words": w, "drawing": _small(d), "between": w in between} for w, d, used in signs if used]


def _small(drawing: str) -> Markup:
    return Markup(f'<svg viewBox="0 0 30 24" width="30" height="24" aria-hidden="true">{drawing}</svg>')  # noqa: S704 ours


Signs = Sequence[tuple[str, str, bool]]


def _people(found: FamilyTree) -> Signs:
    people = found.tree.read.people.values()
    shapes = {one.shape for one in people if one.known}
    return [
        *((words, symbol(shape, 15, 12, 9, "person"), shape in shapes) for shape, words in SIGNS.items()),
        ("A child of this family", symbol(Shape.SQUARE, 15, 12, 9, "person-child"), any(one.index for one in people)),
        ("Has died", cross(15, 12, 9), any(one.died for one in people)),
        ("Not named here", symbol(Shape.DIAMOND, 15, 12, 10, "person person-unsaid"), any(not o.known for o in people)),
    ]


def _path(*ways: tuple[str, str]) -> str:
    return "".join(f'<path class="{looks}" d="{way}"/>' for looks, way in ways)


def _couples(found: FamilyTree) -> Signs:
    unions = found.tree.read.unions
    couples = {u.couple for u in unions if len(u.above) > 1}
    styles = {style for u in unions for _, style in u.children}
    line = ("kin", "M1 6V12H29V6")
    home = '<rect class="house" x="2" y="3" width="26" height="18" rx="6"/>'
    return [
        ("A couple", _path(line), bool(couples & {"partner", "married"})),
        ("Separated", _path(line, ("kin", BAR)), "separated" in couples),
        ("Divorced", _path(line, ("kin", BARS)), "divorced" in couples),
        ("Nobody has said if they are a couple", _path(("kin-unsaid", "M1 6V14H29V6")), "" in couples),
        ("A couple who are kin by birth", _path(line, ("kin", "M1 16H29")), any(u.blood for u in unions)),
        ("Adopted, or cared for", _path(("kin-dashed", LINE)), bool(styles - {Style.BIRTH})),
        ("Live together", home, bool(found.tree.outlines)),
    ]


def _between_signs(found: FamilyTree) -> Signs:
    bonds = {t.quality for t in found.tree.bonds}
    return [
        ("Close", _path(("bond bond-close", LINE), ("bond-core", LINE)), "close" in bonds),
        ("Strained", _path(("bond bond-strained", LINE)), "strained" in bonds),
        ("Cut off", _path(("bond bond-cut-off", LINE), ("bond bond-bar", BARS)), "cut-off" in bonds),
        ("In conflict", _path(("bond", TEETH)), "conflict" in bonds),
        ("Frightening", _path(("bond", TEETH), ("bond", LINE)), "frightening" in bonds),
    ]
