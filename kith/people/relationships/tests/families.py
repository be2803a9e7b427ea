"""Families to draw: the two of the demo, and the hard ones. Everyone is invented."""

from datetime import date

from kith.people.relationships.tree.facts import Facts, Home, One, Shape, Tie

SHAPES = {"m": Shape.SQUARE, "f": Shape.CIRCLE, "x": Shape.DIAMOND, "t": Shape.TRIANGLE}
TODAY = date(2025, 9, 10)


class Making:
    """A family in the making: people by name, then ties in the words that forms use."""

    def __init__(self, *index):
        self.index, self.people, self.keys, self.ties, self.homes = set(index), {}, {}, [], []

    def add(self, name, looks="x", born=0, *, day=None, died=False, expected=False):
        key = self.keys[name] = len(self.keys) + 1
        on = day or (date(born, 1, 1) if born else None)
        inside = "" if died or expected or not on else str(TODAY.year - on.year)
        under = ("due 3 Dec 2025",) if expected else (f"born {on.year}",) if on else ("age not known",)
        if died:
            under = ("died 2019",)
        shape = Shape.TRIANGLE if expected else SHAPES[looks]
        self.people[key] = One(key, name, shape, inside, under, on, day, died, name in self.index)
        return self

    def many(self, words):
        """Several at once: "Ellis m 2016, Maya f 2019"."""
        for each in words.split(","):
            *name, looks, born = each.split()
            self.add(" ".join(name), looks, int(born))
        return self

    def tie(self, one, kind, *others, quality="", ended=False):
        """Say that each of the others is the `kind` of the first."""
        for other in others:
            self.ties.append(Tie(self.keys[one], self.keys[other], kind, quality, ended))
        return self

    def born_to(self, parents, *children):
        for child in children:
            self.tie(child, "parent", *parents)
        return self

    def home(self, name, *people):
        self.homes.append(Home(name, frozenset(self.keys[p] for p in people)))
        return self

    @property
    def facts(self):
        return Facts(self.people, self.ties, self.homes)


def mornings():
    """The Solanki-Reid family, with how people get on."""
    return (
        Making("Ellis", "Maya", "Jude")
        .many(
            "Raj m 1959, Nana Mo f 1963, Hansa f 1984, Kavi f 1994, Craig m 1991, Ellis m 2016, Maya f 2019, Jude m 2024"
        )
        .born_to(["Kavi", "Craig"], "Ellis", "Maya", "Jude")
        .tie("Kavi", "partner", "Craig")
        .tie("Kavi", "sibling", "Hansa", quality="close")
        .tie("Kavi", "parent", "Raj", quality="cut-off")
        .tie("Craig", "parent", "Nana Mo")
        .tie("Ellis", "grandparent", "Nana Mo")
        .tie("Ellis", "aunt-or-uncle", "Hansa")
        .home("Home", "Kavi", "Craig", "Ellis", "Maya", "Jude")
    ).facts


def kinship():
    """The Nowak-Campbell family: half-brother and sister, each in another home; an aunt is Zosia’s special guardian."""
    return (
        Making("Zosia", "Kacper")
        .many("Aga f 1986, Leon m 1979, Marek m 0, Marcia f 1982, Dawn f 1978, Ewa f 1983, Zosia f 2014, Kacper m 2008")
        .born_to(["Aga", "Leon"], "Zosia")
        .born_to(["Aga", "Marek"], "Kacper")
        .tie("Zosia", "half-sibling", "Kacper")
        .tie("Zosia", "aunt-or-uncle", "Marcia", "Ewa")
        .tie("Leon", "sibling", "Marcia")
        .tie("Aga", "separated", "Leon")
        .tie("Aga", "sibling", "Ewa")
        .tie("Zosia", "special-guardian", "Marcia")
        .tie("Kacper", "like-family", "Dawn")
        .home("Auntie Marcia’s", "Marcia", "Zosia")
        .home("Dawn and Ollie’s", "Dawn", "Kacper")
    ).facts


