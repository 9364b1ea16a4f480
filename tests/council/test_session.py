"""A session from its opening to the conclusion: who may what, what is refused with which words, what remains."""

import datetime

import pytest

from bangvang.council import actions as council
from bangvang.council import ballot, queries
from bangvang.council.actions.meeting import Seating
from bangvang.council.actions.roll import Called
from bangvang.council.counting import Sums
from bangvang.council.models import Envelope, PaperCount, Session, WrappedKey
from bangvang.council.workflow import SESSION
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.kernel import audit
from bangvang.kernel.models import EventBody
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.papers.models import PaperOrder
from tests import factories
from tests.council import scenes

S = Session.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(media: object) -> None:
    """Stored files in a folder of the test."""


def refusal(act: object, *given: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*given, **named)  # type: ignore[operator]
    return refused.value.verdict.reason


def totals(found: scenes.Scene) -> list[tuple[object, ...]]:
    return [
        (line.handed_out, line.returned, line.agreed, line.against, line.invalid, line.total_for, line.passed)
        for line in found.lines
    ]


def test_nine_members_vote_and_every_line_gets_its_end() -> None:
    ballots = {place: ("1" if place < 8 else "0") + ("1" if place < 7 else "0") + "1" for place in range(9)}
    found = scenes.counted(scenes.scene(), ballots)
    assert totals(found) == [(9, 9, 8, 1, 0, 8, True), (9, 9, 7, 2, 0, 7, False), (9, 9, 9, 0, 0, 9, True)]
    assert (Envelope.objects.count(), WrappedKey.objects.count()) == (0, 0)
    council.write_minutes(found.session, "Các thành viên nhất trí.", "Trình Giám đốc khen thưởng.", by=found.clerk)
    council.conclude(found.session, by=found.chair)
    assert [Nomination.objects.get(pk=one.pk).state for one in found.nominations] == [
        "endorsed",
        "declined",
        "endorsed",
    ]
    assert factories.verbs_of(found.session) == [
        "session.open_session", "session.add_lines", "session.name_tellers", "session.convene",
        *["session.declare"] * 9, "session.call_roll", *["session.take_code"] * 3, "session.freeze", "session.close",
        "session.open", "session.write_minutes", "session.conclude", "nomination.endorse", "nomination.decline",
        "nomination.endorse",
    ]  # fmt: skip
    assert factories.verbs_of(found.nominations[0].dossier)[-4:] == [
        "session.add_lines", "nomination.endorse", "nomination.decline", "nomination.endorse",
    ]  # fmt: skip
    assert sorted(PaperOrder.objects.filter(about_kind="session").values_list("form", flat=True)) == [
        "council_minutes", "counting_record",
    ]  # fmt: skip
    assert audit.verify() == []


def test_no_event_tells_a_choice_and_no_row_a_time() -> None:
    found = scenes.voting(scenes.scene())
    before = EventBody.objects.count()
    for place in range(9):
        scenes.cast(found, place, "101")
    assert EventBody.objects.count() == before
    assert {field.name for field in Envelope._meta.get_fields()} == {"id", "seat", "sealed", "was_voided"}
    order = list(Envelope.objects.order_by("pk").values_list("seat__position", flat=True))
    assert order == list(range(1, 10))


def test_before_opening_no_line_has_a_number() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    assert totals(found) == [(None, None, None, None, None, 0, None)] * 3


def test_a_member_votes_once() -> None:
    found = scenes.voting(scenes.scene())
    scenes.cast(found, 3, "111")
    assert refusal(scenes.cast, found, 3, "000") == (
        "Phiếu đã được niêm phong. Muốn đổi phiếu trước khi đóng, xin đề nghị ban kiểm phiếu."
    )


def test_only_a_present_member_with_a_vote_gets_a_ballot() -> None:
    found = scenes.voting(scenes.scene(), away=[8])
    words = "Phiếu chỉ phát cho thành viên có mặt và có quyền bỏ phiếu."
    assert refusal(scenes.cast, found, 8, "111") == words
    assert refusal(council.cast, found.session, {}, by=found.tellers[0]) == words
    on_behalf = found.members[0].recording_for(found.members[1].duty, "giấy")
    assert refusal(council.cast, found.session, {}, by=on_behalf) == words


