"""The life of a plan: each step by whom, refused to whom and in which words, and what it leaves behind."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from bangvang.kernel import audit
from bangvang.kernel.models import Event, JobLease, Seal
from bangvang.kernel.workflow import Overtaken, Refused, latest_event
from bangvang.movements import actions, queries
from bangvang.movements.models import Movement, PlanLine
from bangvang.movements.workflow import PLAN, PUBLICITY
from bangvang.notices.models import Announcement, Notice
from bangvang.papers.models import PaperOrder
from bangvang.people.actor import Actor
from bangvang.people.models import Delegation
from tests import factories

ISSUED_ON = datetime.date(2026, 3, 2)


@pytest.fixture
def submitted(lan: Actor, minh: Actor, hoa: Actor) -> Movement:
    movement = factories.movement(lan)
    actions.submit(movement, by=lan)
    return movement


@pytest.fixture
def approved(submitted: Movement, minh: Actor) -> Movement:
    actions.approve(submitted, by=minh)
    return submitted


@pytest.fixture
def issued(approved: Movement, hoa: Actor) -> Movement:
    actions.issue(approved, number=15, issued_on=ISSUED_ON, by=hoa)
    return approved


def words(root: Movement) -> dict[str, object]:
    event = latest_event(root)
    assert event is not None
    return json.loads(event.body.words)  # type: ignore[no-any-return]


def test_the_thin_journey_leaves_one_event_for_each_act(lan: Actor, minh: Actor, hoa: Actor) -> None:
    movement = factories.movement(lan)
    acts: list[tuple[str, Callable[[], object]]] = [
        ("movement.submit", lambda: actions.submit(movement, by=lan)),
        ("movement.return", lambda: actions.send_back(movement, reason="Thiếu căn cứ", by=minh)),
        (
            "movement.edit",
            lambda: actions.edit(movement, factories.plan(theme="Mới"), version=movement.version, by=lan),
        ),
        ("movement.submit", lambda: actions.submit(movement, by=lan)),
        ("movement.recall", lambda: actions.recall(movement, by=lan)),
        ("movement.submit", lambda: actions.submit(movement, by=lan)),
        ("movement.approve", lambda: actions.approve(movement, by=minh)),
        ("movement.withdraw", lambda: actions.withdraw(movement, reason="Sửa tên", by=minh)),
        ("movement.submit", lambda: actions.submit(movement, by=lan)),
        ("movement.approve", lambda: actions.approve(movement, by=minh)),
        ("movement.issue", lambda: actions.issue(movement, number=15, issued_on=ISSUED_ON, by=hoa)),
        ("publicity.publish", lambda: actions.publish(movement, by=lan)),
        ("publicity.hide", lambda: actions.hide(movement, reason="Đăng nhầm", by=lan)),
    ]
    for place, (verb, act) in enumerate(acts, start=2):
        act()
        movement.refresh_from_db()
        assert (verb, factories.verbs_of(movement)[place - 1 :], Event.objects.count()) == (verb, [verb], place)
    assert audit.verify() == []


def test_a_draft_is_the_clerks_and_keeps_every_line(lan: Actor, minh: Actor) -> None:
    plan = factories.plan(bases=("Luật Thi đua, khen thưởng",), requirements=("Thiết thực.",))
    movement = actions.draft(plan, by=lan)
    assert queries.current_plan(movement) == plan
    assert (movement.agency, movement.symbol, movement.drafted_by) == (lan.agency, "KH-STC", lan.person)
    with pytest.raises(Refused, match="Kế hoạch do thường trực thi đua, khen thưởng soạn"):
        actions.draft(plan, by=minh)


def test_the_same_empty_form_sent_twice_makes_one_movement(lan: Actor) -> None:
    actions.draft(factories.plan(), code="k3f9abcdef", by=lan)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.draft(factories.plan(), code="k3f9abcdef", by=lan)
    assert Movement.objects.count() == 1


def test_an_edit_names_what_changed_and_an_old_page_is_overtaken(lan: Actor) -> None:
    movement = factories.movement(lan)
    actions.edit(movement, factories.plan(title="Tên mới", contents=("Một việc.",)), version=1, by=lan)
    assert words(movement) == {"changed": ["title", "contents"]}
    with pytest.raises(Overtaken):
        actions.edit(movement, factories.plan(title="Tên khác"), version=1, by=lan)
    assert Movement.objects.get().search_key.startswith("ten moi")
    assert list(PlanLine.objects.filter(section="contents").values_list("text", flat=True)) == ["Một việc."]


def test_a_plan_under_decision_is_not_edited(submitted: Movement, lan: Actor) -> None:
    with pytest.raises(Refused, match="Kế hoạch đang ở trạng thái “Chờ duyệt”, không sửa được nữa"):
        actions.edit(submitted, factories.plan(), version=2, by=lan)


@pytest.mark.parametrize(
    ("without", "named"),
    [
        ({"purposes": ()}, "mục đích"),
        ({"contents": ()}, "nội dung thi đua"),
        ({"collective_criteria": (), "individual_criteria": ()}, "tiêu chí thi đua"),
        ({"awards": ()}, "hình thức khen thưởng"),
        ({"starts_on": None}, "ngày bắt đầu"),
        ({"ends_on": None}, "ngày kết thúc hoặc điều kiện kết thúc"),
        ({"duties": ()}, "tổ chức thực hiện"),
        ({"recipients": ()}, "nơi nhận"),
    ],
)
def test_an_incomplete_plan_is_not_submitted_and_says_what_it_lacks(
    without: dict[str, object], named: str, lan: Actor
) -> None:
    movement = factories.movement(lan, **without)
    with pytest.raises(Refused) as caught:
        actions.submit(movement, by=lan)
    assert caught.value.verdict.reason == f"Kế hoạch còn thiếu: {named}."


STEPS_BY_OTHERS = [
    ("draft", "submit", ["minh", "hoa", "binh", "mai", "quan"]),
    ("submitted", "recall", ["minh", "hoa", "binh", "mai", "quan"]),
    ("submitted", "approve", ["lan", "hoa", "binh", "mai", "quan"]),
    ("submitted", "return", ["lan", "hoa", "binh", "mai", "quan"]),
    ("approved", "issue", ["lan", "minh", "binh", "mai", "quan"]),
    ("approved", "withdraw", ["lan", "hoa", "binh", "mai", "quan"]),
    ("draft", "cancel", ["minh", "hoa", "binh", "mai", "quan"]),
]


@pytest.mark.parametrize(("state", "step", "others"), STEPS_BY_OTHERS)
def test_a_step_is_refused_with_a_reason_to_everybody_else(
    state: str, step: str, others: list[str], lan: Actor, request: pytest.FixtureRequest
) -> None:
    movement = factories.movement(lan)
    movement.state = state
    reasons = {PLAN.verdict(movement, step, request.getfixturevalue(name), reason="…").reason for name in others}
    spoken = {
        "submit": "Việc này do thường trực thi đua, khen thưởng của cơ quan làm.",
        "recall": "Việc này do thường trực thi đua, khen thưởng của cơ quan làm.",
        "cancel": "Việc này do thường trực thi đua, khen thưởng của cơ quan làm.",
        "approve": "Việc này do Giám đốc làm, hoặc cấp phó được giao ký thay.",
        "return": "Việc này do Giám đốc làm, hoặc cấp phó được giao ký thay.",
        "withdraw": "Việc này do Giám đốc làm, hoặc cấp phó được giao ký thay.",
        "issue": "Số và ngày do văn thư ghi theo sổ của cơ quan.",
    }
    # People of a division decide for a unit of the same agency, so the reason is the same for all of them.
    assert reasons == {spoken[step]}


def test_another_agencys_director_and_clerk_have_no_step(submitted: Movement) -> None:
    elsewhere = factories.agency("Sở Nội vụ", symbol="SNV")
    director = factories.actor("Ngô Văn Khôi", elsewhere, "director", title="Giám đốc")
    clerk = factories.actor("Lý Thị Thu", elsewhere, "clerk")
    assert [bool(offer.verdict) for actor in (director, clerk) for offer in PLAN.offers(submitted, actor)] == [
        False
    ] * 6


def test_the_director_is_told_of_a_submission_and_the_clerk_of_a_return(
    submitted: Movement, lan: Actor, minh: Actor
) -> None:
    assert Notice.objects.get().user == minh.user
    actions.send_back(submitted, reason=" Thiếu căn cứ ", by=minh)
    told = Notice.objects.get(user=lan.user)
    assert told.text == f"Kế hoạch “{submitted.title}” bị trả lại: Thiếu căn cứ"
    assert words(submitted) == {"from": "submitted", "to": "returned", "reason": "Thiếu căn cứ"}


def test_a_return_needs_a_reason(submitted: Movement, minh: Actor) -> None:
    with pytest.raises(Refused, match="Bước “Trả lại” cần ghi lý do"):
        actions.send_back(submitted, reason=" ", by=minh)


def test_the_head_signs_in_his_own_right(approved: Movement, hoa: Actor) -> None:
    assert (approved.signer_authority, approved.signer_title, approved.signer_name) == ("", "Giám đốc", "Lê Quang Minh")
    assert words(approved) == {"from": "submitted", "to": "approved"}
    assert Notice.objects.filter(user=hoa.user).count() == 1


def test_the_deputy_signs_for_the_head_only_while_delegated(submitted: Movement, tuan: Actor) -> None:
    Delegation.objects.update(valid_until=factories.DAY - datetime.timedelta(days=1))
    with pytest.raises(Refused, match="hoặc cấp phó được giao ký thay"):
        actions.approve(submitted, by=tuan)
    Delegation.objects.update(valid_until=factories.DAY)
    actions.approve(submitted, by=tuan)
    assert (submitted.signer_authority, submitted.signer_title, submitted.signer_name) == (
        "KT.",
        "Phó Giám đốc",
        "Phạm Anh Tuấn",
    )


def test_an_approval_recorded_from_a_signed_paper_names_both(
    submitted: Movement, lan: Actor, minh: Actor, media: Path
) -> None:
    paper = factories.stored_file(lan.user)
    actions.record_approval(submitted, signed_by=minh.duty, paper=paper, by=lan)
    event = latest_event(submitted)
    assert event is not None
    assert event.duty == f"{lan.duty.words} (nhập theo văn bản thay {minh.duty.words})"
    assert words(submitted) == {
        "from": "submitted",
        "to": "approved",
        "on_behalf": minh.duty.words,
        "paper": paper.code,
    }
    assert submitted.signer_name == "Lê Quang Minh"


def test_an_approval_is_not_recorded_without_a_usable_paper_of_ones_own(
    submitted: Movement, lan: Actor, minh: Actor, hoa: Actor, binh: Actor, media: Path
) -> None:
    refusals = [
        (factories.stored_file(hoa.user), minh, lan, "Tệp này do người khác gửi lên."),
        (factories.stored_file(lan.user, state="waiting"), minh, lan, "Tệp đang được kiểm tra, xin đợi vài giây."),
        (factories.stored_file(lan.user, state="refused", refusal="Tệp hỏng."), minh, lan, "Tệp hỏng."),
        (factories.stored_file(lan.user), hoa, lan, "Việc này do Giám đốc làm, hoặc cấp phó được giao ký thay."),
        (
            factories.stored_file(binh.user),
            minh,
            binh,
            "Chỉ thường trực hoặc văn thư được nhập theo văn bản đã ký, kèm bản có chữ ký.",
        ),
    ]
    for paper, signer, by, reason in refusals:
        with pytest.raises(Refused) as caught:
            actions.record_approval(submitted, signed_by=signer.duty, paper=paper, by=by)
        assert caught.value.verdict.reason == reason
    assert Movement.objects.get().state == "submitted"


def test_a_former_head_has_no_approval_to_record(submitted: Movement, lan: Actor, minh: Actor, media: Path) -> None:
    minh.duty.valid_until = factories.DAY - datetime.timedelta(days=1)
    minh.duty.save()
    with pytest.raises(Refused, match="Việc này do Giám đốc làm"):
        actions.record_approval(submitted, signed_by=minh.duty, paper=factories.stored_file(lan.user), by=lan)


def test_a_return_is_never_recorded_for_somebody_else(submitted: Movement, lan: Actor, minh: Actor) -> None:
    verdict = PLAN.verdict(submitted, "return", lan.recording_for(minh.duty, "k3f9"), reason="…")
    assert verdict.reason == "Trả lại thì người duyệt tự làm."


def test_withdrawing_an_approval_takes_the_signature_back(approved: Movement, minh: Actor) -> None:
    actions.withdraw(approved, reason="Sửa tên", by=minh)
    stored = Movement.objects.get()
    assert (stored.state, stored.signer_name, stored.signer_title, stored.signer_authority) == ("returned", "", "", "")


def test_issuing_seals_orders_the_paper_and_announces(issued: Movement, lan: Actor, minh: Actor, hoa: Actor) -> None:
    order = PaperOrder.objects.get()
    assert (issued.document_number, Seal.objects.get().occasion) == ("15/KH-STC", "Ban hành 15/KH-STC")
    assert (order.about_kind, order.about_id, order.context["seal"]) == (
        "movement",
        issued.pk,
        Seal.objects.get().hash[:16],
    )
    assert Announcement.objects.get().users == sorted([lan.user.pk, minh.user.pk, hoa.user.pk])
    assert sorted(JobLease.objects.values_list("job", flat=True)) == ["notices.deliver", "papers.render"]


def test_a_number_is_given_once_a_year_and_nothing_is_left_of_the_second(
    issued: Movement, lan: Actor, minh: Actor, hoa: Actor
) -> None:
    second = factories.movement(lan)
    actions.submit(second, by=lan)
    actions.approve(second, by=minh)
    with pytest.raises(Refused) as caught:
        actions.issue(second, number=15, issued_on=datetime.date(2026, 12, 31), by=hoa)
    assert (
        caught.value.verdict.reason == "Số 15/KH-STC năm 2026 đã ghi cho một kế hoạch khác. Xin xem lại sổ văn bản đi."
    )
    assert (second.state, second.number, Seal.objects.count()) == ("approved", None, 1)
    actions.issue(second, number=15, issued_on=datetime.date(2027, 1, 4), by=hoa)
    assert second.state == "issued"


@pytest.mark.parametrize(
    ("number", "issued_on", "odd"),
    [
        (16, datetime.date(2026, 3, 2), ""),
        (14, datetime.date(2026, 3, 1), ""),
        (14, datetime.date(2026, 3, 3), "Số 14 nhỏ hơn số 15/KH-STC đã ghi ngày 02/03/2026."),
        (16, datetime.date(2026, 3, 1), "Số 16 lớn hơn số 15/KH-STC nhưng ngày lại sớm hơn ngày 02/03/2026."),
        (1, datetime.date(2027, 1, 4), ""),
    ],
)
def test_an_odd_number_is_asked_about_never_decided(
    number: int, issued_on: datetime.date, odd: str, issued: Movement, lan: Actor
) -> None:
    assert queries.number_warning(factories.movement(lan), number, issued_on) == odd


def test_only_an_issued_plan_goes_public_and_hiding_needs_a_reason(approved: Movement, lan: Actor, hoa: Actor) -> None:
    assert PUBLICITY.verdict(approved, "publish", lan).reason == "Chỉ kế hoạch đã ban hành mới đưa lên trang công khai."
    actions.issue(approved, number=3, issued_on=ISSUED_ON, by=hoa)
    assert PUBLICITY.verdict(approved, "publish", hoa).who == "Thường trực thi đua, khen thưởng"
    actions.publish(approved, by=lan)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.hide(approved, reason="", by=lan)
    actions.hide(approved, reason="Đăng nhầm", by=lan)
    assert Movement.objects.get().publicity == "hidden"


def test_a_cancelled_draft_has_no_step_left(lan: Actor) -> None:
    movement = factories.movement(lan)
    actions.cancel(movement, reason="Trùng", by=lan)
    assert PLAN.offers(movement, lan) == []
