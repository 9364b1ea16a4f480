"""Tin: write news from a plan, a decision or a good example; pictures; have it appear, take it down, paste it elsewhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.decisions.access import decisions_visible_to
from bangvang.kernel.workflow import Refused
from bangvang.movements.access import movements_visible_to
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.progress.access import movement_reviews_visible_to, reports_visible_to
from bangvang.stories import actions, public, queries, sources
from bangvang.stories.access import articles_visible_to, may_edit_article, may_write_news
from bangvang.stories.models import Article
from bangvang.stories.sources import ArticleFields, Source
from bangvang.stories.workflow import ARTICLE
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.staff.news_about import SLUGS
from bangvang.web.staff.pasting import address_of, clean_html, paste_file, paste_page
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import ErrorSummaryMixin, WordsField
from bangvang.web.ui.keeping import version_of
from bangvang.web.ui.pictures import as_picture
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in

CHIPS = {"draft": "ink", "submitted": "ink", "published": "done", "withdrawn": "warn"}
STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "submit": (StepForm, actions.submit_article),
    "recall": (StepForm, actions.recall_article),
    "publish": (StepForm, actions.publish_article),
    "return": (ReasonForm, actions.return_article),
    "withdraw": (ReasonForm, actions.withdraw_article),
    "reopen": (StepForm, actions.reopen_article),
}
AFTER = {
    "submit": "Đã trình. Lãnh đạo cơ quan thấy lời báo trong “Việc của tôi”.",
    "recall": "Đã rút về. Tin lại sửa được.",
    "publish": "Đã đăng. Tin hiện trên trang công khai và trong nguồn tin RSS.",
    "return": "Đã trả lại, thường trực thấy lý do.",
    "withdraw": "Đã gỡ. Tin không còn trên trang công khai.",
    "reopen": "Tin trở lại bản nháp.",
}
LISTED = 200


class ArticleForm(ErrorSummaryMixin, forms.Form):
    """Names equal ArticleFields."""

    title = WordsField(label="Tên tin", max_length=200)
    lead = WordsField(
        label="Đoạn mở đầu",
        max_length=600,
        help_text="Một đoạn: việc gì, của ai, ngày nào.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    body = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=20_000,
        help_text="Để một dòng trống giữa hai đoạn.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class PictureForm(ErrorSummaryMixin, forms.Form):
    file = forms.FileField(
        label="Ảnh",
        help_text="JPEG hoặc PNG, nhiều nhất 5 MB. Nơi chụp, giờ chụp ghi trong ảnh không đưa ra ngoài.",
    )
    alt = WordsField(
        label="Lời tả ảnh", max_length=300, help_text="Một câu cho người không nhìn thấy ảnh; cũng in dưới ảnh."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {"required": "Chưa chọn ảnh.", "empty": "Tệp này rỗng. Xin chọn lại."}


def _sources(kind: str, actor: Actor) -> QuerySet[Any]:
    """What of a kind the actor may see; an unknown kind is not found."""
    found: dict[str, QuerySet[Any]] = {
        "ke-hoach": movements_visible_to(actor).select_related("agency"),
        "quyet-dinh": decisions_visible_to(actor).select_related("agency"),
        "so-ket": movement_reviews_visible_to(actor).select_related("agency", "period__movement"),
        "cach-lam-hay": reports_visible_to(actor).select_related("unit", "period__movement__agency"),
    }
    if kind not in found:
        raise Http404
    return found[kind]


def _seen(request: StaffRequest, code: str) -> Article:
    found = articles_visible_to(request.actor).select_related(
        "agency", "movement", "decision", "report__unit", "report__period__movement", "review__period__movement"
    )
    return get_object_or_404(found, code=code)


def all_news(request: StaffRequest) -> HttpResponse:
    found = articles_visible_to(request.actor).select_related(
        "movement", "decision", "report__unit", "report__period__movement", "review__period__movement"
    )
    rows = [(one, CHIPS[one.state], sources.words_of(one.source)) for one in found[:LISTED]]
    published = sum(one.state == Article.State.PUBLISHED for one, *_ in rows)
    context = {"rows": rows, "published": published, "may_write": may_write_news(request.actor)}
    return render(request, "staff/news/all.html", context)


def new(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """A first text from what the source says; saved only when the clerk has read it."""
    source: Source = get_object_or_404(_sources(kind, request.actor), code=code)
    if not (verdict := may_write_news(request.actor) and sources.is_news(source)):
        raise Refused(verdict)
    first = sources.first_text(source)
    form = ArticleForm(request.POST or None, initial={"title": first.title, "lead": first.lead, "body": first.body})
    if request.method == "POST" and form.is_valid():
        article = actions.draft_article(source, ArticleFields(**form.cleaned_data), by=request.actor)
        messages.success(request, "Đã lưu bản nháp. Thêm ảnh nếu có, rồi trình duyệt đăng.")
        return redirect("news:one", article.code)
    context = {"form": form, "heading": "Viết tin", "source": sources.words_of(source), "back": _page_of(source)}
    return render(request, "staff/news/edit.html", context, status=422 if form.errors else 200)


def _page_of(source: Source) -> str:
    names = {
        "ke-hoach": "movements:one",
        "quyet-dinh": "decisions:one",
        "so-ket": "summaries:one",
        "cach-lam-hay": "progress:one",
    }
    return reverse(names[SLUGS[type(source)]], args=[source.code])


def edit(request: StaffRequest, code: str) -> HttpResponse:
    article = _seen(request, code)
    if not (verdict := may_edit_article(request.actor, article)):
        raise Refused(verdict)
    version = version_of(request.POST if request.method == "POST" else {"version": article.version})
    initial = {name: getattr(article, name) for name in ArticleForm.base_fields}
    form = ArticleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_article(article, ArticleFields(**form.cleaned_data), version=version, by=request.actor)
        messages.success(request, "Đã lưu tin.")
        return redirect("news:one", code)
    context = {
        "form": form,
        "heading": "Sửa tin",
        "article": article,
        "source": sources.words_of(article.source),
        "version": version,
        "back": reverse("news:one", args=[code]),
    }
    return render(request, "staff/news/edit.html", context, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    article = _seen(request, code)
    pictures = list(article.pictures.select_related("file"))
    named = article.named.select_related("person").order_by("seq")
    shown = queries.news_shown().filter(pk=article.pk).exists()
    context = {
        "article": article,
        "chip": CHIPS[article.state],
        "source": sources.words_of(article.source),
        "source_page": _page_of(article.source),
        "offers": ARTICLE.offers(article, request.actor),
        "may_edit": may_edit_article(request.actor, article),
        "pictures": [(picture, queries.may_be_drawn(picture)) for picture in pictures],
        "waiting": any(picture.file.state == StoredFile.State.WAITING for picture in pictures),
        "named": [(queries.honoured(entry), queries.award_words(entry), entry.paper_number) for entry in named],
        "unnamed": queries.named_without_award(article),
        "is_shown": shown,
        "fallen": article.state == Article.State.PUBLISHED and not shown,
        "story_lines": story_of(article),
    }
    return render(request, "staff/news/one.html", context)


def add_picture(request: StaffRequest, code: str) -> HttpResponse:
    """Take in a picture and its words; the limited child looks at it before anybody sees it."""
    article = _seen(request, code)
    if not (verdict := may_edit_article(request.actor, article)):
        raise Refused(verdict)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (file := taken_in(request, form)) is not None:
        actions.add_picture(article, file, form.cleaned_data["alt"], by=request.actor)
        messages.success(request, f"Đã nhận ảnh “{file.name}”, đang kiểm tra.")
        return redirect("news:one", code)
    context = {"form": form, "article": article}
    return render(request, "staff/news/picture.html", context, status=422 if form.errors else 200)


def picture(request: StaffRequest, code: str, file: str) -> HttpResponse:
    """A picture of an article that one sees, drawn or not yet."""
    found = get_object_or_404(_seen(request, code).pictures.select_related("file"), file__code=file)
    response = as_picture(public.drawn(found))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def drop_picture(request: StaffRequest, code: str, file: str) -> HttpResponse:
    found = get_object_or_404(_seen(request, code).pictures.select_related("file", "article"), file__code=file)
    actions.drop_picture(found, by=request.actor)
    messages.success(request, "Đã bỏ ảnh.")
    return redirect("news:one", code)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    article = _seen(request, code)
    page = reverse("news:one", args=[code])
    return step_page(
        request,
        ARTICLE,
        article,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=article.title,
        crumbs=[(reverse("news:all"), "Tin"), (page, article.title)],
    )


def _html_of(request: StaffRequest, code: str) -> tuple[str, str]:
    """Title and clean HTML of an article that is shown."""
    told = public.one_article(_seen(request, code).code)
    if told is None:
        raise Http404
    return told.title, clean_html(
        request, "staff/news/_clean_article.html", {"article": told}, address_of("article", code)
    )


def paste(request: StaffRequest, code: str) -> HttpResponse:
    title, html = _html_of(request, code)
    crumbs = [(reverse("news:all"), "Tin"), (reverse("news:one", args=[code]), title)]
    return paste_page(request, html, title=title, crumbs=crumbs, file=reverse("news:paste_file", args=[code]))


def html_file(request: StaffRequest, code: str) -> HttpResponse:
    title, html = _html_of(request, code)
    return paste_file(html, title)