def with_twins():
    """Twins between an older brother and a younger sister."""
    made = Making("Idris", "Amal", "Bilal", "Dunya").many("Safia f 1988, Yusuf m 1985, Idris m 2010, Dunya f 2020")
    made.add("Amal", "f", day=date(2014, 5, 2)).add("Bilal", "m", day=date(2014, 5, 2))
    return made.born_to(["Safia", "Yusuf"], "Idris", "Amal", "Bilal", "Dunya").tie("Safia", "married", "Yusuf").facts


def three_partners():
    """A mother with children by three fathers: divorced, separated, and together now."""
    return (
        Making("Tyler", "Chelsea", "Rio", "Sky", "Bo")
        .many("Donna f 1982, Gary m 1978, Wayne m 1980, Lee m 1985")
        .many("Tyler m 2001, Chelsea f 2003, Rio m 2010, Sky f 2018, Bo x 2021")
        .born_to(["Donna", "Gary"], "Tyler", "Chelsea")
        .born_to(["Donna", "Wayne"], "Rio")
        .born_to(["Donna", "Lee"], "Sky", "Bo")
        .tie("Donna", "divorced", "Gary")
        .tie("Donna", "separated", "Wayne")
        .tie("Donna", "partner", "Lee")
        .home("Donna and Lee’s", "Donna", "Lee", "Rio", "Sky", "Bo")
    ).facts


def adoption():
    """Two sisters born to one couple; the younger adopted by another, who have a son."""
    return (
        Making("Niamh", "Orla")
        .many("Sinead f 1990, Paul m 1988, Ruth f 1980, Ann f 1979, Niamh f 2012, Orla f 2016, Noah m 2015")
        .born_to(["Sinead", "Paul"], "Niamh", "Orla")
        .tie("Ruth", "married", "Ann")
        .tie("Orla", "adoptive-parent", "Ruth", "Ann")
        .tie("Noah", "adoptive-parent", "Ruth", "Ann")
        .tie("Sinead", "separated", "Paul")
        .tie("Niamh", "foster-carer", "Sinead")
        .home("Ruth and Ann’s", "Ruth", "Ann", "Orla", "Noah")
    ).facts


def unknown_fathers():
    """Three children of one mother; two are half-sisters of the first, and nobody has named a father."""
    return (
        Making("Jade", "Ruby", "Opal")
        .many("Kim f 1995, Jade f 2013, Ruby f 2016, Opal f 2017, Nan f 1970")
        .born_to(["Kim"], "Jade", "Ruby", "Opal")
        .tie("Jade", "half-sibling", "Ruby", "Opal")
        .tie("Kim", "parent", "Nan")
    ).facts


def kinship_care():
    """Grandparents care for their grandson; his father has died; an older cousin cares for the youngest."""
    made = Making("Kai", "Lola").many(
        "George m 1950, Pearl f 1952, Michelle f 1978, Tracey f 1980, Kai m 2014, Lola f 2019"
    )
    made.add("Dean", "m", 1979, died=True).many("Jermaine m 2003, Carl m 1977")
    return (
        made.born_to(["George", "Pearl"], "Michelle", "Dean")
        .born_to(["Dean", "Tracey"], "Kai", "Lola")
        .born_to(["Michelle", "Carl"], "Jermaine")
        .tie("George", "married", "Pearl")
        .tie("Kai", "kinship-carer", "George", "Pearl")
        .tie("Lola", "kinship-carer", "Jermaine", quality="close")
        .tie("Tracey", "parent", "Tracey")
        .home("Nan and Grandad’s", "George", "Pearl", "Kai")
        .home("Jermaine’s", "Jermaine", "Lola")
    ).facts


