"""Điện Biên, the year 2020: registration with targets, office culture, revenue over three years, a sponsored commune, selection at year's end.

The article of September tells what the department did and won: the product makes no movement of it but a list that waits for papers. The
figures of the article are used as it gives them; the people, the days and what is given to the commune in 2020 are invented.
"""

import datetime

from tests.journeys import seed_steps as steps
from tests.journeys.seeds import Department, Fault, SeedStory, Telling, Who
from tests.journeys.story import CLERKS
from tests.reading.hostile_files import HARMLESS

PEOPLE = Department(
    province="UBND tỉnh Điện Biên",
    agency="Sở Tài chính",
    symbol="STC",
    place="Điện Biên",
    units={"budget": "Phòng Quản lý ngân sách", "rural": "Phòng Tài chính đầu tư", "office": "Văn phòng Sở"},
    people={
        "clerk": Who("Lường Thị Hặc", "clerk", "Chuyên viên", "office", woman=True),
        "director": Who("Cà Văn Thịnh", "director", "Giám đốc"),
        "deputy": Who("Đoàn Hồng Phúc", "deputy_director", "Phó Giám đốc"),
        "registry": Who("Quàng Thị Bun", "registry", "Văn thư", "office", woman=True),
        "head": Who("Tòng Văn Dọn", "head", "Trưởng phòng", "budget"),
        "staff": Who("Giàng Thị Dợ", "staff", "Chuyên viên", "budget", woman=True),
        "head_2": Who("Vừ A Lềnh", "head", "Trưởng phòng", "rural"),
        "staff_2": Who("Nguyễn Trà My", "staff", "Chuyên viên", "rural", woman=True),
        "head_3": Who("Hoàng Ngọc Ánh", "head", "Chánh Văn phòng", "office", woman=True),
        "administrator": Who("Lò Văn Quyết", "administrator", "Quản trị hệ thống", "office"),
    },
)
THEME = "Đoàn kết, sáng tạo, giữ kỷ cương"
REVENUE = {"2018": "994,7", "2019": "1.033,9"}  # tỷ đồng of the province's revenue, as the article tells
OF_PLAN = {"2018": "106,46", "2019": "102,41"}  # per cent of the estimate
COMMUNE = "Xã Sín Chải, huyện Tủa Chùa"
HALF, WHOLE = "Sơ kết 6 tháng 2020", "Tổng kết năm 2020"


def planned(told: Telling) -> None:
    """The year's movement, begun from the library, and its divisions' registrations with targets in figures."""
    steps.from_template(told, "nam", "year", theme=THEME)
    told.look(
        "clerk", told.at(), "Phong trào thi đua thực hiện nhiệm vụ năm 2020", THEME, "Luật Thi đua, khen thưởng 2003"
    )
    steps.issue_plan(told, number="12", day="06/01/2020")
    told.day(datetime.date(2020, 1, 7))
    steps.roll_out(told, acknowledge_by="10/01/2020", register_by="28/02/2020", duties_by="15/12/2020")
    steps.acknowledge(told, ("head", "staff"), ("head_2", "staff_2"), ("head_3", "clerk"))


def registered(told: Telling) -> None:
    """A colleague writes the own line; the head those of the unit. Nobody is promised what the ledger cannot tell."""
    told.day(datetime.date(2020, 2, 20))
    path = f"/lam-viec/dang-ky/{told.registration_of('head')}/"
    own = told.person("staff").get(path).page.form("who").fields["who"]
    told.does(
        "own line",
        path,
        by="staff",
        may={"staff", "head"},
        open_to="clerk and leaders",
        who=own,
        award="advanced_worker",
        target="Báo cáo thu ngày 05 hằng tháng",
    )
    told.look("head", path, "Báo cáo thu ngày 05 hằng tháng", "Trong tầm")
    steps.registers(told, "head", ("unit", "advanced_collective", "Thu đạt từ 102 % dự toán"))
    steps.registers(told, "head_2", ("staff_2", "advanced_worker", "Thẩm tra quyết toán 24 dự án"))
    steps.registers(told, "head_3", ("unit", "advanced_collective", "Trả kết quả đúng hẹn 100 %"))
    summary = f"/lam-viec/dang-ky/phong-trao/{told.movement}/"
    told.look(
        "director", summary, "Thu đạt từ 102 % dự toán", "Thẩm tra quyết toán 24 dự án", "Trả kết quả đúng hẹn 100 %"
    )


