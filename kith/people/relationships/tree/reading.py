"""Making a family of its ties: who is whose child by whom, which two are a couple, and what can only be said."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kith.people.relationships.tree.facts import (
    ADOPTED,
    APART,
    BIRTH,
    CARE,
    COUPLES,
    FURTHER,
    KIN,
    SIBLINGS,
    STEP,
    Facts,
    Home,
    One,
    Read,
    Style,
    Tie,
    Undrawn,
    Union,
    Why,
    age_order,
)

PARENTS = 2
MOST = 120
"""People on one drawing. More could not be read at any size. Those nearest to the children are drawn."""


@dataclass
class _Desk:
    """What is being worked out."""

    people: dict[int, One]
    ties: list[Tie]
    birth: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    adopted: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    unions: dict[tuple[int, ...], Union] = field(default_factory=dict)
    loose: list[Union] = field(default_factory=list)
    undrawn: list[Undrawn] = field(default_factory=list)
    missing: dict[int, int] = field(default_factory=dict)

    def say(self, tie: Tie, why: Why) -> None:
        self.undrawn.append(Undrawn(tie, why))

    def above(self, key: int) -> list[int]:
        """The parents drawn above somebody, by birth and by adoption."""
        return [*self.birth.get(key, ()), *self.adopted.get(key, ())]

    def is_above(self, one: int, other: int) -> bool:
        """Whether `one` is among the ancestors of `other`, or is them."""
        return one == other or one in self.ancestors(other)

    def ancestors(self, key: int) -> set[int]:
        found, edge = set[int](), [key]
        while edge:
            fresh = [p for k in edge for p in self.above(k) if p not in found]
            found.update(fresh)
            edge = fresh
        return found

    def union(self, *above: int) -> Union:
        """The union of these people, begun when there is none."""
        key = tuple(sorted(above))
        return self.unions.setdefault(key, Union(tuple(above)))


def read(facts: Facts) -> Read:
    """Read a family from its ties. Nothing that was written can stop it: what cannot be drawn is in `undrawn`."""
    ties = [turned(t) for t in facts.ties if t.one != t.other and {t.one, t.other} <= facts.people.keys()]
    people, left_out = _drawn(facts, ties)
    desk = _Desk(people, [t for t in ties if {t.one, t.other} <= people.keys()])
    _parents(desk)
    _full_siblings(desk)
    _unnamed(desk)
    _hang(desk)
    _couples(desk)
    _care(desk)
    unions = [*desk.unions.values(), *desk.loose]
    _blood(desk, unions)
    further = [t for t in desk.ties if t.kind in FURTHER and not t.ended]
    desk.undrawn += [Undrawn(t, Why.UNSAID) for t in further if not _shown(desk, unions, t)]
    bonds = _bonds(desk.ties)
    homes = [Home(h.name, h.people & people.keys()) for h in facts.homes]
    return Read(
        desk.people, unions, bonds, [h for h in homes if h.people], further, desk.undrawn, desk.missing, left_out
    )


def turned(tie: Tie) -> Tie:
    """The same tie with whoever is above as the other: a child's parent rather than a parent's child."""
    return Tie(tie.other, tie.one, "parent", tie.quality, tie.ended) if tie.kind == "child" else tie


def _drawn(facts: Facts, ties: Iterable[Tie]) -> tuple[dict[int, One], list[int]]:
    """Who stands on the tree: kin, children of the family, and whoever lives with those. Nearest first, to a bound."""
    beside: dict[int, list[int]] = defaultdict(list)
    for tie in ties:
        if tie.kind in KIN:
            beside[tie.one].append(tie.other)
            beside[tie.other].append(tie.one)
    first = [k for k, one in facts.people.items() if one.index]
    near: dict[int, None] = dict.fromkeys(first)
    edge = list(near)
    while edge:
        fresh = dict.fromkeys(o for k in edge for o in beside[k] if o not in near)
        near |= fresh
        edge = list(fresh)
    near |= dict.fromkeys(k for k in facts.people if k in beside)
    kin = set(near)
    near |= dict.fromkeys(
        k for home in facts.homes if home.people & kin for k in sorted(home.people & facts.people.keys())
    )
    chosen = list(near)
    return {k: facts.people[k] for k in chosen[:MOST]}, chosen[MOST:]


def _parents(desk: _Desk) -> None:
    """Parents by birth and adoption, as they were written; what would make somebody their own ancestor is only said."""
    for kinds, parents in ((BIRTH, desk.birth), (ADOPTED, desk.adopted)):
        for tie in desk.ties:
            if tie.kind not in kinds or tie.ended or tie.other in parents[tie.one]:
                continue
            if len(parents[tie.one]) == PARENTS:
                desk.say(tie, Why.MANY)
            elif desk.is_above(tie.one, tie.other):
                desk.say(tie, Why.LOOP)
            else:
                parents[tie.one].append(tie.other)


def _full_siblings(desk: _Desk) -> None:
    """Full brothers and sisters have the same parents: one whose parents nobody wrote down hangs beside the others."""
    for tie in [t for t in desk.ties if t.kind in SIBLINGS and not t.ended]:
        one, other = desk.birth[tie.one], desk.birth[tie.other]
        both = list(dict.fromkeys([*one, *other]))
        if not both:
            continue
        loops = any(desk.is_above(sibling, parent) for sibling in (tie.one, tie.other) for parent in both)
        if len(both) > PARENTS or loops:
            desk.say(tie, Why.DIFFER)
        else:
            desk.birth[tie.one], desk.birth[tie.other] = list(both), list(both)
    _parentless(desk)


def _parentless(desk: _Desk) -> None:
    """Brothers and sisters none of whose parents is named hang together from a line of their own."""
    groups: dict[int, set[int]] = {}
    for tie in desk.ties:
        if tie.kind in SIBLINGS and not tie.ended and not (desk.birth[tie.one] or desk.birth[tie.other]):
            joined = groups.get(tie.one, {tie.one}) | groups.get(tie.other, {tie.other})
            groups |= dict.fromkeys(joined, joined)
    for group in {min(g): g for g in groups.values()}.values():
        desk.loose.append(Union((), [(k, Style.BIRTH) for k in age_order(desk.people, group)]))


def _unnamed(desk: _Desk) -> None:
    """Somebody stands for each parent by birth whom nobody named: one for full siblings, another for a half-sibling."""
    halves = {frozenset((t.one, t.other)) for t in desk.ties if t.kind == "half-sibling"}
    only: dict[int, list[int]] = defaultdict(list)
    for child in [k for k in desk.people if len(desk.birth.get(k, ())) == 1]:
        only[desk.birth[child][0]].append(child)
    for children in only.values():
        groups: list[list[int]] = []
        for child in age_order(desk.people, children):
            fits = (g for g in groups if not any(frozenset((child, k)) in halves for k in g))
            group = next(fits, None)
            if group is None:
                groups.append([child])
            else:
                group.append(child)
        for group in groups:
            _stand_in(desk, group)


def _stand_in(desk: _Desk, children: list[int]) -> None:
    key = min([0, *desk.people]) - 1
    desk.people[key] = One(key, "Not named", inside="?", known=False)
    for child in children:
        desk.birth[child] = [*desk.birth[child], key]
        desk.missing[child] = key


def _hang(desk: _Desk) -> None:
    """Hang each child from their parents, oldest first: by birth, and by adoption as well where they were adopted."""
    for child in age_order(desk.people, list(desk.people)):
        if desk.birth.get(child):
            desk.union(*desk.birth[child]).children.append((child, Style.BIRTH))
        if desk.adopted.get(child):
            union = desk.union(*desk.adopted[child])
            if child not in {k for k, _ in union.children}:
                union.children.append((child, Style.ADOPTED))


def _couples(desk: _Desk) -> None:
    """Say of each two what they are or were to each other; the word written last stands."""
    for tie in desk.ties:
        if tie.kind in COUPLES:
            union = desk.union(tie.one, tie.other)
            was = union.couple
            once = "separated" if tie.ended and tie.kind not in APART else tie.kind
            union.couple = was if tie.ended and was else once


def _care(desk: _Desk) -> None:
    """Hang a child, dashed, from whoever cares for them; two who are a couple and both care are one line.

    A step-parent who is a couple with a parent needs no line: the couple says it.
    """
    carers: dict[int, dict[int, Tie]] = defaultdict(dict)
    for tie in desk.ties:
        if tie.kind in STEP | CARE and not tie.ended:
            coupled = any(tuple(sorted((tie.other, p))) in desk.unions for p in desk.above(tie.one))
            if not (tie.kind in STEP and coupled):
                carers[tie.one].setdefault(tie.other, tie)
    for child in age_order(desk.people, carers):
        _care_for(desk, child, list(carers[child]))


def _care_for(desk: _Desk, child: int, carers: list[int]) -> None:
    pairs = [(a, b) for a in carers for b in carers if a < b and (a, b) in desk.unions and desk.unions[a, b].couple]
    for a, b in pairs[:1]:
        if child not in {k for k, _ in desk.unions[a, b].children}:
            desk.unions[a, b].children.append((child, Style.CARE))
        carers = [k for k in carers if k not in (a, b)]
    for carer in carers:
        if carer not in desk.above(child):
            desk.loose.append(Union((carer,), [(child, Style.CARE)]))


def _blood(desk: _Desk, unions: Iterable[Union]) -> None:
    sibs = {k: -u.children[0][0] - 10**9 for u in unions if not u.above for k, _ in u.children}
    known: dict[int, set[int]] = {}

    def line(key: int) -> set[int]:
        if key not in known:
            whole = desk.ancestors(key) | {key}
            known[key] = whole | {sibs[k] for k in whole if k in sibs}
        return known[key]

    for union in unions:
        if len(union.above) == PARENTS:
            union.blood = not line(union.above[0]).isdisjoint(line(union.above[1]))


def _shown(desk: _Desk, unions: Iterable[Union], tie: Tie) -> bool:
    """Whether the tree shows already how somebody is a grandparent, an aunt, a cousin, a half or step sibling."""
    beside: dict[int, set[int]] = defaultdict(set)
    for union in unions:
        for a in union.above:
            beside[a].update(union.above)
    born = {k: i for i, u in enumerate(unions) if not u.above for k, _ in u.children}

    def up(keys: Iterable[int], *, partners: bool = False) -> set[int]:
        above = {p for k in keys for p in desk.above(k)}
        return {q for p in above for q in beside[p] | {p}} if partners else above

    def siblings(keys: Iterable[int]) -> set[int]:
        mine, homes = up(keys), {born[k] for k in keys if k in born}
        return {k for k in desk.people if not mine.isdisjoint(desk.above(k)) or born.get(k) in homes}

    above = up([tie.one])
    return {
        "grandparent": lambda: tie.other in up(up([tie.one], partners=True), partners=True),
        "aunt-or-uncle": lambda: tie.other in {q for s in siblings(above) for q in beside[s] | {s}},
        "cousin": lambda: (
            not up(above).isdisjoint(up(up([tie.other]))) or tie.other in _children(desk, siblings(above))
        ),
        "half-sibling": lambda: tie.other in siblings([tie.one]),
        "step-sibling": lambda: tie.other in _children(desk, up([tie.one], partners=True)),
    }[tie.kind]()


def _children(desk: _Desk, parents: set[int]) -> set[int]:
    return {k for k in desk.people if not parents.isdisjoint(desk.above(k))}


def _bonds(ties: Iterable[Tie]) -> list[Tie]:
    """How people get on, once for each two: the word written last."""
    said: dict[frozenset[int], Tie] = {}
    for tie in ties:
        if tie.quality and not tie.ended:
            said[frozenset((tie.one, tie.other))] = tie
    return list(said.values())
