"""Invented histories as plain data (the ``facts`` of a case), and the same as the engine's records."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from bangvang.law.explain import Judgement
from bangvang.law.facts import Contribution, Facts, Held, Initiative, Service, Span, UnitCount

TITLES = {
    "person": [
        "advanced_worker",
        "grassroots_emulation_fighter",
        "ministry_province_emulation_fighter",
        "national_emulation_fighter",
    ],
    "collective": ["advanced_collective", "excellent_collective", "ministry_province_flag", "government_flag"],
    "household": [],
}
FORMS = [
    "ministry_province_commendation",
    "prime_minister_commendation",
    "labour_order_third",
    "labour_order_second",
    "labour_order_first",
    "independence_order_third",
    "commemorative_medal",
]
POSTS = ["thu_truong", "tong_cuc_truong", "vu_truong", "giam_doc_so", "pho_giam_doc_so", "bo_truong", "nhan_vien"]
REGISTERS = ["grades", "titles", "initiatives", "discipline", "awards", "contributions", "service", "unit"]
QUESTIONS = [
    "takes_part_in_movement",
    "internal_unity",
    "judgment",
    "combat_merit",
    "consecutive_despite_gap",
    "movement_result",
]


def history(seed: int, year: int, subject: str = "person") -> dict[str, Any]:
    """One invented history up to a year. Dense enough that every rule is met by some and just missed by others."""
    dice = random.Random(seed)
    good, known = dice.choice([0.6, 0.85, 0.97]), dice.choice([0.6, 0.95, 1.0])
    years = range(year - dice.choice([3, 8, 14]), year + 1)
    made: dict[str, Any] = {"subject": subject, "sex": dice.choice(["male", "female", None])}
    made["grades"] = {
        y: dice.choices(["HTXSNV", "HTTNV", "HTNV", "KHONG_HTNV"], [4 * good, 3 * good, 1 - good + 0.05, 0.05])[0]
        for y in years
        if dice.random() < known
    }
    titles = TITLES[subject]
    made["titles"] = {y: dice.choices(titles, [3, 6, 2, 1])[:1] for y in years if titles and dice.random() < good}
    for what in ("initiatives", "research"):
        made[what] = [
            {
                "id": f"{what}-{number}",
                "year": dice.choice(years),
                "scope": dice.choice(["co_so", "bo_tinh", "toan_quoc"]),
                "used_for": dice.choices(
                    [[], ["grassroots_emulation_fighter"], ["ministry_province_commendation"]], [8, 1, 1]
                )[0],
            }
            for number in range(dice.choice([0, 1, 2, 6, 12]))
        ]
    made["awards"] = [_award(dice, years) for _ in range(dice.choice([0, 1, 2, 4]))]
    made["discipline"] = [
        _span(dice, years, ["khien_trach", "canh_cao", "cach_chuc"]) for _ in range(dice.choice([0, 0, 0, 1]))
    ]
    made["holds"] = [_span(dice, years, ["thanh_tra"]) for _ in range(dice.choice([0, 0, 0, 0, 1]))]
    made["contributions"] = [
        {"kind": "land", "value_vnd": dice.choice([100, 250, 500]) * 1_000_000, "on": _day(dice, years)}
        for _ in range(dice.choice([0, 1, 2]))
    ]
    began = dice.choice([None, date(years[0], 1, 1), date(year, dice.randint(1, 12), 1), date(year - 31, 5, 31)])
    name = "recruited" if subject == "person" else "founded"
    made["service"] = {name: began, "posts": [_post(dice, years) for _ in range(dice.choice([0, 0, 1]))], "leave": []}
    made["unit"] = _unit(dice) if subject == "collective" else {}
    first = dice.choice([years[0], years[0] - 40, year])
    made["complete"] = {
        register: [y for y in range(first, year + 1) if dice.random() < 0.97]
        for register in REGISTERS
        if dice.random() < 0.8
    }
    made["confirmed"] = [question for question in QUESTIONS if dice.random() < 0.3]
    made["closed_doors"] = [door for door in ("movement", "dot_xuat", "contribution", "service") if dice.random() < 0.5]
    for what in ("initiatives", "research"):
        for item in made[what]:
            item["may_serve"] = dice.choices([[], ["grassroots_emulation_fighter"], FORMS[:2]], [8, 1, 1])[0]
    made["confirmed"] += ["initiative_level"] * (dice.random() < 0.2)
    made["unkept"] = dice.choice([[], [], ["contributions", "service"]])
    if made["unkept"]:
        made["confirmed"] += [name for name in ("in_post", "contribution_at_least_vnd") if dice.random() < 0.2]
    return made


def _day(dice: random.Random, years: range) -> date:
    return date(dice.choice(years), dice.randint(1, 12), dice.randint(1, 28))


def _award(dice: random.Random, years: range) -> dict[str, Any]:
    on = _day(dice, years)
    period = [date(on.year - 2, 1, 1), date(on.year - 1, 12, 31)] if dice.random() < 0.5 else None
    stream = dice.choices(["cong_trang", "dot_xuat", "cong_hien"], [8, 1, 1])[0]
    return {"award": dice.choice(FORMS), "stream": stream, "decided_on": on, "period": period}


def _span(dice: random.Random, years: range, kinds: list[str]) -> dict[str, Any]:
    first = _day(dice, years)
    return {
        "kind": dice.choice(kinds),
        "from": first,
        "to": dice.choice([None, first + timedelta(days=dice.randint(0, 400))]),
    }


def _post(dice: random.Random, years: range) -> dict[str, Any]:
    held = dice.randint(1, 16)
    return {"post": dice.choice(POSTS), "from": date(years[-1] + 1 - held, 1, 1), "to": None}


def _unit(dice: random.Random) -> dict[str, Any]:
    members = dice.choice([None, 10, 100])
    if members is None:
        return {}
    return {
        "members": members,
        "unknown": dice.choice([0, 0, members // 10]),
        "titles": {
            "advanced_worker": members * dice.choice([49, 50, 60, 70, 90]) // 100,
            "grassroots_emulation_fighter": dice.randint(0, 2),
        },
        "grades": {"HTNV": members - dice.choice([0, 0, 1])} if dice.random() < 0.8 else {},
        "disciplined": {dice.choice(["khien_trach", "canh_cao"]): dice.choice([0, 1])},
    }


def facts_of(made: dict[str, Any]) -> tuple[Facts, tuple[Judgement, ...]]:
    """The engine's records of a history."""

    def spans(items: list[dict[str, Any]], kind: str = "kind") -> tuple[Span, ...]:
        return tuple(Span(item[kind], item["from"], item["to"]) for item in items)

    def results(items: list[dict[str, Any]]) -> tuple[Initiative, ...]:
        return tuple(
            Initiative(item["id"], item["year"], item["scope"], tuple(item["used_for"]), tuple(item["may_serve"]))
            for item in items
        )

    service = made["service"]
    facts = Facts(
        made["subject"],
        made["sex"],
        made["grades"],
        {year: tuple(codes) for year, codes in made["titles"].items()},
        results(made["initiatives"]),
        results(made["research"]),
        tuple(
            Held(item["award"], item["stream"], item["decided_on"], tuple(item["period"]) if item["period"] else None)
            for item in made["awards"]
        ),
        spans(made["discipline"]),
        spans(made["holds"]),
        tuple(Contribution(item["kind"], item["value_vnd"], item["on"]) for item in made["contributions"]),
        Service(service.get("recruited"), service.get("founded"), (), spans(service["posts"], "post")),
        UnitCount(**made["unit"]),
        {name: frozenset(years) for name, years in made["complete"].items()},
        frozenset(made.get("unkept", [])),
    )
    said = [Judgement(question, True) for question in made["confirmed"]]
    return facts, (*said, *(Judgement(f"door:{door}", False) for door in made["closed_doors"]))
