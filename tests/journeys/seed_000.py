"""Ninh Thuận, autumn 2021: a department answers the minister's 2014/QĐ-BTC, from the news of its plan to the proposals for commendation.

The article says what is to be done and whom it answers; it does not say when it ends, by what one is judged, what there is to win. All of that
is asked of a person. The people, and everything that they do here, are invented.
"""

import datetime

from tests.journeys import seed_steps as steps
from tests.journeys.seeds import Department, Fault, SeedStory, Telling, Who
from tests.journeys.story import CLERKS, LEADERS
from tests.reading.hostile_files import HARMLESS

PEOPLE = Department(
    province="UBND tỉnh Ninh Thuận",
    agency="Sở Tài chính",
    symbol="STC",
    place="Ninh Thuận",
    units={"budget": "Phòng Quản lý ngân sách", "price": "Phòng Quản lý giá và công sản", "office": "Văn phòng Sở"},
    people={
        "clerk": Who("Đàng Thị Mỹ Tiên", "clerk", "Chuyên viên", "office", woman=True),
        "director": Who("Trượng Văn Khải", "director", "Giám đốc"),
        "deputy": Who("Lê Thị Thu Nguyệt", "deputy_director", "Phó Giám đốc", woman=True),
        "registry": Who("Kiều Thị Hạnh", "registry", "Văn thư", "office", woman=True),
        "head": Who("Não Thanh Tùng", "head", "Trưởng phòng", "budget"),
        "staff": Who("Ka Thị Sương", "staff", "Chuyên viên", "budget", woman=True),
        "head_2": Who("Bá Trung Hiếu", "head", "Trưởng phòng", "price"),
        "staff_2": Who("Võ Ngọc Lam", "staff", "Chuyên viên", "price"),
        "head_3": Who("Nguyễn Đạo Nam", "head", "Chánh Văn phòng", "office"),
        "administrator": Who("Châu Quốc Bảo", "administrator", "Quản trị hệ thống", "office"),
    },
)
SUPERIOR = "2014/QĐ-BTC"
THEME = "Ngành Tài chính đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID-19"
ASKED = {  # the director answers the clerk
    "purposes": "Mỗi phòng vừa giữ an toàn cho người đến làm việc, vừa không để chậm việc ngân sách của năm.",
    "targets": "Các phòng và toàn thể công chức, người lao động thuộc Sở.",
    "collective_criteria": "Chi đúng, chi kịp kinh phí phòng, chống dịch; không để hồ sơ quá hẹn.",
    "individual_criteria": "Hoàn thành tốt nhiệm vụ, thực hiện nghiêm 5K.",
    "awards": "Giấy khen của Giám đốc Sở: dẫn đầu đợt thi đua | 1 tập thể, 3 cá nhân",
    "starts_on": "26/10/2021",
    "ends_on": "31/12/2021",
    "milestones": "Tổng kết đợt thi đua: 31/12/2021",
    "duties": "Văn phòng Sở theo dõi, tổng hợp kết quả.\nCác phòng đăng ký và báo cáo trước ngày 25/12/2021.",
    "recipients": "Bộ Tài chính (b/c)\nCác phòng thuộc Sở (t/h)\nLưu: VT, VP",
}
UNWRITTEN = frozenset(
    {"number", "symbol", "date", "place", "requirements", "solutions", "end_condition", "procedure", "signer", *ASKED}
)
ONLINE = "Họp thẩm tra dự toán qua mạng: 14 đơn vị gửi hồ sơ điện tử, không ai phải đến trụ sở."


def from_the_news(told: Telling) -> None:
    """The superior's decision is read and looked at; nothing that the article leaves out is made up."""
    steps.read_document(
        told, asked=ASKED, looked={"agency": "Sở Tài chính", "theme": "", "kind": "", "superior": ""},
        unwritten=UNWRITTEN, says="Bài không ghi số của kế hoạch này",
    )  # fmt: skip
    told.look("clerk", told.at(), THEME, SUPERIOR, "theo chuyên đề", "31/12/2021")