def test_a_strange_choice_is_refused_and_nothing_is_kept() -> None:
    found = scenes.voting(scenes.scene())
    lines = found.lines
    assert refusal(council.cast, found.session, {lines[0].pk: "x"}, by=found.members[0]) == (
        "Mỗi trường hợp chỉ chọn “Đồng ý” hoặc “Không đồng ý”."
    )
    assert queries.returned_envelopes(found.session) == 0


def test_a_blank_line_is_invalid_and_a_recused_member_has_no_ballot_but_stays_in_the_base() -> None:
    ballots = {place: "1-1" if place else "011" for place in range(9)}
    found = scenes.counted(scenes.scene(), ballots, conflicts={0: [0]})
    assert totals(found) == [(8, 8, 8, 0, 0, 8, True), (9, 9, 1, 0, 8, 1, False), (9, 9, 9, 0, 0, 9, True)]
    assert [line.members for line in found.lines] == [9, 9, 9]


def test_eight_of_nine_cannot_reach_ninety_percent_and_the_page_says_so_before() -> None:
    found = scenes.ready(scenes.scene(lines=1, award="ministry_province_emulation_fighter"), conflicts={4: [0]})
    assert queries.cautions(found.session) == [
        "Người Được Đề Nghị 1: 1 thành viên không bỏ phiếu vì xung đột lợi ích, nhiều nhất 8 trên 9 phiếu là 88,9%,"
        " không đạt được tỷ lệ từ 90%."
    ]


def test_a_line_that_two_people_vote_on_is_warned_about() -> None:
    found = scenes.ready(scenes.scene(members=3, lines=2), conflicts={0: [1]})
    assert queries.cautions(found.session)[-1] == (
        "Người Được Đề Nghị 2: chỉ có 2 người bỏ phiếu, kết quả có thể cho biết ai đã chọn gì."
    )


def test_ballot_can_be_changed_once_before_the_close_with_an_event() -> None:
    found = scenes.voting(scenes.scene())
    seat = queries.seats_of(found.session)[2]
    assert refusal(council.void, seat, reason="Đề nghị", by=found.tellers[0]) == "Thành viên này chưa bỏ phiếu."
    scenes.cast(found, 2, "000")
    assert refusal(council.void, seat, reason=" ", by=found.tellers[0]) == (
        "Đổi phiếu cần ghi lý do, ví dụ: thành viên đề nghị."
    )
    council.void(seat, reason="Thành viên đề nghị", by=found.tellers[0])
    scenes.cast(found, 2, "111")
    assert refusal(council.void, seat, reason="Lần nữa", by=found.tellers[0]) == "Mỗi thành viên chỉ đổi phiếu một lần."
    assert refusal(council.void, seat, reason="Lần nữa", by=found.clerk) == "Việc này do ban kiểm phiếu làm."
    for place in (0, 1, *range(3, 9)):
        scenes.cast(found, place, "111")
    council.close(found.session, by=found.clerk)
    assert refusal(council.void, seat, reason="Muộn", by=found.tellers[0]) == "Chỉ đổi phiếu được khi đang bỏ phiếu."
    council.open_box(found.session, (found.codes[1], found.codes[0]), by=found.tellers[0])
    assert [line.agreed for line in found.lines] == [9, 9, 9]


def test_wrong_codes_open_nothing_and_say_what_is_wrong() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    one, two, _ = found.codes
    cases = {
        ("abcd", two): "Mã gồm bảy nhóm, mỗi nhóm bốn ký tự. Xin xem lại từng ký tự.",
        (ballot.new_code(), two): "Mã này không phải mã của ban kiểm phiếu phiên này.",
        (one, one.upper()): "Cần mã của hai người khác nhau trong ban kiểm phiếu.",
    }
    for codes, words in cases.items():
        assert refusal(council.open_box, found.session, codes, by=found.tellers[0]) == words
    assert refusal(council.open_box, found.session, by=found.tellers[0]) == (
        "Cần mã của hai người khác nhau trong ban kiểm phiếu."
    )
    assert refusal(council.open_box, found.session, (one, two), by=found.clerk) == "Việc này do ban kiểm phiếu làm."
    assert (Envelope.objects.count(), totals(found)[0][2]) == (9, None)


