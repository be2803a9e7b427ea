"""The kinds every stored word has (who may see it) and how long it is kept.

Source: the access model of the design (content kinds, levels, verbs) and domain 12.1, 12.4.
"""

from enum import IntEnum, StrEnum


class Content(StrEnum):
    """What a field or paragraph tells. The rule of sight is by kind, not by column."""

    INDEX = "index"  # that the person is known here: name, birth date, who works with them
    CORE = "core"  # the ordinary record
    LOCATION = "location"  # anything that says where a person can be found
    OTHER_PARTY = "other-party"  # one adult's private matters, in a record others share
    CHILD_PRIVATE = "child-private"  # "just me and my worker"
    STAFF = "staff"  # about workers, never about a family
    PLUMBING = "plumbing"  # keys, counters and hashes: tells nothing of anyone


class Level(IntEnum):
    """How closely a file is held."""

    OPEN = 0
    RESTRICTED = 1
    SEALED = 2


class Verb(StrEnum):
    """What somebody asks to do with what a file holds."""

    MATCH = "match"  # one exact full name with birth date, or an identifier
    FIND = "find"  # ordinary search
    READ = "read"
    WRITE = "write"
    GIVE = "give"  # let something leave through a paper


class Tie(StrEnum):
    """A dated relation between a worker (or their team) and one file."""

    ALLOCATED = "allocated"
    COWORKER = "coworker"
    TEAM = "team"
    MANAGES = "manages"  # derived: leads the person who is allocated
    CHAIRS = "chairs"
    NAMED = "named"
    GLASS = "glass"
    BARRED = "barred"


class Keep(StrEnum):
    """Retention class of a record (domain 12.4); lengths are data."""

    LONGEST = "longest"
    INVOLVEMENT = "involvement"
    STAFF = "staff"
    TRAIL = "trail"
    WHILE_OPEN = "while-open"


def kinds(**words: str) -> dict[str, Content]:
    """Spell out the content kind of each field: `kinds(index="known_as", core="faith pronouns")`."""
    return {name: Content[kind.upper()] for kind, names in words.items() for name in names.split()}
