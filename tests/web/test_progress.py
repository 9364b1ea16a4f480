"""The pages of following a movement: setting it up, a unit's report, its steps, the board, who sees what."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements.models import Movement
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions
from bangvang.progress.models import Period, Reminder, Report
from tests import factories
from tests.progress import scenes
from tests.web.walk import press, queries_of, read


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def board_of(movement: Movement, rest: str = "") -> str:
    return f"/lam-viec/tien-do/phong-trao/{movement.code}/{rest}"


def page_of(movement: Movement, rest: str = "") -> str:
    return f"/lam-viec/tien-do/{Report.objects.get(period__movement=movement, period__name='Quý II/2026').code}/{rest}"


def test_the_clerk_sets_up_indicators_and_periods(as_lan: Client, movement: Movement) -> None:
    setup = board_of(movement, "cach-theo-doi/")
    wrong = press(
        as_lan, board_of(movement, "chi-tieu-moi/"), label="Tiết kiệm chi", measure="triệu đồng", target="12 tỷ"
    )
    assert (wrong.status_code, "không phải “tỷ”" in read(wrong).words) == (422, True)
    made = press(
        as_lan, board_of(movement, "chi-tieu-moi/"), label="Tiết kiệm chi", measure="triệu đồng", target="1.250,5"
    )
    assert made["Location"] == setup
    words = read(as_lan.get(setup)).words
    assert ("Tiết kiệm chi" in words, "1.250,5 triệu đồng" in words) == (True, True)
    press(
        as_lan,
        board_of(movement, "cac-ky/"),
        kind="quarter",
        starts_on="01/4/2026",
        ends_on="31/12/2026",
        days_after="5",
    )
    assert sorted(Period.objects.standing().values_list("name", flat=True)) == [
        "Quý II/2026",
        "Quý III/2026",
        "Quý IV/2026",
    ]
    early = press(
        as_lan,
        board_of(movement, "ky-moi/"),
        name="Sơ kết",
        starts_on="01/4/2026",
        ends_on="30/6/2026",
        due_on="01/3/2026",
    )
    assert (early.status_code, "Hạn gửi sớm hơn ngày đầu kỳ" in read(early).words) == (422, True)
    press(
        as_lan,
        board_of(movement, "ky-moi/"),
        name="Sơ kết",
        starts_on="01/4/2026",
        ends_on="30/6/2026",
        due_on="15/7/2026",
    )
    as_lan.post(board_of(movement, "bo/"), {"chi-tieu": "3"})
    as_lan.post(board_of(movement, "bo/"), {"ky": Period.objects.get(name="Sơ kết").code})
    assert (movement.indicators.count(), Period.objects.standing().filter(name="Sơ kết").exists()) == (2, False)


def test_a_period_is_extended_and_says_so(as_lan: Client, as_mai: Client, movement: Movement) -> None:
    period, setup = movement.periods.get(), board_of(movement, "cach-theo-doi/")
    address = board_of(movement, f"gia-han/{period.code}/")
    assert address in as_lan.get(setup).content.decode()
    assert as_mai.get(address).status_code == 409
    short = press(as_lan, address, due_on="01/7/2026", reason="Bão số 5.")
    assert (short.status_code, "Hạn mới phải sau ngày 05/07/2026." in read(short).words) == (422, True)
    press(as_lan, address, due_on="10/7/2026", reason="Bão số 5.")
    assert "gia hạn 02/03/2026" in read(as_lan.get(setup)).words
    assert "10/07, gia hạn" in read(as_lan.get(board_of(movement))).words


def test_a_report_is_written_sent_returned_accepted_over_pages(
    as_binh: Client, as_mai: Client, as_lan: Client, movement: Movement
) -> None:
    page = page_of(movement)
    wrong = press(as_binh, page, so_1="994.700 triệu", so_2="1,2 %", results="Đã giải ngân.")
    assert (wrong.status_code, "không phải “triệu”" in read(wrong).words) == (422, True)
    strange = press(as_binh, page, so_1="994,7", so_2="1,2", results="Đã giải ngân 😀")
    assert (strange.status_code, "Bản in không có ký tự 😀" in read(strange).words) == (422, True)
    press(as_binh, page, so_1="994,7 tỷ", so_2="1,2 %", results="Đã giải ngân.", good_examples="Bản Nà Hin làm sớm.")
    form = read(as_mai.get(page)).form("so_1")
    assert (form.fields["so_1"], form.fields["so_2"], form.fields["results"]) == ("994,7", "1,2", "Đã giải ngân.")
    assert as_binh.get(page_of(movement, "buoc/send/")).status_code == 409
    setup = board_of(movement, "cach-theo-doi/")
    offered = read(as_lan.get(setup)).words
    assert ("Bỏ kỳ Quý II/2026" in offered, "Bỏ chỉ tiêu" in offered) == (
        True,
        False,
    )  # numbers stand, no report is sent
    press(as_mai, page_of(movement, "buoc/send/"))
    assert "Bỏ kỳ Quý II/2026" not in read(as_lan.get(setup)).words
    assert "Tiếp nhận 1 báo cáo: Quý II/2026" in read(as_lan.get("/lam-viec/")).words
    assert press(as_lan, page_of(movement, "buoc/return/"), reason="").status_code == 422
    press(as_lan, page_of(movement, "buoc/return/"), reason="Thiếu số tháng 6")
    assert "“Thiếu số tháng 6”" in read(as_binh.get(page)).words
    press(as_mai, page_of(movement, "buoc/send/"))
    press(as_lan, page_of(movement, "buoc/accept/"))
    words = read(as_lan.get(page)).words
    assert ("994,7 tỷ đồng" in words, "100 %" in words, "Bản Nà Hin làm sớm." in words) == (True, True, True)
    assert as_mai.post(page, {"results": "Sửa nữa"}).status_code == 409
    assert as_mai.get(page_of(movement, "buoc/khong-co/")).status_code == 404


def test_two_clerks_both_texts_are_shown_and_the_second_goes_on(
    as_binh: Client, as_mai: Client, movement: Movement
) -> None:
    page = page_of(movement)
    opened = read(as_mai.get(page)).form("so_1").fields
    press(as_binh, page, so_1="400", results="Bản của Bình")
    late = as_mai.post(page, {**opened, "so_1": "401", "results": "Bản của Mai"})
    told = read(late)
    assert (late.status_code, "Bản của Bình" in told.words, "Bản của Mai" in told.words) == (409, True, True)
    assert Report.objects.get(period__movement=movement).results == "Bản của Bình"
    again = told.form("so_1")
    assert (again.fields["so_1"], again.fields["results"]) == ("401", "Bản của Mai")
    as_mai.post(page, again.fields)
    assert Report.objects.get(period__movement=movement).results == "Bản của Mai"


def test_what_was_typed_is_kept_while_typing(as_binh: Client, movement: Movement) -> None:
    page = page_of(movement)
    fields = read(as_binh.get(page)).form("so_1").fields
    kept = as_binh.post("/lam-viec/tien-do/luu-tam/", {**fields, "so_1": "12,5", "results": "Đang gõ"})
    assert kept.content.decode() == "Đã lưu tạm trên máy chủ."
    assert "Còn một bản gõ dở" in read(as_binh.get(page)).words
    form = read(as_binh.get(f"{page}?nhap=1")).form("so_1")
    assert (form.fields["so_1"], form.fields["results"]) == ("12,5", "Đang gõ")
    assert as_binh.post("/lam-viec/tien-do/luu-tam/", {"draft_name": "movement:x"}).status_code == 404


def test_a_file_is_sent_checked_opened_and_taken_out(
    as_binh: Client, as_lan: Client, as_hoa: Client, movement: Movement, media: object
) -> None:
    empty = as_binh.post(page_of(movement, "tep/"), {})
    assert (empty.status_code, "Chưa chọn tệp." in read(empty).words) == (422, True)
    as_binh.post(page_of(movement, "tep/"), {"file": SimpleUploadedFile("Bang ke.txt", b"12 ho so")})
    added = Report.objects.get(period__movement=movement).files.get()
    address = page_of(movement, f"tep/{added.file.code}/")
    assert as_lan.get(address).status_code == 404
    stored.settle(added.file, kind="txt")
    assert (as_lan.get(address).content, as_hoa.get(address).status_code) == (b"12 ho so", 404)
    assert as_lan.post(f"{address}bo/").status_code == 409
    as_binh.post(f"{address}bo/")
    assert Report.objects.get(period__movement=movement).files.count() == 0


def test_the_board_tells_who_is_late_and_what_the_figures_reach(
    as_lan: Client, as_minh: Client, movement: Movement, mai: Actor
) -> None:
    scenes.sent(movement, mai)
    for client in (as_lan, as_minh):
        words = read(client.get(board_of(movement))).words
        assert "1 đơn vị: không đơn vị nào nợ báo cáo. Quý II/2026: 1 trên 1 báo cáo đã gửi" in words
        assert ("400 tỷ đồng" in words, "40,2 %" in words, "1 trên 1 đơn vị đạt" in words) == (True, True, True)
    file = as_lan.get(board_of(movement, "tien-do.xlsx"))
    with ZipFile(BytesIO(file.content)) as book:
        assert "Quý II/2026" in book.read("xl/sharedStrings.xml").decode()
    assert queries_of(as_lan, board_of(movement)) <= 15
    assert "Theo dõi tiến độ các đơn vị" in read(as_minh.get(f"/lam-viec/phong-trao/{movement.code}/")).words


def test_who_owes_finds_it_among_the_tasks(
    as_mai: Client, as_binh: Client, as_lan: Client, movement: Movement, settings: Any
) -> None:
    settings.ASSUMED_TODAY = scenes.DUE - datetime.timedelta(days=15)
    assert "Gửi báo cáo: Quý II/2026" not in read(as_mai.get("/lam-viec/")).words
    settings.ASSUMED_TODAY = scenes.DUE
    assert "Gửi báo cáo: Quý II/2026" in read(as_mai.get("/lam-viec/")).words
    assert "Gửi báo cáo: Quý II/2026" not in read(as_binh.get("/lam-viec/")).words
    assert "nợ báo cáo" not in read(as_lan.get("/lam-viec/")).words
    settings.ASSUMED_TODAY = scenes.DUE + datetime.timedelta(days=1)
    assert "1 đơn vị nợ báo cáo: Quý II/2026" in read(as_lan.get("/lam-viec/")).words
    page = read(as_mai.get(page_of(movement))).words
    assert ("Đã quá hạn 1 ngày" in page, "chưa gửi bản đăng ký thi đua" in page) == (True, True)


def test_a_unit_withdraws_with_a_reason(as_lan: Client, as_mai: Client, movement: Movement, division: Unit) -> None:
    address = board_of(movement, f"rut/{division.code}/")
    assert as_mai.get(address).status_code == 409
    press(as_lan, address, reason="Đơn vị tham gia phong trào của Bộ")
    assert movement.roll_outs.get().state == "withdrawn"
    assert "đã rút khỏi phong trào này, không phải gửi báo cáo nữa" in read(as_mai.get(page_of(movement))).words
    assert as_lan.get(address).status_code == 409
    movement_page = read(as_lan.get(f"/lam-viec/phong-trao/{movement.code}/")).words
    assert ("Đã rút" in movement_page, "tất cả đã trả lời đủ" in movement_page) == (True, True)


@pytest.mark.parametrize(
    ("who", "own", "table", "steps"),
    [("as_hoa", 404, 409, 404), ("as_binh", 200, 409, 409), ("as_minh", 200, 200, 409), ("as_quan", 404, 404, 404)],
)
def test_who_sees_what(
    who: str, own: int, table: int, steps: int, movement: Movement, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who)
    assert client.get(page_of(movement)).status_code == own
    assert client.get(board_of(movement)).status_code == table
    assert client.get(page_of(movement, "buoc/accept/")).status_code == steps
    assert client.get(board_of(movement, "ky-moi/")).status_code == (404 if who == "as_quan" else 409)


def test_pages_cost_the_same_for_one_period_and_for_many(as_mai: Client, movement: Movement, lan: Actor) -> None:
    page = f"/lam-viec/phong-trao/{movement.code}/"
    as_mai.get(page)
    before = queries_of(as_mai, page)
    for month in range(3):
        name = scenes.QUARTER.name + "a" * (month + 1)
        actions.open_period(movement, scenes.Span(name, scenes.FIRST, scenes.LAST, scenes.DUE), by=lan)
    assert queries_of(as_mai, page) == before


def test_reminding_now_and_by_rule(as_lan: Client, as_mai: Client, movement: Movement, settings: Any) -> None:
    settings.ASSUMED_TODAY = scenes.DUE
    wrong = press(as_lan, board_of(movement, "lich-nhac-moi/"), when="before", count="0")
    assert (wrong.status_code, "từ 1 trở lên" in read(wrong).words) == (422, True)
    press(as_lan, board_of(movement, "lich-nhac-moi/"), when="before", count="3", release="rule")
    assert "Trước hạn 3 ngày làm việc" in read(as_lan.get(board_of(movement, "cach-theo-doi/"))).words
    as_lan.post(board_of(movement, "bo/"), {"lich": movement.reminder_rules.get().pk})
    assert movement.reminder_rules.count() == 0
    drafted = press(as_lan, board_of(movement), ky=Period.objects.get().code)
    page = drafted["Location"]
    assert "Xem và gửi lời nhắc: Quý II/2026" in read(as_lan.get("/lam-viec/")).words
    assert as_mai.get(page).status_code == 404
    assert press(as_lan, page, text="").status_code == 422
    press(as_lan, page, text="Xin gửi trong hôm nay.")
    assert Reminder.objects.get().state == "released"
    assert "Xin gửi trong hôm nay." in read(as_lan.get(page)).words
    again = as_lan.post(board_of(movement, "nhac/"), {"ky": Period.objects.get().code})["Location"]
    as_lan.post(again, {"khong-gui": "1"})
    assert list(Reminder.objects.order_by("pk").values_list("state", flat=True)) == ["released", "dropped"]
    assert as_mai.post(board_of(movement, "nhac/"), {"ky": Period.objects.get().code}).status_code == 409


def test_the_review_is_written_approved_numbered_and_issued_page_by_page(
    as_lan: Client,
    as_minh: Client,
    as_hoa: Client,
    as_binh: Client,
    movement: Movement,
    mai: Actor,
    lan: Actor,
    media: Path,
) -> None:
    assert "Soạn báo cáo sơ kết" not in read(as_lan.get(board_of(movement))).words
    actions.accept(scenes.sent(movement, mai), by=lan)
    assert "Soạn báo cáo sơ kết, tổng kết Quý II/2026" in as_lan.get(board_of(movement)).content.decode()
    begun = as_lan.post(f"/lam-viec/so-ket/moi/{Period.objects.get().code}/")
    page = begun["Location"]
    assert "Viết tiếp báo cáo: sơ kết Quý II/2026" in read(as_lan.get("/lam-viec/")).words
    assert "Trình duyệt báo cáo: chưa được Báo cáo còn thiếu phần: nguyên nhân" in read(as_lan.get(page)).words
    assert "Đã tiếp nhận báo cáo của 01 đơn vị" in read(as_lan.get(page)).words
    found = as_lan.get(f"{page}ban-xem-truoc.docx")
    assert (found["Content-Disposition"][:10], found.content[:2]) == ("attachment", b"PK")
    assert as_lan.get(f"{page}ban-xem-truoc.exe").status_code == 404
    press(as_lan, page, causes="Thiếu người.", next_tasks="Đôn đốc hằng tuần.")
    assert as_lan.post(page, {"results": "Bản cũ", "version": "1"}).status_code == 409
    for reader in (as_hoa, as_binh):
        assert reader.get(page).status_code == 404
    press(as_lan, f"{page}buoc/submit/")
    assert "Duyệt báo cáo: sơ kết Quý II/2026" in read(as_minh.get("/lam-viec/")).words
    press(as_minh, f"{page}buoc/approve/", password=factories.PASSWORD)
    assert "Ghi số báo cáo: sơ kết Quý II/2026" in read(as_hoa.get("/lam-viec/")).words
    press(as_hoa, f"{page}buoc/issue/", number="57", issued_on="02/03/2026")
    assert "Số 57/BC-STC, ngày 02/03/2026" in read(as_binh.get(page)).words
    assert "số 57/BC-STC" in read(as_binh.get(f"/lam-viec/phong-trao/{movement.code}/")).words
    assert "Viết tin từ đây" in read(as_lan.get(page)).words
    written = as_lan.get(f"/lam-viec/tin/tu/so-ket/{page.split('/')[-2]}/").content.decode()
    assert "ban hành Báo cáo số 57/BC-STC: Sơ kết phong trào" in written