def test_a_box_is_opened_once() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    twin = Session.objects.get(pk=found.session.pk)
    council.open_box(found.session, (found.codes[0], found.codes[1]), by=found.tellers[0])
    assert "Đã kiểm phiếu" in refusal(council.open_box, twin, (found.codes[0], found.codes[1]), by=found.tellers[2])


def test_fewer_than_three_ballots_are_not_opened_and_the_vote_is_held_again() -> None:
    found = scenes.voting(scenes.scene())
    scenes.cast(found, 0, "111")
    scenes.cast(found, 1, "111")
    assert refusal(council.close, found.session, by=found.clerk) == (
        "Còn 7 thành viên dự họp chưa bỏ phiếu. Chủ tịch Hội đồng có thể cho đóng sớm và ghi lý do."
    )
    council.close_early(found.session, reason="Hết giờ họp.", by=found.chair)
    assert refusal(council.open_box, found.session, (found.codes[0], found.codes[1]), by=found.tellers[0]) == (
        "Chỉ có 2 phiếu. Dưới 3 phiếu thì không mở: tổ chức bỏ phiếu lại."
    )
    council.hold_again(found.session, reason="Không đủ phiếu.", by=found.chair)
    assert (found.session.state, Envelope.objects.count(), WrappedKey.objects.count()) == (S.CONVENED, 0, 0)
    found.codes = [council.take_code(found.session, by=teller) for teller in found.tellers]
    council.freeze(found.session, by=found.clerk)
    for place in range(9):
        scenes.cast(found, place, "110")
    council.close(found.session, by=found.clerk)
    council.open_box(found.session, (found.codes[1], found.codes[2]), by=found.tellers[0])
    assert (found.session.vote_round, [line.agreed for line in found.lines]) == (2, [9, 9, 0])


def test_rehearsal_is_wiped_and_tries_the_codes_without_counting() -> None:
    found = scenes.ready(scenes.scene())
    council.rehearse(found.session, by=found.clerk)
    for place in range(9):
        scenes.cast(found, place, "010")
    assert refusal(council.end_rehearsal, found.session, (found.codes[0], "sai"), by=found.tellers[0]) == (
        "Mã gồm bảy nhóm, mỗi nhóm bốn ký tự. Xin xem lại từng ký tự."
    )
    assert council.end_rehearsal(found.session, (found.codes[0], found.codes[1]), by=found.tellers[0]) is True
    assert (Envelope.objects.count(), WrappedKey.objects.count(), found.session.frozen_hash) == (0, 0, "")
    council.freeze(found.session, by=found.clerk)
    assert queries.returned_envelopes(found.session) == 0


def test_rehearsal_can_end_without_codes() -> None:
    found = scenes.ready(scenes.scene())
    council.rehearse(found.session, by=found.clerk)
    assert council.end_rehearsal(found.session, by=found.clerk) is False


def test_a_changed_roll_or_envelope_is_not_opened() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    codes = (found.codes[0], found.codes[1])
    envelopes = list(Envelope.objects.order_by("pk"))
    kept = envelopes[0].sealed
    Envelope.objects.filter(pk=envelopes[0].pk).update(sealed=envelopes[1].sealed)
    assert "Có phong bì không còn như lúc bỏ phiếu" in refusal(
        council.open_box, found.session, codes, by=found.tellers[0]
    )
    Envelope.objects.filter(pk=envelopes[0].pk).update(sealed=kept)
    found.session.seats.filter(position=9).update(has_vote=False)
    assert "Danh sách không còn như lúc khoá" in refusal(council.open_box, found.session, codes, by=found.tellers[0])


