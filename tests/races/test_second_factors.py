"""Two pages at the same moment: the last second factor stays, and a reset is confirmed once."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from partnership import second_factor
from partnership.models import Person, Post, SecondFactorReset
from partnership.refusals import Refusal
from partnership.second_factor_reset import ask_for_reset, confirm_reset
from tests import factories
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.races.test_two_people import behind, refusals
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


def two_factors(person: Person) -> list[int]:
    passkey = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Diensthandy", "credential": {}}
    )
    return [factories.give_app(person).pk, passkey.pk]


def test_of_two_who_remove_the_last_two_one_is_refused(world: World) -> None:
    first, second = two_factors(world.bert)
    answers = behind(
        world.bert,
        lambda: second_factor.remove_factor(person=world.bert, authenticator_id=first),
        lambda: second_factor.remove_factor(person=world.bert, authenticator_id=second),
    )
    assert refusals(answers) == [Refusal]
    assert Authenticator.objects.filter(user=world.bert).count() == 1


def test_control_without_the_lock_both_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read before either removes; the app's row is held, so that they meet there."""
    first, second = two_factors(world.bert)

    def unlocked(self: "QuerySet[Any]", *args: object, **kwargs: object) -> "QuerySet[Any]":
        return self.all()

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    app, passkey = (Authenticator.objects.get(pk=key) for key in (first, second))
    with holding(app):
        waiting = in_background(
            lambda: second_factor.remove_factor(person=world.bert, authenticator_id=app.pk)
        )
        wait_until_waiting(1)
        second_factor.remove_factor(person=world.bert, authenticator_id=passkey.pk)
    assert waiting.result(timeout=30) is None
    assert not Authenticator.objects.filter(user=world.bert).exists()


def test_a_reset_is_confirmed_once(world: World) -> None:
    kira = factories.make_person("kira@personen.example")
    factories.make_post(kira, Post.Role.COORDINATOR, partnership=world.partnership)
    reset = ask_for_reset(person=world.paula, asked_by=world.karl, reason="Telefon verloren")
    answers = behind(
        reset,
        lambda: confirm_reset(reset_id=reset.pk, confirmed_by=world.lea),
        lambda: confirm_reset(reset_id=reset.pk, confirmed_by=kira),
    )
    assert refusals(answers) == [Refusal]


def test_of_two_who_ask_at_once_one_is_told(world: World) -> None:
    answers = at_once(
        lambda: ask_for_reset(person=world.paula, asked_by=world.karl, reason="Telefon verloren"),
        lambda: ask_for_reset(person=world.paula, asked_by=world.lea, reason="Telefon verloren"),
    )
    assert refusals(answers) == [Refusal]
    assert SecondFactorReset.objects.count() == 1
