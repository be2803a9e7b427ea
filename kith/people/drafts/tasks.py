"""Night work on drafts: put away what their authors have lost; remove what was held for thirty days."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from kith.access.actor import Actor
from kith.people.drafts import actions

NIGHT = Actor(0, UUID("00000000-0000-4000-8000-00000000d4af"), "Putting drafts away", frozenset())


@task()
def put_drafts_away() -> None:
    """Hold and remove. Run hourly: a loss is hidden from its author at once, with or without this."""
    at = timezone.now()
    actions.hold_drafts(by=NIGHT, at=at)
    actions.remove_held(by=NIGHT, at=at)