def test_opinions_of_an_absent_member_are_counted_apart() -> None:
    found = scenes.ready(scenes.scene(), away=[8])
    lines = found.lines
    seat = queries.seats_of(found.session)[8]
    file = factories.stored_file(found.clerk.user)
    written = {lines[0].pk: True, lines[1].pk: False}
    assert council.write_opinions(seat, written, file, by=found.clerk) == 2
    council.freeze(found.session, by=found.clerk)
    for place in range(8):
        scenes.cast(found, place, "111")
    council.close(found.session, by=found.clerk)
    council.open_box(found.session, (found.codes[0], found.codes[1]), by=found.tellers[0])
    told = [(line.agreed, line.written_for, line.written_against, line.total_for) for line in found.lines]
    assert told == [(8, 1, 0, 9), (8, 0, 1, 8), (8, 0, 0, 8)]


def test_opinions_are_refused_for_the_present_the_recused_and_the_unsigned() -> None:
    found = scenes.ready(scenes.scene(), away=[8], conflicts={8: [0]})
    lines, seats = found.lines, queries.seats_of(found.session)
    file = factories.stored_file(found.clerk.user)
    assert refusal(council.write_opinions, seats[0], {lines[0].pk: True}, file, by=found.clerk) == (
        "Ý kiến bằng văn bản chỉ nhận của thành viên vắng mặt có quyền bỏ phiếu."
    )
    assert refusal(council.write_opinions, seats[8], {lines[0].pk: True}, file, by=found.clerk) == (
        "Trịnh Quốc Bảo không cho ý kiến về Người Được Đề Nghị 1 vì xung đột lợi ích."
    )
    assert refusal(council.write_opinions, seats[8], {}, file, by=found.clerk) == (
        "Xin ghi ý kiến cho ít nhất một trường hợp trong chương trình."
    )
    other = factories.stored_file(found.tellers[0].user)
    assert refusal(council.write_opinions, seats[8], {lines[1].pk: True}, other, by=found.clerk) == (
        "Bản đã ký phải do chính người nhập gửi lên, và là tệp dùng được."
    )
    waiting = factories.stored_file(found.clerk.user, state="waiting")
    council.write_opinions(seats[8], {lines[1].pk: True}, waiting, by=found.clerk)
    council.freeze(found.session, by=found.clerk)
    for place in range(8):
        scenes.cast(found, place, "111")
    council.close(found.session, by=found.clerk)
    codes = (found.codes[0], found.codes[1])
    assert refusal(council.open_box, found.session, codes, by=found.tellers[0]) == (
        "Bản ý kiến đã ký của Trịnh Quốc Bảo (ban-da-ky.pdf): đang kiểm tra. Chờ hoặc nhập lại bản khác."
    )
    council.write_opinions(seats[8], {lines[1].pk: True}, file, by=found.clerk)
    council.open_box(found.session, codes, by=found.tellers[0])
    assert refusal(council.write_opinions, seats[8], {lines[1].pk: True}, file, by=found.clerk) == (
        "Ý kiến bằng văn bản nhận từ khi triệu tập đến trước khi mở phiếu."
    )
    assert refusal(council.write_opinions, seats[8], {lines[1].pk: True}, file, by=found.members[0]) == (
        "Việc này do thư ký Hội đồng làm."
    )


def test_paper_session_is_counted_by_the_board_and_the_sums_must_agree() -> None:
    found = scenes.voting(scenes.scene(), mode="paper")
    assert (Envelope.objects.count(), found.session.public_key) == (0, None)
    council.close(found.session, by=found.clerk)
    assert (
        refusal(council.open_box, found.session, by=found.tellers[0]) == "Ban kiểm phiếu chưa nhập kết quả phiếu giấy."
    )
    lines = found.lines
    good = {line.pk: Sums(9, 9, 8, 1, 0) for line in lines}
    for wrong, words in (
        (Sums(9, 9, 8, 2, 0), "đồng ý, không đồng ý, không hợp lệ cộng lại là 10, thu về 9."),
        (Sums(9, 10, 9, 1, 0), "thu về 10 nhiều hơn phát ra 9."),
        (Sums(8, 8, 8, 0, 0), "phát ra 8, đúng ra là 9."),
        (Sums(9, 9, 10, -1, 0), "có số âm."),
    ):
        given = {**good, lines[0].pk: wrong}
        assert refusal(council.count_paper, found.session, given, by=found.tellers[0]).endswith(words)
    assert refusal(council.count_paper, found.session, {}, by=found.tellers[0]).endswith("chưa ghi kết quả phiếu giấy.")
    assert refusal(council.count_paper, found.session, good, by=found.clerk) == "Việc này do ban kiểm phiếu làm."
    council.count_paper(found.session, good, by=found.tellers[0])
    council.open_box(found.session, by=found.tellers[0])
    assert totals(found) == [(9, 9, 8, 1, 0, 8, True)] * 3


