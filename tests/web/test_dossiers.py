"""Dossiers, eligibility and the ledger over HTTP: the whole way, both texts, kept drafts, pasted rows, who is refused."""

import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from bangvang.dossiers import actions, queries
from bangvang.dossiers.models import Dossier, Judgement, Nomination
from bangvang.honours import actions as honours
from bangvang.honours.models import Standing
from bangvang.kernel import drafts
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.web.walk import press, read


@pytest.fixture
def dossier(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit, media: object) -> Dossier:
    movement = factories.movement(lan)
    factories.roll_out(movement, division, lan, minh, hoa)
    return actions.open_dossier(movement, 2025, by=mai)


@pytest.fixture
def line(dossier: Dossier, mai: Actor, binh: Actor) -> Nomination:
    binh.person.recruited_on = datetime.date(2010, 1, 1)
    binh.person.save()
    fact = factories.award(
        binh.person, kind="HTTNV", register="grades", paper_number="345/TB-STC", paper_on=datetime.date(2025, 12, 12)
    )
    honours.enter(fact, by=factories.MACHINE)
    return actions.nominate(dossier, factories.nomination(binh.person), by=mai)


def at(dossier: Dossier, rest: str = "") -> str:
    return f"/lam-viec/ho-so/{dossier.code}/{rest}"


def typed(who: str, **changes: Any) -> dict[str, Any]:
    known = {
        "kind": "person", "who": who, "award": "advanced_worker", "stream": "cong_trang", "for_year": "2025",
        "achievement": "Giải quyết 214 hồ sơ, không hồ sơ nào trễ hẹn.", "votes_for": "2", "votes_total": "2",
    }  # fmt: skip
    return {**known, **changes}


def test_the_head_opens_records_nominates_and_submits_and_the_clerk_accepts(
    as_mai: Client,
    as_lan: Client,
    lan: Actor,
    minh: Actor,
    hoa: Actor,
    mai: Actor,
    binh: Actor,
    division: Unit,
    media: object,
) -> None:
    movement = factories.movement(lan)
    factories.roll_out(movement, division, lan, minh, hoa)
    opened = as_mai.post("/lam-viec/ho-so/moi/", {"dot": movement.code})
    dossier = Dossier.objects.get()
    assert opened["Location"] == at(dossier)
    review = {"held_on": "02/03/2026", "place": "Phòng họp", "chair": mai.person.code, "secretary": binh.person.code}
    assert press(as_mai, at(dossier, "binh-xet/"), **review).status_code == 302
    assert press(as_mai, at(dossier, "de-nghi/moi/"), **typed(binh.person.code)).status_code == 302
    assert press(as_mai, at(dossier, "buoc/submit/")).status_code == 302
    page = read(as_lan.get(at(dossier)))
    assert ("Tiếp nhận" in page.words, "2/2" in page.words) == (True, True)
    assert press(as_lan, at(dossier, "buoc/accept/")).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.ACCEPTED


def test_a_second_press_makes_no_second_line(as_mai: Client, dossier: Dossier, binh: Actor) -> None:
    form = read(as_mai.get(at(dossier, "de-nghi/moi/"))).form("achievement")
    first = as_mai.post(at(dossier, "de-nghi/moi/"), {**form.fields, **typed(binh.person.code)})
    second = as_mai.post(at(dossier, "de-nghi/moi/"), {**form.fields, **typed(binh.person.code)})
    assert ([first.status_code, second.status_code], Nomination.objects.count()) == ([302, 302], 1)


def test_two_heads_editing_one_field_both_texts_are_shown_and_none_is_lost(
    as_mai: Client, line: Nomination, dossier: Dossier, binh: Actor, division: Unit
) -> None:
    address = at(dossier, f"de-nghi/{line.code}/sua/")
    form = read(as_mai.get(address)).form("achievement")
    mine, theirs = (
        {**form.fields, "achievement": "Câu của chị Mai."},
        {**form.fields, "achievement": "Câu của phó phòng."},
    )
    assert as_mai.post(address, theirs).status_code == 302
    late = as_mai.post(address, mine)
    page = late.content.decode()
    assert late.status_code == 409
    assert ("Câu của phó phòng." in page, "Câu của chị Mai." in page) == (True, True)
    again = read(late).form("achievement").fields
    assert again["achievement"] == "Câu của chị Mai."
    assert as_mai.post(address, again).status_code == 302
    line.refresh_from_db()
    assert line.achievement == "Câu của chị Mai."


