"""What hardly ever happens, each with its words: strangers, a changed council, letters that do not fit, everything as text."""

import datetime

import pytest

from bangvang.council import access, ballot, papers, queries
from bangvang.council import actions as council
from bangvang.council.actions.voting import envelope_mark
from bangvang.council.models import Envelope, Session
from bangvang.council.workflow import SESSION
from bangvang.dossiers.models import Nomination
from bangvang.people.models import Duty
from tests import factories
from tests.council import scenes
from tests.council.test_session import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def sealed_anew(found: scenes.Scene, place: int, letters: str) -> None:
    """Another ballot in a member's envelope, sealed as it should be."""
    seat = queries.seats_of(found.session)[place]
    mark = envelope_mark(found.session, seat)
    sealed = ballot.seal(letters.encode(), to=bytes(found.session.public_key or b""), bound_to=mark)
    Envelope.objects.filter(seat=seat).update(sealed=sealed)


def test_another_agency_and_the_administrator_run_nothing() -> None:
    found = scenes.convened(scenes.scene())
    other = factories.actor("Người Khác", factories.agency("Sở Nội vụ"), Duty.Role.CLERK)
    quan = factories.actor("Quản Trị", found.agency, Duty.Role.ADMINISTRATOR)
    for stranger in (other, quan):
        assert access.runs(stranger, found.session).reason == "Hội đồng này thuộc cơ quan khác."
        assert list(access.sessions_visible_to(stranger)) == []
    council_of_ours = found.council
    assert refusal(council.remove_member, council_of_ours, found.members[1].person, by=other) == (
        "Hội đồng này thuộc cơ quan khác."
    )


def test_a_file_opens_for_no_stranger_and_for_no_recused_member() -> None:
    found = scenes.ready(scenes.scene(), conflicts={2: [0]})
    line = found.lines[0]
    line.session = found.session
    stranger = factories.actor("Người Ngoài", found.agency)
    assert access.may_open_file(stranger, line).reason == "Hồ sơ chỉ mở cho thành viên Hội đồng."
    assert access.may_open_file(found.members[2], line).reason == "Đã khai có xung đột lợi ích nên không mở hồ sơ này."
    assert access.may_open_file(found.clerk, line)
    found.session.seats.filter(position=3).update(has_vote=False)  # sits in the council without a vote
    assert access.may_open_file(found.members[2], line)


def test_paper_counts_and_rehearsals_belong_to_their_kind_of_session() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    assert refusal(council.count_paper, found.session, {}, by=found.tellers[0]) == (
        "Kết quả phiếu giấy nhập sau khi đóng bỏ phiếu, ở phiên có phiếu giấy."
    )
    paper = scenes.ready(scenes.scene(), mode="paper")
    assert SESSION.verdict(paper.session, "rehearse", paper.clerk).reason == (
        "Phiên này chỉ có phiếu giấy, không cần bỏ phiếu thử trên hệ thống."
    )


def test_counting_board_named_anew_after_the_convening_is_told() -> None:
    found = scenes.convened(scenes.scene())
    people = [found.tellers[2].person, found.tellers[1].person, found.tellers[0].person]
    council.name_tellers(found.session, people, by=found.clerk)
    assert [one.person for one in queries.tellers_of(found.session)] == people


def test_ballots_that_do_not_fit_the_lines_are_not_opened() -> None:
    found = scenes.closed(scenes.scene(), dict.fromkeys(range(9), "111"))
    codes = (found.codes[0], found.codes[1])
    sealed_anew(found, 0, "11")
    assert "không đủ số dòng" in refusal(council.open_box, found.session, codes, by=found.tellers[0])
    sealed_anew(found, 0, "1?1")
    assert "cộng lại là 8, thu về 9" in refusal(council.open_box, found.session, codes, by=found.tellers[0])


def test_an_envelope_filled_between_the_look_and_the_seal_is_not_filled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = scenes.voting(scenes.scene())
    seal = ballot.seal

    def slow(content: bytes, *, to: bytes, bound_to: str) -> bytes:
        sealed_anew_by = seal(b"000", to=to, bound_to=bound_to)
        Envelope.objects.filter(seat__position=1).update(sealed=sealed_anew_by)
        return seal(content, to=to, bound_to=bound_to)

    monkeypatch.setattr(ballot, "seal", slow)
    assert refusal(scenes.cast, found, 0, "111") == "Phiếu đã được niêm phong từ trước."