def test_mixed_session_adds_envelopes_and_paper() -> None:
    found = scenes.voting(scenes.scene(), mode="mixed", on_paper=[0, 1])
    assert refusal(scenes.cast, found, 0, "111") == ("Phiếu của thành viên này là phiếu giấy, nhận tại phòng họp.")
    for place in range(2, 9):
        scenes.cast(found, place, "110")
    council.close(found.session, by=found.tellers[0])
    council.count_paper(found.session, {line.pk: Sums(2, 2, 1, 0, 1) for line in found.lines}, by=found.tellers[0])
    council.open_box(found.session, (found.codes[0], found.codes[1]), by=found.tellers[0])
    assert totals(found) == [(9, 9, 8, 0, 1, 8, True)] * 2 + [(9, 9, 1, 7, 1, 1, False)]


def test_given_up_vote_forgets_paper_counts_too() -> None:
    found = scenes.voting(scenes.scene(), mode="paper")
    council.close(found.session, by=found.clerk)
    council.count_paper(found.session, {line.pk: Sums(9, 9, 9, 0, 0) for line in found.lines}, by=found.tellers[0])
    council.hold_again(found.session, reason="Thùng phiếu hở.", by=found.chair)
    assert PaperCount.objects.count() == 0


def test_what_lacks_is_named_before_the_roll_is_frozen() -> None:
    found = scenes.convened(scenes.scene(members=4))
    seats = queries.seats_of(found.session)
    called = {seat.pk: Called(place < 2) for place, seat in enumerate(seats)}
    council.call_roll(found.session, called, by=found.clerk)
    council.declare(found.session, {}, by=found.members[0])
    council.take_code(found.session, by=found.tellers[0])
    assert refusal(council.freeze, found.session, by=found.clerk) == (
        "Còn thiếu: mã của Kiểm Phiếu Hai; mã của Kiểm Phiếu Ba; ít nhất 3 người bỏ phiếu trên hệ thống (mới có 2);"
        " lý do vắng của Đặng Hữu Phước; lý do vắng của Cao Thị Thu; bản khai của Lâm Thị Bích Thuỷ (3 trường hợp)."
    )
    assert SESSION.verdict(found.session, "rehearse", found.clerk).reason.startswith("Còn thiếu: mã của Kiểm Phiếu Hai")


def test_what_lacks_is_named_before_members_are_called() -> None:
    found = scenes.scene(members=2)
    found.session = council.open_session(found.council, scenes.DAY, "Phòng họp", "online", by=found.clerk)
    found.council.members.filter(role="chair").update(role="member")
    assert refusal(council.convene, found.session, by=found.clerk) == (
        "Phiên họp còn thiếu: ít nhất 3 thành viên có quyền bỏ phiếu; Chủ tịch Hội đồng; ít nhất một trường hợp trong"
        " chương trình; ban kiểm phiếu ba người."
    )


def test_share_that_the_book_leaves_to_the_council_is_confirmed_from_a_text() -> None:
    found = scenes.ready(scenes.scene(issuer=""))
    assert "xác nhận tỷ lệ phiếu cho Người Được Đề Nghị 1" in refusal(council.freeze, found.session, by=found.clerk)
    confirm = council.confirm_share
    assert refusal(confirm, found.session, scenes.FIGHTER, " ", by=found.clerk).startswith("Xin ghi văn bản đã mở")
    assert refusal(confirm, found.session, "advanced_worker", "Quy chế, Điều 6", by=found.clerk) == (
        "Không có trường hợp nào của danh hiệu, hình thức này cần xác nhận tỷ lệ."
    )
    assert confirm(found.session, scenes.FIGHTER, "Quy chế Hội đồng, Điều 6", by=found.clerk) == 3
    council.freeze(found.session, by=found.clerk)
    line = found.lines[0]
    assert (line.at_least, line.more_than, line.rule_source, line.confirmed_text) == (
        80, None, "default", "Quy chế Hội đồng, Điều 6",
    )  # fmt: skip


