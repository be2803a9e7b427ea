"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, RestsOn, Told
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Worried
from kith.casework.maps.models import BottomLine, Harm, HarmTime, MapItem, Named
from kith.casework.network.models import NetworkMember
from kith.casework.plans.models import AgreedBy, BeingHurt, Rule, SafetyPlan, WhatIf
from kith.casework.visits.models import Promise, Seen, Visit

__all__ = [
    "AgreedBy",
    "BeingHurt",
    "BottomLine",
    "Decision",
    "Goal",
    "Harm",
    "HarmTime",
    "MapItem",
    "Named",
    "NetworkMember",
    "Promise",
    "RestsOn",
    "Rule",
    "SafetyPlan",
    "Scale",
    "Score",
    "Seen",
    "Statement",
    "Told",
    "Visit",
    "WhatIf",
    "Worried",
]
