"""Clusters: who keeps them, members by day, heads by year, who sees them."""

import datetime

import pytest

from bangvang.kernel.workflow import Refused
from bangvang.people import actions
from bangvang.people.access import clusters_visible_to, heads_cluster
from bangvang.people.actor import Actor
from bangvang.people.models import Cluster, Duty, Unit
from bangvang.people.queries import clusters_of, lead_of, members_of
from tests import factories

START = datetime.date(2026, 1, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def cluster(lan: Actor, office: Unit, division: Unit) -> Cluster:
    made = actions.open_cluster("Khối các phòng", "Quyết định số 15/QĐ-STC", since=START, by=lan)
    for unit in (office, division):
        actions.join_cluster(made, unit, since=START, by=lan)
    return made


def test_only_the_clerk_of_the_agency_keeps_a_cluster(
    cluster: Cluster, mai: Actor, minh: Actor, division: Unit
) -> None:
    for other in (mai, minh):
        with pytest.raises(Refused, match="do thường trực"):
            actions.open_cluster("Khối khác", "QĐ 1", since=START, by=other)
        with pytest.raises(Refused):
            actions.name_cluster_heads(cluster, 2026, division, [], by=other)
    elsewhere = factories.agency("Sở Nội vụ")
    stranger = factories.actor("Lê Thị Thu", elsewhere, Duty.Role.CLERK)
    with pytest.raises(Refused, match="do Sở Tài chính tổ chức"):
        actions.join_cluster(cluster, division, since=START, by=stranger)
    assert (set(clusters_visible_to(mai)), set(clusters_visible_to(stranger))) == ({cluster}, set())


def test_a_unit_is_in_one_cluster_at_a_time_and_days_are_inclusive(
    cluster: Cluster, lan: Actor, division: Unit
) -> None:
    other = actions.open_cluster("Khối khác", "QĐ 2", since=START, by=lan)
    with pytest.raises(Refused, match="đang ở Khối các phòng"):
        actions.join_cluster(other, division, since=factories.DAY, by=lan)
    member = cluster.members.get(unit=division)
    last = datetime.date(2026, 6, 30)
    with pytest.raises(Refused, match="sớm hơn"):
        actions.leave_cluster(member, last_day=START - DAY, by=lan)
    actions.leave_cluster(member, last_day=last, by=lan)
    with pytest.raises(Refused, match="đã ghi trước đó"):
        actions.leave_cluster(member, last_day=last, by=lan)
    with pytest.raises(Refused, match="đang ở"):
        actions.join_cluster(other, division, since=last, by=lan)
    actions.join_cluster(other, division, since=last + DAY, by=lan)
    assert [division in members_of(cluster, day) for day in (last, last + DAY)] == [True, False]
    assert clusters_of([division.pk], lan.agency, last + DAY) == {division.pk: other}


def test_heads_are_members_of_the_year_and_said_anew(
    cluster: Cluster, lan: Actor, mai: Actor, binh: Actor, office: Unit, division: Unit
) -> None:
    outside = factories.unit("Phòng Giá", agency=lan.agency, parent=lan.agency)
    for lead, deputies, words in ((outside, [], "không ở Khối các phòng"), (office, [office], "không đồng thời")):
        with pytest.raises(Refused, match=words):
            actions.name_cluster_heads(cluster, 2026, lead, deputies, by=lan)
    actions.name_cluster_heads(cluster, 2026, office, [division], by=lan)
    actions.name_cluster_heads(cluster, 2026, division, [], by=lan)
    assert (lead_of(cluster, 2026), lead_of(cluster, 2025), cluster.heads.count()) == (division, None, 1)
    assert [heads_cluster(one, cluster, 2026) for one in (mai, binh, lan)] == [True, False, False]
    assert factories.verbs_of(cluster).count("cluster.name_heads") == 2


def test_sister_agencies_can_be_members_and_then_see_the_cluster(lan: Actor, department: Unit) -> None:
    sister = factories.agency("Sở Nội vụ", parent=department.parent)
    head = factories.actor("Lê Thị Thu", sister, Duty.Role.DIRECTOR)
    cluster = actions.open_cluster("Khối các sở tổng hợp", "QĐ 3", since=START, by=lan)
    actions.join_cluster(cluster, sister, since=START, by=lan)
    assert set(clusters_visible_to(head)) == {cluster}
