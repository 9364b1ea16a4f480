"""Gương điển hình: write a story about an award, record the consent, have it appear, take it down."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.honours.models import LedgerEntry
from bangvang.kernel.verdict import YES, no
from bangvang.kernel.workflow import Refused
from bangvang.papers.models import StoredFile
from bangvang.people.access import may_see_dossiers, persons_visible_to
from bangvang.stories import actions, public, queries
from bangvang.stories.access import (
    deeds_visible_to,
    is_clerk_of,
    may_draft,
    may_edit,
    may_take_down,
    stories_visible_to,
)
from bangvang.stories.models import Consent, Story
from bangvang.stories.queries import StoryFields, standing_consent
from bangvang.stories.workflow import STORY
from bangvang.web.staff.dossier_forms import StepForm
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.pasting import address_of, clean_html, paste_file, paste_page
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField
from bangvang.web.ui.keeping import version_of
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in

CHIPS = {"draft": "ink", "submitted": "ink", "published": "done", "withdrawn": "warn"}
STEPS: dict[str, Any] = {
    "submit": actions.submit,
    "recall": actions.recall,
    "publish": actions.publish,
    "return": actions.send_back,
    "withdraw": actions.withdraw,
    "reopen": actions.reopen,
}
AFTER = {
    "submit": "Đã trình. Lãnh đạo cơ quan thấy lời báo trong “Việc của tôi”.",
    "recall": "Đã rút về. Bài lại sửa được.",
    "publish": "Đã đăng. Bài hiện trên trang công khai.",
    "return": "Đã trả lại, thường trực thấy lý do.",
    "withdraw": "Đã gỡ. Bài không còn trên trang công khai.",
    "reopen": "Bài trở lại bản nháp.",
}


class StoryForm(ErrorSummaryMixin, forms.Form):
    """The text of a story; fields as `StoryFields`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = WordsField(label="Tên bài", max_length=150, help_text="Ví dụ: Tờ giấy một trang")
    summary = WordsField(
        label="Đoạn mở đầu",
        max_length=600,
        help_text="Một đoạn, hiện ở trang chủ. Kể việc, không kể danh hiệu.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=20_000,
        help_text="Để một dòng trống giữa hai đoạn",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    quote = WordsField(
        label="Lời của người được kể", max_length=400, required=False, help_text="Đúng lời, không cần ngoặc kép"
    )

    def fields_given(self) -> StoryFields:
        of = self.cleaned_data
        return StoryFields(of["title"], of["summary"], of["body"], of["quote"])


class NewStoryForm(StoryForm):
    """With the award that the story is about."""

    def __init__(self, request: StaffRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.awards = {str(row.entry.seq): row.entry for row in queries.awards_to_tell(request.actor.agency)}
        choices = [
            (seq, f"{queries.honoured(entry)}: {queries.award_words(entry)} ({entry.paper_number})")
            for seq, entry in self.awards.items()
        ]
        award = forms.ChoiceField(label="Kể về lần khen nào", choices=[("", "Chọn"), *choices])
        award.error_messages["required"] = "Xin chọn lần khen mà bài kể về."
        self.fields["award"] = award
        self.order_fields(["award", "title", "summary", "body", "quote"])


class ConsentForm(ErrorSummaryMixin, forms.Form):
    signed_on = DayField(label="Ngày ký")
    file = forms.FileField(label="Bản đồng ý đã ký", help_text="PDF, Word hoặc ảnh chụp; nhiều nhất 25 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}


def seen(request: StaffRequest, code: str) -> Story:
    found = stories_visible_to(request.actor).select_related(
        "entry__person", "entry__unit", "person", "agency", "drafted_by"
    )
    return get_object_or_404(found, code=code)


def all_stories(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = stories_visible_to(request.actor).select_related("entry__person", "person")
    rows = [(one, CHIPS[one.state], queries.told(one)) for one in found[:200]]
    published = sum(one.state == Story.State.PUBLISHED for one, *_ in rows)
    context = {"rows": rows, "published": published, "may_draft": may_draft(request.actor)}
    return render(request, "staff/stories/all.html", context)


def new(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_draft(request.actor)):
        raise Refused(verdict)
    form = NewStoryForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = form.awards[form.cleaned_data["award"]]
        story = actions.draft(entry, form.fields_given(), by=request.actor)
        messages.success(request, "Đã lưu bản nháp. Ghi văn bản đồng ý, rồi trình duyệt đăng.")
        return redirect("stories:one", story.code)
    context = {"form": form, "heading": "Viết bài gương điển hình", "nothing": not form.awards}
    return render(request, "staff/stories/edit.html", context, status=422 if form.errors else 200)


def new_of(request: StaffRequest, person: str) -> HttpResponse:
    """A story about somebody whom no decision honours yet."""
    if not (verdict := may_draft(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(persons_visible_to(request.actor), code=person)
    deed = deeds_visible_to(request.actor).filter(code=request.GET.get("viec", ""), person=found).first()
    form = StoryForm(request.POST or None, initial={"title": deed.title[:150], "body": deed.account} if deed else {})
    if request.method == "POST" and form.is_valid():
        story = actions.draft_of(found, form.fields_given(), by=request.actor)
        messages.success(request, "Đã lưu bản nháp. Ghi văn bản đồng ý, rồi trình duyệt đăng.")
        return redirect("stories:one", story.code)
    heading = f"Viết bài về {found.honorific.lower()} {found.full_name}"
    context = {"form": form, "heading": heading, "undecided": True}
    return render(request, "staff/stories/edit.html", context, status=422 if form.errors else 200)


@require_POST
def tie(request: StaffRequest, code: str) -> HttpResponse:
    """Tie a story of a person to the award that came since."""
    story = seen(request, code)
    seq = request.POST.get("award", "")
    entry = get_object_or_404(LedgerEntry, seq=int(seq) if seq.isdecimal() else 0)
    actions.tie(story, entry, by=request.actor)
    messages.success(request, "Đã gắn bài với quyết định.")
    return redirect("stories:one", code)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    story = seen(request, code)
    if not (verdict := may_edit(request.actor, story)):
        raise Refused(verdict)
    initial = {name: getattr(story, name) for name in ("title", "summary", "body", "quote", "version")}
    form = StoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit(story, form.fields_given(), version=version_of(request.POST), by=request.actor)
        messages.success(request, "Đã lưu bài.")
        return redirect("stories:one", story.code)
    context = {"form": form, "story": story, "heading": "Sửa bài"}
    return render(request, "staff/stories/edit.html", context, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    story = seen(request, code)
    consent = standing_consent(story)
    wanting = consent is None or consent.file.state == StoredFile.State.REFUSED
    context = {
        "story": story,
        "chip": CHIPS[story.state],
        "told": queries.told(story),
        "awards": queries.awards_of(story.person) if story.person and is_clerk_of(request.actor, story) else [],
        "offers": STORY.offers(story, request.actor),
        "may_edit": may_edit(request.actor, story),
        "may_record": is_clerk_of(request.actor, story) if wanting else no("Đã có văn bản đồng ý."),
        "may_take_back": may_take_down(request.actor, story) if consent else no("Chưa có văn bản đồng ý."),
        "consent": consent,
        "withdrawn": story.consents.filter(withdrawn_on__isnull=False),
        "is_shown": queries.shown().filter(pk=story.pk).exists(),
        "story_lines": story_of(story),
    }
    return render(request, "staff/stories/one.html", context)


def consent(request: StaffRequest, code: str) -> HttpResponse:
    """Take in the signed consent; the limited child looks at the file before anybody relies on it."""
    story = seen(request, code)
    if not (verdict := is_clerk_of(request.actor, story)):
        raise Refused(verdict)
    form = ConsentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (file := taken_in(request, form)) is not None:
        actions.record_consent(story, file, form.cleaned_data["signed_on"], by=request.actor)
        messages.success(request, f"Đã nhận bản đồng ý “{file.name}”, đang kiểm tra.")
        return redirect("stories:one", story.code)
    context = {"form": form, "story": story, "honoured": queries.told(story).honoured}
    return render(request, "staff/stories/consent.html", context, status=422 if form.errors else 200)


def consent_file(request: StaffRequest, code: str) -> HttpResponse:
    story = seen(request, code)
    found = get_object_or_404(
        Consent.objects.select_related("file"),
        story=story,
        withdrawn_on__isnull=True,
        file__state=StoredFile.State.USABLE,
    )
    return as_attachment(found.file.path.read_bytes(), found.file.name)


def withdraw_consent(request: StaffRequest, code: str) -> HttpResponse:
    """First what it means, then the act."""
    story = seen(request, code)
    allowed = may_take_down(request.actor, story)
    if not (verdict := allowed and (YES if standing_consent(story) else no("Bài này không có văn bản đồng ý nào."))):
        raise Refused(verdict)
    form = StepForm(True, request.POST or None, initial={"version": story.version})
    if request.method == "POST" and form.is_valid():
        actions.withdraw_consent(story, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, "Đã ghi việc rút đồng ý. Bài không còn trên trang công khai.")
        return redirect("stories:one", story.code)
    context = {
        "story": story,
        "form": form,
        "heading": "Rút văn bản đồng ý",
        "lead": "Bài mất ngay khỏi trang công khai. Muốn đăng lại phải có văn bản đồng ý mới.",
        "risk": True,
    }
    return render(request, "staff/stories/step.html", context, status=422 if form.errors else 200)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    story = seen(request, code)
    if name not in STEPS:
        raise Http404
    row = STORY.step(name)
    form = StepForm(row.reason_required, request.POST or None, initial={"version": story.version})
    if request.method == "POST" and form.is_valid():
        reason = {"reason": form.cleaned_data["reason"]} if row.reason_required else {}
        act = partial(STEPS[name], story, version=form.cleaned_data["version"], by=request.actor, **reason)
        done_once(request, f"story.{name}", act, AFTER[name])
        return redirect("stories:one", story.code)
    if not (verdict := STORY.verdict(story, name, request.actor, reason="…")):
        raise Refused(verdict)
    context = {"story": story, "form": form, "heading": row.label, "lead": row.hint, "risk": row.reason_required}
    return render(request, "staff/stories/step.html", context, status=422 if form.errors else 200)


def _html_of(request: StaffRequest, code: str) -> tuple[str, str]:
    """Title and clean HTML of a story that is shown."""
    told = public.one(seen(request, code).code)
    if told is None:
        raise Http404
    return told.title, clean_html(request, "staff/stories/_clean.html", {"story": told}, address_of("story", code))


def paste(request: StaffRequest, code: str) -> HttpResponse:
    title, html = _html_of(request, code)
    crumbs = [(reverse("stories:all"), "Gương điển hình"), (reverse("stories:one", args=[code]), title)]
    return paste_page(request, html, title=title, crumbs=crumbs, file=reverse("stories:paste_file", args=[code]))


def html_file(request: StaffRequest, code: str) -> HttpResponse:
    title, html = _html_of(request, code)
    return paste_file(html, title)