def pregnancy():
    """A girl of sixteen who is pregnant, her mother and stepfather, and the baby’s father."""
    made = Making("Keira").many("Lisa f 1985, Mark m 1980, Stuart m 1982, Keira f 2009, Josh m 2008, Alfie m 2019")
    made.add("Baby", expected=True)
    return (
        made.born_to(["Lisa", "Stuart"], "Keira")
        .born_to(["Lisa", "Mark"], "Alfie")
        .born_to(["Keira", "Josh"], "Baby")
        .tie("Lisa", "married", "Mark")
        .tie("Lisa", "divorced", "Stuart")
        .tie("Keira", "step-parent", "Mark", quality="frightening")
        .tie("Keira", "partner", "Josh", quality="conflict")
        .home("Lisa’s", "Lisa", "Mark", "Keira", "Alfie")
        .home("Stuart’s", "Stuart", "Keira")
    ).facts


def cousins_marrying():
    """Two brothers’ children married each other, and have two children."""
    return (
        Making("Zara", "Hamza")
        .many("Ghulam m 1938, Noor f 1942, Tariq m 1962, Asma f 1965, Nadeem m 1966, Rubina f 1968")
        .many("Imran m 1988, Saima f 1990, Adeel m 1993, Zara f 2013, Hamza m 2016")
        .born_to(["Ghulam", "Noor"], "Tariq", "Nadeem")
        .born_to(["Tariq", "Asma"], "Imran")
        .born_to(["Nadeem", "Rubina"], "Saima", "Adeel")
        .born_to(["Imran", "Saima"], "Zara", "Hamza")
        .tie("Ghulam", "married", "Noor")
        .tie("Tariq", "married", "Asma")
        .tie("Nadeem", "married", "Rubina")
        .tie("Imran", "married", "Saima")
        .tie("Imran", "cousin", "Saima")
    ).facts


def sixty():
    """Sixty people: four grandparents’ couples, their children with partners, and the children of those."""
    made = Making(*(f"Child {n}" for n in range(1, 5)))
    made.many(", ".join(f"Elder {n} {'mf'[n % 2]} {1938 + n}" for n in range(8)))
    made.many(", ".join(f"Grown {n} {'mf'[n % 2]} {1960 + n}" for n in range(22)))
    made.many(", ".join(f"Child {n} {'mfx'[n % 3]} {1988 + n}" for n in range(30)))
    for n in range(4):
        pair = [f"Elder {2 * n}", f"Elder {2 * n + 1}"]
        made.tie(pair[0], "married", pair[1]).born_to(pair, *(f"Grown {k}" for k in range(3 * n, 3 * n + 3)))
    couples = [("Grown 2", "Grown 3")] + [(f"Grown {k}", f"Grown {12 + k}") for k in (0, 1, 4, 5, 6, 7, 8, 9)]
    child = 1
    for n, pair in enumerate(couples):
        made.tie(pair[0], ("married", "partner", "separated", "divorced")[n % 4], pair[1])
        many = 4 if n == 0 else 3
        made.born_to(pair, *(f"Child {child + k}" for k in range(many) if child + k < 30))
        child += many
    made.tie("Child 0", "parent", "Grown 10", "Grown 11").tie("Grown 18", "sibling", "Grown 19").tie(
        "Child 0", "sibling", "Child 29"
    )
    made.home("Home", "Grown 2", "Grown 3", *(f"Child {n}" for n in range(1, 5)))
    return made.facts


def her_own_grandmother():
    """What cannot be so, written down: she is her mother’s mother’s child and her own grandmother; two homes at once."""
    return (
        Making("Ada")
        .many("Ada f 2012, Bea f 1990, Cleo f 1970, Dev m 1988")
        .tie("Ada", "parent", "Bea", "Dev", "Cleo")
        .tie("Bea", "parent", "Cleo")
        .tie("Cleo", "parent", "Ada")
        .tie("Bea", "partner", "Dev")
        .tie("Ada", "grandparent", "Ada", "Dev")
        .home("Bea’s", "Bea", "Dev", "Ada")
        .home("Dev’s", "Bea", "Dev")
    ).facts


NAMED = {
    f.__name__: f
    for f in (
        *(mornings, kinship, with_twins, three_partners, adoption, unknown_fathers),
        *(kinship_care, pregnancy, cousins_marrying, sixty, her_own_grandmother),
    )
}
