"""Registering: who for whom, until when, what comes back; a pasted list row by row; lists and papers out."""

import datetime
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from bangvang.kernel.workflow import Refused
from bangvang.movements import actions, papers
from bangvang.movements.models import Movement, Registration
from bangvang.movements.registering import awards_open, pasted
from bangvang.papers import blocks, xlsx
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.movements import scenes

TITLE = "advanced_worker"


@pytest.fixture
def registration(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Registration:
    return scenes.registration_of(scenes.rolled_out(lan, minh, hoa, [division]), division)


def test_people_write_their_own_lines_the_head_everybodys(
    registration: Registration, mai: Actor, binh: Actor, lan: Actor
) -> None:
    actions.register(registration, person=binh.person, award=TITLE, target="", by=binh)
    with pytest.raises(Refused, match="trưởng đơn vị ghi"):
        actions.register(registration, person=mai.person, award=TITLE, target="", by=binh)
    actions.register(registration, person=mai.person, award=TITLE, target="", by=mai)
    actions.register(registration, person=None, award="advanced_collective", target="", by=mai)
    with pytest.raises(Refused, match="không công tác ở"):
        actions.register(registration, person=lan.person, award=TITLE, target="", by=mai)
    with pytest.raises(Refused, match="Bản đăng ký này của"):
        actions.register(registration, person=lan.person, award=TITLE, target="", by=lan)
    assert registration.lines.count() == 3


def test_the_same_title_twice_is_refused_for_a_person_and_for_the_unit(registration: Registration, mai: Actor) -> None:
    for person, award in ((mai.person, TITLE), (None, "advanced_collective")):
        actions.register(registration, person=person, award=award, target="", by=mai)
        with pytest.raises(Refused, match="đã đăng ký rồi"):
            actions.register(registration, person=person, award=award, target="", by=mai)
    assert registration.lines.count() == 2


def test_after_the_last_day_nothing_is_written(registration: Registration, mai: Actor) -> None:
    for day, fits in ((scenes.LATER, True), (scenes.LATER + datetime.timedelta(days=1), False)):
        late = replace(mai, day=day)
        if fits:
            actions.register(registration, person=mai.person, award=TITLE, target="", by=late)
            continue
        for act in (
            lambda late=late: actions.register(registration, person=None, award=TITLE, target="", by=late),
            lambda late=late: actions.send_registration(registration, by=late),
        ):
            with pytest.raises(Refused, match="Đã hết hạn đăng ký"):
                act()


def test_sent_recalled_returned_accepted(
    registration: Registration, mai: Actor, binh: Actor, lan: Actor, minh: Actor
) -> None:
    with pytest.raises(Refused, match="chưa có dòng nào"):
        actions.send_registration(registration, by=mai)
    line = actions.register(registration, person=binh.person, award=TITLE, target="", by=binh)
    with pytest.raises(Refused, match="Trưởng đơn vị gửi"):
        actions.send_registration(registration, by=binh)
    actions.send_registration(registration, by=mai)
    with pytest.raises(Refused, match="rút về thì mới sửa được"):
        actions.unregister(line, by=binh)
    actions.recall_registration(registration, by=mai)
    actions.send_registration(registration, by=mai)
    for stranger in (mai, minh):
        with pytest.raises(Refused):
            actions.accept_registration(registration, by=stranger)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.return_registration(registration, reason=" ", by=lan)
    actions.return_registration(registration, reason="Thiếu chỉ tiêu", by=lan)
    actions.send_registration(registration, by=mai)
    actions.accept_registration(registration, by=lan)
    assert Registration.objects.get(pk=registration.pk).state == "accepted"
    steps = ["register", "send", "recall", "send", "return", "send", "accept"]
    assert factories.verbs_of(registration) == ["movement.roll_out", *(f"registration.{step}" for step in steps)]


def test_the_awards_are_the_years_titles_and_what_the_plan_offers(registration: Registration) -> None:
    people = dict(awards_open(registration.movement, collective=False))
    units = dict(awards_open(registration.movement, collective=True))
    assert people["unit_commendation"] == units["unit_commendation"] == "Giấy khen"
    assert (TITLE in people, TITLE in units, "advanced_collective" in units) == (True, False, True)
    assert "prime_minister_commendation" not in people


def test_a_pasted_list_is_understood_row_by_row(
    registration: Registration, mai: Actor, binh: Actor, division: Unit
) -> None:
    twin = factories.person("Trần Văn Bình", birth_year=1990)
    factories.duty(twin, division)
    actions.register(registration, person=mai.person, award=TITLE, target="", by=mai)
    text = "Họ và tên\tDanh hiệu\tChỉ tiêu\n"
    text += "vu thanh mai\tLĐTT lạ\t\nVũ Thanh Mai\tLao động tiên tiến\t\nTrần Văn Bình\tLao động tiên tiến\t=1\n"
    text += "Trần Văn Bình 1990\tChiến sĩ thi đua cơ sở\tmột sáng kiến\nTập thể\tTập thể lao động tiên tiến\t\nAi Đó\tLDTT\t"
    rows = pasted(text, registration, day=factories.DAY)
    assert [row.trouble for row in rows] == [
        "“LĐTT lạ” không có trong các danh hiệu, hình thức mở cho cá nhân.",
        "Danh hiệu này đã đăng ký rồi.",
        "“Trần Văn Bình” có 2 người cùng tên. Chọn theo năm sinh: chưa rõ năm hay 1990?",
        "",
        "",
        "Không có ai tên “Ai Đó” đang công tác ở Phòng Quản lý ngân sách.",
    ]
    assert (rows[3].person, rows[3].award, rows[4].is_unit) == (twin, "grassroots_emulation_fighter", True)
    chosen = pasted(text, registration, day=factories.DAY, chosen={4: binh.person.code})
    assert (chosen[2].person, chosen[2].trouble) == (binh.person, "")
    good = [(row.person, row.award, row.target) for row in chosen if not row.trouble]
    assert actions.register_many(registration, good, by=mai) == 3
    with pytest.raises(Refused):
        actions.register_many(registration, [(binh.person, "excellent", ""), good[0]], by=mai)
    assert registration.lines.count() == 4


def test_the_summary_counts_what_its_tables_show(registration: Registration, mai: Actor, binh: Actor) -> None:
    for person, award in (
        (binh.person, TITLE),
        (binh.person, "grassroots_emulation_fighter"),
        (None, "advanced_collective"),
    ):
        actions.register(registration, person=person, award=award, target="", by=mai)
    paper = papers.registration_summary(registration.movement, [registration])
    assert isinstance(paper.body[0], blocks.Paragraph)
    assert "Có 1 đơn vị đăng ký, gồm 1 cá nhân và 1 lượt đăng ký của tập thể." in paper.body[0].text
    section = paper.body[1]
    assert isinstance(section, blocks.Section)
    table = section.blocks[0]
    assert isinstance(table, blocks.Table)
    assert [row[0] for row in table.rows] == ["1", "2", "3"]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    content = xlsx.write("Đăng ký/2026", ("Tên", "Số"), [("=1+1", 7), ("@SUM(A1)", None), ("+84 1", 2.5), ("-3", 0)])
    with ZipFile(BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        words = file.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert [text in words for text in ("=1+1", "@SUM(A1)", "+84 1", "-3")] == [True] * 4


def test_a_movement_not_rolled_out_to_a_unit_takes_no_registration(
    registration: Registration, office: Unit, hoa: Actor
) -> None:
    stray = Registration(movement=registration.movement, unit=office)
    with pytest.raises(Refused, match="chưa triển khai đến đơn vị này"):
        actions.register(stray, person=hoa.person, award=TITLE, target="", by=hoa)
    assert Movement.objects.get().registrations.count() == 1
