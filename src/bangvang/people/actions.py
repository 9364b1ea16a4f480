"""Verbs about units, persons, duties and accounts: what the administrator enters, and one's own password."""

import datetime
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from bangvang.kernel import bulk, clock, events
from bangvang.kernel.events import Doer, action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.people import queries
from bangvang.people.access import may_keep_accounts, may_keep_cluster, may_set_up_clusters
from bangvang.people.actor import Actor
from bangvang.people.models import (
    CalendarFeed,
    Cluster,
    ClusterHead,
    ClusterMember,
    Delegation,
    Duty,
    Household,
    Person,
    Unit,
    User,
)

PASSWORD_WORDS = 5


def random_password() -> str:
    """A first password of five groups of four letters and digits: 100 bits, easy to read out, must be changed at
    once."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(PASSWORD_WORDS))


@action
def change_password(user: User, new: str) -> None:
    """The owner sets a new password; the event says that it happened, never what it is."""
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    assert user.person is not None
    events.record("account.change_password", by=_Owner(user), roots=[user.person])


@action
def enter_household(agency: Unit, name: str, address: str, *, by: Doer) -> Household:
    """Know a household that is being commended. Its name and address stand in its own row, never in the event."""
    made = Household(agency=agency, name=name, address=address)
    made.save(force_insert=True)
    events.record("household.enter", by=by, roots=[made])
    return made


@action
def set_email(user: User, email: str) -> None:
    """The owner says where reminders go, or (empty) that none go by mail; the event does not hold the address."""
    user.email = email
    user.save(update_fields=["email"])
    assert user.person is not None
    events.record("account.set_email", by=_Owner(user), roots=[user.person])


@action
def open_calendar(user: User) -> str:
    """Give the owner a new secret part of a calendar address (192 bits), returned this once; the one before stops working."""
    token = secrets.token_urlsafe(24)
    hashed = hashlib.sha256(token.encode()).hexdigest()
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_hash": hashed, "made_on": clock.today()})
    assert user.person is not None
    events.record("account.open_calendar", by=_Owner(user), roots=[user.person])
    return token


@action
def close_calendar(user: User) -> None:
    """The owner takes the calendar address back."""
    CalendarFeed.objects.filter(user=user).delete()
    assert user.person is not None
    events.record("account.close_calendar", by=_Owner(user), roots=[user.person])


@action
def reset_password(user: User, *, by: Actor) -> str:
    """The administrator gives a person a new first password and returns it, to be shown once."""
    if not (verdict := may_keep_accounts(by)):
        raise Refused(verdict)
    assert user.person is not None
    first = random_password()
    user.set_password(first)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    events.record("account.reset_password", by=by, roots=[user.person])
    return first


@action
def open_account(person: Person, username: str, *, by: Actor) -> tuple[User, str]:
    """Give a person an account with a first password (returned once)."""
    if not (verdict := may_keep_accounts(by)):
        raise Refused(verdict)
    first = random_password()
    user = User.objects.create_user(username, first, person=person, must_change_password=True)
    events.record("account.open", by=by, roots=[person], body={"username": user.username})
    return user, first


@action
def set_active(user: User, active: bool, *, by: Actor) -> None:
    """Close or reopen an account; its past acts keep their names."""
    if not (verdict := may_keep_accounts(by)):
        raise Refused(verdict)
    assert user.person is not None
    user.is_active = active
    user.save(update_fields=["is_active"])
    events.record("account.reopen" if active else "account.close", by=by, roots=[user.person])


@action
def open_unit(name: str, kind: str, *, within: Unit, since: datetime.date, head_title: str = "", by: Actor) -> Unit:
    """A new unit of the administrator's agency, standing from a day."""
    _ask(by, within)
    unit = Unit(
        name=name,
        kind=kind,
        parent=within,
        agency=by.agency,
        head_title=head_title,
        valid_from=since,
        order=_next_order(by),
    )
    unit.save(force_insert=True)
    events.record("unit.open", by=by, roots=[unit], body={"within": within.code})
    return unit


@action
def enter_person(
    full_name: str, sex: str, *, birth_year: int | None, recruited_on: datetime.date | None, by: Actor
) -> Person:
    """A person, once; namesakes are told apart by the year of birth."""
    _ask(by)
    person = Person(full_name=full_name, sex=sex, birth_year=birth_year, recruited_on=recruited_on)
    person.save(force_insert=True)
    events.record("person.enter", by=by, roots=[person])
    return person


