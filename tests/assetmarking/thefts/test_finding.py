"""Found, and back: by the owner, by police, and by the link of a mail."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assetmarking.models import Asset, StolenThing, TheftReport
from assetmarking.thefts.asking import ask_due
from assetmarking.thefts.finding import note_found, note_returned, note_secured
from partnership.links import issue_link
from partnership.models import OutgoingMail, SecretLink
from partnership.refusals import Refusal
from partnership.times import at_wall_time, today
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import A_DAY, firm_of, report, state_of, told_by_mail
from tests.personas import World

State = Asset.State
FoundBy = StolenThing.FoundBy


@pytest.fixture
def thing(world: World) -> StolenThing:
    return report(world, make_asset(firm_of(world.alice), "NV-2231")).things.get()


def found(thing: StolenThing, world: World, *, is_back: bool = True) -> StolenThing:
    return note_found(
        thing_id=thing.pk, found_by=FoundBy.FINDER, found_on=today(), is_back=is_back, actor=world.alice
    )


def test_what_is_back_is_in_use_and_the_report_ends(world: World, thing: StolenThing) -> None:
    found(thing, world)
    thing.refresh_from_db()
    assert (thing.found_on, thing.returned_on, state_of(thing.asset)) == (today(), today(), State.IN_USE)
    assert TheftReport.objects.get().state == "closed"


def test_a_report_stays_while_something_is_gone(world: World, thing: StolenThing) -> None:
    saw = make_asset(thing.asset.firm)
    StolenThing.objects.create(report=thing.report, asset=saw)
    found(thing, world)
    assert TheftReport.objects.get().state == "reported"


def test_found_and_not_back_yet(world: World, thing: StolenThing) -> None:
    found(thing, world, is_back=False)
    assert (state_of(thing.asset), TheftReport.objects.get().state) == (State.FOUND, "reported")
    note_returned(thing_id=thing.pk, actor=world.alice)
    note_returned(thing_id=thing.pk, actor=world.alice)
    assert (state_of(thing.asset), TheftReport.objects.get().state) == (State.IN_USE, "closed")


def test_police_have_it_and_the_firm_reads_whom_to_call(world: World, thing: StolenThing) -> None:
    note_secured(thing_id=thing.pk, found_by=FoundBy.POLICE_SEARCH, found_on=today(), actor=world.paula)
    assert state_of(thing.asset) == State.FOUND
    mail = OutgoingMail.objects.get(kind="asset_theft_secured")
    assert (mail.to_email, mail.content["call"]) == (world.alice.email, world.partnership.phone)


def test_nothing_is_found_twice_or_before_it_was_gone(world: World, thing: StolenThing) -> None:
    with pytest.raises(Refusal, match="vor dem Diebstahl"):
        note_found(
            thing_id=thing.pk,
            found_by=FoundBy.OWNER,
            found_on=today() - 9 * A_DAY,
            is_back=True,
            actor=world.alice,
        )
    found(thing, world)
    with pytest.raises(Refusal, match="nicht mehr als gestohlen"):
        found(thing, world)


# asking


def noon(days: int) -> datetime.datetime:
    return at_wall_time(today() + days * A_DAY, datetime.time(12))


def test_owners_are_asked_after_thirty_days_then_quarterly_four_times(thing: StolenThing) -> None:
    assert [ask_due(now=noon(days)) for days in (29, 31, 32, 100, 123, 215, 307, 400, 500)] == [
        *(0, 1, 0, 0, 1, 1, 1, 0, 0),
    ]
    assert len(told_by_mail("asset_theft_asked")) == 4


def test_nobody_is_asked_at_night(thing: StolenThing) -> None:
    assert ask_due(now=at_wall_time(today() + 40 * A_DAY, datetime.time(4))) == 0


def test_nobody_is_asked_about_what_is_found(world: World, thing: StolenThing) -> None:
    found(thing, world, is_back=False)
    assert ask_due(now=noon(40)) == 0
    assert not told_by_mail("asset_theft_asked")


# the mail's link


@pytest.fixture
def link(thing: StolenThing) -> str:
    token = issue_link(thing=thing, purpose=SecretLink.Purpose.THEFT, expires_at=timezone.now() + A_DAY)
    return reverse("assetmarking:theft_back", args=[token])


def test_the_link_shows_a_name_and_no_place(client: Client, world: World, link: str) -> None:
    html = client.get(link).content.decode()
    assert "Bohrhammer, Norvik BH 36" in html
    assert not any(word in html for word in ("Colditz", "Muster", "NV-2231", "4411"))


def test_looking_at_the_link_changes_nothing(client: Client, thing: StolenThing, link: str) -> None:
    client.get(link)
    client.post(link, {"antwort": "nein"})
    assert state_of(thing.asset) == State.STOLEN


def test_yes_by_the_link_needs_no_account_and_works_once(
    client: Client, thing: StolenThing, link: str
) -> None:
    assert "wieder da ist" in client.post(link, {"antwort": "ja"}).content.decode()
    assert state_of(thing.asset) == State.IN_USE
    assert client.get(link).status_code == 404
