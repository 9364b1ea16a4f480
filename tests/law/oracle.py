"""An independent judge: reads the YAML itself, imports nothing of the product, and thinks in worlds instead of planes.

It answers each condition twice: in the *worst* world that the records allow (what is unknown is missing, and what would
harm is there) and in the *best* one. Surely = true in the worst world; possibly = true in the best.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[2] / "src" / "bangvang" / "law" / "data"
GRADES = ["KHONG_HTNV", "HTNV", "HTTNV", "HTXSNV"]
SCOPES = ["co_so", "bo_tinh", "toan_quoc"]
MEASURES = ["khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec"]
SURE_MARKS = {"V", "V2"}

TITLES = yaml.safe_load((DATA / "titles.yaml").read_text())
FORMS = yaml.safe_load((DATA / "awards.yaml").read_text())
AWARDS = TITLES | FORMS
PRINCIPLES = yaml.safe_load((DATA / "principles.yaml").read_text())
HORIZON = yaml.safe_load((DATA / "governing.yaml").read_text())["horizon_years"]


def version(code: str, subject: str, on: date) -> dict[str, Any]:
    return next(
        item
        for item in AWARDS[code]["criteria"][subject]
        if item["from"] <= on and (item.get("until") or date.max) >= on
    )


def principle(name: str, on: date) -> bool:
    return any(
        item["from"] <= on <= (item.get("until") or date.max) and item["mark"] in SURE_MARKS
        for item in PRINCIPLES[name]
    )


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def who_also_hold(code: str) -> set[str]:
    found = {code}
    while True:
        more = {name for name, award in AWARDS.items() if found & set(as_list(award.get("includes", [])))} | found
        if more == found:
            return found
        found = more


@dataclass
class World:
    """`history` is a case's facts as plain data. `worst`: nothing unknown helps. `granted`: open questions get yes."""

    history: dict[str, Any]
    award: str
    year: int
    on: date
    worst: bool
    granted: bool = False

    def complete(self, register: str, year: int) -> bool:
        began = self.history.get("service", {}).get("recruited" if self.history["subject"] == "person" else "founded")
        return year in self.history.get("complete", {}).get(register, []) or bool(began and year < began.year)

    def on_record(self, code: str, year: int) -> bool:
        if code in self.history.get("titles", {}).get(year, []):
            return True
        return any(
            item["award"] == code
            and item["stream"] not in ("dot_xuat", "chuyen_de")
            and item["decided_on"] <= self.on
            and (item["period"][1] if item.get("period") else item["decided_on"]).year == year
            for item in self.history.get("awards", [])
        )

    def held(self, code: str, year: int, *, harmful: bool = False) -> bool:
        codes = who_also_hold(code)
        if any(self.on_record(name, year) for name in codes):
            return True
        unknown = any(not self.complete("titles" if name in TITLES else "awards", year) for name in codes)
        return unknown and self.worst == harmful

    def graded(self, grade: str, year: int) -> bool:
        if year in self.history.get("grades", {}):
            return GRADES.index(self.history["grades"][year]) >= GRADES.index(grade)
        return not self.complete("grades", year) and not self.worst

    def after_discipline(self, year: int) -> bool:
        if not principle("achievements_after_discipline", self.on):
            return True
        begins = date(year, 1, 1) if self.worst and not self.granted else date(year, 12, 31)
        return all(
            (item["to"] or date.max) < begins for item in self.history.get("discipline", []) if item["from"] <= self.on
        )

    def counts(self, rule: dict[str, Any], year: int) -> bool:
        """Does this year count for a rule about years?"""
        good = ("grade" in rule and self.graded(rule["grade"], year)) or (
            "award" in rule and self.held(rule["award"], year)
        )
        if good and "since" in rule:
            good = not any(self.held(rule["since"], later, harmful=True) for later in range(year, self.year + 1))
        single = (
            rule["rule"] == "years_with" and "since" not in rule and (rule.get("ever") or rule.get("count", 1) == 1)
        )
        return good and (single or self.after_discipline(year))

    # One method for each rule of the book.

    def years_with(self, rule: dict[str, Any]) -> bool:
        back = HORIZON if rule.get("ever") or "since" in rule else rule.get("first", 0)
        years = range(self.year - back, self.year - rule.get("last", 0) + 1)
        return sum(self.counts(rule, year) for year in years) >= rule.get("count", 1)

    def run(self, rule: dict[str, Any]) -> bool:
        return all(self.counts(rule, self.year - back) for back in range(rule["years"]))

    def recognised(self, rule: dict[str, Any]) -> bool:
        years = [self.year - back for back in range(rule.get("first", 0) + 1)]
        if not self.worst and any(not self.complete("initiatives", year) for year in years):
            return True
        once = principle("initiative_serves_once", self.on)
        counts_doubt = not self.worst or self.granted or self.said(rule)
        free = [
            item
            for item in self.history.get(rule["what"], [])
            if item["year"] in years
            and SCOPES.index(item["scope"]) >= SCOPES.index(rule["scope"])
            and (not once or set(item.get("used_for", [])) <= {self.award})
            and (not once or counts_doubt or set(item.get("may_serve", [])) <= {self.award})
        ]
        return len(free) >= rule.get("count", 1)

    def said(self, rule: dict[str, Any]) -> bool:
        """A person has said yes to this rule, which the records left open."""
        name = NAMES.get(rule["rule"])
        if rule["rule"] == "recognised" and rule["what"] == "initiatives" and rule.get("count", 1) == 1:
            name = "initiative_level"
        return name in self.history.get("confirmed", [])

    def times(self, rule: dict[str, Any]) -> bool:
        count, gap, late = rule["count"], rule["spaced_at_most"], rule.get("last_within", 1)
        years = [year for year in range(self.year - late - gap * (count - 1), self.year + 1) if self.counts(rule, year)]
        return any(
            chosen[-1] >= self.year - late and all(b - a <= gap for a, b in itertools.pairwise(chosen))
            for chosen in itertools.combinations(years, count)
        )

    def spaced(self, rule: dict[str, Any]) -> bool:
        years = range(self.year - (rule.get("years") or HORIZON) + 1, self.year + 1)
        return not any(
            self.on_record(name, year)
            for code in as_list(rule["awards"])
            for name in who_also_hold(code)
            for year in years
        )

    def ask(self, rule: dict[str, Any]) -> bool:
        question = rule["question"]
        names = {question, question.split(":")[0]}
        if names & set(self.history.get("closed_doors", [])):
            return False
        said = names & set(self.history.get("confirmed", []))
        if rule.get("presumed_no"):
            return bool(said)
        return bool(said) or not self.worst or self.granted

    def served(self, rule: dict[str, Any]) -> bool:
        return self.months_since("recruited", rule["months"])

    def existed(self, rule: dict[str, Any]) -> bool:
        return self.months_since("founded", rule["months"])

    def months_since(self, name: str, months: int) -> bool:
        began = self.history.get("service", {}).get(name)
        return not self.worst if began is None else full_months(began, date(self.year, 12, 31)) >= months

    def undisciplined(self, rule: dict[str, Any]) -> bool:
        heavy = MEASURES[MEASURES.index(rule["from_kind"]) :]
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        found = any(
            item["kind"] in heavy and item["from"] <= last and (item["to"] or last) >= first
            for item in self.history.get("discipline", [])
        )
        return not found and (self.complete("discipline", self.year) or not self.worst)

    def contributed(self, rule: dict[str, Any]) -> bool:
        given = sum(item["value_vnd"] for item in self.history.get("contributions", []) if item["on"] <= self.on)
        enough = given >= rule["at_least_vnd"]
        if self.unkept("contributions"):
            return self.left_to_a_person(rule, enough, True)
        return enough or (not self.worst and not self.complete("contributions", self.year))

    def in_post(self, rule: dict[str, Any]) -> bool:
        spans = [
            (item["from"], min(item["to"] or self.on, self.on))
            for item in self.history.get("service", {}).get("posts", [])
            if item["post"] in as_list(rule["posts"]) and item["from"] <= self.on
        ]
        months = sum(full_months(*span) for span in spans)
        if months == 0 and not self.unkept("service") and not self.complete("service", self.year):
            return not self.worst
        sexes = [self.history["sex"]] if self.history.get("sex") else ["male", "female"]
        fits = []
        for sex in sexes:
            keep = 2 / 3 if sex == "female" and rule.get("women_less") == "1/3" else 1
            low, high = rule["years"] * 12 * keep, rule.get("below_years", 999) * 12 * keep
            fits.append((low - 1e-9 <= months, months < high - 1e-9))
        if self.unkept("service"):
            surely = "below_years" not in rule and all(low for low, _ in fits)
            return self.left_to_a_person(rule, surely, any(high for _, high in fits))
        every = [low and high for low, high in fits]
        return all(every) if self.worst else any(every)

    def unkept(self, register: str) -> bool:
        return register in self.history.get("unkept", [])

    def left_to_a_person(self, rule: dict[str, Any], surely: bool, possibly: bool) -> bool:
        """No register could tell more, so between the two a person answers."""
        if surely == possibly:
            return surely
        return self.said(rule) or not self.worst or self.granted

    def share(self, rule: dict[str, Any]) -> bool:
        unit = self.history.get("unit", {})
        if not unit.get("members"):
            return not self.worst
        if "title" in rule:
            count = unit.get("titles", {}).get(rule["title"])
        else:
            found = [
                number
                for grade, number in unit.get("grades", {}).items()
                if GRADES.index(grade) >= GRADES.index(rule["grade"])
            ]
            count = sum(found) if found else None
        return self.enough(count, rule)

    def has_holder(self, rule: dict[str, Any]) -> bool:
        count = self.history.get("unit", {}).get("titles", {}).get(rule["title"])
        if count is None and not self.complete("unit", self.year):
            return not self.worst
        return (count or 0) + (0 if self.worst else self.history.get("unit", {}).get("unknown", 0)) >= rule.get(
            "count", 1
        )

    def enough(self, count: int | None, rule: dict[str, Any]) -> bool:
        unit = self.history["unit"]
        if count is None:
            if not self.complete("unit", self.year):
                return not self.worst
            count = 0
        count = count if self.worst else min(count + unit.get("unknown", 0), unit["members"])
        percent = count / unit["members"] * 100
        if "at_least_percent" in rule:
            return percent >= rule["at_least_percent"] - 1e-9
        return percent > rule["more_than_percent"] + 1e-9

    def nobody_disciplined(self, rule: dict[str, Any]) -> bool:
        heavy = MEASURES[MEASURES.index(rule["from_kind"]) :]
        if any(self.history.get("unit", {}).get("disciplined", {}).get(kind) for kind in heavy):
            return False
        return self.complete("discipline", self.year) or self.complete("unit", self.year) or not self.worst