def test_without_law_nothing_is_voted_on() -> None:
    found = scenes.scene()
    far = datetime.date(2027, 6, 1)
    found.session = council.open_session(found.council, far, "Phòng họp", "online", by=found.clerk)
    council.add_lines(found.session, found.nominations, by=found.clerk)
    assert not queries.book_rule(found.lines[0]).decides  # the day of receipt has a rule, the session's has none
    Dossier.objects.update(submitted_on=far)
    assert not queries.book_rule(found.lines[0]).has_share
    assert "Bộ quy định chưa có tỷ lệ" in refusal(
        council.confirm_share, found.session, scenes.FIGHTER, "Quy chế", by=found.clerk
    )
    assert any(text.startswith("tỷ lệ phiếu cho") for text in queries.missing_to_freeze(found.session))


def test_member_nominated_stands_aside_by_itself_and_so_does_the_own_unit_where_the_council_says_so() -> None:
    found = scenes.scene(same_unit_recuses=True)
    nominee = found.nominations[1].person
    assert nominee is not None
    for one in (nominee, found.head.person):
        council.add_member(found.council, Seating(one, "member"), by=found.clerk)
    scenes.convened(found)
    aside = queries.recusals(found.session)
    lines = found.lines
    seats = {seat.person: seat.pk for seat in queries.seats_of(found.session)}
    assert aside[lines[1].pk] == {seats[nominee], seats[found.head.person]}
    reasons = (
        queries.seats_of(found.session)[9].declarations.order_by("line__position").values_list("reason", flat=True)
    )
    assert list(reasons) == ["Cùng đơn vị với đề nghị", "Là người được đề nghị", "Cùng đơn vị với đề nghị"]


def test_declaring_anew_replaces_the_former_word() -> None:
    found = scenes.convened(scenes.scene())
    lines = found.lines
    council.declare(found.session, {lines[0].pk: "Là vợ"}, by=found.members[1])
    council.declare(found.session, {lines[1].pk: "Là em"}, by=found.members[1])
    seat = queries.seats_of(found.session)[1]
    assert [one.has_conflict for one in seat.declarations.all()] == [False, True, False]
    assert refusal(council.declare, found.session, {lines[1].pk: " "}, by=found.members[1]) == (
        "Mỗi trường hợp có xung đột lợi ích cần ghi lý do."
    )
    assert (
        refusal(council.declare, found.session, {}, by=found.clerk) == "Chỉ thành viên Hội đồng khai xung đột lợi ích."
    )


def test_nomination_stands_on_one_open_agenda_and_comes_back_when_the_session_is_cancelled() -> None:
    found = scenes.voting(scenes.scene())
    scenes.cast(found, 0, "111")
    other = council.open_session(found.council, scenes.DAY, "Phòng họp", "online", by=found.clerk)
    assert "đã có trong một phiên họp" in refusal(council.add_lines, other, found.nominations, by=found.clerk)
    council.cancel(found.session, reason="Hoãn họp.", by=found.clerk)
    assert Envelope.objects.count() == 0
    assert council.add_lines(other, found.nominations[:2], by=found.clerk) == 2
    council.remove_line(other.lines.get(position=1), by=found.clerk)
    assert [line.nomination for line in queries.lines_of(other)] == [found.nominations[1]]


def test_reminder_goes_to_those_who_have_not_voted() -> None:
    found = scenes.convened(scenes.scene())
    assert refusal(council.remind, found.session, by=found.clerk) == "Chỉ nhắc được khi đang bỏ phiếu."
    found = scenes.voting(scenes.scene(agency=found.agency))
    scenes.cast(found, 0, "111")
    assert council.remind(found.session, by=found.clerk) == 8


