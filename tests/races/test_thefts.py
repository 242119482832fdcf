"""One thing reported, handed over and found at once; two officers and one Vorgangsnummer."""

import datetime
import threading
from typing import Any

import pytest
from django.utils import timezone

from assetmarking.models import Asset, StolenThing, TheftReport, Transfer
from assetmarking.thefts import confirming, finding, reporting
from assetmarking.thefts.asking import ask_due
from assetmarking.transferring.transferring import accept_offer
from partnership.models import LogEntry, OutgoingMail, Person
from partnership.refusals import Refusal
from partnership.times import at_wall_time, today
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import A_DAY, firm_of, report
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def drill(world: World) -> Asset:
    return make_asset(firm_of(world.alice, world.carl))


def reporting_it(world: World, drill: Asset, by: Person) -> Job:
    return lambda: report(world, drill, actor=by)


def test_a_theft_is_reported_once(world: World, drill: Asset) -> None:
    answers = behind(drill, reporting_it(world, drill, world.alice), reporting_it(world, drill, world.carl))
    assert refusals(answers) == [Refusal]
    assert StolenThing.objects.filter(ended_at__isnull=True).count() == 1


def test_without_the_lock_the_database_has_the_last_word(
    world: World, drill: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the thing before one of them writes."""
    barrier = threading.Barrier(2)

    def read_without_lock(keys: list[int]) -> dict[int, Asset]:
        found = {asset.pk: asset for asset in Asset.objects.filter(pk__in=keys)}
        barrier.wait(20)
        return found

    monkeypatch.setattr(reporting, "lock_firm", lambda _key: drill.firm)
    monkeypatch.setattr(reporting, "lock_assets", read_without_lock)
    answers = at_once(reporting_it(world, drill, world.alice), reporting_it(world, drill, world.carl))
    [refused] = [answer for answer in answers if isinstance(answer, Refusal)]
    assert "soeben schon" in refused.sentence


def test_what_is_stolen_is_not_handed_over_meanwhile(world: World, drill: Asset) -> None:
    offer = Transfer.objects.create(
        asset=drill,
        seller=drill.firm,
        partnership=world.partnership,
        to_email=world.bert.email,
        offer_until=timezone.now() + A_DAY,
    )
    buyer = firm_of(world.bert, name="Dachdecker")

    def taking_over() -> Asset:
        return accept_offer(transfer_id=offer.pk, firm_id=buyer.pk, language="de", actor=world.bert)

    answers = behind(drill, reporting_it(world, drill, world.alice), taking_over)
    assert refusals(answers) == [Refusal]
    drill.refresh_from_db()
    assert (drill.firm, drill.state) == (offer.seller, Asset.State.STOLEN)


@pytest.fixture
def theft(world: World, drill: Asset) -> TheftReport:
    return report(world, drill)


def confirming_it(theft: TheftReport, officer: Person) -> Job:
    return lambda: confirming.confirm_number(
        report_id=theft.pk, seen=theft.version, case_number=theft.case_number, actor=officer
    )


def test_two_officers_confirm_one_number(world: World, theft: TheftReport) -> None:
    answers = behind(theft, confirming_it(theft, world.paula), confirming_it(theft, world.pia))
    assert refusals(answers) == [Refusal]
    assert str(answers[1]).startswith("Paula Beispiel war schneller")
    assert OutgoingMail.objects.filter(kind="asset_theft_confirmed").count() == 1


def test_without_the_lock_both_would_have_confirmed(
    world: World, theft: TheftReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    barrier = threading.Barrier(2)

    def read_without_lock(report_id: int) -> TheftReport:
        found = TheftReport.objects.select_related("firm", "partnership", "police").get(pk=report_id)
        barrier.wait(20)
        return found

    monkeypatch.setattr(confirming, "lock_report", read_without_lock)
    answers = at_once(confirming_it(theft, world.paula), confirming_it(theft, world.pia))
    assert refusals(answers) == []


def test_two_scans_ask_once(theft: TheftReport) -> None:
    noon = at_wall_time(today() + 40 * A_DAY, datetime.time(12))
    at_once(lambda: ask_due(now=noon), lambda: ask_due(now=noon))
    assert OutgoingMail.objects.filter(kind="asset_theft_asked").count() == 1
    assert theft.things.get().asked_times == 1


def finding_it(theft: TheftReport, by: Person | None) -> Job:
    """Without a person by the link of the mail that asks."""
    return lambda: finding.note_found(
        thing_id=theft.things.get().pk, found_by="owner", found_on=today(), is_back=True, actor=by
    )


def securing_it(theft: TheftReport, officer: Person) -> Job:
    return lambda: finding.note_secured(
        thing_id=theft.things.get().pk, found_by="police", found_on=today(), actor=officer
    )


def test_what_two_have_found_is_found_once(world: World, drill: Asset, theft: TheftReport) -> None:
    answers = behind(drill, finding_it(theft, world.alice), finding_it(theft, None))
    assert refusals(answers) == [Refusal]
    assert LogEntry.objects.filter(act="thing.found").count() == 1


def test_the_owner_and_police_find_it_at_once(world: World, drill: Asset, theft: TheftReport) -> None:
    """Whom police have told of it is not told that they have what is back already."""
    answers = behind(drill, finding_it(theft, world.carl), securing_it(theft, world.paula))
    assert refusals(answers) == [Refusal]
    assert not OutgoingMail.objects.filter(kind="asset_theft_secured").exists()


def test_without_the_locks_it_is_found_twice(
    world: World, theft: TheftReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read that it is stolen."""
    barrier, end = threading.Barrier(2), finding._end

    def end_after_both(*args: Any, **options: Any) -> None:
        barrier.wait(20)
        end(*args, **options)

    def read_things(keys: list[int]) -> dict[int, Asset]:
        return {asset.pk: asset for asset in Asset.objects.select_related("firm").filter(pk__in=keys)}

    monkeypatch.setattr(finding, "lock_assets", read_things)
    monkeypatch.setattr(finding, "lock_report", lambda key: TheftReport.objects.get(pk=key))
    monkeypatch.setattr(finding, "_end", end_after_both)
    answers = at_once(finding_it(theft, world.alice), finding_it(theft, None))
    assert refusals(answers) == []