def test_more_that_can_be_missing() -> None:
    found = scenes.opened(scenes.scene())
    found.council.valid_until = datetime.date(2026, 2, 1)
    found.council.save()
    found.fresh()
    assert queries.missing_to_convene(found.session) == ["ngày họp trong thời hạn của Hội đồng"]
    mixed = scenes.ready(scenes.scene(), mode="mixed")
    Nomination.objects.filter(pk=mixed.nominations[0].pk).update(withdrawn_on=scenes.DAY)
    assert queries.missing_to_freeze(mixed.session) == [
        "bỏ Người Được Đề Nghị 1 khỏi chương trình (đã rút)",
        "ít nhất một người bỏ phiếu giấy, hoặc đổi cách bỏ phiếu",
    ]


def test_everything_has_a_name_to_be_read_by() -> None:
    found = scenes.ready(scenes.scene(), away=[8], conflicts={0: [0]}, mode="mixed", on_paper=[1])
    lines, seats = found.lines, queries.seats_of(found.session)
    council.write_opinions(seats[8], {lines[0].pk: True}, factories.stored_file(found.clerk.user), by=found.clerk)
    council.freeze(found.session, by=found.clerk)
    for place in (0, *range(2, 8)):
        scenes.cast(found, place, "111")
    council.close(found.session, by=found.clerk)
    from bangvang.council.counting import Sums

    council.count_paper(found.session, {line.pk: Sums(1, 1, 1, 0, 0) for line in lines}, by=found.tellers[0])
    conflict = seats[0].declarations.get(line=lines[0])
    things = [
        found.council, found.council.members.first(), seats[0], lines[0], conflict, seats[8].opinions.get(),
        found.session.tellers.first(), seats[0].envelope, found.session.wrapped_keys.order_by("pk").first(),
        lines[0].paper_count,
    ]  # fmt: skip
    assert [str(thing).split(" (")[0] for thing in things] == [
        "Hội đồng Thi đua, khen thưởng Sở Tài chính",
        "Nguyễn Đình Khải, Chủ tịch",
        "Nguyễn Đình Khải, Chủ tịch",
        "1. Người Được Đề Nghị 1: grassroots_emulation_fighter 2025",
        "Nguyễn Đình Khải, Chủ tịch",
        "Trịnh Quốc Bảo, Uỷ viên",
        "Kiểm Phiếu Một",
        f"phong bì của ghế {seats[0].pk}",
        "khoá cho 1 và 2",
        "phiếu giấy: 1. Người Được Đề Nghị 1: grassroots_emulation_fighter 2025",
    ]


def test_a_session_in_which_nothing_passed_has_its_papers_too() -> None:
    found = scenes.counted(scenes.scene(lines=1), dict.fromkeys(range(9), "0"))
    session = Session.objects.get(pk=found.session.pk)
    for paper in (papers.counting_record(session), papers.minutes(session)):
        assert "Đạt tỷ lệ: 0 trên 1 trường hợp." in str(paper)


def test_minutes_and_counting_record_are_signed_side_by_side_and_say_every_line() -> None:
    found = scenes.counted(scenes.scene(lines=2), dict.fromkeys(range(9), "10"))
    session = Session.objects.get(pk=found.session.pk)
    record, minutes = papers.counting_record(session), papers.minutes(session)
    assert [(one.titles(), one.name) for one in (*record.beside, record.signature)] == [
        (("UỶ VIÊN",), "Kiểm Phiếu Hai"),
        (("UỶ VIÊN",), "Kiểm Phiếu Ba"),
        (("TRƯỞNG BAN",), "Kiểm Phiếu Một"),
    ]
    assert [(one.titles(), one.name) for one in (*minutes.beside, minutes.signature)] == [
        (("THƯ KÝ",), ""),  # this council has no secretary: whoever kept the minutes writes the name
        (("CHỦ TỊCH HỘI ĐỒNG",), "Nguyễn Đình Khải"),
    ]
    assert [row[1:4] + row[-1:] for row in papers.minutes_table(queries.lines_of(session)).rows] == [
        (name, "Chuyên viên, Phòng Quản lý ngân sách", "“Chiến sĩ thi đua cơ sở”", result)
        for name, result in (("Người Được Đề Nghị 1", "Đạt"), ("Người Được Đề Nghị 2", "Không đạt"))
    ]
