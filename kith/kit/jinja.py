"""The one template environment for screens and for paper.

Every component is reached as `c`, for example `{{ c.token(person) }}`; each is a macro in `templates/kit/`.
"""

from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro

from kith.kit import pictures, wording
from kith.kit.drawings import DRAWINGS, SIGNS

TEMPLATES = Path(__file__).parent / "templates"
COMPONENT_FILES = (
    "people", "words", "scale", "due", "forms", "controls", "story", "tonight", "thread",
)  # fmt: skip
"""Each names a file of macros, `kit/<name>.html`. A new file of components is added here."""


class Components:
    """Every component macro by its own name, looked up when a page first asks."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Macro:
        for file in COMPONENT_FILES:
            found = getattr(self._env.get_template(f"kit/{file}.html").module, name, None)
            if isinstance(found, Macro):
                return found
        raise AttributeError(name)


def page_url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page; keys go in as they stand: `url("families:family", ref=family.ref)`."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """Kith's template environment: escaped, and a name nobody set is an error rather than a blank."""
    ours = FileSystemLoader(TEMPLATES)
    given = options.pop("loader", None)
    options["loader"] = ChoiceLoader([given, ours]) if given else ours
    env = Environment(
        **{
            **options,
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    env.globals.update(
        url=page_url, static=static, c=Components(env), drawings=DRAWINGS, signs=SIGNS, pictures=pictures
    )
    env.filters.update(
        age=wording.age,
        clock_time=wording.clock_time,
        day=wording.day,
        initials=wording.initials,
        listed=wording.listed,
        paragraphs=wording.paragraphs,
        run=wording.run,
        short_day=wording.short_day,
        truncate=wording.shortened,
        words=wording.listed,
    )
    return env
