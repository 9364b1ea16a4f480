"""What initiatives ask of their authors, of the standing clerk and of the registry."""

from django.urls import reverse

from bangvang import vietnamese
from bangvang.initiatives import queries
from bangvang.initiatives.access import initiatives_visible_to
from bangvang.initiatives.models import TEXTS, Initiative
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.web.staff.unit_tasks import Task

S = Initiative.State
OF_ROLE = {
    Duty.Role.CLERK: ((S.SUBMITTED, "Thẩm định sáng kiến", "Xem"), (S.TABLED, "Ghi kết quả Hội đồng sáng kiến", "Ghi")),
    Duty.Role.REGISTRY: ((S.ENDORSED, "Ghi số giấy chứng nhận sáng kiến", "Ghi số"),),
}
MOST = 10  # of one kind: the rest is a list of its own


def of_initiatives(actor: Actor) -> list[Task]:
    """Own applications that were returned first, then what waits for this duty; nobody is asked about what is their own."""
    seen = initiatives_visible_to(actor).select_related("unit", "drafted_by").order_by("submitted_on", "pk")
    tasks = [_returned(one, actor) for one in seen.filter(state=S.RETURNED, drafted_by=actor.person)]
    for state, act, label in OF_ROLE.get(Duty.Role(actor.role), ()):
        waiting = seen.filter(state=state)
        if actor.role == Duty.Role.CLERK:
            waiting = waiting.exclude(authors__person=actor.person)
        tasks += [_task(one, act, label) for one in waiting.defer(*TEXTS)[:MOST]]
        if (left := waiting.count() - MOST) > 0:
            address = f"{reverse('initiatives:all')}?trang-thai={state}"
            tasks.append(Task("Chưa có hạn", "", f"{act}: còn {left} đơn khác", "Gửi sau các đơn trên", address, "Xem"))
    return tasks


def _returned(one: Initiative, actor: Actor) -> Task:
    last = one.supplement_by
    left = queries.working_days_left(actor.day, last) if last else 0
    return Task(
        until=f"Đến hết {vietnamese.format_date(last)}" if last else "Chưa có hạn",
        left=f"còn {left} ngày làm việc" if left else "",
        title=f"Bổ sung đơn sáng kiến: {one.title}",
        line=one.supplement,
        address=reverse("initiatives:one", args=[one.code]),
        label="Bổ sung",
        due_on=last,
    )


def _task(one: Initiative, act: str, label: str) -> Task:
    sent = vietnamese.format_date(one.submitted_on) if one.submitted_on else ""
    line = f"{one.drafted_by.honorific} {one.drafted_by.full_name}, {one.unit.name}, gửi {sent}"
    return Task("Chưa có hạn", "", f"{act}: {one.title}", line, reverse("initiatives:one", args=[one.code]), label)
