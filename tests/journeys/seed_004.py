"""Kon Tum, November 2021: a special movement without a last day, four forms of commendation; it ends when its condition is declared met.

The article says from when, until what, and what there is to win; it does not say by what one is judged, nor who does what. That is asked of a
person. The people, and everything that they do here, are invented.
"""

import datetime

from tests.journeys import commending
from tests.journeys import seed_steps as steps
from tests.journeys.seeds import Department, Fault, SeedStory, Telling, Who
from tests.journeys.story import CLERKS, LEADERS

PEOPLE = Department(
    province="UBND tỉnh Kon Tum",
    agency="Sở Nội vụ",
    symbol="SNV",
    place="Kon Tum",
    units={"reform": "Phòng Cải cách hành chính", "staffing": "Phòng Tổ chức, biên chế", "office": "Văn phòng Sở"},
    people={
        "clerk": Who("Y Phương Thảo", "clerk", "Chuyên viên", "office", woman=True),
        "director": Who("A Thanh Bình", "director", "Giám đốc"),
        "deputy": Who("Mai Thị Lan Chi", "deputy_director", "Phó Giám đốc", woman=True),
        "registry": Who("Y Ngọc Điệp", "registry", "Văn thư", "office", woman=True),
        "head": Who("A Đình Lực", "head", "Trưởng phòng", "reform"),
        "staff": Who("Rơ Châm H'Yên", "staff", "Chuyên viên", "reform", woman=True),
        "head_2": Who("Thân Văn Nghĩa", "head", "Trưởng phòng", "staffing"),
        "staff_2": Who("Xa Thị Kiều Oanh", "staff", "Chuyên viên", "staffing", woman=True),
        "head_3": Who("Quách Gia Hùng", "head", "Chánh Văn phòng", "office"),
        "administrator": Who("U Minh Trí", "administrator", "Quản trị hệ thống", "office"),
    },
)
SUPERIOR = "3510/KH-UBND"
FOUR = (
    "Huân chương Lao động", "Bằng khen của Thủ tướng Chính phủ", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Giấy khen của Giám đốc Sở Nội vụ",
)  # fmt: skip
UNTIL = "tình hình dịch bệnh Covid-19 cơ bản được kiểm soát"
ASKED = {  # the director answers the clerk
    "targets": "Các phòng và toàn thể công chức, người lao động thuộc Sở.",
    "collective_criteria": "Không để chậm chế độ của người đi chống dịch; cơ quan an toàn.",
    "individual_criteria": "Hoàn thành tốt nhiệm vụ; sẵn sàng nhận việc chống dịch khi được cử.",
    "procedure": "Các phòng bình xét, gửi hồ sơ về Văn phòng Sở; Hội đồng Thi đua, khen thưởng Sở xét.",
    "duties": "Văn phòng Sở theo dõi, tổng hợp, tham mưu khen thưởng.\nCác phòng đăng ký và báo cáo hằng quý.",
    "recipients": "UBND tỉnh (b/c)\nCác phòng thuộc Sở (t/h)\nLưu: VT, VP",
}
LOOKED = {"purposes": "", "contents": "", "superior": "", "kind": "Theo chuyên đề", "starts_on": "11/11/2021"}
UNWRITTEN = frozenset({"ends_on", "milestones", "place", "requirements", "signer", "solutions", *ASKED})
MET = "Cả nước chuyển sang thích ứng an toàn, dịch được kiểm soát; Ban Chỉ đạo tỉnh đã có kết luận."
HEADS = {"head", "head_2", "head_3"}  # each of them may do it for the own division
WORDS = "Chuyển 46 lượt người đi tăng cường các chốt, chế độ chi đủ trong tháng."
MEMBERS = ("director", "deputy", "head_3")
TELLERS = ("registry", "head_2", "head_3")
VOTES = {"stream": "chuyen_de", "votes_for": "2", "votes_total": "2"}
LINES = {  # who is proposed for which of the four forms, and for what
    "unit_commendation": ("staff", "Lập danh sách, chi chế độ cho 46 lượt người trong ba ngày."),
    "ministry_province_commendation": ("head", "Đề xuất cách điều người luân phiên giữa các sở."),
    "prime_minister_commendation": ("staff", "Cách chi chế độ trong ba ngày được cả tỉnh làm theo."),
    "labour_order_third": ("unit", "Bốn năm liền dẫn đầu khối các sở, hai năm đầu trong phòng, chống dịch."),
}
ABOVE = ("Bằng khen của bộ, ban, ngành, tỉnh", "Bằng khen của Thủ tướng Chính phủ", "Huân chương Lao động hạng Ba")


def from_the_news(told: Telling) -> None:
    """The end is a condition, so no last day is asked for; the day of the beginning is only a month and is asked."""
    steps.read_document(told, asked=ASKED, looked=LOOKED, unwritten=UNWRITTEN)
    told.look("clerk", told.at(), SUPERIOR, f"đến khi {UNTIL}", *FOUR)


def issued(told: Telling) -> None:
    """Numbered as the article says, and shown to everybody with its open end and its four forms."""
    steps.issue_plan(told, number="57", day="11/11/2021")
    told.steps_on("publish", told.at("publish/"), by="clerk", may=CLERKS)
    told.look("visitor", f"/phong-trao/{told.movement}/", "57/KH-SNV", SUPERIOR, f"đến khi {UNTIL}", *FOUR)


