"""Who sees stories, writes them, lets them appear, takes them down."""

from django.db.models import Q, QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.stories.models import Article, Deed, Story

STANDING_BODY = "Thường trực thi đua, khen thưởng"


def stories_visible_to(actor: Actor) -> QuerySet[Story]:
    """The standing clerk and the leaders see the agency's stories, everybody the ones about themselves."""
    ours = Story.objects.filter(agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    return ours.filter(Q(entry__person=actor.person) | Q(person=actor.person))


def may_draft(actor: Actor) -> Verdict:
    """Stories are written by the standing clerk."""
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Bài gương điển hình do thường trực thi đua, khen thưởng viết.", who=STANDING_BODY)


def is_clerk_of(actor: Actor, story: Story) -> Verdict:
    """The standing clerk of the story's agency."""
    if actor.role == Duty.Role.CLERK and actor.agency == story.agency:
        return YES
    return no("Việc này do thường trực thi đua, khen thưởng của cơ quan làm.", who=STANDING_BODY)


def may_edit(actor: Actor, story: Story) -> Verdict:
    """The standing clerk, while the story is a draft."""
    if not (verdict := is_clerk_of(actor, story)):
        return verdict
    if story.state == Story.State.DRAFT:
        return YES
    return no(
        f"Bài đang ở trạng thái “{story.get_state_display()}”, không sửa được. Rút về hoặc gỡ xuống thì sửa được."
    )


def may_publish(actor: Actor, story: Story) -> Verdict:
    """A leader of the agency lets a story appear, or sends it back."""
    if is_leader(actor) and actor.agency == story.agency:
        return YES
    return no("Việc này do lãnh đạo cơ quan làm.", who="Lãnh đạo cơ quan")


def may_take_down(actor: Actor, story: Story) -> Verdict:
    """The standing clerk, a leader, or the person the story is about."""
    if story.subject == actor.person:
        return YES
    if is_clerk_of(actor, story) or may_publish(actor, story):
        return YES
    return no("Việc này do thường trực, lãnh đạo cơ quan hoặc người được kể làm.")


def articles_visible_to(actor: Actor) -> QuerySet[Article]:
    """News is written and let appear by the standing clerk and the leaders; everybody else reads it on the public pages."""
    ours = Article.objects.filter(agency=actor.agency)
    return ours if actor.role == Duty.Role.CLERK or is_leader(actor) else ours.none()


def may_write_news(actor: Actor) -> Verdict:
    """News is written by the standing clerk."""
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Tin do thường trực thi đua, khen thưởng viết.", who=STANDING_BODY)


def is_writer_of(actor: Actor, article: Article) -> Verdict:
    """The standing clerk of the article's agency."""
    return may_write_news(actor) if actor.agency == article.agency else no("Tin này của cơ quan khác.")


def may_edit_article(actor: Actor, article: Article) -> Verdict:
    """The standing clerk, while the article is a draft."""
    if not (verdict := is_writer_of(actor, article)):
        return verdict
    if article.state == Article.State.DRAFT:
        return YES
    state = article.get_state_display()
    return no(f"Tin đang ở trạng thái “{state}”, không sửa được. Rút về hoặc gỡ xuống thì sửa được.")


def may_publish_article(actor: Actor, article: Article) -> Verdict:
    """A leader of the agency lets news appear, or sends it back."""
    if is_leader(actor) and actor.agency == article.agency:
        return YES
    return no("Việc này do lãnh đạo cơ quan làm.", who="Lãnh đạo cơ quan")


def may_withdraw_article(actor: Actor, article: Article) -> Verdict:
    """The standing clerk or a leader."""
    return YES if may_publish_article(actor, article) else is_writer_of(actor, article)


def deeds_visible_to(actor: Actor) -> QuerySet[Deed]:
    """The clerk and the leaders see the agency's; a head those of the unit's people; everybody what they put forward, and once
    confirmed what is told of themselves; the administrator none."""
    ours = Deed.objects.filter(agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    own = Q(put_forward_by=actor.person) | Q(person=actor.person, state=Deed.State.CONFIRMED)
    if actor.role in Duty.HEADS:
        own |= Q(person__in=Duty.objects.as_of(actor.day).filter(unit=actor.unit).values("person"))
    return ours.filter(own)


def may_put_forward(actor: Actor) -> Verdict:
    """Everybody who works in the agency; the administrator has no part in emulation."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return no("Quản trị hệ thống không tham gia việc thi đua, khen thưởng.")
    return YES


def may_add_to_deed(actor: Actor, deed: Deed) -> Verdict:
    """Whoever put the deed forward, or the standing clerk, until it was looked at."""
    if deed.state != Deed.State.PUT_FORWARD:
        return no(f"Việc này {deed.get_state_display().lower()}, không thêm được nữa.")
    if deed.put_forward_by == actor.person or (actor.role == Duty.Role.CLERK and actor.agency == deed.agency):
        return YES
    return no("Người nêu việc hoặc thường trực gửi thêm minh chứng.")


def may_check(actor: Actor, deed: Deed) -> Verdict:
    """The standing clerk or a leader, never who put it forward or did it."""
    if actor.agency != deed.agency or not (actor.role == Duty.Role.CLERK or is_leader(actor)):
        return no("Thường trực thi đua, khen thưởng hoặc lãnh đạo cơ quan xem và xác nhận.", who=STANDING_BODY)
    if actor.person in (deed.put_forward_by, deed.person):
        return no("Việc do chính mình nêu hoặc làm thì người khác xem.")
    return YES
