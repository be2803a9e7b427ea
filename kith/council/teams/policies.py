"""Who may say who is in which team and who leads whom. It decides what people see, so nobody does it for themselves."""

from kith.access.accounts import policies as accounts
from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import Work
from kith.council.teams.models import Team
from kith.council.teams.queries import everyone_led_by
from kith.kit.refusal import Refusal

NOT_YOUR_WORK = Refusal("team-not-your-work", "Looking after teams is not part of your work.")
NOT_YOUR_OWN = Refusal("team-own", "Nobody changes their own team or leader. Ask another person who looks after teams.")
SHUT = Refusal("team-closed", "That team is closed. Choose one that is open.")
STILL_PEOPLE = Refusal("team-not-empty", "There are still people in this team. Move them first.")
TAKEN = Refusal("team-name-taken", "There is a team with that name. Choose another.")
LEFT = Refusal("team-person-left", "They have left. Open their account again first.")
ROUND = Refusal("leads-in-a-circle", "That would have two people leading each other. Choose somebody else.")


def see_teams(*, actor: Actor) -> Refusal | None:
    """May this person see every team and who leads whom?"""
    return None if actor.may(Permission.TEAM_MANAGE) else NOT_YOUR_WORK


def add_team(*, actor: Actor, name: str) -> Refusal | None:
    """May this person begin a team called this?"""
    taken = Team.objects.filter(name__iexact=name).exists()
    return see_teams(actor=actor) or (TAKEN if taken else None)


def close_team(*, actor: Actor, empty: bool) -> Refusal | None:
    """May this person close a team? Only when nobody is in it."""
    return see_teams(actor=actor) or (None if empty else STILL_PEOPLE)


def place(*, actor: Actor, account: Account) -> Refusal | None:
    """May this person say where another belongs?"""
    if refusal := see_teams(actor=actor):
        return refusal
    if account.pk == actor.account_id:
        return NOT_YOUR_OWN
    return None if account.is_active and not account.is_job else LEFT


def join_team(*, actor: Actor, team: Team, account: Account) -> Refusal | None:
    """May this person put another in this team?"""
    return place(actor=actor, account=account) or (SHUT if team.closed_at else None)


def leave_team(*, actor: Actor, account: Account) -> Refusal | None:
    """May this person take another out of a team?"""
    return place(actor=actor, account=account)


def set_leader(*, actor: Actor, worker: Account, leader: Account | None) -> Refusal | None:
    """May this person say who leads another? Never themselves, and never in a circle."""
    if refusal := place(actor=actor, account=worker) or (leader and place(actor=actor, account=leader)):
        return refusal
    if leader and (leader.pk == worker.pk or leader.pk in everyone_led_by(worker.pk)):
        return ROUND
    return None


def welcome(*, actor: Actor, username: str, works: list[Work], team: Team | None) -> Refusal | None:
    """May this person bring somebody new in?"""
    refusal = accounts.add_account(actor=actor, username=username, works=works)
    return refusal or (SHUT if team and team.closed_at else None)


def say_goodbye(*, actor: Actor, account: Account) -> Refusal | None:
    """May this person end everything another holds here?"""
    return accounts.change_account(actor=actor, account=account)