def test_autosaved_text_is_offered_again_and_gone_after_saving(
    as_mai: Client, line: Nomination, dossier: Dossier, mai: Actor
) -> None:
    address = at(dossier, f"de-nghi/{line.code}/sua/")
    fields = {**read(as_mai.get(address)).form("achievement").fields, "achievement": "Đang gõ dở"}
    assert as_mai.post("/lam-viec/ho-so/luu-tam/", fields).content.decode() == "Đã lưu tạm trên máy chủ."
    assert "Còn một bản gõ dở" in read(as_mai.get(address)).words
    kept = read(as_mai.get(address + "?nhap=1")).form("achievement").fields
    assert kept["achievement"] == "Đang gõ dở"
    as_mai.post(address, kept)
    assert drafts.find(mai.user.pk, f"dossier:line:{line.code}") is None


def test_a_form_sent_after_the_session_ended_is_kept(
    as_mai: Client, line: Nomination, dossier: Dossier, mai: Actor
) -> None:
    address = at(dossier, f"de-nghi/{line.code}/sua/")
    fields = {**read(as_mai.get(address)).form("achievement").fields, "achievement": "Gõ trước khi hết phiên"}
    as_mai.logout()
    assert as_mai.post(address, fields).status_code == 302
    as_mai.force_login(mai.user, backend="django.contrib.auth.backends.ModelBackend")
    kept = read(as_mai.get(address + "?giu-lai=1")).form("achievement").fields
    assert kept["achievement"] == "Gõ trước khi hết phiên"


def test_pasted_rows_are_previewed_with_reasons_then_added_all_or_none(
    as_mai: Client, dossier: Dossier, binh: Actor, mai: Actor
) -> None:
    good = "Họ và tên\tDanh hiệu\nTran Van Binh\tLao động tiên tiến\t2025\t2\t2\tViệc tốt\n"
    bad = "Không Ai\tLDTT\t2025\t1\t2\tViệc\nVũ Thanh Mai\tBằng lạ\t2025\t\t\t\nVũ Thanh Mai\tLDTT\t25\t\t\t\nVũ Thanh Mai\tLDTT\t2025\t3\t2\t"
    donor = "Bà Lò Thị Pha\tGiấy khen\t2025\t2\t2\tTài trợ\tXã Nậm Lúc\n"
    address = at(dossier, "de-nghi/dan/")
    refused = as_mai.post(address, {"rows": good + donor + bad, "ghi": "1"})
    words = read(refused).words
    assert (refused.status_code, Nomination.objects.count()) == (422, 0)
    for reason in (
        "Không có ai tên “Không Ai”",
        "Không nhận ra danh hiệu",
        "Năm “25” chưa đúng",
        "Số phiếu “3/2” chưa đúng",
    ):
        assert reason in words
    assert "Cả 2 dòng đều đọc được" in read(as_mai.post(address, {"rows": good + donor})).words
    as_mai.post(address, {"rows": good + donor, "ghi": "1"})
    assert list(Nomination.objects.order_by("position").values_list("name_then", "kind")) == [
        ("Trần Văn Bình", "person"), ("Bà Lò Thị Pha", "outside_person"),
    ]  # fmt: skip


