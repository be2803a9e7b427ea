"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told
from kith.casework.plans.models import AgreedBy, BeingHurt, Rule, SafetyPlan, WhatIf
from kith.casework.visits.models import Promise, Seen, Visit

__all__ = ["AgreedBy", "BeingHurt", "Decision", "Promise", "Rule", "SafetyPlan", "Seen", "Told", "Visit", "WhatIf"]
