"""The map of a story: what is put on it, what a good thing grew into, and what became of each."""

from dataclasses import replace
from datetime import date
from typing import Any

from kith.casework.maps import actions
from kith.casework.maps.models import MapItem
from kith.casework.maps.words import HarmFacts, Put, Time
from kith.exchange.demo.scene import Event, Scene

ROLES = ("who", "seen-by", "told-by", "owner", "with")
HARM = ("whose", "severity", "borne_out", "trend", "often", "lasted")
CHOSEN = ("by_when", "belongs_to", "times_seen", "evidence")


def put_on(scene: Scene, event: Event) -> None:
    """Several things said in one conversation, each put on the map; harm for one child at a time."""
    for row in event["rows"]:
        children = row.get("children") or event.get("children")
        item = actions.put_on_map(
            family=scene.home,
            files=scene.files({"children": children}),
            talk=scene.talk(event),
            put=_put(scene, row, scene.written.items),
            **scene.by(event),
        )
        scene.written.items[row.get("key", "")] = item


def ended(scene: Scene, event: Event) -> None:
    """What became of something on the map."""
    item = scene.written.items[event["item"]]
    actions.end_item(
        item=item, outcome=event["outcome"], words=event["words"], talk=scene.talk(event), **scene.by(event)
    )


def line_agreed(scene: Scene, event: Event) -> None:
    """A manager agrees a bottom line."""
    item = scene.written.items[event["item"]]
    actions.agree_bottom_line(item=item, words=event["words"], talk=scene.talk(event), **scene.by(event))


def line_told(scene: Scene, event: Event) -> None:
    """The family is told of a bottom line, and from then on it holds."""
    item = scene.written.items[event["item"]]
    actions.tell_bottom_line(item=item, words=event["words"], talk=scene.talk(event), **scene.by(event))


def _put(scene: Scene, row: dict[str, Any], written: dict[str, MapItem]) -> Put:
    named = {role: [scene.who(key) for key in row[role]] for role in ROLES if role in row}
    put = Put(row["kind"], row["said"], named, **{name: row[name] for name in CHOSEN if name in row})
    on, precision = part_of_a_day(row.get("on"))
    put = replace(put, on=on, precision=precision)
    if "worry" in row:
        put = replace(put, statement=scene.written.worries[row["worry"]])
    if "scale" in row:
        put = replace(put, scale=scene.written.scales[row["scale"]])
    if "grew_from" in row:
        put = replace(put, grew_from=written[row["grew_from"]])
    if "same_as" in row:
        put = replace(put, together=written[row["same_as"]].together)
    return replace(put, harm=_harm(row)) if row["kind"] == "harm" else put


def _harm(row: dict[str, Any]) -> HarmFacts:
    times = [
        (which, *part_of_a_day(row.get(which)), row.get(f"{which}_severity")) for which in ("first", "worst", "latest")
    ]
    told = {name: row[name] for name in HARM if name in row}
    kept = tuple(Time(which, on, precision, bad) for which, on, precision, bad in times if which in row["said"])
    return HarmFacts(**told, reported_by=tuple(row["reported_by"]), times=kept)


def part_of_a_day(known: Any) -> tuple[date | None, str]:
    """A day, or as much of one as the story gives: a date, "2024-10" or 2022."""
    if known is None:
        return None, ""
    if isinstance(known, date):
        return known, "day"
    year, _, month = str(known).partition("-")
    return date(int(year), int(month or 1), 1), "month" if month else "year"