def test_exported_cells_are_never_formulas(as_mai: Client, dossier: Dossier, binh: Actor, mai: Actor) -> None:
    actions.nominate(dossier, factories.nomination(binh.person, achievement='=HYPERLINK("http://a.test")'), by=mai)
    content = as_mai.get(at(dossier, "danh-sach.xlsx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet, words = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert ("<f>" in sheet, "=HYPERLINK" in words, "Trần Văn Bình" in words) == (False, True, True)


def test_a_judgement_for_the_round_is_shown_with_who_and_text(
    as_lan: Client, as_mai: Client, line: Nomination, dossier: Dossier
) -> None:
    address = at(dossier, f"de-nghi/{line.code}/")
    asked = f"{address}nhan-dinh/?dieu-kien=takes_part_in_movement"
    assert as_mai.get(asked).status_code == 409
    given = {
        "answer": "yes",
        "instrument": "Báo cáo 45/BC-STC",
        "article": "mục II",
        "opened_on": "02/03/2026",
        "scope": "round",
    }
    assert press(as_lan, asked, **given).status_code == 302
    page = read(as_mai.get(address)).words
    assert "Nguyễn Thị Lan" in page
    assert "cho mọi đề nghị cùng hình thức của phong trào" in page
    assert "Đã mở Báo cáo 45/BC-STC, mục II, ngày 02/03/2026" in page
    assert Judgement.objects.get().movement_id == dossier.movement_id


@pytest.mark.parametrize("rest", ["", "binh-xet/", "de-nghi/moi/", "danh-sach.xlsx", "ban-xem-truoc/to-trinh.pdf"])
def test_a_dossier_one_may_not_see_is_not_there(as_hoa: Client, as_quan: Client, dossier: Dossier, rest: str) -> None:
    assert [client.get(at(dossier, rest)).status_code for client in (as_hoa, as_quan)] == [404, 404]


def test_staff_see_their_own_line_and_no_papers(
    as_binh: Client, line: Nomination, dossier: Dossier, mai: Actor
) -> None:
    other = actions.nominate(dossier, factories.nomination(mai.person), by=mai)
    page = read(as_binh.get(at(dossier)))
    assert (
        at(dossier, f"de-nghi/{line.code}/") in page.links,
        at(dossier, f"de-nghi/{other.code}/") in page.links,
    ) == (True, False)
    assert as_binh.get(at(dossier, "ban-xem-truoc/to-trinh.docx")).status_code == 404


@pytest.mark.parametrize(("year", "day", "words"), [
    (2022, "20/12/2022", "NĐ 91/2017/NĐ-CP"), (2024, "20/12/2024", "Luật Thi đua, khen thưởng 2022"),
    (2025, "20/12/2025", "Luật Thi đua, khen thưởng 2022"), (2026, "20/12/2026", "Luật 06/2026/QH16 có hiệu lực từ 01/10/2026"),
])  # fmt: skip
def test_every_regime_can_be_asked_for(as_lan: Client, binh: Actor, year: int, day: str, words: str) -> None:
    page = as_lan.get(f"/lam-viec/dieu-kien/ca-nhan/{binh.person.code}/", {"nam": year, "ngay": day})
    assert (page.status_code, words in read(page).words) == (200, True)


def test_a_missing_record_leads_to_its_form_and_back(as_lan: Client, binh: Actor) -> None:
    page = read(as_lan.get(f"/lam-viec/dieu-kien/ca-nhan/{binh.person.code}/", {"nam": 2025, "ngay": "20/12/2025"}))
    address = next(link for link in page.links if link.startswith("/lam-viec/ghi-so/") and "so=grades&nam=2025" in link)
    paper = {"kind": "HTTNV", "paper_number": "345/TB-STC", "paper_on": "12/12/2025", "issuer": "Giám đốc Sở"}
    done = press(as_lan, address, **paper)
    assert done["Location"].startswith(f"/lam-viec/dieu-kien/ca-nhan/{binh.person.code}/")
    assert Standing.objects.get().paper_number == "345/TB-STC"
    assert "2025: Hoàn thành tốt nhiệm vụ (345/TB-STC, 12/12/2025)" in read(as_lan.get(done["Location"])).words


def test_the_entry_form_never_leads_to_another_site(as_lan: Client, binh: Actor) -> None:
    form = read(as_lan.get(f"/lam-viec/ghi-so/{binh.person.code}/?so=grades&ve=//evil.test/")).form("kind")
    assert form.fields["ve"] == f"/lam-viec/so-vang/{binh.person.code}/"


def test_a_register_is_declared_complete_by_the_clerk_only(as_lan: Client, as_mai: Client, division: Unit) -> None:
    address = f"/lam-viec/ghi-so/{division.code}/da-du/?so=grades&nam=2025"
    assert as_mai.get(address).status_code == 409
    assert press(as_lan, address, so="grades").status_code == 302
    assert division.completeness.get().year == 2025


def test_a_pasted_list_enters_the_ledger_all_or_none(as_lan: Client, binh: Actor, division: Unit) -> None:
    name = binh.person.full_name
    rows = [
        f"Họ và tên\tNội dung\tNăm\tSố\tNgày\tNơi\n{name}\tlao dong tien tien\t2024\t22/QĐ-STC\t10/01/2025\tGiám đốc Sở",
        f"{name}\tSáng kiến được công nhận ở cơ sở\t2024\t7/QĐ-STC\t05/12/2024\tGiám đốc Sở\tBảng kê chung",
        f"{division.name}\tTập thể lao động tiên tiến\t2024\t23/QĐ-STC\t10/01/2025\tGiám đốc Sở",
    ]
    wrong = "\n".join(
        [*rows, "Người Không Có\tGiấy khen\t2024\t1/QĐ\t10/01/2025\tGiám đốc Sở", f"{name}\tKhông rõ\t2024"]
    )
    page = as_lan.post("/lam-viec/ghi-so/", {"rows": wrong, "ghi": "1"})
    assert page.status_code == 422
    assert "Không có người hay đơn vị nào tên “Người Không Có”." in read(page).words
    assert "Không nhận ra nội dung “Không rõ”" in read(page).words
    assert Standing.objects.count() == 0
    done = as_lan.post("/lam-viec/ghi-so/", {"rows": "\n".join(rows), "ghi": "1"})
    assert done["Location"] == "/lam-viec/so-vang/"
    assert list(Standing.objects.order_by("entry__seq").values_list("register", "kind", "note")) == [
        ("titles", "advanced_worker", ""),
        ("initiatives", "co_so", "Bảng kê chung"),
        ("titles", "advanced_collective", ""),
    ]
    again = as_lan.post("/lam-viec/ghi-so/", {"rows": rows[0], "ghi": "1"})
    assert "Sổ năm 2024 đã có “Lao động tiên tiến”" in read(again).words
    assert as_lan.get("/lam-viec/so-vang/so-vang.xlsx").content[:2] == b"PK"


def test_only_the_standing_body_pastes_into_the_ledger(as_mai: Client, as_binh: Client) -> None:
    assert [client.get("/lam-viec/ghi-so/").status_code for client in (as_mai, as_binh)] == [409, 409]


def test_the_list_of_dossiers_comes_as_a_sheet(as_mai: Client) -> None:
    assert as_mai.get("/lam-viec/ho-so/ho-so.xlsx").content[:2] == b"PK"


def test_a_thematic_nomination_is_judged_by_the_way_of_movements(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    given = {"award": "unit_commendation", "stream": "chuyen_de"}
    line = actions.nominate(dossier, factories.nomination(binh.person, **given), by=mai)
    answer = queries.judged(line, mai.day)
    assert [finding.condition for finding in answer.findings] == ["door:movement"]
    assert list(actions.open_conditions(line, mai.day).values()) == [
        "Thành tích trong phong trào thi đua theo chuyên đề"
    ]


def test_several_ways_to_an_award_stand_under_one_of_them_is_enough(as_lan: Client, binh: Actor) -> None:
    page = read(as_lan.get(f"/lam-viec/dieu-kien/ca-nhan/{binh.person.code}/", {"nam": 2025, "ngay": "20/12/2025"}))
    assert "Một trong 3 cách sau, đạt một cách là đủ" in page.words
    assert "Thành tích đột xuất Đây là nhận định, máy không kết luận thay." in page.words


def test_staff_count_only_the_lines_that_they_may_read(
    as_binh: Client, line: Nomination, dossier: Dossier, mai: Actor, division: Unit
) -> None:
    actions.nominate(dossier, factories.nomination(division, award="unit_commendation"), by=mai)
    row = re.search(r"<tbody>(.*?)</tbody>", as_binh.get("/lam-viec/ho-so/").content.decode(), re.DOTALL)
    assert row is not None
    assert re.findall(r'<td class="n">(\d+)</td>', row[1]) == ["1"]


def test_a_cap_is_said_of_the_list_on_the_dossier_and_before_submitting_and_stops_nothing(
    as_mai: Client, as_binh: Client, as_lan: Client, dossier: Dossier, mai: Actor, binh: Actor, division: Unit
) -> None:
    given = {"award": "grassroots_emulation_fighter", "year": 2021}
    for who in (binh, mai):
        actions.nominate(dossier, factories.nomination(who.person, **given), by=mai)
    honours.declare_complete(division, "titles", 2021, by=factories.MACHINE, on=mai.day)
    actions.record_review(dossier, factories.meeting(mai, binh.person), by=mai)
    said = "2 × 15 % = 0,3; đề nghị 2, vượt 2 so với 0 (Số được đề nghị không vượt tỷ lệ: bỏ phần lẻ)."
    rest = ("", "buoc/submit/")
    shown = [read(as_mai.get(at(dossier, one))).words for one in rest]
    assert [said in words and "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP" in words for words in shown] == [True, True]
    assert [said in read(client.get(at(dossier))).words for client in (as_lan, as_binh)] == [True, False]
    assert press(as_mai, at(dossier, "buoc/submit/")).status_code == 302
    assert Dossier.objects.get().state == Dossier.State.SUBMITTED
