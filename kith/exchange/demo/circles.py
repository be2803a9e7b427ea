"""The circles of a story: who stands where round the children, and how it grew."""

from dataclasses import replace
from typing import Any

from kith.casework.network import actions
from kith.casework.network.words import Stands, Told
from kith.exchange.demo.mapped import part_of_a_day
from kith.exchange.demo.scene import Event, Scene

CHOSEN = ("ring", "bond", "stage", "safe", "written_down", "believes", "hope_ring", "knows", "willing")
BEGINS = {"stage": "named", "safe": "yes", "written_down": "not-asked"}
"""What is so of somebody who has only been named."""


def circles(scene: Scene, event: Event) -> None:
    """Where people stand after one conversation: whoever stands somewhere already moves, saying what has changed."""
    told = {"files": scene.files(event), "talk": scene.talk(event), **scene.by(event)}
    for row in event["rows"]:
        was = scene.written.members.get(row["who"])
        stands = _stands(scene, row, scene.written.stands.get(row["who"]))
        if was:
            member = actions.move_member(member=was, read=was.entry, why=row["why"], stands=stands, **told)
        else:
            member = actions.add_member(family=scene.home, stands=stands, **told)
        scene.written.members[row["who"]], scene.written.stands[row["who"]] = member, stands


def _stands(scene: Scene, row: dict[str, Any], was: Stands | None) -> Stands:
    """Where they stand now: as they stood, with what this row says instead."""
    said = {**(was.said if was else {}), **row.get("said", {})}
    chosen = {name: row[name] for name in CHOSEN if name in row}
    if "told_by" in row:
        on, precision = part_of_a_day(row["told_on"])
        chosen["told"] = Told(on, precision, scene.who(row["told_by"]), row.get("told_with", "agreed"))
    if "stands_in" in row:
        chosen["stands_in"] = scene.people[row["stands_in"]]
    if was:
        return replace(was, said=said, **{"hope_ring": "", **chosen})
    return Stands(scene.people[row["who"]], said=said, **{**BEGINS, **chosen})
