"""The fuse board of models, ground floor up: one app, so a model may move to another room without a migration."""

from bangvang.dossiers.models import Attendance, Dossier, Evidence, Judgement, Nomination, StoredFinding, UnitReview
from bangvang.honours.models import Completeness, LedgerEntry, Standing
from bangvang.intake.models import Batch, Identity, RememberedColumns, Row
from bangvang.kernel.models import ClockLease, Draft, Event, EventBody, EventLink, Expunged, JobLease, Seal, SealLeaf
from bangvang.movements.models import (
    Assignment,
    AwardOffer,
    Movement,
    PlanLine,
    PlanReview,
    Recipient,
    Registration,
    RegistrationLine,
    RollOut,
)
from bangvang.notices.models import Announcement, Notice
from bangvang.papers.models import Paper, PaperOrder, Reading, StoredFile
from bangvang.people.models import Delegation, Duty, Person, Unit, UnitChange, User

__all__ = [
    "Announcement",
    "Assignment",
    "Attendance",
    "AwardOffer",
    "Batch",
    "ClockLease",
    "Completeness",
    "Delegation",
    "Dossier",
    "Draft",
    "Duty",
    "Event",
    "EventBody",
    "EventLink",
    "Evidence",
    "Expunged",
    "Identity",
    "JobLease",
    "Judgement",
    "LedgerEntry",
    "Movement",
    "Nomination",
    "Notice",
    "Paper",
    "PaperOrder",
    "Person",
    "PlanLine",
    "PlanReview",
    "Reading",
    "Recipient",
    "Registration",
    "RegistrationLine",
    "RememberedColumns",
    "RollOut",
    "Row",
    "Seal",
    "SealLeaf",
    "Standing",
    "StoredFile",
    "StoredFinding",
    "Unit",
    "UnitChange",
    "UnitReview",
    "User",
]  # fmt: skip
