"""Who may keep a file. What may be kept is `content`'s to say, from its bytes."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NOT_YOURS_TO_KEEP = Refusal(
    "file-not-yours", "You can add a picture or a paper only where you may write about every child it is kept with."
)


def keep_file(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor keep something with these children's records?"""
    if not actor.may(Permission.ENTRY_WRITE):
        return NOT_YOURS_TO_KEEP
    return None if actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE) else NOT_YOURS_TO_KEEP
