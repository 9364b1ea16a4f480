"""What reviews ask of people: the clerk mends one, the head approves it, the registry numbers it."""

from django.urls import reverse

from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.progress.access import movement_reviews_visible_to
from bangvang.progress.models import Review
from bangvang.web.staff.unit_tasks import Task

V = Review.State


def of_reviews(actor: Actor) -> list[Task]:
    """Reviews of periods that wait for this duty."""
    if is_leader(actor) and actor.signing_authority() is not None:
        waiting = [(V.SUBMITTED, "Duyệt báo cáo", "Xem và duyệt")]
    elif actor.role == Duty.Role.REGISTRY:
        waiting = [(V.APPROVED, "Ghi số báo cáo", "Ghi số")]
    elif actor.role == Duty.Role.CLERK:
        waiting = [(V.RETURNED, "Sửa báo cáo bị trả lại", "Sửa"), (V.DRAFT, "Viết tiếp báo cáo", "Mở")]
    else:
        return []
    seen = movement_reviews_visible_to(actor).select_related("period__movement").order_by("pk")
    return [
        Task(
            until="Chưa có hạn",
            left="",
            title=f"{act}: {review.kind_words.lower()} {review.period.name}",
            line=review.period.movement.title,
            address=reverse("summaries:one", args=[review.code]),
            label=label,
        )
        for state, act, label in waiting
        for review in seen.filter(state=state)
    ]
