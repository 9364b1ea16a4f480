"""What initiatives ask of their authors, of the standing clerk and of the registry."""

from django.urls import reverse

from bangvang import vietnamese
from bangvang.initiatives import queries
from bangvang.initiatives.access import initiatives_visible_to
from bangvang.initiatives.models import Initiative
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.web.staff.unit_tasks import Task

S = Initiative.State
OF_ROLE = {
    Duty.Role.CLERK: ((S.SUBMITTED, "Thẩm định sáng kiến", "Xem"), (S.TABLED, "Ghi kết quả Hội đồng sáng kiến", "Ghi")),
    Duty.Role.REGISTRY: ((S.ENDORSED, "Ghi số giấy chứng nhận sáng kiến", "Ghi số"),),
}


def of_initiatives(actor: Actor) -> list[Task]:
    """Own applications that were returned first, then what waits for this duty; nobody is asked about what is their own."""
    seen = initiatives_visible_to(actor).select_related("unit", "drafted_by").order_by("submitted_on", "pk")
    returned = [_returned(one, actor) for one in seen.filter(state=S.RETURNED, drafted_by=actor.person)]
    waits = OF_ROLE.get(Duty.Role(actor.role), ())
    states = {state: (act, label) for state, act, label in waits}
    found = seen.filter(state__in=states).prefetch_related("authors") if states else []
    return returned + [
        _task(one, *states[S(one.state)])
        for one in found
        if actor.role == Duty.Role.REGISTRY or actor.person.pk not in {author.person_id for author in one.authors.all()}
    ]


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
