"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Worried
from kith.casework.plans.models import AgreedBy, BeingHurt, Rule, SafetyPlan, WhatIf
from kith.casework.visits.models import Promise, Seen, Visit

__all__ = ["AgreedBy", "BeingHurt", "Decision", "Goal", "Promise", "Rule", "SafetyPlan", "Scale", "Score", "Seen", "Statement", "Told", "Visit", "WhatIf", "Worried"]
