"""The nouns of the room: the movement and its plan, the review of a plan that was read, roll-out and registration."""

from bangvang.movements.models.launch import Launch
from bangvang.movements.models.plan import AwardOffer, Movement, PlanLine, Recipient
from bangvang.movements.models.review import PlanReview
from bangvang.movements.models.roll_out import Assignment, Registration, RegistrationLine, RollOut

__all__ = [
    "Assignment",
    "AwardOffer",
    "Launch",
    "Movement",
    "PlanLine",
    "PlanReview",
    "Recipient",
    "Registration",
    "RegistrationLine",
    "RollOut",
]