def full_months(first: date, last: date) -> int:
    """Whole months, counted one by one."""
    end, months = last + timedelta(days=1), 0
    while True:
        month = first.month - 1 + months + 1
        year, month = first.year + month // 12, month % 12 + 1
        day = first.day
        while True:
            try:
                then = date(year, month, day)
                break
            except ValueError:
                day -= 1
        if then > end:
            return months
        months += 1


NAMES = {"in_post": "in_post", "contributed": "contribution_at_least_vnd"}
"""By which a judgement may answer a rule that the records leave open."""


def leaf_truth(world: World, rule: dict[str, Any], mark: str) -> bool:
    if rule["rule"] != "ask" and rule.get("mark", mark) not in SURE_MARKS:
        return world.said(rule) or not world.worst or world.granted
    return bool(getattr(world, rule["rule"])(rule))


def truth(world: World, tree: dict[str, Any], mark: str, leaves: list[bool]) -> bool:
    """The truth of a tree in one world; the truth of every leaf is put into `leaves`, in order."""
    if "all_of" in tree:
        return all([truth(world, part, mark, leaves) for part in tree["all_of"]])
    if "any_of" in tree:
        return any([truth(world, part, mark, leaves) for part in tree["any_of"]])
    if tree["rule"] == "meets":
        code = tree["award"]
        holds = world.held(code, world.year)
        leaves.append(holds)
        other = version(code, world.history["subject"], world.on)
        return holds | any([door_truth(world, door, other["mark"], leaves) for door in other["doors"]])
    found = leaf_truth(world, tree, mark)
    leaves.append(found)
    return found


