"""Two tables alike: a story, or news, is written, waits for a leader, appears, is taken down. And a good deed is looked at."""

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.papers.models import StoredFile
from bangvang.stories.access import (
    is_clerk_of,
    is_writer_of,
    may_check,
    may_publish,
    may_publish_article,
    may_take_down,
    may_withdraw_article,
)
from bangvang.stories.models import Article, Deed, Story
from bangvang.stories.queries import may_be_drawn, named_without_award, standing_consent

S = Story.State
A = Article.State
D = Deed.State


def has_consent(story: Story) -> Verdict:
    """A consent that stands, its paper found in order, and the award, where there is one, still stands."""
    consent = standing_consent(story)
    if consent is None:
        return no("Chưa có văn bản đồng ý của người được kể (hoặc người đứng đầu tập thể).")
    if consent.file.state == StoredFile.State.WAITING:
        return no("Bản đồng ý đang được kiểm tra, xin đợi vài giây.")
    if consent.file.state == StoredFile.State.REFUSED:
        return no(f"Không nhận được bản đồng ý: {consent.file.refusal}")
    if story.entry is not None and not hasattr(story.entry, "standing"):
        return no("Dòng sổ vàng của bài này đã được sửa hoặc rút lại.")
    return YES


def is_verified(article: Article) -> Verdict:
    """Whoever the text names has an award that stands, and every picture was found in order."""
    if names := named_without_award(article):
        return no(
            f"Tin nêu tên {', '.join(names)} nhưng sổ vàng không có lần khen nào có quyết định."
            " Xin ghi chức danh, đơn vị thay cho tên."
        )
    for picture in article.pictures.select_related("file"):
        if picture.file.state == StoredFile.State.WAITING:
            return no(f"Ảnh “{picture.alt}” đang được kiểm tra, xin đợi vài giây.")
        if not may_be_drawn(picture):
            return no(f"Ảnh “{picture.alt}” không dùng được: {picture.file.refusal or 'chỉ nhận ảnh JPEG, PNG.'}")
    return YES


def has_evidence(deed: Deed) -> Verdict:
    """At least one file that was found in order."""
    if deed.files.filter(file__state=StoredFile.State.USABLE).exists():
        return YES
    return no("Chưa có minh chứng nào mở được. Xin người nêu việc gửi ảnh, giấy xác nhận hoặc bài viết.")


# fmt: off
STORY = Workflow("story", (
    Step("submit",   "Trình duyệt đăng", frozenset({S.DRAFT}),     S.SUBMITTED, is_clerk_of,   has_consent,
         hint="Lãnh đạo cơ quan đọc rồi cho đăng hoặc trả lại.", main=True),
    Step("recall",   "Rút về sửa",       frozenset({S.SUBMITTED}), S.DRAFT,     is_clerk_of,
         hint="Chưa duyệt thì còn rút về được."),
    Step("publish",  "Cho đăng",         frozenset({S.SUBMITTED}), S.PUBLISHED, may_publish,   has_consent,
         hint="Bài hiện ngay trên trang công khai, ai cũng đọc được.", main=True),
    Step("return",   "Trả lại",          frozenset({S.SUBMITTED}), S.DRAFT,     may_publish,
         hint="Phải ghi lý do. Thường trực sửa rồi trình lại.", reason_required=True),
    Step("withdraw", "Gỡ xuống",         frozenset({S.PUBLISHED}), S.WITHDRAWN, may_take_down,
         hint="Phải ghi lý do. Bài mất ngay khỏi trang công khai.", reason_required=True),
    Step("reopen",   "Viết lại",         frozenset({S.WITHDRAWN}), S.DRAFT,     is_clerk_of,
         hint="Bài trở lại bản nháp; muốn đăng phải trình duyệt lại."),
))

ARTICLE = Workflow("article", (
    Step("submit",   "Trình duyệt tin",  frozenset({A.DRAFT}),     A.SUBMITTED, is_writer_of,        is_verified,
         hint="Lãnh đạo cơ quan đọc rồi cho đăng hoặc trả lại.", main=True),
    Step("recall",   "Rút về sửa",       frozenset({A.SUBMITTED}), A.DRAFT,     is_writer_of,
         hint="Chưa duyệt thì còn rút về được."),
    Step("publish",  "Cho đăng tin",     frozenset({A.SUBMITTED}), A.PUBLISHED, may_publish_article, is_verified,
         hint="Tin hiện ngay trên trang công khai và trong nguồn tin RSS.", main=True),
    Step("return",   "Trả lại",          frozenset({A.SUBMITTED}), A.DRAFT,     may_publish_article,
         hint="Phải ghi lý do. Thường trực sửa rồi trình lại.", reason_required=True),
    Step("withdraw", "Gỡ xuống",         frozenset({A.PUBLISHED}), A.WITHDRAWN, may_withdraw_article,
         hint="Phải ghi lý do. Tin mất ngay khỏi trang công khai.", reason_required=True),
    Step("reopen",   "Viết lại",         frozenset({A.WITHDRAWN}), A.DRAFT,     is_writer_of,
         hint="Tin trở lại bản nháp; muốn đăng phải trình duyệt lại."),
))

DEED = Workflow("deed", (
    Step("confirm", "Xác nhận việc tốt", frozenset({D.PUT_FORWARD}), D.CONFIRMED, may_check, has_evidence,
         hint="Trưởng đơn vị của người làm được báo, đề nghị khen đột xuất được ngay.", main=True),
    Step("dismiss", "Không xác nhận",    frozenset({D.PUT_FORWARD}), D.DISMISSED, may_check,
         hint="Phải ghi lý do. Người nêu việc đọc được.", reason_required=True),
))
# fmt: on
