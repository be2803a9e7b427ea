"""Who may keep unfinished words where, and who may open those an author has lost."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kith.access.actor import Actor
from kith.framework.kinds import Content, Tie, Verb
from kith.kit.refusal import Refusal
from kith.people.drafts.models import Draft
from kith.people.drafts.queries import files_lost, size
from kith.people.persons.models import File
from kith.people.sight.queries import sight_of
from kith.people.sight.rules import judge

LONGEST = 200_000
"""Characters one form may hold, all boxes together."""

NOT_YOURS = Refusal(
    "draft-not-yours",
    "You are not working with the family this page is about, so nothing typed here is kept. Ask their worker.",
)
LOST = Refusal(
    "draft-lost",
    "You no longer work with everyone these words are about. They are held for 30 days: ask the person who leads you.",
)
TOO_LONG = Refusal(
    "draft-too-long",
    "This page holds more than 200,000 characters, too much to keep as a draft. Save part of it now.",
)
NO_WORK = Refusal("draft-no-work", "Your account has no kind of work yet, so nothing can be kept. Ask your leader.")
SIGNED_OUT = Refusal("signed-out", "You have been signed out. Keep this page open, and sign in again in another tab.")
SOMEBODY_ELSE = Refusal(
    "somebody-else",
    "Somebody else is signed in on this computer now. Nothing more of this page is kept, and it cannot be sent.",
)
BY_NIGHT = Refusal("draft-night-work", "Drafts are put away by a job at night, not by anybody at a page.")


def keep_draft(
    *, actor: Actor, place: str, files: Sequence[File], older: Draft | None, fields: dict[str, list[str]]
) -> Refusal | None:
    """May this actor keep these words here? `files` are those of the place they can write to now."""
    if not actor.work:
        return NO_WORK
    if older is not None and files_lost(actor, [older]):
        return LOST
    if place and not files:
        return NOT_YOURS
    return TOO_LONG if size(fields) > LONGEST else None


def choose_draft(*, actor: Actor, draft: Draft) -> Refusal | None:
    """May this actor say which of two texts to go on with? Their own, while the files are open to them."""
    if draft.author_id != actor.account_id:
        return NOT_YOURS
    return LOST if files_lost(actor, [draft]) else None


def drop_draft(*, actor: Actor, draft: Draft) -> Refusal | None:
    """May this actor throw these words away? Their own, while the files are open to them."""
    return choose_draft(actor=actor, draft=draft)


def take_draft(*, actor: Actor) -> Refusal | None:
    """May this actor take a draft with the record it became? Only their own rows are ever found."""
    return None if actor.work else NO_WORK


def hold_drafts(*, actor: Actor) -> Refusal | None:
    """May drafts be put away now? By a job alone: it has no session."""
    return BY_NIGHT if actor.session else None


def remove_held(*, actor: Actor) -> Refusal | None:
    """May held drafts be removed now? By a job alone."""
    return hold_drafts(actor=actor)


def open_held(*, actor: Actor, draft: Draft, files: Iterable[int]) -> Refusal | None:
    """May this actor open words their author has lost? They lead the author, and nothing else keeps them out.

    Leading the author was a sight of the file until the author lost it; for thirty days it still is. The one
    rule judges with that tie, so that a bar, a restriction or a seal keeps a leader out as it always would.
    """
    sight = sight_of(actor)
    if draft.author_id not in sight.led or not actor.work:
        return NOT_YOURS
    found = sight.situations(files, Verb.READ, Content.CORE)
    with_tie = (replace(s, ties=s.ties | {Tie.MANAGES}) for s in found.values())
    return None if all(judge(s)[0] for s in with_tie) else NOT_YOURS
