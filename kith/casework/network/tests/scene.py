"""Where our people stand round the children, each with anything changed: `stands(cast, "hansa", ring="middle")`."""

from datetime import date

from kith.casework.mapping.tests.scene import talk
from kith.casework.mapping.words import Who
from kith.casework.network.words import Stands, Told
from tests.cast import NOW


def told(cast, by="kavi", why="agreed", on=date(2025, 3, 1)):
    return Told(on, "month", Who(person=cast.people[by]), why)


def stands(cast, who, **but):
    facts = {
        "ring": "inner",
        "bond": "relative",
        "stage": "tested",
        "safe": "yes",
        "written_down": "yes",
        "said": {"helps": "Has the children any night", "limits": "Not Tuesdays"} | but.pop("said", {}),
        "told": told(cast),
        "knows": ("harm", "danger", "plan"),
        "willing": ("have-children-to-stay", "tell-services"),
    }
    return Stands(cast.people[who], **(facts | but))


def outside(cast, who, **but):
    """Somebody who has only been named."""
    return stands(
        cast,
        who,
        **(
            {
                "ring": "outer",
                "stage": "named",
                "told": Told(),
                "knows": (),
                "willing": (),
                "said": {"helps": "Named by Kavi"},
            }
            | but
        ),
    )


def in_network(cast, one, **but):
    return {
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": talk(cast, "kavi"),
        "stands": one,
        "by": cast.actor("leah"),
        "at": NOW,
    } | but
