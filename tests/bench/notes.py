"""A note with its parts, its draft taken, its version and its acts, beside a floor that writes one row."""

from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from kith.kit.wording import clock_time
from kith.people.persons.models import File
from tests.bench.bulk import Place, Scene
from tests.bench.doors import account, answered, floor, ours
from tests.bench.timing import Figure, counted, ratio, seconds

NOTE = 5.0
FAMILIES = 20
_sent = count(1).__next__


def note(scene: Scene, *, rounds: int) -> list[Figure]:
    """Save notes that were kept as drafts while they were typed. Keeping the draft is not timed; taking it is."""
    pages = [Page(place) for place in scene.writers[:FAMILIES]]
    for page in pages:
        page.write()
        page.write_on_floor()
    page, taken = pages[0], []
    for n in range(rounds):
        page = pages[n % len(pages)]
        if n // len(pages) % 2:
            below = page.write_on_floor()
            taken.append((page.write(), below))
        else:
            above = page.write()
            taken.append((above, page.write_on_floor()))
    with counted() as asked:
        page.write(keep=False)
    with counted() as on_floor:
        page.write_on_floor()
    detail = {"queries": len(asked), "floor_queries": len(on_floor), "families": len(pages)}
    return [ratio("note", connection.vendor, taken, NOTE, **detail)]


class Page:
    """One worker's open note about one family."""

    def __init__(self, place: Place) -> None:
        self.place, self.by = place, account(place.username)
        self.above, self.below = ours(place.username), floor(place.username)
        self.address = f"/families/{place.family}/notes/new/"
        self.answers = answers(place)

    def write(self, *, keep: bool = True) -> float:
        """Keep the words as a draft, then save the note from it; give how long saving took."""
        sent = self.answers | self._page()
        if keep:
            answered(self.above.post("/drafts/note/", sent | {"draft_turn": "1"}))
        return seconds(partial(_post, self.above, self.address, sent))

    def write_on_floor(self) -> float:
        """Check the same form and write one row."""
        sent = self.answers | self._page()
        return seconds(partial(_post, self.below, f"/floor{self.address}", sent))

    def _page(self) -> dict[str, str]:
        return {
            "once": f"bench-{_sent()}-{timezone.now().timestamp()}",
            "draft_form": "note",
            "draft_place": self.place.family,
            "draft_version": "0",
            "draft_page": f"page-{_sent()}",
            "draft_by": str(self.by.ref),
            "draft_called": "A note",
            "draft_address": self.address,
        }


def _post(client: Client, address: str, sent: dict[str, Any]) -> None:
    answered(client.post(address, sent), 302)


def answers(place: Place) -> dict[str, Any]:
    """Give the boxes of a note to the children of a family: shared words, and each child's own."""
    files = list(File.objects.filter(ref__in=place.files).select_related("person").order_by("pk"))
    then = timezone.localtime() - timedelta(hours=1)
    boxes: dict[str, Any] = {
        "about": [str(f.ref) for f in files],
        "written_to": [str(files[0].ref)],
        "present": [str(f.person.ref) for f in files],
        "what": "Today you showed me the lamp in the window and told me why it stays on. Mum made tea.",
        "together": "We walked to the shop.",
        "strengths": "Nana came on Friday and everybody was in bed by eight.",
        "analysis": "The nights are calmer than they were.",
        "happened_at-day": str(then.day),
        "happened_at-month": str(then.month),
        "happened_at-year": str(then.year),
        "happened_at-time": clock_time(then),
        "place": "home",
        "outcome": "happened",
        "language": "English",
    }
    for file in files:
        boxes |= {f"words_{file.ref.hex}": "It was quiet last night.", f"alone_{file.ref.hex}": "10"}
    return boxes
