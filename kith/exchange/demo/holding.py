"""Who holds a story's files and how closely: levels of work, ties, restrictions, the glass, joins, unfinished words."""

from kith.access.notices import actions as notices
from kith.access.notices.models import Notice
from kith.casework.visits.models import Visit
from kith.council.teams.models import Team
from kith.exchange.demo.scene import Event, Scene, when
from kith.framework.kinds import Level, Tie
from kith.people.drafts import actions as drafts
from kith.people.entries import actions as entries
from kith.people.entries.models import Paragraph
from kith.people.involvement import actions as involvement
from kith.people.involvement.models import Relation
from kith.people.involvement.queries import current
from kith.people.persons import actions as persons
from kith.people.restriction import actions as restriction


def level(scene: Scene, event: Event) -> None:
    """Work begins at a level."""
    for file in scene.files(event):
        involvement.begin_involvement(
            file=file, family=scene.home, level=event["level"], why=event["why"], **scene.by(event)
        )


def end_level(scene: Scene, event: Event) -> None:
    """Work at a level ends."""
    for file in scene.files(event):
        for open_now in current([file], at=when(event)):
            if open_now.level == event["level"]:
                involvement.end_involvement(involvement=open_now, why=event["why"], **scene.by(event))


def tie(scene: Scene, event: Event) -> None:
    """A worker or a team begins to work with these children."""
    for file in scene.files(event):
        if "team" in event:
            team = Team.objects.get(name=event["team"])
            involvement.hold_by_team(file=file, team=team, why=event["why"], **scene.by(event))
        for kind in event.get("kinds", [event["kind"]] if "kind" in event else []):
            involvement.allocate(
                file=file, staff=scene.staff[event["staff"]], kind=Tie(kind), why=event["why"], **scene.by(event)
            )


def end_tie(scene: Scene, event: Event) -> None:
    """A worker stops working with these children, and stops seeing them."""
    at = when(event)
    for file in scene.files(event):
        staff = scene.staff[event["staff"]]
        for found in Relation.objects.filter(file=file, staff=staff, since__lte=at, until__gt=at):
            involvement.end_tie(tie=found, why=event["why"], **scene.by(event))


def bar(scene: Scene, event: Event) -> None:
    """A worker is kept from these files."""
    for file in scene.files(event):
        involvement.bar(file=file, staff=scene.staff[event["staff"]], why=event["why"], **scene.by(event))


def cleared(scene: Scene, event: Event) -> None:
    """Workers are cleared for sealed files until a day, by somebody who has just shown that it is them."""
    for name in event["who"]:
        restriction.give_clearance(
            account=scene.staff[name], why=event["why"], until=event["until"], **scene.by(event, stepped_up=True)
        )


def hold(scene: Scene, event: Event) -> None:
    """A file is restricted or sealed."""
    for file in scene.files(event):
        restriction.set_level(
            file=file,
            level=Level[event["level"].upper()],
            why=event["why"],
            custodian=scene.staff[event["custodian"]],
            staying=[scene.staff[name] for name in event["staying"]],
            **scene.by(event),
        )


def glass(scene: Scene, event: Event) -> None:
    """The glass is broken, by somebody who has just shown that it is them."""
    [file] = scene.files(event)
    made = restriction.break_glass(file=file, reason=event["reason"], **scene.by(event, stepped_up=True))
    scene.written.grants[event["key"]] = made


def glass_reviewed(scene: Scene, event: Event) -> None:
    """Somebody who was told looks into why."""
    restriction.review_grant(grant=scene.written.grants[event["grant"]], finding=event["finding"], **scene.by(event))


def same_person(scene: Scene, event: Event) -> None:
    """Two records are said to be of one person, and with `agreed_by` joined by a second."""
    merge = persons.propose_merge(
        kept=scene.people[event["kept"]],
        folded_in=scene.people[event["folded_in"]],
        why=event["why"],
        **scene.by(event),
    )
    if "agreed_by" in event:
        persons.agree_merge(merge=merge, **scene.by(event, name=event["agreed_by"]))
    scene.written.merges[event["key"]] = merge


def not_same_person(scene: Scene, event: Event) -> None:
    """They were not one person: parted again, by two."""
    merge = persons.ask_undo(merge=scene.written.merges[event["key"]], why=event["why"], **scene.by(event))
    persons.agree_undo(merge=merge, **scene.by(event, name=event["agreed_by"]))


def sealed_words(scene: Scene, event: Event) -> None:
    """Words that leaked into a note are closed, by two."""
    paragraph = Paragraph.objects.get(part__entry=_note(scene, event).entry, slot=event["slot"])
    seal = entries.ask_seal(paragraph=paragraph, why=event["why"], **scene.by(event))
    entries.agree_seal(seal=seal, **scene.by(event, name=event["agreed_by"]))


def _note(scene: Scene, event: Event) -> Visit:
    return scene.written.notes[event["note"]]


def unfinished(scene: Scene, event: Event) -> None:
    """A note begun and left: its author finds it on their desk."""
    place = str(scene.home.ref)
    drafts.keep_draft(
        form="note",
        place=place,
        fields={"what": [event["what"]]},
        page="demo",
        turn=1,
        called="A note",
        address=f"/families/{place}/notes/new/",
        **scene.by(event),
    )


def notices_read(scene: Scene, event: Event) -> None:
    """Somebody reads every notice that waits for them."""
    for notice in Notice.objects.filter(account=scene.staff[event["by"]], read_at__isnull=True):
        notices.read_notice(notice=notice, **scene.by(event))
