"""Verbs that write news. Whenever the text is saved, the awards by which it names people are looked up again."""

from dataclasses import asdict

from bangvang.decisions.models import Decision
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.stories import naming, sources
from bangvang.stories.access import may_edit_article, may_write_news
from bangvang.stories.models import Article, Picture
from bangvang.stories.queries import text_of
from bangvang.stories.sources import ArticleFields, Source
from bangvang.stories.workflow import ARTICLE

LEADERS = (Duty.Role.DIRECTOR, Duty.Role.DEPUTY_DIRECTOR)
LARGEST_PICTURE = 5 * 1024 * 1024  # bytes: a page is read on a telephone


@action
def draft_article(source: Source, given: ArticleFields, *, by: Actor) -> Article:
    """Begin news about something that has happened; the same thing may be told more than once."""
    if not (verdict := may_write_news(by)):
        raise Refused(verdict)
    if not (verdict := sources.is_news(source)):
        raise Refused(verdict)
    article = Article(agency=by.agency, drafted_by=by.person, drafted_on=by.day, **asdict(given))
    setattr(article, source.root_kind, source)
    article.save(force_insert=True)
    _look_up(article)
    events.record("article.draft", by=by, roots=[article, source], body={"source": source.code})
    return article


@action
def edit_article(article: Article, given: ArticleFields, *, version: int, by: Actor) -> None:
    """Save the text anew under the version it was opened with."""
    if not (verdict := may_edit_article(by, article)):
        raise Refused(verdict)
    events.lock([article])
    bump(article, version=version, **asdict(given))
    _look_up(article)
    events.record("article.edit", by=by, roots=[article])


def _look_up(article: Article) -> None:
    number = article.source.document_number if isinstance(article.source, Decision) else ""
    found = naming.awards_of(naming.named_in(text_of(article)), article.agency, decision=number)
    article.named.set(found.values())


@action
def add_picture(article: Article, file: StoredFile, alt: str, *, by: Actor) -> Picture:
    """Add a picture one has just sent in, with its words; it is shown once it was found to be one."""
    if not (verdict := may_edit_article(by, article)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    if not alt.strip():
        raise Refused(no("Ảnh cần một câu tả cho người không nhìn thấy ảnh."))
    if file.size > LARGEST_PICTURE:
        raise Refused(no("Ảnh nặng quá 5 MB. Xin thu nhỏ rồi gửi lại."))
    picture = Picture(article=article, file=file, alt=alt, added_on=by.day)
    picture.save(force_insert=True)
    _look_up(article)
    events.record("article.add_picture", by=by, roots=[article], body={"file": file.code})
    return picture


@action
def drop_picture(picture: Picture, *, by: Actor) -> None:
    """Take a picture out; the event keeps the code of its file."""
    article = picture.article
    if not (verdict := may_edit_article(by, article)):
        raise Refused(verdict)
    events.record("article.drop_picture", by=by, roots=[article], body={"file": picture.file.code})
    picture.delete()
    _look_up(article)


@action
def submit_article(article: Article, *, by: Actor, version: int | None = None) -> None:
    """Ask a leader to let it appear."""
    ARTICLE.take(article, "submit", by=by, version=version)
    _tell(article, LEADERS, f"Tin “{article.title}” chờ duyệt đăng.", by)


@action
def recall_article(article: Article, *, by: Actor, version: int | None = None) -> None:
    ARTICLE.take(article, "recall", by=by, version=version)


@action
def return_article(article: Article, *, reason: str, by: Actor, version: int | None = None) -> None:
    ARTICLE.take(article, "return", by=by, version=version, reason=reason)
    _tell(article, (Duty.Role.CLERK,), f"Tin “{article.title}” bị trả lại: {reason.strip()}", by)


@action
def publish_article(article: Article, *, by: Actor, version: int | None = None) -> None:
    """Let it appear: it stands on the public pages and in the feed from this moment."""
    ARTICLE.take(article, "publish", by=by, version=version, also=[article.source], published_on=by.day)
    _tell(article, (Duty.Role.CLERK,), f"Tin “{article.title}” đã đăng trên trang công khai.", by)


@action
def withdraw_article(article: Article, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take it down with a reason."""
    ARTICLE.take(article, "withdraw", by=by, version=version, reason=reason, also=[article.source])
    _tell(article, (Duty.Role.CLERK,), f"Tin “{article.title}” đã gỡ khỏi trang công khai.", by)


@action
def reopen_article(article: Article, *, by: Actor, version: int | None = None) -> None:
    ARTICLE.take(article, "reopen", by=by, version=version, published_on=None)


def _tell(article: Article, roles: tuple[str, ...], text: str, by: Actor) -> None:
    notices.tell(
        people.users_with_role(article.agency, roles, on=by.day),
        text[:400],
        key=f"article:{article.code}:{article.version}",
        link=("news:one", article.code),
    )