@action
def record_dates(
    person: Person, *, recruited_on: datetime.date | None, died_on: datetime.date | None, by: Actor
) -> None:
    """The days of recruitment and death, as the personnel file has them; the law counts service from the first."""
    _ask(by)
    if any(day and day > by.day for day in (recruited_on, died_on)):
        raise Refused(no("Ngày ghi ở sau ngày hôm nay."))
    if recruited_on and died_on and died_on < recruited_on:
        raise Refused(no("Ngày mất sớm hơn ngày tuyển dụng."))
    person.recruited_on, person.died_on = recruited_on, died_on
    person.save(update_fields=["recruited_on", "died_on"])
    events.record("person.record_dates", by=by, roots=[person])


@action
def enter_selected(
    people: QuerySet[Any], columns: Mapping[str, str], duties: Mapping[str, str], *, agency: Unit, by: Doer
) -> int:
    """Persons of a confirmed list, by one statement, each with the duty in which the list saw them; one event.

    `columns` and `duties` map fields of Person and Duty to fields or annotations of `people`, the keys of names included.
    Whoever confirms a list was asked before; nobody gets a power: the role of the duty is the caller's STAFF.
    """
    made = bulk.insert_selected(Person, people, columns)
    bulk.insert_selected(Duty, people, duties)
    event = events.record("person.enter_many", by=by, roots=[agency], body={"people": made})
    events.begin_chains(event, Person.objects.filter(code__in=people.order_by().values("code")))
    return made


@action
def give_selected(people: QuerySet[Any], duties: Mapping[str, str], *, agency: Unit, by: Doer) -> int:
    """Duties of a confirmed list, by one statement and with one event; see enter_selected. Returns how many."""
    given = bulk.insert_selected(Duty, people, duties)
    events.record("duty.give_many", by=by, roots=[agency], body={"duties": given})
    return given


@action
def give_duty(person: Person, unit: Unit, role: str, title: str, *, since: datetime.date, by: Actor) -> Duty:
    """A post in a unit from a day on. An agency has one head at a time."""
    _ask(by, unit)
    if role == Duty.Role.DIRECTOR and Duty.objects.as_of(since).filter(unit=unit, role=role).exists():
        raise Refused(no(f"{unit.name} đã có người đứng đầu vào ngày đó. Xin kết thúc chức trách trước rồi giao mới."))
    duty = Duty(person=person, unit=unit, role=role, title=title, valid_from=since)
    duty.save(force_insert=True)
    events.record("duty.give", by=by, roots=[person, unit], body={"role": role, "title": title, "since": since})
    return duty


@action
def end_duty(duty: Duty, *, last_day: datetime.date, by: Actor) -> None:
    """The duty ends with its last day (inclusive); what was done in it keeps its name."""
    _ask(by, duty.unit)
    if last_day < duty.valid_from:
        raise Refused(no("Ngày kết thúc sớm hơn ngày bắt đầu của chức trách này."))
    duty.valid_until = last_day
    duty.save(update_fields=["valid_until"])
    events.record("duty.end", by=by, roots=[duty.person, duty.unit], body={"title": duty.title, "last_day": last_day})


@action
def delegate(
    giver: Duty, taker: Duty, kind: str, *, decision: str, since: datetime.date, until: datetime.date | None, by: Actor
) -> Delegation:
    """Signing for the head (KT., TL., TUQ.) under a written decision; a written authority (TUQ.) needs an end."""
    _ask(by, giver.unit)
    if kind == Delegation.Kind.AUTHORISED and until is None:
        raise Refused(no("Thừa uỷ quyền (TUQ.) phải ghi ngày hết hạn."))
    delegation = Delegation(giver=giver, taker=taker, kind=kind, decision=decision, valid_from=since, valid_until=until)
    delegation.save(force_insert=True)
    body = {"kind": kind, "decision": decision, "since": since, "until": until}
    events.record("duty.delegate", by=by, roots=[giver.person, taker.person], body=body)
    return delegation


@action
def found(province: str, agency: str, *, symbol: str, place: str, head_title: str, on: datetime.date, by: Doer) -> Unit:
    """The first agency of an empty installation, under its province."""
    if Unit.objects.exists():
        raise Refused(no("Bản cài này đã có đơn vị. Đơn vị mới do quản trị hệ thống nhập trên trang “Đơn vị”."))
    above = Unit(name=province, kind=Unit.Kind.PROVINCE, valid_from=on)
    above.save(force_insert=True)
    first = Unit(
        name=agency,
        kind=Unit.Kind.AGENCY,
        symbol=symbol,
        parent=above,
        place=place,
        head_title=head_title,
        valid_from=on,
    )
    first.save(force_insert=True)
    events.record("unit.found", by=by, roots=[above, first])
    return first


@action
def found_administrator(agency: Unit, full_name: str, sex: str, username: str, *, on: datetime.date, by: Doer) -> str:
    """The first administrator of the first agency. Returns the first password, to be shown once."""
    person = Person(full_name=full_name, sex=sex)
    person.save(force_insert=True)
    Duty(person=person, unit=agency, role=Duty.Role.ADMINISTRATOR, title="Quản trị hệ thống", valid_from=on).save(
        force_insert=True
    )
    first = random_password()
    User.objects.create_user(username, first, person=person, must_change_password=True)
    events.record("account.open", by=by, roots=[person], body={"username": username})
    return first


