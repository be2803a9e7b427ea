"""The tables of this room, gathered."""

from kith.council.settings.models import Setting
from kith.council.teams.models import Agency, Leads, Team, TeamMember

__all__ = ["Agency", "Leads", "Setting", "Team", "TeamMember"]