def issued(told: Telling) -> None:
    """What the law of 2003 asks of a plan is shown before the approval; then the plan gets its number."""
    told.look("clerk", told.at(), "Luật Thi đua, khen thưởng 2003", "Khẩu hiệu")
    steps.issue_plan(told, number="2630", day="26/10/2021")
    told.look("staff", told.at(), "2630/KH-STC", SUPERIOR)


def on_the_portal(told: Telling) -> None:
    """The chain is public: whom the department answers. News of the launch goes the same way."""
    told.look("visitor", f"/phong-trao/{told.movement}/", status=404)
    told.steps_on("publish", told.at("publish/"), by="clerk", may=CLERKS)
    told.look("visitor", f"/phong-trao/{told.movement}/", "2630/KH-STC", SUPERIOR, "Thi đua phát huy sáng kiến")
    told.does(
        "news",
        f"/lam-viec/tin/tu/ke-hoach/{told.movement}/",
        by="clerk",
        may=CLERKS,
        title="Sở mở đợt thi đua chống dịch",
    )
    code = told.made("news", "Article.objects.order_by('-pk')")
    told.steps_on("news submitted", f"/lam-viec/tin/{code}/buoc/submit/", by="clerk", may=CLERKS)
    told.steps_on("news published", f"/lam-viec/tin/{code}/buoc/publish/", by="director", may=LEADERS)
    told.look("visitor", f"/tin/{code}/", "Sở mở đợt thi đua chống dịch", "2630/KH-STC")


def before_the_divisions(told: Telling) -> None:
    told.day(datetime.date(2021, 10, 27))
    steps.roll_out(told, acknowledge_by="29/10/2021", register_by="05/11/2021", duties_by="25/12/2021")
    steps.acknowledge(told, ("head", "staff"), ("head_2", "staff_2"))
    told.look("clerk", told.at(), told.unit("office"), "Chưa xác nhận")
    steps.adopts(told, "head")
    own = steps.adopts(told, "head_2", "Trả kết quả thẩm định giá vật tư y tế trong hai ngày làm việc.")
    path = f"/lam-viec/ke-hoach-don-vi/{own}/giao-viec/"
    who = told.choice("head_2", path, told.name("staff_2"))
    told.does(
        "a task",
        path,
        by="head_2",
        may={"head_2", "staff_2"},
        person=who,
        due_on="30/11/2021",
        text="Theo dõi giá vật tư y tế từng tuần",
    )
    told.look("staff_2", "/lam-viec/", "Theo dõi giá vật tư y tế từng tuần")


def registered(told: Telling) -> None:
    """Two divisions sign up; the third is silent, is reminded, and its head reads it."""
    told.day(datetime.date(2021, 11, 4))
    steps.registers(
        told, "head", ("staff", "unit_commendation", "Xử lý xong 100 % đề nghị cấp kinh phí chống dịch trong ngày"),
        ("unit", "unit_commendation", "Không để hồ sơ nào quá hẹn"),
    )  # fmt: skip
    steps.registers(told, "head_2", ("staff_2", "unit_commendation", "Thẩm định giá trong hai ngày làm việc"))
    path = told.at("nhac/")
    text = told.person("clerk").get(path).page.form("text").fields["text"]
    told.expect(
        "only the silent division is named",
        [told.unit(key) in text for key in ("office", "budget", "price")],
        [True, False, False],
    )
    told.does("remind", path, by="clerk", may=CLERKS, text=text)
    told.look("head_3", "/lam-viec/loi-bao/", text[:80])


