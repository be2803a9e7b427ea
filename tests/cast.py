"""The people our tests know. Everyone is invented; the families are those of the demo.

`Cast` makes the Solanki-Reid family, the workers around them and their ties in a test store. Leah is
allocated to Ellis, Maya and Jude and Nadia works beside her; Joy leads both; Peter chairs. Rosa works in
another team, with Zosia and Kacper. Amrit is at the front door, Gwen audits, Ivo looks after information,
Sam looks after the system and sees nobody.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kith.access.accounts.models import Account, RoleHeld
from kith.access.actor import Actor
from kith.access.roles import Work
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.framework.kinds import Level, Tie
from kith.people.involvement.models import Involvement, Relation
from kith.people.persons.models import Family, File, Membership, Name, Person
from kith.people.sight.queries import actor_for

NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
EARLIER = NOW - timedelta(days=200)
PASSWORD = "a demo word for people who are invented"

STAFF = {
    "leah": ("Leah Whitcombe", Work.SOCIAL_WORKER),
    "nadia": ("Nadia Farouk", Work.FAMILY_HELP),
    "joy": ("Joy Achebe", Work.TEAM_LEADER),
    "peter": ("Peter Lindqvist", Work.CONFERENCE_CHAIR),
    "rosa": ("Rosa Pereira", Work.SOCIAL_WORKER),
    "helen": ("Helen Sadiq", Work.REVIEWING_OFFICER),
    "amrit": ("Amrit Gill", Work.FRONT_DOOR),
    "marcus": ("Marcus Bell", Work.TEAM_LEADER),
    "ruth": ("Ruth Okafor", Work.HEAD_OF_SERVICE),
    "farrah": ("Farrah Quill", Work.PARTNER),
    "gwen": ("Gwen Hartley", Work.AUDITOR),
    "ivo": ("Ivo Marsh", Work.GOVERNANCE),
    "sam": ("Sam Lowe", Work.ADMINISTRATOR),
    "anil": ("Anil Rao", Work.ANALYST),
}
SOLANKI_REID = {
    "ellis": ("Ellis", "Solanki-Reid", date(2016, 11, 5), "", True),
    "maya": ("Maya", "Solanki-Reid", date(2019, 12, 11), "", True),
    "jude": ("Jude", "Solanki-Reid", date(2024, 10, 3), "", True),
    "kavi": ("Kavita", "Solanki-Reid", date(1994, 8, 21), "mum", False),
    "craig": ("Craig", "Reid", date(1991, 1, 30), "dad", False),
    "mo": ("Maureen", "Reid", date(1963, 5, 2), "Nana Mo, Craig’s mum", False),
    "hansa": ("Hansa", "Solanki", date(1984, 3, 9), "Masi, Mum’s sister", False),
}
NOWAK_CAMPBELL = {
    "zosia": ("Zofia", "Nowak-Campbell", date(2014, 3, 14), "", True),
    "kacper": ("Kacper", "Wójcik", date(2008, 11, 2), "", True),
    "aga": ("Agnieszka", "Nowak", date(1986, 5, 19), "mum", False),
}
KNOWN_AS = {"kavi": "Kavi", "mo": "Nana Mo", "zosia": "Zosia", "aga": "Aga"}


@dataclass
class Cast:
    """Everyone, by first name: `cast.ellis`, `cast.leah`; `cast.actor("leah")` acts as Leah now."""

    people: dict[str, Person]
    files: dict[str, File]
    staff: dict[str, Account]
    families: dict[str, Family]
    teams: dict[str, Team]

    def __getattr__(self, name: str) -> Any:
        for group in (self.people, self.staff):
            if name in group:
                return group[name]
        raise AttributeError(name)

    def actor(self, name: str, at: datetime = NOW) -> Actor:
        """Give somebody as an actor, with what they hold at this moment."""
        return actor_for(self.staff[name], at=at)

    def file(self, name: str) -> File:
        return File.objects.get(pk=self.files[name].pk)

    @property
    def solanki_reid(self) -> Family:
        return self.families["solanki-reid"]

    @property
    def solanki_files(self) -> list[File]:
        return [self.file(n) for n in ("ellis", "maya", "jude")]


def tie(file: File, kind: Tie, staff: Account | None = None, **but: Any) -> Relation:
    """Tie somebody to a file, straight into the store: for setting a scene."""
    recorded = Account.objects.order_by("pk").values_list("pk", flat=True).first()
    tied = _tied(file, kind, staff, recorded_by_id=recorded, **but)
    tied.save()
    return tied


def _tied(file: File, kind: Tie, staff: Account | None = None, **but: Any) -> Relation:
    row = {"since": EARLIER, "why": "for the scene", "recorded_at": EARLIER} | but
    return Relation(file=file, kind=kind, staff=staff, **row)


def restrict(file: File, level: Level = Level.RESTRICTED) -> File:
    """Close a file, straight into the store."""
    File.objects.filter(pk=file.pk).update(level=level)
    file.refresh_from_db()
    return file


def belong(family: Family, person: Person, role: str = "", *, is_child: bool = False) -> Membership:
    """Put somebody in a family, straight into the store."""
    return Membership.objects.create(family=family, person=person, role=role, is_child=is_child, since=NOW)


def make_account(username: str, name: str, *work: Work) -> Account:
    """Make somebody who works here, with these kinds of work, straight into the store."""
    account = _account(username, name)
    account.save()
    RoleHeld.objects.bulk_create(_held(account, kind) for kind in work)
    return account


def _account(username: str, name: str) -> Account:
    account = Account(username=username, name=name, joined_at=EARLIER, email=f"{username}@example.org")
    account.set_password(PASSWORD)
    return account


def _held(account: Account, work: Work) -> RoleHeld:
    return RoleHeld(account=account, work=work, since=EARLIER, why="for the scene")


def make_cast() -> Cast:
    """Put everyone in the store, those of one table in one question: nearly every test begins here."""
    staff = {key: _account(key, name) for key, (name, _) in STAFF.items()}
    Account.objects.bulk_create(staff.values())
    RoleHeld.objects.bulk_create(_held(staff[key], work) for key, (_, work) in STAFF.items())
    council, _ = Agency.objects.get_or_create(name="Wrenshire Council", defaults={"kind": "council"})
    teams = {n: Team(name=n, agency=council) for n in ("Mornings team", "Oak team")}
    Team.objects.bulk_create(teams.values())
    _work_in(teams["Mornings team"], staff, "leah", "nadia", leader="joy")
    _work_in(teams["Oak team"], staff, "rosa", leader="marcus")
    people: dict[str, Person] = {}
    files: dict[str, File] = {}
    families: dict[str, Family] = {}
    for ref, name, members in (
        ("solanki-reid", "Solanki-Reid", SOLANKI_REID),
        ("nowak-campbell", "Nowak-Campbell", NOWAK_CAMPBELL),
    ):
        families[ref] = _family(name, members, staff["amrit"], people, files)
    by = {"recorded_by": staff["leah"]}
    ties: list[Relation] = []
    involvements: list[Involvement] = []
    for key in ("ellis", "maya", "jude"):
        ties += [
            _tied(files[key], Tie.ALLOCATED, staff["leah"], **by),
            _tied(files[key], Tie.COWORKER, staff["nadia"], **by),
            _tied(files[key], Tie.CHAIRS, staff["peter"], **by),
            _tied(files[key], Tie.TEAM, team=teams["Mornings team"], **by),
        ]
        involvements.append(_involved(files[key], families["solanki-reid"], staff["joy"], "child-protection"))
    for key in ("zosia", "kacper"):
        ties.append(_tied(files[key], Tie.ALLOCATED, staff["rosa"], **by))
        involvements.append(_involved(files[key], families["nowak-campbell"], staff["marcus"], "in-care"))
    Relation.objects.bulk_create(ties)
    Involvement.objects.bulk_create(involvements)
    return Cast(people, files, staff, families, teams)


def _work_in(team: Team, staff: dict[str, Account], *members: str, leader: str) -> None:
    TeamMember.objects.bulk_create(TeamMember(team=team, account=staff[key], since=EARLIER) for key in members)
    Leads.objects.bulk_create(Leads(leader=staff[leader], worker=staff[key], since=EARLIER) for key in members)


def _family(
    name: str, members: dict[str, Any], by: Account, people: dict[str, Person], files: dict[str, File]
) -> Family:
    family = Family.objects.create(name=name, recorded_at=EARLIER)
    said = {"recorded_by": by, "recorded_at": EARLIER}
    new = {
        key: Person(known_as=KNOWN_AS.get(key, given), born_on=born, **said)
        for key, (given, _, born, *_) in members.items()
    }
    Person.objects.bulk_create(new.values())
    Name.objects.bulk_create(
        Name(person=new[key], given=given, family=last, folded=f"{given} {last}".lower(), **said)
        for key, (given, last, *_) in members.items()
    )
    Membership.objects.bulk_create(
        Membership(family=family, person=new[key], role=role, is_child=is_child, since=EARLIER)
        for key, (*_, role, is_child) in members.items()
    )
    opened = {key: File(person=new[key], opened_at=EARLIER) for key, (*_, is_child) in members.items() if is_child}
    File.objects.bulk_create(opened.values())
    people.update(new)
    files.update(opened)
    return family


def _involve(file: File, family: Family, by: Account, level: str) -> None:
    _involved(file, family, by, level).save()


def _involved(file: File, family: Family, by: Account, level: str) -> Involvement:
    return Involvement(
        file=file,
        family=family,
        level=level,
        since=EARLIER,
        why="for the scene",
        recorded_by=by,
        recorded_at=EARLIER,
    )
