"""What decisions ask of the standing clerk, of whoever signs, and of the registry."""

from django.urls import reverse

from bangvang import vietnamese
from bangvang.decisions import comparing, queries
from bangvang.decisions.access import decisions_visible_to, may_draft
from bangvang.decisions.models import Decision
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.web.staff.unit_tasks import Task

S = Decision.State


def of_decisions(actor: Actor) -> list[Task]:
    """The steps that wait for this duty, oldest decision first."""
    if may_draft(actor):
        return [*_rounds(actor), *(_task(one, *words) for one, words in _of_clerk(actor))]
    if is_leader(actor) and actor.signing_authority() is not None:
        return [_task(one, "Duyệt quyết định", "Xem và duyệt") for one in _in(actor, S.SUBMITTED)]
    if actor.role == Duty.Role.REGISTRY:
        return [*(_task(one, "Ghi số và ngày", "Ghi số") for one in _in(actor, S.APPROVED)), *_numbered(actor)]
    return []


def _in(actor: Actor, *states: str) -> list[Decision]:
    return list(decisions_visible_to(actor).filter(state__in=states).order_by("drafted_at", "pk"))


def _rounds(actor: Actor) -> list[Task]:
    return [
        Task(
            "Chưa có hạn",
            "",
            f"Soạn quyết định: {one.words}",
            f"{one.endorsed} đề nghị Hội đồng thông qua, {one.declined} không thông qua",
            reverse("decisions:new", args=[one.key]),
            "Soạn",
        )
        for one in queries.rounds(actor.agency)
    ]


def _of_clerk(actor: Actor) -> list[tuple[Decision, tuple[str, str]]]:
    hidden = decisions_visible_to(actor).filter(state=S.ISSUED, publicity=Decision.Publicity.HIDDEN)
    return [
        *((one, ("Sửa quyết định bị trả lại", "Sửa")) for one in _in(actor, S.RETURNED)),
        *((one, ("Hoàn thiện dự thảo quyết định", "Mở")) for one in _in(actor, S.DRAFT)),
        *((one, ("Đưa lên trang công khai", "Xem")) for one in hidden.order_by("issued_on", "pk")),
    ]


def _numbered(actor: Actor) -> list[Task]:
    """Numbered ones: issue when the signed copy agrees, else compare it."""
    return [
        _task(one, "Ban hành quyết định", "Ban hành")
        if comparing.agrees(one)
        else _task(one, "Đối chiếu bản đã ký", "Đối chiếu")
        for one in _in(actor, S.NUMBERED)
    ]


def _task(decision: Decision, act: str, label: str) -> Task:
    since = vietnamese.format_date(decision.issued_on or decision.planned_on)
    left = f"số {decision.document_number}, {since}" if decision.number else f"dự kiến ký {since}"
    return Task(
        "Chưa có hạn",
        left,
        f"{act}: {decision.title}",
        decision.occasion,
        reverse("decisions:one", args=[decision.code]),
        label,
    )
