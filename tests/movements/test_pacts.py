"""The pact of a cluster: drafted, signed by every member, in force with the last signature, drawn once."""

import datetime

import pytest

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions, pact_paper
from bangvang.movements.access import pacts_visible_to
from bangvang.movements.models import Pact
from bangvang.notices.models import Notice
from bangvang.papers import actions as stored
from bangvang.papers import blocks
from bangvang.people import actions as people
from bangvang.people.actor import Actor
from bangvang.people.models import Cluster, Duty, Unit
from tests import factories

TEXTS = {"contents": "Giữ đúng hẹn.\nKhông để hồ sơ quá hạn.", "targets": "Hồ sơ đúng hạn | % | 98,5", "titles": ""}
START = datetime.date(2026, 1, 1)


@pytest.fixture
def khanh(office: Unit) -> Actor:
    """Heads the office, the other member."""
    return factories.actor("Trịnh Quốc Khánh", office, Duty.Role.HEAD, title="Chánh Văn phòng")


@pytest.fixture
def cluster(lan: Actor, mai: Actor, khanh: Actor, office: Unit, division: Unit) -> Cluster:
    made = people.open_cluster("Khối các phòng", "Quyết định số 15/QĐ-STC", since=START, by=lan)
    for unit in (office, division):
        people.join_cluster(made, unit, since=START, by=lan)
    return made


@pytest.fixture
def pact(cluster: Cluster, lan: Actor, mai: Actor, division: Unit) -> Pact:
    """Written by Mai, whose division heads the cluster this year."""
    people.name_cluster_heads(cluster, 2026, division, [], by=lan)
    made = actions.draft_pact(cluster, 2026, by=mai)
    actions.edit_pact(made, **TEXTS, by=mai)
    return made


def place(pact: Pact, unit: Unit):  # type: ignore[no-untyped-def]
    return pact.signatures.select_related("unit", "pact__cluster__agency").get(unit=unit)


def test_written_by_the_head_of_the_cluster_or_the_clerk_once_a_year(
    pact: Pact, cluster: Cluster, lan: Actor, mai: Actor, khanh: Actor, binh: Actor
) -> None:
    with pytest.raises(Refused, match="đã có giao ước năm 2026"):
        actions.draft_pact(cluster, 2026, by=lan)
    with pytest.raises(Refused):
        actions.edit_pact(pact, **TEXTS, by=khanh)
    with pytest.raises(Overtaken):
        actions.edit_pact(pact, **TEXTS, version=1, by=lan)
    assert {actor: set(pacts_visible_to(actor)) for actor in (lan, mai, khanh, binh)} == {
        lan: {pact}, mai: {pact}, khanh: set(), binh: set(),
    }  # fmt: skip


def test_nobody_signs_half_a_text(cluster: Cluster, lan: Actor) -> None:
    empty = actions.draft_pact(cluster, 2026, by=lan)
    with pytest.raises(Refused, match="nội dung thi đua, chỉ tiêu, trưởng cụm, khối năm 2026"):
        actions.offer_pact(empty, by=lan)


def test_in_force_with_the_last_signature(
    pact: Pact, mai: Actor, khanh: Actor, binh: Actor, office: Unit, division: Unit
) -> None:
    actions.offer_pact(pact, by=mai)
    assert Notice.objects.filter(user=khanh.user, key__startswith="pact").count() == 1
    assert set(pacts_visible_to(binh)) == {pact}
    with pytest.raises(Refused, match="Người đứng đầu Văn phòng ký"):
        actions.sign_pact(place(pact, office), by=mai)
    actions.sign_pact(place(pact, division), by=mai)
    with pytest.raises(Refused, match="đã ký"):
        actions.sign_pact(place(pact, division), by=mai)
    pact.refresh_from_db()
    assert (pact.state, stored.papers_of(pact)) == ("signing", [])
    actions.sign_pact(place(pact, office), by=khanh)
    pact.refresh_from_db()
    assert (pact.state, pact.in_force_on, len(stored.papers_of(pact))) == ("in_force", factories.DAY, 1)
    with pytest.raises(Refused):
        actions.recall_pact(pact, reason="Sửa", by=mai)
    words = " ".join(blocks.words(pact_paper.pact(pact)))
    assert "GIAO ƯỚC THI ĐUA" in words
    assert "Hồ sơ đúng hạn % 98,5" in words
    # the head of the cluster signs last, everybody by name
    assert words.endswith("Trịnh Quốc Khánh ĐẠI DIỆN PHÒNG QUẢN LÝ NGÂN SÁCH Vũ Thanh Mai")


def test_what_was_signed_is_signed_anew_after_a_recall(
    pact: Pact, lan: Actor, mai: Actor, khanh: Actor, office: Unit, division: Unit
) -> None:
    actions.offer_pact(pact, by=mai)
    before = place(pact, office)
    actions.sign_pact(place(pact, division), by=mai)
    pact.refresh_from_db()
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.recall_pact(pact, reason="", by=mai)
    actions.recall_pact(pact, reason="Thêm một chỉ tiêu", by=mai)
    with pytest.raises(Refused, match="vừa được rút về"):
        actions.sign_pact(before, by=khanh)
    actions.offer_pact(pact, by=mai)
    assert pact.signatures.filter(signed_on__isnull=False).count() == 0


def test_a_signature_on_paper_is_recorded_by_the_clerk_with_its_day(
    pact: Pact, lan: Actor, mai: Actor, khanh: Actor, office: Unit
) -> None:
    actions.offer_pact(pact, by=mai)
    day = datetime.date(2026, 2, 20)
    with pytest.raises(Refused, match="cần ghi bản giấy"):
        actions.sign_pact(place(pact, office), by=lan)
    with pytest.raises(Refused, match="Ngày ký ở sau hôm nay"):
        actions.sign_pact(place(pact, office), signed_on=datetime.date(2026, 3, 9), paper="Hộp 12", by=lan)
    actions.sign_pact(place(pact, office), signed_on=day, paper="Hộp 12", by=lan)
    signed = place(pact, office)
    assert (signed.signer_name, signed.signer_title, signed.signed_on, signed.paper) == (
        "Trịnh Quốc Khánh", "Chánh Văn phòng", day, "Hộp 12",
    )  # fmt: skip


def test_twenty_members_sign_in_rows_of_three(pact: Pact, lan: Actor, media: object) -> None:
    """Both writers draw every name, in rows that fit the sheet."""
    import io

    from docx import Document

    from bangvang.papers import docx, pdf

    for number in range(18):
        unit = factories.unit(f"Phòng số {number}", agency=lan.agency, parent=lan.agency)
        people.join_cluster(pact.cluster, unit, since=START, by=lan)
    actions.offer_pact(pact, by=lan)
    paper = pact_paper.pact(pact)
    signatures = Document(io.BytesIO(docx.write(paper))).tables[-1]
    assert (len(signatures.rows), len(signatures.columns)) == (7, 3)
    assert pdf.write(paper).startswith(b"%PDF")
