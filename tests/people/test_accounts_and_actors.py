"""Accounts, dated duties, signing authority, and who is told."""

import datetime
import json

import pytest
from django.db import IntegrityError

from bangvang.kernel.models import EventBody
from bangvang.kernel.workflow import Refused
from bangvang.people import actions, queries
from bangvang.people.access import may_keep_accounts, may_see_dossiers
from bangvang.people.actor import Actor, System, duties_of
from bangvang.people.models import Delegation, Duty, User
from tests import factories

YESTERDAY = factories.DAY - datetime.timedelta(days=1)


def test_the_administrator_opens_an_account_with_a_first_password(quan: Actor) -> None:
    person = factories.person("Cao Thị Yến", sex="female")
    user, first = actions.open_account(person, " Yen.CT ", by=quan)
    assert (user.username, user.must_change_password, user.check_password(first)) == ("yen.ct", True, True)
    assert (len(first), factories.verbs_of(person)) == (24, ["account.open"])
    assert [body.words for body in EventBody.objects.all() if first in body.words] == []


def test_only_the_administrator_keeps_accounts_and_sees_no_dossier(lan: Actor, quan: Actor, binh: Actor) -> None:
    for act in (
        lambda: actions.open_account(binh.person, "x", by=lan),
        lambda: actions.reset_password(binh.user, by=lan),
        lambda: actions.set_active(binh.user, False, by=lan),
    ):
        with pytest.raises(Refused, match="Tài khoản do quản trị hệ thống giữ"):
            act()
    assert (bool(may_keep_accounts(quan)), bool(may_see_dossiers(quan)), bool(may_see_dossiers(lan))) == (
        True,
        False,
        True,
    )


def test_a_new_password_is_told_never_written(quan: Actor, binh: Actor) -> None:
    first = actions.reset_password(binh.user, by=quan)
    assert (binh.user.check_password(first), binh.user.must_change_password) == (True, True)
    actions.change_password(binh.user, "Nước lớn đêm trăng rằm")
    assert (binh.user.must_change_password, binh.user.check_password("Nước lớn đêm trăng rằm")) == (False, True)
    assert factories.verbs_of(binh.person) == ["account.reset_password", "account.change_password"]
    assert {json.dumps(json.loads(body.words)) for body in EventBody.objects.all()} == {"{}"}


def test_an_account_is_closed_and_reopened_never_deleted(quan: Actor, binh: Actor) -> None:
    actions.set_active(binh.user, False, by=quan)
    assert User.objects.get(pk=binh.user.pk).is_active is False
    actions.set_active(binh.user, True, by=quan)
    assert factories.verbs_of(binh.person) == ["account.close", "account.reopen"]


def test_duties_are_inclusive_of_both_days_and_weightiest_first(binh: Actor, department: object) -> None:
    head = factories.duty(binh.person, binh.unit, Duty.Role.HEAD, valid_from=factories.DAY, valid_until=factories.DAY)
    assert duties_of(binh.user, factories.DAY) == [head, binh.duty]
    assert duties_of(binh.user, factories.DAY + datetime.timedelta(days=1)) == [binh.duty]
    assert (binh.person.duty_on(factories.DAY), binh.person.duty_on(YESTERDAY)) == (head, binh.duty)
    assert duties_of(factories.user(), factories.DAY) == []


def test_the_head_signs_alone_a_deputy_by_delegation_others_never(minh: Actor, tuan: Actor, mai: Actor) -> None:
    assert [actor.signing_authority() for actor in (minh, tuan, mai)] == ["", "KT.", None]
    Delegation.objects.update(valid_until=YESTERDAY)
    assert tuan.signing_authority() is None
    minh.duty.valid_until = YESTERDAY
    assert minh.signing_authority() is None


def test_written_authority_needs_an_end(minh: Actor, mai: Actor) -> None:
    with pytest.raises(IntegrityError):
        factories.delegation(minh.duty, mai.duty, kind=Delegation.Kind.AUTHORISED)


def test_recording_for_somebody_names_both(lan: Actor, minh: Actor) -> None:
    recorder = lan.recording_for(minh.duty, "k3f9")
    assert recorder.duty_text == f"{lan.duty.words} (nhập theo văn bản thay {minh.duty.words})"
    assert (recorder.user_id, recorder.deciding_duty, recorder.signing_authority()) == (lan.user.pk, minh.duty, "")
    assert (System().user_id, System().duty_text) == (None, "Hệ thống")


def test_who_held_the_role_before_or_elsewhere_is_not_told(department: object, minh: Actor, binh: Actor) -> None:
    factories.duty(binh.person, minh.unit, Duty.Role.DIRECTOR, valid_until=YESTERDAY)
    factories.duty(binh.person, factories.agency("Sở Nội vụ"), Duty.Role.DIRECTOR)
    assert queries.users_with_role(minh.agency, [Duty.Role.DIRECTOR], on=factories.DAY) == [minh.user.pk]


def test_everybody_of_the_agency_is_told_but_who_is_administrator_today(minh: Actor, binh: Actor, quan: Actor) -> None:
    factories.duty(binh.person, binh.unit, Duty.Role.ADMINISTRATOR, valid_until=YESTERDAY)
    factories.actor("Người sở khác", factories.agency("Sở Nội vụ"))
    assert sorted(queries.users_of_agency(minh.agency, on=factories.DAY)) == sorted([minh.user.pk, binh.user.pk])
    User.objects.filter(pk=binh.user.pk).update(is_active=False)
    assert queries.users_of_agency(minh.agency, on=factories.DAY) == [minh.user.pk]


def test_lists_of_a_unit_are_sorted_as_officials_sort(mai: Actor, binh: Actor) -> None:
    others = [factories.actor(name, mai.unit).duty for name in ("Nguyễn Văn Ý", "Bùi Thị Ánh", "Đặng Văn Ân")]
    sorted_names = [duty.person.full_name for duty in queries.staff_of(mai.unit, on=factories.DAY)]
    assert len(others) == 3
    assert sorted_names == ["Vũ Thanh Mai", "Bùi Thị Ánh", "Đặng Văn Ân", "Trần Văn Bình", "Nguyễn Văn Ý"]


def test_the_head_of_an_agency_and_namesakes(minh: Actor, tuan: Actor) -> None:
    assert queries.head_of(minh.agency, on=factories.DAY) == minh.duty
    twin = factories.person("Lê Quang Mình", birth_year=1990)
    assert list(queries.namesakes(minh.person)) == [twin]
