"""A lost second factor is taken away by two people, neither of them the one concerned."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnership.models import LogEntry, OutgoingMail, Person, Post, SecondFactorReset
from partnership.refusals import Refusal
from partnership.second_factor_reset import ask_for_reset, confirm_reset, withdraw_reset
from tests import factories
from tests.one_time_codes import code_of_app
from tests.personas import World, sign_in

PAGE = "/arbeitsplatz/verwaltung/zweiter-faktor/"
WHY = "Telefon verloren"
State = SecondFactorReset.State

pytestmark = pytest.mark.django_db


def ask(world: World, by: Person | None = None) -> SecondFactorReset:
    return ask_for_reset(person=world.paula, asked_by=by or world.karl, reason=WHY)


def has_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def second_coordinator(world: World) -> Person:
    person = factories.make_person("kira@personen.example", "Kira Beispiel")
    factories.make_post(person, Post.Role.COORDINATOR, partnership=world.partnership)
    return person


def test_asked_by_one_and_confirmed_by_another(client: Client, world: World) -> None:
    client.force_login(world.paula)
    reset = ask(world)
    assert has_factor(world.paula)
    confirm_reset(reset_id=reset.pk, confirmed_by=world.lea)
    assert not has_factor(world.paula)
    acts = list(LogEntry.objects.order_by("pk").values_list("act", "actor__name", "organisation"))
    assert acts == [
        ("second_factor_reset.asked", "Karl Beispiel", world.police.pk),
        ("second_factor_reset.confirmed", "Lea Beispiel", world.police.pk),
    ]


def test_everybody_concerned_gets_a_mail(world: World) -> None:
    kira = second_coordinator(world)
    confirm_reset(reset_id=ask(world).pk, confirmed_by=kira)
    mails = set(OutgoingMail.objects.values_list("kind", "to_email"))
    assert mails == {
        ("second_factor_reset_asked", world.paula.email),
        ("second_factor_reset_confirm", world.lea.email),
        ("second_factor_reset_confirm", kira.email),
        ("second_factor_reset", world.paula.email),
    }


def test_sessions_end_with_the_factor(client: Client, world: World) -> None:
    world.paula.set_password(WHY)
    world.paula.save()
    client.post("/konto/anmelden/", {"login": world.paula.email, "password": WHY})
    client.post("/konto/anmelden/zweiter-faktor/", {"code": code_of_app()})
    assert client.get("/arbeitsplatz/heute/").status_code == 200
    confirm_reset(reset_id=ask(world).pk, confirmed_by=world.lea)
    assert client.get("/arbeitsplatz/heute/")["Location"].startswith("/konto/anmelden/")


@pytest.mark.parametrize("name", ["karl", "paula", "pia", "bert", "dora", "alice"])
def test_nobody_else_confirms(world: World, name: str) -> None:
    with pytest.raises(Refusal):
        confirm_reset(reset_id=ask(world).pk, confirmed_by=getattr(world, name))
    assert has_factor(world.paula)


@pytest.mark.parametrize("name", ["paula", "pia", "bert", "dora", "alice"])
def test_nobody_else_asks(world: World, name: str) -> None:
    with pytest.raises(Refusal):
        ask(world, by=getattr(world, name))


def test_a_lead_has_no_say_over_desks_and_auditors(world: World) -> None:
    for person in (world.bert, world.dora):
        with pytest.raises(Refusal, match="Koordination"):
            ask_for_reset(person=person, asked_by=world.lea, reason=WHY)


def test_a_coordinator_has_none_over_other_partnerships(world: World) -> None:
    other = factories.make_partnership(short_name="Chemnitz")
    chamber = factories.make_chamber(other, name="IHK Chemnitz")
    person = factories.make_person("fern@personen.example")
    factories.make_post(person, Post.Role.DESK, organisation=chamber)
    with pytest.raises(Refusal):
        ask_for_reset(person=person, asked_by=world.karl, reason=WHY)


def test_who_has_lost_the_right_meanwhile_does_not_count(world: World) -> None:
    reset = ask(world)
    Post.objects.filter(person=world.karl).update(ends=datetime.date(2024, 1, 1))
    with pytest.raises(Refusal):
        confirm_reset(reset_id=reset.pk, confirmed_by=world.lea)


def test_a_day_later_it_has_expired_and_can_be_asked_again(world: World) -> None:
    reset = ask(world)
    SecondFactorReset.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=25))
    with pytest.raises(Refusal, match="nicht mehr offen"):
        confirm_reset(reset_id=reset.pk, confirmed_by=world.lea)
    ask(world)
    reset.refresh_from_db()
    assert reset.state == State.EXPIRED


def test_one_at_a_time(world: World) -> None:
    ask(world)
    with pytest.raises(Refusal, match="läuft schon"):
        ask(world, by=world.lea)


def test_withdrawn_it_is_over(world: World) -> None:
    reset = ask(world)
    withdraw_reset(reset_id=reset.pk, by=world.lea)
    with pytest.raises(Refusal):
        confirm_reset(reset_id=reset.pk, confirmed_by=world.lea)
    assert has_factor(world.paula)


@pytest.mark.parametrize("confirmed_by", ["karl", "paula"])
def test_the_database_wants_two_others(world: World, confirmed_by: str) -> None:
    ask(world)
    changes = {"confirmed_by": getattr(world, confirmed_by), "state": State.DONE, "ended_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.update(**changes)


@pytest.mark.parametrize(
    ("name", "status"),
    [("bert", 403), ("paula", 403), ("dora", 403), ("alice", 403), ("lea", 200), ("karl", 200)],
)
def test_who_sees_the_page(client: Client, world: World, name: str, status: int) -> None:
    assert client.get(PAGE)["Location"].startswith("/konto/anmelden/")
    assert sign_in(client, getattr(world, name)).get(PAGE).status_code == status


def test_the_page_from_asking_to_confirming(client: Client, world: World) -> None:
    sign_in(client, world.karl).post(PAGE, {"person": world.paula.pk, "reason": WHY})
    reset = SecondFactorReset.objects.get()
    assert client.post(f"{PAGE}{reset.pk}/bestaetigen/").status_code == 409
    sign_in(client, world.lea)
    assert WHY in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{reset.pk}/bestaetigen/")
    assert not has_factor(world.paula)


def test_a_request_about_somebody_else_is_not_there(client: Client, world: World) -> None:
    reset = ask_for_reset(person=world.bert, asked_by=world.karl, reason=WHY)
    sign_in(client, world.lea)
    for act in ("bestaetigen", "zurueckziehen"):
        assert client.post(f"{PAGE}{reset.pk}/{act}/").status_code == 404


def test_only_people_in_reach_can_be_chosen(client: Client, world: World) -> None:
    page = sign_in(client, world.lea).get(PAGE).content.decode()
    assert "paula@personen.example" in page
    assert "bert@personen.example" not in page
    response = client.post(PAGE, {"person": world.bert.pk, "reason": WHY})
    assert "Wählen Sie eine Person aus der Liste" in response.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow(
    client: Client, world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, world.karl).get(PAGE)
    for _number in range(count):
        person = factories.make_person()
        factories.make_post(person, Post.Role.DESK, organisation=world.ihk)
        ask_for_reset(person=person, asked_by=world.karl, reason=WHY)
        withdraw_reset(reset_id=ask_for_reset_of(person), by=world.karl)
        ask_for_reset(person=person, asked_by=world.karl, reason=WHY)
    with django_assert_num_queries(7):
        client.get(PAGE)


def ask_for_reset_of(person: Person) -> int:
    return SecondFactorReset.objects.get(person=person, state=State.OPEN).pk
