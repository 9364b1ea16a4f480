"""Verbs about accounts: open one, set a new password, close one."""

import secrets

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.workflow import Refused
from bangvang.people.access import may_keep_accounts
from bangvang.people.actor import Actor
from bangvang.people.models import Person, User

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


class _Owner:
    """The account's own person, acting before any duty is chosen."""

    def __init__(self, user: User) -> None:
        self.user_id: int | None = user.pk
        self.duty_text = (
            f"{user.person.honorific} {user.person.full_name}, chủ tài khoản" if user.person else user.username
        )
