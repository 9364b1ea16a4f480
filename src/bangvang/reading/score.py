"""How well plans are read, against truths written by people: precision, recall, F1 per field and stratum.

A folder holds documents, each with a truth of the same name ending in .json; docs/how-it-works/reading.md gives the
format. Four strata (whole plan, news, OCR, excerpt) are never pooled; wrong numbers, dates and awards are listed.
"""

import json
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bangvang.reading import child
from bangvang.reading.plan.draft import ASK_BELOW
from bangvang.reading.refusal import Refusal
from bangvang.reading.text_cleaning import squeeze

Counts = list[int]  # right, read, true
STRATA = ("whole_plan", "news", "ocr", "excerpt")
TEXT_LISTS = ("purposes", "requirements", "targets", "contents", "solutions", "slogans")
KEYED_LISTS = {"recipients": "name", "duties": "text", "indicators": "text"}
REFERENCES = ("legal_bases", "other_references")
CONFIDENT_WRONG = ("number", "date")


def score_folder(folder: Path) -> dict[str, Any]:
    """{stratum: {field: {precision, recall, f1, n}, macro_f1}, hard_failures: […]} over all truths in the folder."""
    counts: dict[str, dict[str, Counts]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    failures: list[dict[str, Any]] = []
    for truth_path in sorted(folder.glob("*.json")):
        document = next((path for path in sorted(folder.glob(truth_path.stem + ".*")) if path != truth_path), None)
        if document is None:
            continue
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        read = child.read_plan(document)
        _count(document.name, truth, read, counts[truth["stratum"]], failures)
    result: dict[str, Any] = {stratum: _figures(counts[stratum]) for stratum in STRATA if stratum in counts}
    result["hard_failures"] = failures
    return result


def _figures(fields: dict[str, Counts]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for field, (right, read, true) in sorted(fields.items()):
        precision = right / read if read else 1.0 if not true else 0.0
        recall = right / true if true else 1.0 if not read else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures[field] = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "n": true}
    # A field that no document has and none was read for says nothing.
    telling = [figures[field]["f1"] for field, (right, read, true) in fields.items() if read or true]
    figures["macro_f1"] = round(sum(telling) / len(telling), 4) if telling else 1.0
    return figures


def _count(
    name: str,
    truth: dict[str, Any],
    read: dict[str, Any] | Refusal,
    fields: dict[str, Counts],
    failures: list[dict[str, Any]],
) -> None:
    if "refused" in truth:
        code = read.code if isinstance(read, Refusal) else "read"
        _add(fields["refused"], code == truth["refused"], 1, 1)
        return
    if isinstance(read, Refusal):
        failures.append(_failure(name, "file", read.code, truth["kind"]))
        return
    _add(fields["kind"], read["kind"] == truth["kind"], 1, 1)
    if read["kind"] != truth["kind"] and "record_article" in (read["kind"], truth["kind"]):
        failures.append(_failure(name, "kind", read["kind"], truth["kind"]))
    for field, true in truth.items():
        if field in ("stratum", "kind", "note"):
            continue
        if field == "period":
            for end in ("start", "end"):
                _count_end(fields[f"period_{end}"], read["period"][end], true[end], name, f"period_{end}", failures)
            if "phases" in true:
                _add(fields["phases"], len(read["period"]["phases"]) == true["phases"], 1, 1)
        elif field == "criteria":
            for group in ("collective", "individual", "other"):
                texts = [item["value"]["text"] for item in read["criteria"][group]]
                _count_list(fields[f"criteria_{group}"], texts, true.get(group, []))
        elif field == "points":
            points = [
                item["value"]["points"]
                for group in ("collective", "individual", "other")
                for item in read["criteria"][group]
            ]
            _count_set(
                fields[field], set(enumerate(points)) - {(at, None) for at in range(len(points))}, set(enumerate(true))
            )
        elif field in TEXT_LISTS:
            _count_list(fields[field], [item["value"] for item in read[field]], true)
        elif field in KEYED_LISTS:
            _count_keyed(fields, field, [item["value"] for item in read[field]], true)
        elif field in REFERENCES:
            _count_references(fields[field], [item["value"] for item in read[field]], true)
        elif field == "award_forms":
            _count_awards(fields[field], read[field], true, name, failures)
        elif field == "signer":
            read_signers = {_signer_key(item["value"]) for item in read[field]}
            _count_set(fields[field], read_signers, {_signer_key(one) for one in true})
        elif field in ("deadlines", "milestones"):
            _count_set(fields[field], {item["value"]["value"] for item in read[field]}, set(true))
        elif field == "quotas":
            _count_set(
                fields[field],
                {key for item in read[field] if any(key := _quota_key(item["value"]))},
                {_quota_key(one) for one in true},
            )
        else:
            _count_scalar(fields[field], field, read[field], true, name, failures)
    _check_roles(name, truth, read, failures)


def _add(counts: Counts, right: bool | int, read: int, true: int) -> None:
    counts[0] += int(right)
    counts[1] += read
    counts[2] += true


def _failure(name: str, field: str, read: object, truth: object) -> dict[str, Any]:
    return {"file": name, "field": field, "read": read, "truth": truth}


def _same(read: object, true: object) -> bool:
    return _spelt_out(squeeze(str(read))) == _spelt_out(squeeze(str(true)))


def _spelt_out(text: str) -> str:
    return text.replace("ubnd", "uy ban nhan dan")


def _count_scalar(
    counts: Counts, field: str, found: dict[str, Any], true: Any, name: str, failures: list[dict[str, Any]]
) -> None:
    value = found["value"]["name"] if field == "agency" and found["value"] else found["value"]
    right = value is not None and true is not None and _same(value, true)
    _add(counts, right, value is not None, true is not None)
    if value is not None and not right and field in CONFIDENT_WRONG and found["confidence"] >= ASK_BELOW:
        failures.append(_failure(name, field, value, true))


def _count_end(
    counts: Counts,
    end: dict[str, Any],
    true: dict[str, Any] | None,
    name: str,
    field: str,
    failures: list[dict[str, Any]],
) -> None:
    is_read = end["value"] is not None or end["condition"] is not None
    right = False
    if true and is_read:
        if true.get("value"):
            right = end["value"] == true["value"] and end["precision"] == true["precision"]
        else:
            right = end["value"] is None and _first_words(end["condition"] or "", 3) == _first_words(
                true["condition"], 3
            )
    _add(counts, right, is_read, bool(true))
    if end["value"] is not None and not right and end["confidence"] >= ASK_BELOW:
        failures.append(_failure(name, field, end["value"], true))


def _first_words(text: str, count: int = 4) -> str:
    return " ".join(squeeze(text).split()[:count])


def _count_list(counts: Counts, read: list[str], true: list[str]) -> None:
    left = [_first_words(text) for text in read]
    right = [_first_words(text) for text in true]
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    _add(counts, sum(block.size for block in blocks), len(left), len(right))


def _count_keyed(fields: dict[str, Counts], field: str, read: list[dict[str, Any]], true: list[dict[str, Any]]) -> None:
    key = KEYED_LISTS[field]
    _count_list(fields[field], [item[key] for item in read], [item[key] for item in true])
    detail = {"recipients": "note", "duties": "actor", "indicators": "number"}[field]
    by_key = {_first_words(item[key]): item for item in read}
    for item in true:
        if detail not in item:
            continue
        found = by_key.get(_first_words(item[key]))
        value = found[detail] if found else None
        right = value == item[detail] if detail == "number" else _same(value or "", item[detail] or "")
        _add(fields[f"{field}_{detail}"], right and value is not None, value is not None, item[detail] is not None)


def _reference_key(value: dict[str, Any]) -> tuple[str, ...]:
    if value.get("number"):
        return (squeeze(value["number"].replace(" ", "")),)
    return (squeeze(value.get("type") or ""), str(value.get("date")))


def _count_references(counts: Counts, read: list[dict[str, Any]], true: list[dict[str, Any]]) -> None:
    by_key = {_reference_key(value): value for value in read}
    right = 0
    for value in true:
        found = by_key.get(_reference_key(value))
        right += found is not None and ("date" not in value or found["date"] == value["date"])
    _add(counts, right, len(read), len(true))


def _award_key(value: dict[str, Any]) -> tuple[object, ...]:
    code = value["code"]
    for name, rank in (("_first", 1), ("_second", 2), ("_third", 3)):
        if code.endswith(name):
            return code.removesuffix(name), None, rank
    return code, value.get("issuer"), value.get("class")


def _count_awards(
    counts: Counts, read: list[dict[str, Any]], true: list[dict[str, Any]], name: str, failures: list[dict[str, Any]]
) -> None:
    left = {_award_key(item["value"]): item for item in read}
    right = {_award_key(value) for value in true}
    _add(counts, len(left.keys() & right), len(left), len(right))
    for key in left.keys() - right:
        if left[key]["confidence"] >= ASK_BELOW:
            failures.append(_failure(name, "award_forms", left[key]["value"]["text"], None))


def _signer_key(value: dict[str, Any]) -> tuple[str | None, str, str]:
    return value["authority"], squeeze(value["title"] or ""), squeeze(value["name"] or "")


def _quota_key(value: dict[str, Any]) -> tuple[object, ...]:
    return value.get("collective"), value.get("individual"), value.get("ratio")


def _count_set(counts: Counts, read: set[Any], true: set[Any]) -> None:
    _add(counts, len(read & true), len(read), len(true))


def _check_roles(name: str, truth: dict[str, Any], read: dict[str, Any], failures: list[dict[str, Any]]) -> None:
    """A basis taken for the plan's own number, or the other way round."""
    own = read["number"]["value"]
    bases = {_reference_key(value) for value in truth.get("legal_bases", []) + truth.get("other_references", [])}
    if own and _reference_key({"number": own}) in bases:
        failures.append(_failure(name, "role", own, "văn bản căn cứ"))
    true_own = truth.get("number")
    if true_own and any(
        _reference_key(item["value"]) == _reference_key({"number": true_own}) for item in read["legal_bases"]
    ):
        failures.append(_failure(name, "role", true_own, "số của chính kế hoạch"))