def test_vice_chair_presides_only_while_the_chair_is_away() -> None:
    found = scenes.voting(scenes.scene(), away=[0])
    council.close_early(found.session, reason="Hết giờ.", by=found.members[1])
    assert found.session.state == S.CLOSED
    other = scenes.voting(scenes.scene())
    assert refusal(council.close_early, other.session, reason="Hết giờ.", by=other.members[1]) == (
        "Việc này do Chủ tịch Hội đồng làm, hoặc Phó Chủ tịch khi Chủ tịch vắng."
    )


def test_session_is_not_concluded_without_a_conclusion_and_minutes_are_closed_after_it() -> None:
    found = scenes.counted(scenes.scene(), dict.fromkeys(range(9), "111"))
    assert refusal(council.conclude, found.session, by=found.chair) == "Thư ký chưa ghi kết luận của phiên họp."
    twin = found.session.version
    council.write_minutes(found.session, "", "Nhất trí.", version=twin, by=found.clerk)
    with pytest.raises(Overtaken):
        council.write_minutes(found.session, "", "Khác.", version=twin, by=found.clerk)
    council.conclude(found.fresh(), by=found.chair)
    assert refusal(council.write_minutes, found.session, "", "Muộn.", by=found.clerk) == (
        "Phiên họp đã kết thúc, biên bản không sửa được nữa."
    )


def test_who_may_keep_a_council() -> None:
    found = scenes.scene()
    assert refusal(council.establish, scenes.fields(), by=found.head).startswith("Hội đồng do thường trực")
    assert refusal(council.establish, scenes.fields(issuer="mars"), by=found.clerk) == (
        "Bộ quy định không có quy định riêng này."
    )
    early = scenes.fields(valid_until=datetime.date(2025, 1, 1))
    assert refusal(council.establish, early, by=found.clerk) == "Ngày hết nhiệm kỳ ở trước ngày bắt đầu."
    stranger = factories.person("Người Lạ")
    for member, words in (
        (Seating(stranger, "member"), "Người Lạ không công tác ở cơ quan lập Hội đồng."),
        (Seating(found.members[1].person, "member"), "Lâm Thị Bích Thuỷ đã có trong Hội đồng."),
        (Seating(found.head.person, "chair"), "Hội đồng đã có Chủ tịch."),
    ):
        assert refusal(council.add_member, found.council, member, by=found.clerk) == words
    council.remove_member(found.council, found.members[8].person, by=found.clerk)
    assert found.council.members.count() == 8
    scenes.convened(found)
    assert refusal(council.remove_member, found.council, found.members[7].person, by=found.clerk).startswith(
        "Hội đồng đã họp"
    )
    assert refusal(council.open_session, found.council, datetime.date(2025, 1, 1), "P", "online", by=found.clerk) == (
        "Ngày họp nằm ngoài thời hạn của Hội đồng."
    )


def test_counting_board_is_three_different_people_and_prepared_only_before_the_freeze() -> None:
    found = scenes.voting(scenes.scene())
    people = [one.person for one in found.tellers]
    assert refusal(council.name_tellers, found.session, people, by=found.clerk) == (
        "Danh sách đã khoá, chương trình không sửa được nữa."
    )
    assert refusal(council.take_code, found.session, by=found.tellers[0]).startswith("Mã chỉ phát từ khi triệu tập")
    assert refusal(council.take_code, found.session, by=found.clerk) == "Việc này do ban kiểm phiếu làm."
    assert refusal(council.call_roll, found.session, {}, by=found.clerk).startswith("Điểm danh từ khi triệu tập")
    assert refusal(council.declare, found.session, {}, by=found.members[0]).startswith("Bản khai chỉ nhận")
    draft = council.open_session(found.council, scenes.DAY, "P", "online", by=found.clerk)
    assert (
        refusal(council.name_tellers, draft, people[:2], by=found.clerk)
        == "Ban kiểm phiếu có ba người khác nhau giữ mã."
    )
