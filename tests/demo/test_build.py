"""The load as a whole: figures, chains, accounts, empty states."""

import datetime
from collections import Counter

import pytest
from django.db.models import F

from bangvang.council import queries as council
from bangvang.council.models import Council, Session
from bangvang.decisions import comparing
from bangvang.decisions import queries as decisions
from bangvang.decisions.models import Certificate, Decision
from bangvang.demo import assumed_day, build, department
from bangvang.dossiers.models import Dossier
from bangvang.honours.models import Completeness, LedgerEntry, Standing
from bangvang.intake import queries as intake
from bangvang.intake.models import Batch
from bangvang.kernel import audit, clock
from bangvang.kernel.models import EventLink
from bangvang.movements.models import Movement, PlanReview, Registration
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor, duties_of
from bangvang.people.models import Duty, Person, Unit, UnitChange, User

DAY = datetime.date(2025, 12, 20)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("passwords")]


def test_figures_of_the_department() -> None:
    current = Unit.objects.as_of(DAY).filter(agency__symbol="STC")
    found = build.summary(1.25)
    assert (found.units, found.people, found.movements) == (16, 64, 15)
    assert found.honours == LedgerEntry.objects.count() == Standing.objects.count() + 1  # one line was corrected
    assert Counter(current.values_list("kind", flat=True)) == {"division": 9, "centre": 2, "body": 1}
    assert str(found).endswith("Thời gian: 1,2 giây")


def test_chains_and_seals_are_whole() -> None:
    assert audit.verify() == []


def test_every_root_has_a_story() -> None:
    told = set(EventLink.objects.values_list("root_kind", "root_id"))
    roots = [(model, pk) for model in audit.root_models() for pk in model._base_manager.values_list("pk", flat=True)]
    silent = [f"{model.__name__} {pk}" for model, pk in roots if (str(model._meta.model_name), pk) not in told]
    assert silent == []


def test_accounts_open_with_their_passwords(passwords: dict[str, str]) -> None:
    assert list(passwords) == [username for username, _key, _shows in department.script()["accounts"]]
    for username, password in passwords.items():
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert not user.must_change_password


def test_roles_of_the_accounts() -> None:
    roles = {user.username: [duty.role for duty in duties_of(user, DAY)] for user in User.objects.all()}
    assert roles == {
        "giamdoc": ["director"],
        "phogiamdoc": ["deputy_director"],
        "thuongtruc": ["clerk"],
        "vanthu": ["registry"],
        "truongphong": ["head", "head"],
        "chuyenvien": ["staff"],
        "quantri": ["administrator"],
    }


def test_deputy_signs_for_the_director() -> None:
    user = User.objects.get(username="phogiamdoc")
    assert Actor(user, duties_of(user, DAY)[0], DAY).signing_authority() == "KT."


def test_merged_unit_names_its_decision_and_both_old_units() -> None:
    change = UnitChange.objects.get()
    assert (change.kind, change.on, [unit.symbol for unit in change.after.all()]) == (
        "merge",
        datetime.date(2025, 3, 1),
        ["ĐTĐK"],
    )
    assert {(unit.symbol, unit.valid_until) for unit in change.before.all()} == {
        ("TCĐT", datetime.date(2025, 2, 28)),
        ("ĐKKD", datetime.date(2025, 2, 28)),
    }


def test_one_division_has_no_head_and_one_has_nobody() -> None:
    headless, empty = [], []
    for unit in Unit.objects.as_of(DAY).filter(kind__in=["division", "centre"]):
        held = Duty.objects.as_of(DAY).filter(unit=unit)
        if not held.exists():
            empty.append(unit.name)
        elif not held.filter(role="head").exists():
            headless.append(unit.name)
    assert (headless, empty) == (["Phòng Tài chính doanh nghiệp"], ["Phòng Hợp tác công tư"])


def test_every_duty_lies_within_its_unit_and_after_recruitment() -> None:
    wrong = [
        str(duty)
        for duty in Duty.objects.select_related("unit", "person")
        if (duty.valid_from < duty.unit.valid_from)
        or (duty.unit.valid_until and (duty.valid_until is None or duty.valid_until > duty.unit.valid_until))
        or duty.valid_from < duty.person.recruited_on
    ]
    assert wrong == []


def test_nobody_was_recruited_before_the_age_of_eighteen() -> None:
    ages = Person.objects.annotate(age=F("recruited_on__year") - F("birth_year"))
    assert (ages.filter(age__isnull=True).count(), ages.filter(age__lt=18).count()) == (0, 0)