def reported(told: Telling) -> None:
    """Figures against the targets, one division late; the board says who owes."""
    steps.sets_indicator(told, "Hồ sơ kinh phí chống dịch xử lý trong ngày", "%", "95")
    steps.opens_period(told, "Kết quả đợt thi đua", "26/10/2021", "24/12/2021", "24/12/2021")
    told.day(datetime.date(2021, 12, 24))
    first = steps.reports(
        told,
        "Kết quả đợt thi đua",
        "head",
        "staff",
        so_1="98,5 %",
        results="Cấp kinh phí cho 7 huyện, thành phố.",
        good_examples=ONLINE,
    )
    told.day(datetime.date(2021, 12, 26))
    board = f"/lam-viec/tien-do/phong-trao/{told.movement}/"
    told.look("clerk", board, "2 đang nợ báo cáo", "1 trên 3 báo cáo đã gửi")
    late = steps.reports(
        told, "Kết quả đợt thi đua", "head_2", "staff_2", so_1="96 %", results="Thẩm định giá 31 gói vật tư."
    )
    told.look("clerk", late, "trễ 2 ngày")
    steps.takes_in(told, first)
    steps.takes_in(told, late)
    told.look(
        "clerk", board, "1 đang nợ báo cáo", "2 trên 3 báo cáo đã gửi", "2 trên 2 đơn vị đạt", "26/12, trễ 2 ngày"
    )


def reviewed(told: Telling) -> None:
    told.day(datetime.date(2021, 12, 31))
    path = steps.reviews(
        told, "Kết quả đợt thi đua", number="312", day="31/12/2021", says=ONLINE, shortcomings="Văn phòng Sở chưa gửi báo cáo.",
        causes="Thiếu người trực trong đợt giãn cách.", next_tasks="Giữ cách họp thẩm tra qua mạng.",
        results="Kinh phí chống dịch được xử lý trong ngày ở hai phòng.",
    )  # fmt: skip
    told.look("director", told.at(), "312/BC-STC")
    told.reads_paper(
        "staff", path, "312/BC-STC", "Kinh phí chống dịch được xử lý trong ngày", told.unit("office"), "2 đơn vị có số"
    )


def proposed(told: Telling) -> None:
    """The division that leads proposes a colleague and itself; nobody else sees the dossier before it is handed in."""
    dossier = steps.opens_dossier(told, "head", told.movement, {"head_2", "head_3"})
    told.refuses("too early", "head", f"{dossier}buoc/submit/", "biên bản bình xét")
    steps.holds_meeting(
        told,
        "head",
        dossier,
        "staff",
        held_on="31/12/2021",
        place="Phòng họp tầng 2",
        minutes="Nhất trí với danh sách đề nghị.",
    )
    given = {"award": "unit_commendation", "stream": "chuyen_de", "votes_for": "2", "votes_total": "2"}
    line = steps.nominates(
        told, "head", dossier, "staff", achievement="Trực tiếp xử lý 212 đề nghị cấp kinh phí trong ngày.", **given
    )
    steps.nominates(told, "head", dossier, "unit", achievement="Không hồ sơ nào quá hẹn trong đợt thi đua.", **given)
    told.attaches("evidence", line, ("bao-cao.pdf", HARMLESS["pdf"][1]), by="head", evidence_kind="report")
    told.look("head", line, "Dùng được", "Cần người xem", "Luật Thi đua, khen thưởng 2003")
    told.look("staff_2", dossier, status=404)
    steps.hands_in(told, "head", dossier, kinds=2)
    told.look("director", dossier, told.name("staff"), told.unit("budget"))


STORY = SeedStory(
    seed="000",
    about="a department's answer to its ministry, from the news of a plan to proposals for commendation",
    first_day=datetime.date(2021, 10, 26),
    department=PEOPLE,
    steps=(from_the_news, issued, on_the_portal, before_the_divisions, registered, reported, reviewed, proposed),
    faults={
        "doubts_taken": Fault(
            "“confirm all sure values” takes the uncertain ones with them",
            "bangvang/web/staff/reviews.py",
            'for one in _open(found) if one.standing == "sure"',
            "for one in _open(found) if one.text",
        ),
        "chain_hidden": Fault(
            "the public page does not say whose movement the plan answers",
            "bangvang/movements/public.py",
            'superior=str(queries.superior_document(movement) or "")',
            'superior=""',
        ),
    },
)
