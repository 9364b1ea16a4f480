"""The nouns of the room: the movement and its plan, the review of a plan that was read, roll-out, registration, pacts, units' plans."""

from bangvang.movements.models.later import LaterPaper
from bangvang.movements.models.launch import Launch
from bangvang.movements.models.pact import Pact, PactSignature
from bangvang.movements.models.plan import AwardOffer, Milestone, Movement, PlanLine, Recipient
from bangvang.movements.models.review import PlanReview
from bangvang.movements.models.roll_out import Assignment, Registration, RegistrationLine, RollOut
from bangvang.movements.models.unit_plan import UnitPlan, UnitTask

__all__ = [
    "Assignment",
    "AwardOffer",
    "LaterPaper",
    "Launch",
    "Milestone",
    "Movement",
    "Pact",
    "PactSignature",
    "PlanLine",
    "PlanReview",
    "Recipient",
    "Registration",
    "RegistrationLine",
    "RollOut",
    "UnitPlan",
    "UnitTask",
]
