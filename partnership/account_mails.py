"""Content of the mails about accounts; one function per mail, called inside the act's transaction."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from partnership.current import absolute_url
from partnership.models import OutgoingMail, Partnership, PendingAddress, Person, SecondFactorReset
from partnership.outbox import queue_mail
from partnership.times import current_language, long_moment

CODE_LASTS = datetime.timedelta(minutes=15)


def send_new_password(*, partnership: Partnership, person: Person, path: str) -> OutgoingMail:
    return _to(person, partnership, "password_reset", {"reset_url": absolute_url(partnership, path)})


def send_sign_in_code(*, partnership: Partnership, person: Person, code: str) -> OutgoingMail:
    return send_code_to(partnership=partnership, name=person.name, email=person.email, code=code)


def send_code_to(*, partnership: Partnership, name: str, email: str, code: str) -> OutgoingMail:
    """Also to somebody without an account, who reads one thing by it."""
    until = long_moment(timezone.now() + CODE_LASTS)
    return queue_mail(
        partnership=partnership,
        kind="sign_in_code",
        to_name=name,
        to_email=email,
        language=current_language(),
        content={"sign_in_code": code, "until": until},
    )


def send_registration(*, partnership: Partnership, pending: PendingAddress, token: str) -> OutgoingMail:
    return queue_mail(
        partnership=partnership,
        kind="account_register",
        to_name=pending.name,
        to_email=pending.email,
        language=current_language(),
        content={
            "register_url": absolute_url(partnership, reverse("account_signup_confirm", args=[token])),
        },
    )


def say_account_exists(*, partnership: Partnership, person: Person) -> OutgoingMail:
    """To an address that somebody wants to use although it has an account."""
    content = {
        "sign_in_page": absolute_url(partnership, reverse("account_login")),
        "password_page": absolute_url(partnership, reverse("account_reset_password")),
    }
    return _to(person, partnership, "account_exists", content)


def say_account_changed(*, partnership: Partnership, person: Person, change: str) -> OutgoingMail:
    """`change` is the act's name without its 'account.'."""
    content = {
        "change": change,
        "when": long_moment(timezone.now()),
        "profile_page": absolute_url(partnership, reverse("account_profile")),
        "contact_page": absolute_url(partnership, reverse("contact")),
    }
    return _to(person, partnership, "account_changed", content)


def ask_to_confirm_address(*, partnership: Partnership, pending: PendingAddress, token: str) -> OutgoingMail:
    return queue_mail(
        partnership=partnership,
        kind="address_confirm",
        to_name=pending.name,
        to_email=pending.email,
        language=current_language(),
        content={
            "confirm_url": absolute_url(partnership, reverse("account_confirm_address", args=[token])),
        },
    )


def say_address_changed(*, partnership: Partnership, person: Person, old_email: str) -> OutgoingMail:
    """To the old address, which may be the only one that its owner still reads."""
    return queue_mail(
        partnership=partnership,
        kind="address_changed",
        to_name=person.name,
        to_email=old_email,
        language=current_language(),
        content={
            "when": long_moment(timezone.now()),
            "contact_page": absolute_url(partnership, reverse("contact")),
        },
    )


def say_reset_asked(*, partnership: Partnership, reset: SecondFactorReset) -> OutgoingMail:
    with translation.override("de"):
        content = {
            "asked_by": reset.asked_by.name,
            "contact_page": absolute_url(partnership, reverse("contact")),
        }
        return _to(reset.person, partnership, "second_factor_reset_asked", content)


def ask_to_confirm_reset(
    *, partnership: Partnership, reset: SecondFactorReset, reader: Person
) -> OutgoingMail:
    with translation.override("de"):
        content = {
            "person": reset.person.name,
            "asked_by": reset.asked_by.name,
            "until": long_moment(reset.lasts_until),
            "resets_page": absolute_url(partnership, reverse("workplace:second_factor_resets")),
        }
        return _to(reader, partnership, "second_factor_reset_confirm", content)


def say_reset(*, partnership: Partnership, reset: SecondFactorReset) -> OutgoingMail:
    assert reset.confirmed_by is not None
    with translation.override("de"):
        content = {
            "asked_by": reset.asked_by.name,
            "confirmed_by": reset.confirmed_by.name,
            "sign_in_page": absolute_url(partnership, reverse("account_login")),
            "contact_page": absolute_url(partnership, reverse("contact")),
        }
        return _to(reset.person, partnership, "second_factor_reset", content)


def _to(person: Person, partnership: Partnership, kind: str, content: dict[str, Any]) -> OutgoingMail:
    return queue_mail(
        partnership=partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        language=current_language(),
        content=content,
    )