def office_culture(told: Telling) -> None:
    """A second movement beside the first: what is done well is recorded with its day, and read by the one it is about."""
    steps.from_template(told, "van-hoa-cong-so", "culture", theme="Nếp sống văn minh nơi công sở")
    steps.issue_plan(told, number="85", day="20/02/2020")
    steps.roll_out(told, acknowledge_by="25/02/2020", register_by="10/03/2020", duties_by="15/12/2020")
    steps.acknowledge(told, ("head_3", "clerk"))
    told.day(datetime.date(2020, 5, 12))
    path = f"/lam-viec/ghi-nhan/phong-trao/{told.movement}/moi/"
    given = {
        "kind": "kept",
        "happened_on": "11/05/2020",
        "what": "Dẫn người dân đến đúng phòng, ở lại đến khi xong việc.",
        "source": "Sổ trực ngày 11/05/2020",
    }
    who, criterion = (
        told.choice("head_3", path, words)
        for words in (told.name("registry"), "Được đồng nghiệp hoặc người đến liên hệ")
    )
    told.does("a fact", path, by="head_3", may={*told.heads, *CLERKS}, who=who, criterion=criterion, **given)
    facts = f"/lam-viec/ghi-nhan/phong-trao/{told.movement}/"
    told.look("registry", facts, "Dẫn người dân đến đúng phòng")
    told.look("staff", facts, hides=("Dẫn người dân đến đúng phòng",))


def half_a_year(told: Telling) -> None:
    """Revenue of the half year, typed as officials write it; another measure is asked back, never converted."""
    told.movement = told.codes_of["year"]
    steps.sets_indicator(told, "Thu ngân sách trên địa bàn", "tỷ đồng", "1.050", reach="total")
    steps.sets_indicator(told, "Thu so với dự toán", "%", "100", reach="total")
    steps.opens_period(told, HALF, "02/01/2020", "30/06/2020", "07/07/2020")
    told.day(datetime.date(2020, 7, 6))
    path = f"/lam-viec/tien-do/{told.made('report', told.reports_of(HALF, 'head'))}/"
    asked_back = told.person("staff").press(path, so_1="597.300 triệu")
    told.expect(
        "another measure is asked back",
        (asked_back.status, "Chỉ tiêu này tính bằng tỷ đồng" in asked_back.words),
        (422, True),
    )
    sent = steps.reports(
        told, HALF, "head", "staff", so_1="597,3 tỷ", so_2="56,9 %", results="Thu sáu tháng đạt 597,3 tỷ đồng."
    )
    steps.takes_in(told, sent)
    told.day(datetime.date(2020, 7, 8))
    told.look(
        "clerk",
        f"/lam-viec/tien-do/phong-trao/{told.movement}/",
        "597,3 tỷ đồng",
        "2 đang nợ báo cáo",
        hides=("597.300",),
    )
    told.look("director", f"/lam-viec/tien-do/phong-trao/{told.movement}/", "1 trên 3 báo cáo đã gửi")


def over_years(told: Telling) -> None:
    """2018 and 2019 beside the half of 2020: a table for everybody, a drawing that says the same in a sentence."""
    page = f"/lam-viec/nhieu-nam/phong-trao/{told.movement}/"
    rows = [("1", year, value, "") for year, value in REVENUE.items()] + [
        ("2", year, value, "") for year, value in OF_PLAN.items()
    ]
    for indicator, year, reached, note in [*rows, ("1", "2020", "597,3", "6 tháng đầu năm")]:
        told.does(
            f"figure of {year}",
            f"{page}ghi/",
            by="clerk",
            may=CLERKS,
            indicator=indicator,
            year=year,
            reached=reached,
            note=note,
        )
    seen = told.look(
        "staff_2", page, "994,7 tỷ đồng", "1.033,9 tỷ đồng", "106,46 %", "102,41 %", "597,3 tỷ đồng", "6 tháng đầu năm"
    )
    drawn = seen.body.decode()
    told.expect("two drawings", drawn.count('class="chart"'), 2)
    told.expect(
        "the drawing in words",
        [year in drawn.partition("<desc")[2].partition("</desc>")[0] for year in ("2018", "2019", "2020")],
        [True] * 3,
    )


def sponsored_commune(told: Telling) -> None:
    """What is given to the commune, by whom, with proof; summed up by place."""
    page = f"/lam-viec/nhieu-nam/phong-trao/{told.movement}/an-sinh/"
    told.day(datetime.date(2020, 8, 20))
    for by, unit, what, worth in (
        ("clerk", "agency", "Đỡ đầu việc học nghề của 9 cháu người xã", ""),
        ("head_2", "rural", "Hướng dẫn xã lập dự toán sửa đường vào bản", "45.000.000"),
        ("clerk", "agency", "Trang bị bàn ghế, máy tính cho trụ sở xã", "60.000.000"),
    ):
        name = told.unit(unit) if unit != "agency" else PEOPLE.agency
        given = {
            "unit": told.choice(by, f"{page}moi/", name),
            "beneficiary": COMMUNE,
            "what": what,
            "given_on": "18/08/2020",
            "worth": worth,
        }
        told.does(
            f"given: {what}",
            f"{page}moi/",
            by=by,
            may={*CLERKS, "head", "head_2", "head_3"},
            source="Biên bản làm việc với xã ngày 18/08/2020",
            **given,
        )
    work = told.made("work", "SocialWork.objects.order_by('-pk')")
    told.attaches(
        "proof of it", f"/lam-viec/nhieu-nam/an-sinh/{work}/", ("bien-ban.pdf", HARMLESS["pdf"][1]), by="clerk"
    )
    told.look("staff", page, "1 nơi", COMMUNE, "105.000.000 đồng, 1 việc không quy ra tiền")


