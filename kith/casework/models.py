"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told
from kith.casework.plans.models import AgreedBy, BeingHurt, Rule, SafetyPlan, WhatIf

__all__ = ["AgreedBy", "BeingHurt", "Decision", "Rule", "SafetyPlan", "Told", "WhatIf"]
