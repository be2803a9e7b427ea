"""Who is acting, with which kinds of work, and through which eyes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kith.access.permissions import Permission
from kith.access.roles import Work, permissions_of
from kith.framework.kinds import Content, Verb


class Eyes(Protocol):
    """What an actor may see. The one implementation is `people.sight`; this room only knows its shape."""

    def allowed(self, files: Iterable[int], verb: Verb, content: Content) -> frozenset[int]:
        """Give those of these files on which this actor may do this verb with this kind of content, now."""
        ...


class Shut:
    """Eyes that see nobody: for people who have no business with families, and for tests."""

    def allowed(self, files: Iterable[int], verb: Verb, content: Content) -> frozenset[int]:  # noqa: ARG002
        return frozenset()


@dataclass(frozen=True)
class Actor:
    """The person (or named job) by whom an action is done. Made at the edge, once for each request."""

    account_id: int
    ref: UUID
    name: str
    work: frozenset[Work]
    eyes: Eyes = field(default_factory=Shut, compare=False, repr=False)
    cleared: bool = False
    session: str = ""
    stepped_up_at: datetime | None = None

    def may(self, permission: Permission) -> bool:
        """Say whether any of this person's kinds of work includes this kind of thing."""
        return permission in permissions_of(self.work)

    def sees(self, files: Iterable[int], verb: Verb = Verb.READ, content: Content = Content.CORE) -> frozenset[int]:
        """Give those of these file ids that the actor may read (or write, or give) now. One query."""
        return self.eyes.allowed(files, verb, content)

    def sees_all(self, files: Iterable[int], verb: Verb = Verb.READ, content: Content = Content.CORE) -> bool:
        """Say whether every one of these files, and at least one, is open to this actor for this verb."""
        wanted = frozenset(files)
        return bool(wanted) and self.sees(wanted, verb, content) == wanted
