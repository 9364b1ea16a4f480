"""Going through pages with Django's test client, and movements brought to each state through their own actions."""

import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.papers.actions import papers_of
from bangvang.people.actor import Actor
from tests import factories, pages

__all__ = ["movements", "papers_of"]

DAY = factories.DAY
TYPED = {
    "title": "Tổ chức phong trào “Tiếp dân đúng hẹn”",
    "theme": "Đúng hẹn từng hồ sơ",
    "kind": "regular",
    "starts_on": "01/04/2026",
    "ends_on": "31/12/2026",
    "end_condition": "",
    "bases": "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023",
    "purposes": "Trả kết quả đúng ngày đã hẹn.",
    "requirements": "",
    "contents": "1. Rà soát quy trình\n2. Công khai ngày hẹn",
    "collective_criteria": "- Không có hồ sơ trễ hẹn",
    "individual_criteria": "Hoàn thành tốt nhiệm vụ",
    "awards": "Giấy khen của Giám đốc Sở: dẫn đầu phong trào",
    "duties": "Văn phòng Sở theo dõi, tổng hợp",
    "recipients": "Các phòng, đơn vị thuộc Sở (t/h)\nLưu: VT",
}


def read(response: Any) -> pages.Page:
    """The page of a response."""
    return pages.read(response.content.decode())


def press(client: Client, address: str, **typed: Any) -> Any:
    """Open a page, type into the first form that has these fields (the hidden ones stay) and send it."""
    forms = read(client.get(address)).forms
    form = next(form for form in forms if form.method == "post" and set(typed) <= set(form.names))
    return client.post(form.action or address, {**form.fields, **typed})


def queries_of(client: Client, address: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as met:
        response = client.get(address)
    assert response.status_code == 200
    return len(met)


def address_of(movement: Movement, rest: str = "") -> str:
    return f"/lam-viec/phong-trao/{movement.code}/{rest}"


def submitted(by: Actor, **changes: Any) -> Movement:
    movement = factories.movement(by, **changes)
    movements.submit(movement, by=by)
    return movement


def approved(by: Actor, head: Actor, **changes: Any) -> Movement:
    movement = submitted(by, **changes)
    movements.approve(movement, by=head)
    return movement


def issued(by: Actor, head: Actor, registry: Actor, *, number: int = 7, **changes: Any) -> Movement:
    movement = approved(by, head, **changes)
    movements.issue(movement, number=number, issued_on=DAY - datetime.timedelta(days=1), by=registry)
    return movement


def published(by: Actor, head: Actor, registry: Actor, *, number: int = 7, **changes: Any) -> Movement:
    movement = issued(by, head, registry, number=number, **changes)
    movements.publish(movement, by=by)
    return movement