def test_some_years_are_not_declared_complete() -> None:
    declared = set(Completeness.objects.values_list("unit__symbol", "year", "register"))
    assert ("TCDN", 2021, "grades") in declared
    assert ("TCDN", 2022, "grades") not in declared
    assert {year for _, year, _ in declared} == set(range(2016, 2026))


def test_a_movement_stands_in_every_state() -> None:
    states = Counter(Movement.objects.values_list("state", "publicity"))
    assert states == {
        ("draft", "hidden"): 1,
        ("submitted", "hidden"): 1,
        ("returned", "hidden"): 1,
        ("approved", "hidden"): 1,
        ("issued", "shown"): 2,
        ("rolled_out", "shown"): 1,
        ("rolled_out", "hidden"): 3,
        ("reviewed", "shown"): 1,
        ("closed", "hidden"): 1,
        ("archived", "shown"): 1,
        ("stopped", "hidden"): 1,
        ("cancelled", "hidden"): 1,
    }
    shown = Movement.objects.filter(publicity="shown").order_by("issued_on")
    assert [(one.is_running_on(DAY), one.ends_on, one.signer_authority) for one in shown] == [
        (False, datetime.date(2024, 12, 31), ""),
        (False, None, ""),
        (True, datetime.date(2026, 1, 31), "KT."),
        (True, None, ""),
        (True, datetime.date(2025, 12, 31), ""),
    ]


def test_one_division_answered_and_two_are_silent() -> None:
    movement = Movement.objects.get(number=63)
    answered = {row.unit.symbol: row.state for row in movement.roll_outs.select_related("unit")}
    assert answered == {"QLNS": "acknowledged", "HCSN": "pushed", "GCS": "pushed"}
    assert {
        row.unit.symbol: (row.state, row.lines.count()) for row in movement.registrations.select_related("unit")
    } == {
        "QLNS": ("sent", 4),
        "HCSN": ("draft", 0),
        "GCS": ("draft", 0),
    }


def test_a_decision_of_last_year_is_on_the_public_page_with_its_register() -> None:
    decision = Decision.objects.get(state="issued")
    assert (decision.document_number, decision.issued_on, decision.publicity) == (
        "118/QĐ-STC",
        datetime.date(2025, 2, 19),
        "shown",
    )
    rows = [
        (one.line.certificate.register_number, one.line.full_name, one.line.amount)
        for one in Certificate.objects.order_by("number")
    ]
    assert rows == [
        ("2025/001", "Phòng Quản lý ngân sách", 1_410_000),
        ("2025/002", "Bà Đinh Thị Phương Thảo", 710_000),
        ("2025/003", "Ông Cao Xuân Vinh", 710_000),
    ]
    assert [(line.name, line.nomination.state) for line in decision.lines.filter(outcome="refuse")] == [
        ("Trần Lê Diễm My", "refused")
    ]


def test_a_signed_copy_has_a_slip_one_decision_is_a_draft_and_one_line_waits() -> None:
    numbered = Decision.objects.get(state="numbered")
    copy = comparing.latest_copy(numbered)
    assert copy is not None
    slips = [(one.what, one.theirs) for one in comparing.open_differences(numbered, copy)]
    assert slips == [("Dòng 1, họ và tên, tập thể: Ông Ngô Bảo Khang", "Ông Ngô Bảo Khánh")]
    assert [line.name for line in decisions.awarded(Decision.objects.get(state="draft"))] == ["Phan Thị Hoài Ân"]
    assert [(one.key, one.endorsed) for one in decisions.rounds(numbered.agency)] == [("2024", 1)]


def test_dossiers_of_every_state_hold_their_lines_with_findings() -> None:
    found = {
        (dossier.state, dossier.year): [
            (line.name_then, line.stored_findings.count()) for line in dossier.nominations.all()
        ]
        for dossier in Dossier.objects.all()
    }
    assert found == {
        ("accepted", 2024): [
            ("Đinh Thị Phương Thảo", 2),
            ("Cao Xuân Vinh", 2),
            ("Trần Lê Diễm My", 1),
            ("Ngô Bảo Khang", 1),
            ("Phan Thị Hoài Ân", 1),
            ("Hồ Trường Sơn", 1),
            ("Phòng Quản lý ngân sách", 2),
            ("Cao Xuân Vinh", 1),
            ("Ngô Bảo Khang", 1),
            ("Đinh Thị Phương Thảo", 1),
            ("Trần Lê Diễm My", 1),
            ("Phan Thị Hoài Ân", 1),
            ("Hồ Trường Sơn", 1),
            ("Đinh Thị Phương Thảo", 1),
            ("Ngô Bảo Khang", 1),
            ("Phòng Quản lý ngân sách", 1),
        ],
        ("submitted", 2025): [("Đinh Thị Phương Thảo", 1), ("Cao Xuân Vinh", 1), ("Trần Lê Diễm My", 1)],
        ("draft", 2025): [("Đinh Thị Phương Thảo", 0), ("Phòng Quản lý ngân sách", 0), ("Bà Lò Thị Pha", 0)],
    }