@action
def open_cluster(name: str, decision: str, *, since: datetime.date, by: Actor) -> Cluster:
    """A cluster of the clerk's agency, from a day, under a decision."""
    if not (verdict := may_set_up_clusters(by)):
        raise Refused(verdict)
    made = Cluster(agency=by.agency, name=name, decision=decision, valid_from=since)
    made.save(force_insert=True)
    events.record("cluster.open", by=by, roots=[made], body={"decision": decision})
    return made


@action
def join_cluster(cluster: Cluster, unit: Unit, *, since: datetime.date, by: Actor) -> ClusterMember:
    """A unit is in the cluster from a day on; it is in one cluster of an agency at a time."""
    if not (verdict := may_keep_cluster(by, cluster)):
        raise Refused(verdict)
    if not queries.may_join_cluster_of(cluster.agency, since).filter(pk=unit.pk).exists():
        raise Refused(no(f"{unit.name} không thuộc phạm vi của {cluster.agency.name} vào ngày đó."))
    events.lock([unit])  # whoever joins the unit to another cluster waits here
    joined = ClusterMember.objects.filter(unit=unit, cluster__agency=cluster.agency)
    if (other := joined.exclude(valid_until__lt=since).select_related("cluster").first()) is not None:
        raise Refused(no(f"{unit.name} đang ở {other.cluster.name}. Xin ghi ngày rời trước."))
    member = ClusterMember(cluster=cluster, unit=unit, valid_from=since)
    member.save(force_insert=True)
    events.record("cluster.join", by=by, roots=[cluster, unit], body={"unit": unit.code, "since": since})
    return member


@action
def leave_cluster(member: ClusterMember, *, last_day: datetime.date, by: Actor) -> None:
    """The unit is in the cluster to its last day (inclusive); what it signed and was given there stays."""
    cluster = member.cluster
    if not (verdict := may_keep_cluster(by, cluster)):
        raise Refused(verdict)
    if last_day < member.valid_from:
        raise Refused(no("Ngày cuối sớm hơn ngày vào cụm, khối."))
    if not ClusterMember.objects.filter(pk=member.pk, valid_until__isnull=True).update(valid_until=last_day):
        raise Refused(no("Ngày rời đã ghi trước đó."))
    member.valid_until = last_day
    body = {"unit": member.unit.code, "last_day": last_day}
    events.record("cluster.leave", by=by, roots=[cluster, member.unit], body=body)


@action
def name_cluster_heads(cluster: Cluster, year: int, lead: Unit, deputies: Sequence[Unit], *, by: Actor) -> None:
    """Who heads the cluster in a year and who stands in; said anew, the earlier answer stays in the story."""
    if not (verdict := may_keep_cluster(by, cluster)):
        raise Refused(verdict)
    of_year = ClusterMember.objects.filter(cluster=cluster, valid_from__year__lte=year).exclude(
        valid_until__year__lt=year
    )
    members = set(of_year.values_list("unit_id", flat=True))
    for unit in (lead, *deputies):
        if unit.pk not in members:
            raise Refused(no(f"{unit.name} không ở {cluster.name} trong năm {year}."))
    if lead in deputies:
        raise Refused(no("Trưởng cụm, khối không đồng thời là phó."))
    events.lock([cluster])
    cluster.heads.filter(year=year).delete()
    rows = [(lead, ClusterHead.Role.LEAD), *((unit, ClusterHead.Role.DEPUTY) for unit in dict.fromkeys(deputies))]
    ClusterHead.objects.bulk_create(
        ClusterHead(cluster=cluster, year=year, unit=unit, role=role) for unit, role in rows
    )
    body = {"year": year, "lead": lead.code, "deputies": [unit.code for unit in deputies]}
    events.record("cluster.name_heads", by=by, roots=[cluster], body=body)


def _ask(by: Actor, unit: Unit | None = None) -> None:
    if not (verdict := may_keep_accounts(by)):
        raise Refused(verdict)
    if unit is not None and unit.agency_or_self != by.agency:
        raise Refused(no(f"{unit.name} không thuộc cơ quan này."))


def _next_order(by: Actor) -> int:
    last = Unit.objects.filter(agency=by.agency).order_by("-order").first()
    return last.order + 1 if last else 1


class _Owner:
    """The account's own person, acting before any duty is chosen."""

    def __init__(self, user: User) -> None:
        self.user_id: int | None = user.pk
        self.duty_text = (
            f"{user.person.honorific} {user.person.full_name}, chủ tài khoản" if user.person else user.username
        )
