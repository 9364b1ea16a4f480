"""Việc của tôi: what must I do today, who is waiting for me, until when; notices; one search field."""

import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bangvang import vietnamese
from bangvang.kernel import clock
from bangvang.kernel.models import JobLease
from bangvang.movements import queries
from bangvang.movements.access import movements_visible_to
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices_actions
from bangvang.notices.models import Notice
from bangvang.people.access import is_leader, persons_visible_to
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, User
from bangvang.stories.access import articles_visible_to, deeds_visible_to, stories_visible_to
from bangvang.stories.models import Article, Deed, Story
from bangvang.stories.queries import told
from bangvang.web.staff.council_acts import of_council
from bangvang.web.staff.decision_tasks import of_decisions
from bangvang.web.staff.initiative_tasks import of_initiatives
from bangvang.web.staff.progress_tasks import of_progress
from bangvang.web.staff.score_tasks import of_scores
from bangvang.web.staff.summary_tasks import of_reviews
from bangvang.web.staff.unit_plans import of_plans
from bangvang.web.staff.unit_tasks import Task, grouped, of_clerk, of_unit
from bangvang.web.ui.actors import StaffRequest

S = Movement.State


def mine(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    if actor.role == Duty.Role.ADMINISTRATOR:
        return render(request, "staff/tasks/administrator.html", {"dead": _dead_letters(), "first": _first_passwords()})
    todo = todo_of(actor)
    context = {
        "today": actor.day,
        "todo": todo,
        "groups": grouped(todo, actor.day, f"Đang chờ {actor.person.pronoun}"),
        "late": sum(task.due_on is not None and task.due_on < actor.day for task in todo),
        "waiting": _waiting(actor),
        "since": Notice.objects.filter(user=request.user)[:6],
        "unread": Notice.objects.filter(user=request.user, read_at__isnull=True).count(),
    }
    return render(request, "staff/tasks/mine.html", context)


def todo_of(actor: Actor) -> list[Task]:
    """Everything that waits for a duty, from every room."""
    return [
        *_todo(actor),
        *of_council(actor),
        *of_decisions(actor),
        *of_initiatives(actor),
        *of_unit(actor),
        *of_plans(actor),
        *of_progress(actor),
        *of_scores(actor),
        *of_reviews(actor),
        *_stories(actor),
        *_deeds(actor),
    ]


def _todo(actor: Actor) -> list[Task]:
    """What waits for this duty."""
    seen = movements_visible_to(actor).select_related("drafted_by").order_by("starts_on", "pk")
    waiting: list[tuple[QuerySet[Movement], str, str]] = []
    if is_leader(actor) and actor.signing_authority() is not None:
        waiting = [(queries.waiting_for_decision(seen), "Duyệt kế hoạch", "Xem và duyệt")]
    elif actor.role == Duty.Role.REGISTRY:
        waiting = [(seen.filter(state=S.APPROVED), "Ghi số và ban hành", "Ghi số")]
    elif actor.role == Duty.Role.CLERK:
        waiting = [
            (seen.filter(state=S.RETURNED), "Sửa kế hoạch bị trả lại", "Sửa"),
            (seen.filter(state=S.DRAFT), "Hoàn thiện bản thảo", "Mở"),
            (
                seen.filter(state__in=Movement.ISSUED_STATES, publicity=Movement.Publicity.HIDDEN),
                "Đưa lên trang công khai",
                "Xem",
            ),
        ]
    plans = [_task(movement, act, label, actor) for found, act, label in waiting for movement in found]
    return [*of_clerk(actor), *plans] if actor.role == Duty.Role.CLERK else plans


def _task(movement: Movement, act: str, label: str, actor: Actor) -> Task:
    """A plan should be out before the day its movement begins: that is the task's last day."""
    waits = movement.drafted_by
    since = vietnamese.format_date(timezone.localdate(movement.drafted_at))
    drafted = f"Soạn từ {since}" if waits == actor.person else f"{waits.honorific} {waits.full_name} soạn từ {since}"
    days = (movement.starts_on - actor.day).days if movement.starts_on else None
    return Task(
        until=f"Trước {vietnamese.format_date(movement.starts_on)}" if movement.starts_on else "Chưa có hạn",
        left="" if days is None else f"còn {days} ngày" if days > 0 else "đã đến ngày bắt đầu",
        title=f"{act}: {movement.title}",
        line=". ".join(filter(None, [f"“{movement.theme}”" if movement.theme else "", drafted])),
        address=reverse("movements:one", args=[movement.code]),
        label=label,
        due_on=movement.starts_on - datetime.timedelta(days=1) if movement.starts_on else None,
    )


def _stories(actor: Actor) -> list[Task]:
    """Stories and news that wait for a leader's word."""
    if not is_leader(actor):
        return []
    stories = stories_visible_to(actor).filter(state=Story.State.SUBMITTED).select_related("entry__person", "person")
    news = articles_visible_to(actor).filter(state=Article.State.SUBMITTED)
    return [
        *(
            _to_publish("bài", one, f"Gương điển hình, kể về {told(one).honoured}", "stories:one")
            for one in stories.order_by("pk")
        ),
        *(_to_publish("tin", one, one.lead, "news:one") for one in news.order_by("pk")),
    ]


def _deeds(actor: Actor) -> list[Task]:
    """Good deeds that wait to be looked at."""
    if actor.role != Duty.Role.CLERK:
        return []
    waiting = deeds_visible_to(actor).filter(state=Deed.State.PUT_FORWARD).exclude(put_forward_by=actor.person)
    return [
        Task(
            until="Chưa có hạn",
            left=f"từ {vietnamese.format_date(deed.put_forward_on)}",
            title=f"Xem việc tốt: {deed.title}",
            line=f"{deed.doer}, ngày {vietnamese.format_date(deed.happened_on)}",
            address=reverse("deeds:one", args=[deed.code]),
            label="Xem",
        )
        for deed in waiting.order_by("pk")
    ]


def _to_publish(kind: str, piece: Story | Article, line: str, page: str) -> Task:
    return Task(
        until="Chưa có hạn",
        left="",
        title=f"Duyệt đăng {kind}: {piece.title}",
        line=line,
        address=reverse(page, args=[piece.code]),
        label="Đọc và duyệt",
    )


def _waiting(actor: Actor) -> list[tuple[Movement, str]]:
    """What this duty waits for from others."""
    if actor.role != Duty.Role.CLERK:
        return []
    seen = movements_visible_to(actor).filter(state__in=[S.SUBMITTED, S.APPROVED]).order_by("pk")
    return [(m, "Giám đốc duyệt" if m.state == S.SUBMITTED else "Văn thư ghi số") for m in seen]


def _dead_letters() -> list[JobLease]:
    return list(JobLease.objects.filter(dead_at__isnull=False).order_by("-dead_at")[:20])


def _first_passwords() -> int:
    return User.objects.filter(must_change_password=True, is_active=True).count()


def notices(request: StaffRequest) -> HttpResponse:
    """All lines told to me; looking at them marks them read on the next visit."""
    lines = list(Notice.objects.filter(user=request.user)[:200])
    if request.method == "POST":
        notices_actions.mark_read(request.user.pk)
        lines = list(Notice.objects.filter(user=request.user)[:200])
    return render(
        request, "staff/tasks/notices.html", {"lines": lines, "new": sum(line.read_at is None for line in lines)}
    )


def search(request: StaffRequest) -> HttpResponse:
    """People and movements that I may see, by words without diacritics."""
    words = request.GET.get("q", "").strip()
    key = vietnamese.search_key(words)
    people = persons_visible_to(request.actor)
    if not key or request.actor.role == Duty.Role.ADMINISTRATOR:
        people = people.none()
    for word in key.split():
        people = people.filter(search_key__contains=word)
    movements = queries.matching(movements_visible_to(request.actor), words)
    context = {
        "q": words,
        "people": list(people[:50]),
        "movements": list(movements[:50]) if key else [],
        "today": clock.today(),
    }
    return render(request, "staff/tasks/search.html", context)