def door_truth(world: World, door: dict[str, Any], mark: str, leaves: list[bool]) -> bool:
    return all([truth(world, part, door.get("mark", mark), leaves) for part in door["requires"]])


def outcome(surely: bool, possibly: bool, granted: bool) -> str:
    """The table of four outcomes."""
    return "met" if surely else "not_met" if not possibly else "needs_person" if granted else "missing_data"


def judge(history: dict[str, Any], award: str, year: int, on: date) -> tuple[str, list[str]]:
    """Outcome of the award, and of every leaf in the order of the book."""
    found = version(award, history["subject"], on)
    answers, leaf_answers = [], []
    for worst, granted in ((True, False), (False, False), (True, True)):
        world = World(history, award, year, on, worst, granted)
        leaves: list[bool] = []
        doors = [door_truth(world, door, found["mark"], leaves) for door in found["doors"]]
        closed = history.get("closed_doors", [])
        opened = any(
            is_true and door["door"] not in closed for is_true, door in zip(doors, found["doors"], strict=True)
        )
        held_up = any(item["from"] <= on and (item["to"] or on) >= on for item in history.get("holds", []))
        free = not held_up or not worst or granted
        answers.append(opened and free)
        leaf_answers.append(leaves)
    return outcome(*answers), [outcome(*three) for three in zip(*leaf_answers, strict=True)]
