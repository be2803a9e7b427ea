"""What of a family a worker who takes over is told. Whether the family is shown to them at all is sight's to say."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.people.persons.models import File


def told_how_to_reach(*, actor: Actor, files: Sequence[File]) -> bool:
    """May this reader know how each grown-up asked to be reached? Those who work with the family: as on its page."""
    return bool(actor.sees([f.pk for f in files], Verb.READ, Content.OTHER_PARTY))