def the_article(told: Telling) -> None:
    """What the article tells of honours is no plan: it waits for decisions and counts for nobody."""
    told.day(datetime.date(2020, 9, 24))
    assert told.seed is not None
    assert told.seed.file is not None
    read = told.person("clerk").attach(steps.READ, (told.seed.file.name, told.seed.file.read_bytes())).address
    told.live.until_done()
    told.look("clerk", read, "Không phải kế hoạch", "chưa tính cho ai")
    told.refuses("no movement of an article of honours", "staff", read, "", status=404)
    page = told.person("clerk").get(read)
    button = page.page.form(button="Ghi chờ kiểm chứng")
    done = told.person("clerk").post(button.action, button.fields)
    told.expect("led to the list", done.address, "/lam-viec/cho-kiem-chung/")
    told.look("director", "/lam-viec/cho-kiem-chung/", "Huân chương Độc lập", "Khen thưởng chưa có quyết định")
    told.expect("nothing of it is in the ledger", told.live.ask("LedgerEntry.objects.count()"), 0)


def selected(told: Telling) -> None:
    """At year's end: the final review, the divisions' proposals judged by the ledger, the movement closed."""
    told.day(datetime.date(2020, 12, 14))
    steps.opens_period(told, WHOLE, "02/01/2020", "31/12/2020", "18/12/2020")
    sent = steps.reports(
        told, WHOLE, "head", "staff", so_1="1.090 tỷ", so_2="103,8 %", results="Thu cả năm vượt dự toán."
    )
    steps.takes_in(told, sent)
    path = steps.reviews(
        told, WHOLE, number="690", day="14/12/2020", says="Thu cả năm vượt dự toán.", shortcomings="Hai phòng gửi báo cáo chậm.",
        causes="Cuối năm dồn việc quyết toán.", next_tasks="Đăng ký thi đua năm 2021 trong tháng Một.",
    )  # fmt: skip
    told.reads_paper("head", path, "690/BC-STC", "Thu cả năm vượt dự toán", COMMUNE, "1.090")
    dossier = steps.opens_dossier(told, "head", "2020", {"head_2", "head_3"})
    steps.holds_meeting(
        told, "head", dossier, "staff", held_on="14/12/2020", place="Phòng họp tầng 1", minutes="Nhất trí."
    )
    given = {"stream": "cong_trang", "votes_for": "2", "votes_total": "2"}
    line = steps.nominates(
        told,
        "head",
        dossier,
        "staff",
        award="advanced_worker",
        achievement="Báo cáo thu đúng ngày cả 12 tháng.",
        **given,
    )
    steps.nominates(
        told, "head", dossier, "unit", award="advanced_collective", achievement="Thu đạt 103,8 % dự toán.", **given
    )
    told.look("clerk", line, "Cần người xem", "Luật Thi đua, khen thưởng 2003")
    steps.hands_in(told, "head", dossier, kinds=2)
    told.look("director", "/lam-viec/ra-soat/?nam=2020", told.name("staff"))


def closed(told: Telling) -> None:
    """Only after the last day; then nobody of the divisions owes anything."""
    told.steps_on("reviewed", told.at("review/"), by="clerk", may=CLERKS)
    told.refuses("closed before its last day", "clerk", told.at("close/"), "31/12/2020")
    told.day(datetime.date(2021, 1, 4))
    told.steps_on("closed", told.at("close/"), by="clerk", may=CLERKS)
    told.look("head_2", "/lam-viec/", hides=("Gửi báo cáo",))
    told.look("staff", told.at(), "Đã kết thúc", "690/BC-STC")


STORY = SeedStory(
    seed="001",
    about="a department's year: targets, office culture, revenue over three years, a sponsored commune, selection",
    first_day=datetime.date(2020, 1, 6),
    department=PEOPLE,
    steps=(
        planned,
        registered,
        office_culture,
        half_a_year,
        over_years,
        sponsored_commune,
        the_article,
        selected,
        closed,
    ),
    faults={
        "measure_converted": Fault(
            "a figure in another measure is taken as it stands",
            "bangvang/progress/figures.py",
            "if tail and tail != measure and not first_words:",
            "if False:",
        ),
        "gifts_not_added": Fault(
            "of several gifts to the commune only the largest is counted",
            "bangvang/progress/social.py",
            'worth=Sum("worth")',
            'worth=Max("worth")',
        ),
    },
)