def before_the_divisions(told: Telling) -> None:
    told.day(datetime.date(2021, 11, 15))
    steps.roll_out(told, acknowledge_by="19/11/2021", register_by="30/11/2021", duties_by="31/12/2021")
    steps.acknowledge(told, ("head", "staff"), ("head_2", "staff_2"), ("head_3", "clerk"))
    steps.registers(
        told, "head", ("staff", "unit_commendation", "Chi đủ chế độ trong tháng"),
        ("unit", "labour_order_third", "Dẫn đầu khối các sở"),
    )  # fmt: skip
    steps.registers(told, "head_2", ("staff_2", "unit_commendation", "Không để chậm hồ sơ tuyển dụng"))


def running(told: Telling) -> None:
    """Half a year later it still runs, and cannot be closed: nobody has said that the condition is met."""
    told.day(datetime.date(2022, 4, 5))
    told.look("clerk", told.at(), "Đang thực hiện")
    steps.opens_period(told, "Quý I năm 2022", "01/01/2022", "31/03/2022", "08/04/2022")
    path = steps.reports(told, "Quý I năm 2022", "head", "staff", results=WORDS)
    steps.takes_in(told, path)
    told.look("clerk", f"/lam-viec/tien-do/phong-trao/{told.movement}/", "1 trên 3 báo cáo đã gửi")


def declared(told: Telling) -> None:
    """The condition is declared met; by mistake with a wrong day first, which is taken back with its reason."""
    told.day(datetime.date(2022, 6, 2))
    path = told.at("dieu-kien-ket-thuc/")
    given = {"words": MET, "paper_number": "96/BC-SNV", "paper_on": "01/06/2022"}
    told.steps_on("end declared", path, by="clerk", may={*CLERKS, *LEADERS}, ended_on="31/05/2022", **given)
    told.look("head", told.at(), "31/05/2022", MET)
    wrong = "Ghi nhầm ngày: Ban Chỉ đạo kết luận đến hết tháng 6."
    told.steps_on("end taken back", told.at("bo-ngay-ket-thuc/"), by="clerk", may={*CLERKS, *LEADERS}, reason=wrong)
    told.look("head_2", "/lam-viec/loi-bao/", wrong)
    told.day(datetime.date(2022, 6, 30))
    told.steps_on("end declared again", path, by="clerk", may={*CLERKS, *LEADERS}, ended_on="30/06/2022", **given)
    told.look("head_2", "/lam-viec/loi-bao/", "30/06/2022")
    told.look("visitor", f"/phong-trao/{told.movement}/", "30/06/2022")


def proposed(told: Telling) -> None:
    """A division proposes for each of the four forms; whoever may not give one of them can still be asked."""
    dossier = steps.opens_dossier(told, "head", told.movement, HEADS)
    steps.holds_meeting(
        told, "head", dossier, "staff", held_on="29/06/2022", place="Phòng họp tầng 2", minutes="Nhất trí."
    )
    for award, (who, achievement) in LINES.items():
        told.lines[award] = steps.nominates(told, "head", dossier, who, award=award, achievement=achievement, **VOTES)
    told.look("head", told.lines["unit_commendation"], "Luật Thi đua, khen thưởng 2003")
    steps.hands_in(told, "head", dossier, kinds=2)
    told.dossier = dossier


def closed(told: Telling) -> None:
    """Reviewed on the last day, which still counts: closed on the day after. Then nothing is asked of the divisions any more."""
    told.steps_on("final review noted", told.at("review/"), by="clerk", may=CLERKS)
    told.refuses("the last day counts", "clerk", told.at("close/"), "còn chạy đến hết ngày 30/06/2022")
    told.look("head_2", "/lam-viec/", "Gửi báo cáo")
    told.day(datetime.date(2022, 7, 1))
    told.steps_on("closed", told.at("close/"), by="clerk", may=CLERKS)
    told.look("clerk", told.at(), "Đã kết thúc", MET)
    told.look("head_2", "/lam-viec/", hides=("Gửi báo cáo",))


def commended(told: Telling) -> None:
    """The council goes on with what was proposed: one form is given here, the other three wait for above."""
    told.day(datetime.date(2022, 7, 8))
    commending.council(told, MEMBERS, decision="Quyết định số 8/QĐ-SNV", day="10/01/2022")
    commending.session(told, MEMBERS, TELLERS, (told.dossier,), day="08/07/2022", against={})
    commending.decision(
        told, minutes="03/BB-HĐTĐKT", number="141", day="08/07/2022", money="Điều 69 Nghị định số 91/2017/NĐ-CP"
    )
    told.look(
        "visitor", f"/bang-vang/{told.decision}/", told.name("staff"), "Giấy khen", hides=(told.name("head"), *ABOVE)
    )
    told.look("clerk", "/lam-viec/quyet-dinh/", "Chờ trình cấp trên", *ABOVE)


def archived(told: Telling) -> None:
    told.steps_on("archived", told.at("archive/"), by="clerk", may=CLERKS)
    told.look("clerk", told.at(), "Lưu trữ")


STORY = SeedStory(
    seed="004",
    about="a movement without a last day and with four forms of commendation, closed when its condition is declared met",
    first_day=datetime.date(2021, 11, 11),
    department=PEOPLE,
    steps=(from_the_news, issued, before_the_divisions, running, declared, proposed, closed, commended, archived),
    faults={
        "closed_without_its_condition": Fault(
            "an open end needs nobody to declare it met",
            "bangvang/movements/access.py",
            "    if last is None:\n        return no(",
            "    if last is None:\n        return YES\n        return no(",
        ),
        "the_last_day_is_over": Fault(
            "the last day does not count",
            "bangvang/movements/access.py",
            "    if actor.day <= last:",
            "    if actor.day < last:",
        ),
    },
)
