"""Who sees initiatives, writes them, looks at them, records their result."""

from django.db.models import Q, QuerySet

from bangvang.initiatives.models import Author, Initiative
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader, may_see_dossiers
from bangvang.people.actor import Actor
from bangvang.people.models import Duty

S = Initiative.State
Role = Duty.Role
STANDING_BODY = "Thường trực thi đua, khen thưởng"


def initiatives_visible_to(actor: Actor) -> QuerySet[Initiative]:
    """Recognised ones: everybody in the agency. Before that: their authors; once sent, the standing clerk, the leaders and
    the head of the author's unit; the registry those whose certificate it numbers. A draft is its authors' alone."""
    ours = Initiative.objects.filter(agency=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    named = Author.objects.filter(person=actor.person).values("initiative")
    seen = Q(state=S.RECOGNISED) | Q(drafted_by=actor.person) | Q(pk__in=named)
    if actor.role == Role.CLERK or is_leader(actor):
        seen |= Q(submitted_on__isnull=False)
    elif actor.role in Duty.HEADS:
        seen |= Q(submitted_on__isnull=False, unit=actor.unit)
    elif actor.role == Role.REGISTRY:
        seen |= Q(state__in=[S.ENDORSED, S.ANNULLED])
    return ours.filter(seen)


def is_author_of(actor: Actor, initiative: Initiative) -> bool:
    """Whoever wrote it or is named as an author."""
    return initiative.drafted_by == actor.person or initiative.authors.filter(person=actor.person).exists()


def may_see_file(actor: Actor, initiative: Initiative) -> Verdict:
    """What lies behind an initiative (files, opinions, votes, story): its authors, the standing clerk, the leaders."""
    if actor.role == Role.CLERK or is_leader(actor) or is_author_of(actor, initiative):
        return YES
    return no("Tệp kèm đơn dành cho tác giả, thường trực và lãnh đạo cơ quan.")


def may_draft(actor: Actor) -> Verdict:
    """Anybody of the agency may write one; the administrator's duty is not part of it."""
    return may_see_dossiers(actor)


def owns(actor: Actor, initiative: Initiative) -> Verdict:
    """The author who wrote the application."""
    if initiative.drafted_by == actor.person and actor.role != Role.ADMINISTRATOR:
        return YES
    who = f"{initiative.drafted_by.honorific} {initiative.drafted_by.full_name}"
    return no(f"Việc này do người viết đơn làm: {who}.", who=who)


def may_write(actor: Actor, initiative: Initiative) -> Verdict:
    """The author who wrote it, while it is a draft or was returned."""
    if not (verdict := owns(actor, initiative)):
        return verdict
    if initiative.state in Initiative.OPEN_STATES:
        return YES
    return no(
        f"Đơn đang ở trạng thái “{initiative.get_state_display()}”, không sửa được. Chưa thẩm định thì rút về được."
    )


def is_in_charge(actor: Actor, initiative: Initiative) -> Verdict:
    """The standing clerk of the agency keeps the desk of the council of initiatives."""
    if actor.role == Role.CLERK and actor.agency == initiative.agency:
        return YES
    return no("Việc này do thường trực thi đua, khen thưởng của cơ quan làm.", who=STANDING_BODY)


def looks_at(actor: Actor, initiative: Initiative) -> Verdict:
    """Whoever is in charge; but nobody appraises, tables or brings a result to what they are an author of."""
    if not (verdict := is_in_charge(actor, initiative)):
        return verdict
    if is_author_of(actor, initiative):
        return no("Người làm thường trực là tác giả của sáng kiến này: xin để người khác thẩm định, ghi kết quả.")
    return YES


def may_number(actor: Actor, initiative: Initiative) -> Verdict:
    """The registry of the agency gives certificates their number."""
    if actor.role == Role.REGISTRY and actor.agency == initiative.agency:
        return YES
    return no("Số giấy chứng nhận do văn thư cấp.", who="Văn thư")