def test_the_council_votes_on_the_accepted_dossier_and_three_accounts_hold_ballots() -> None:
    session = Session.objects.get(state="voting")
    told = [(line.nomination.name_then, line.rule.words, line.confirmed_text) for line in council.lines_of(session)]
    assert (session.state, told) == (
        "voting",
        [
            (name, "trên 50%", "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6")
            for name in ("Cao Xuân Vinh", "Ngô Bảo Khang")
        ],
    )
    left = [seat.person.user.username for seat in council.not_yet_voted(session)]
    assert left == ["giamdoc", "phogiamdoc", "truongphong"]


def test_a_session_stands_at_each_stage() -> None:
    stages = [(one.number, one.state, one.mode, one.lines.count()) for one in Session.objects.order_by("number")]
    assert stages == [
        (1, "concluded", "online", 1),
        (2, "counted", "online", 1),
        (3, "closed", "online", 1),
        (4, "closed", "paper", 1),
        (5, "voting", "online", 2),
        (6, "convened", "online", 1),
        (7, "rehearsing", "online", 1),
        (8, "draft", "online", 1),
    ]


def test_the_next_council_has_not_met_and_its_members_can_be_corrected() -> None:
    met, following = Council.objects.order_by("pk")
    assert (met.sessions.count(), following.sessions.count(), following.members.count()) == (8, 0, 6)
    assert (following.is_valid_on(DAY), following.is_valid_on(datetime.date(2026, 1, 1))) == (False, True)


def test_an_agenda_waits_for_its_share_and_a_line_before_the_council_has_its_report() -> None:
    (waiting,) = council.lines_of(Session.objects.get(state="draft"))
    assert (waiting.nomination.award, council.standing_rule(waiting).decides) == ("advanced_collective", False)
    (tried,) = council.lines_of(Session.objects.get(state="rehearsing"))
    assert [(one.kind, one.file.state) for one in tried.nomination.evidence.all()] == [("report", "usable")]


def test_a_list_stands_at_each_stage_of_coming_in() -> None:
    found = [(one.file.name, one.state, intake.counts_of(one)) for one in Batch.objects.order_by("pk")]
    assert [(name, state, counts.ready, counts.trouble, counts.asked) for name, state, counts in found] == [
        ("khen-thuong-2014-2015.xlsx", "received", 0, 0, 0),
        ("khen-thuong-2012.xlsx", "checked", 2, 2, 1),
        ("khen-thuong-2013.xlsx", "checked", 3, 0, 0),
    ]


def test_three_people_are_registered_in_the_division_that_has_not_answered() -> None:
    open_ = Registration.objects.get(state="draft", unit__symbol="QLNS", movement__state="rolled_out")
    names = sorted(str(line.person) for line in open_.lines.all())
    assert names == ["Cao Xuân Vinh", "Ngô Bảo Khang", "Đinh Thị Phương Thảo"]


def test_a_plan_waits_to_be_read() -> None:
    review = PlanReview.objects.select_related("reading").get(state="open")
    assert (review.state, review.reading.state, str(review)) == (
        "open",
        "waiting",
        "bản đọc Ke hoach Du lieu dung 2026.txt",
    )


def test_an_article_about_honours_waits_for_proof() -> None:
    article = PlanReview.objects.select_related("reading").get(state="reported")
    assert article.reading.draft["kind"] == "record_article"
    assert list(article.reading.claims.values_list("sort", "kind", "year", "state")) == [
        ("honour", "government_flag", 2016, "proven"),
        ("honour", "labour_order_third", None, "dismissed"),
        ("honour", "prime_minister_commendation", None, "waiting"),
        ("fact", "", 2024, "waiting"),
        ("fact", "", None, "waiting"),
    ]


def test_people_have_news() -> None:
    assert Notice.objects.filter(user__username="giamdoc", text__regex="^Kế hoạch.*chờ duyệt").count() == 14
    assert Notice.objects.filter(user__username="thuongtruc", text__contains="bị trả lại").count() == 2


def test_assumed_day_ends_with_its_block() -> None:
    before = clock.today()
    with assumed_day.on(datetime.date(2024, 1, 2)):
        inside = clock.today()
    assert (inside, clock.today()) == (datetime.date(2024, 1, 2), before)
