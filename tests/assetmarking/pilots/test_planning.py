"""Feasibility studies are planned, counted and decided by those who coordinate."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from assetmarking.categories import OTHER
from assetmarking.models import Asset, Pilot
from assetmarking.pilots.deciding import correct_decision
from assetmarking.pilots.planning import change_campaign, change_pilot, remove_campaign, remove_pilot
from assetmarking.queries import pilots_visible_to
from assetmarking.recording.details import ThingDetails
from assetmarking.recording.recording import record_thing
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import LogEntry, Person
from partnership.refusals import Refusal
from partnership.rules import posts_of
from partnership.times import today
from tests import factories
from tests.asset_factories import make_asset
from tests.assetmarking.importing.steps import HEAD, check, take_over, workbook
from tests.assetmarking.pilots.steps import A_DAY, counted, go, make_campaign, make_pilot
from tests.assetmarking.thefts.steps import firm_of
from tests.personas import World, sign_in

EVERYBODY = ("alice", "bert", "hanna", "paula", "lea", "karl", "dora", "carl", "theo")


def details(pilot: Pilot, **fields: Any) -> dict[str, Any]:
    names = ("name", "question", "starts", "ends", "target_recorded", "target_returned")
    return {name: getattr(pilot, name) for name in names} | fields


def acts(act: str) -> list[LogEntry]:
    return list(LogEntry.objects.filter(act=act))


# who


def test_desks_leads_and_coordinators_read(world: World, client: Client) -> None:
    pilot = make_pilot(world)
    found = {}
    for name in EVERYBODY:
        person: Person = getattr(world, name)
        found[name] = sign_in(client, person).get(reverse("pilots:pilot", args=[pilot.pk])).status_code
    readers = dict.fromkeys(("bert", "hanna", "lea", "karl"), 200)
    assert found == dict.fromkeys(EVERYBODY, 403) | readers


def test_a_stranger_is_asked_to_sign_in(world: World, client: Client) -> None:
    answer = client.get(reverse("pilots:report", args=[make_pilot(world).pk]))
    assert answer["Location"].startswith("/konto/anmelden/")


def test_those_of_another_partnership_know_nothing_of_it(world: World, client: Client) -> None:
    other = factories.make_partnership(name="Nachbarn", slug="nachbarn", host="nachbarn.example")
    pilot = make_pilot(world, partnership=other)
    assert not pilots_visible_to(posts_of(world.bert)).exists()
    assert sign_in(client, world.karl).get(reverse("pilots:pilot", args=[pilot.pk])).status_code == 404


@pytest.mark.parametrize("page", ["pilot_edit", "pilot_remove", "campaign_new", "decide"])
def test_readers_change_nothing(world: World, client: Client, page: str) -> None:
    url = reverse(f"pilots:{page}", args=[make_pilot(world).pk])
    assert sign_in(client, world.bert).get(url).status_code == 403
    assert sign_in(client, world.karl).get(url).status_code == 200


# campaigns


def test_a_campaign_has_a_code_that_the_portal_has_drawn(world: World) -> None:
    first, second = (make_campaign(world, make_pilot(world)) for _one in range(2))
    assert first.code.startswith("K-")
    assert first.code != second.code
    assert {entry.organisation for entry in acts("campaign.added")} == {world.ihk, world.hwk, world.police}


def test_a_campaign_lies_in_the_pilots_time(world: World) -> None:
    pilot = make_pilot(world)
    with pytest.raises(Refusal, match="Wählen Sie einen Tag darin"):
        make_campaign(world, pilot, day=pilot.ends + A_DAY)


def test_no_more_is_marked_than_recorded(world: World) -> None:
    with pytest.raises(Refusal, match="Gekennzeichnet kann nur sein"):
        make_campaign(world, make_pilot(world), recorded=3, marked=4)


def test_two_who_edit_a_campaign_notice_each_other(world: World) -> None:
    campaign = make_campaign(world, make_pilot(world))
    change: dict[str, Any] = {"campaign_id": campaign.pk, "seen": 1, "actor": world.karl}
    fields = change_campaign(**change, values=counted(campaign.pilot), partners=[world.ihk])
    assert fields == ["Partner"]
    with pytest.raises(ChangedMeanwhile):
        change_campaign(**change, values=counted(campaign.pilot), partners=[])


def test_a_campaign_with_something_recorded_stays(world: World) -> None:
    pilot = make_pilot(world)
    planned = make_campaign(world, pilot, recorded=0, marked=0)
    remove_campaign(campaign_id=planned.pk, actor=world.karl)
    used = make_campaign(world, pilot, recorded=0, marked=0)
    make_asset(firm_of(world.alice), campaign=used)
    with pytest.raises(Refusal, match="Sie bleibt"):
        remove_campaign(campaign_id=used.pk, actor=world.karl)


def test_who_records_with_a_code_that_has_just_gone_is_told_so(world: World) -> None:
    firm, campaign = firm_of(world.alice), make_campaign(world, make_pilot(world), recorded=0, marked=0)
    remove_campaign(campaign_id=campaign.pk, actor=world.karl)
    with pytest.raises(Refusal, match="soeben gestrichen"):
        record_thing(firm_id=firm.pk, details=ThingDetails(name="Säge"), campaign=campaign, actor=world.alice)


def test_a_list_whose_campaign_has_gone_is_written_without_it(world: World) -> None:
    campaign = make_campaign(world, make_pilot(world), recorded=0, marked=0)
    run = check(
        firm_of(world.alice), world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1", 2024, 100))
    )
    run.campaign = campaign
    run.save()
    remove_campaign(campaign_id=campaign.pk, actor=world.karl)
    take_over(run, world.alice)
    assert Asset.objects.get().campaign is None


# a study that nothing has come of


def test_an_empty_study_goes_with_what_was_planned(world: World, client: Client) -> None:
    pilot = make_pilot(world)
    make_campaign(world, pilot, firms=0, recorded=0, marked=0, hours=Decimal())
    url = reverse("pilots:pilot_remove", args=[pilot.pk])
    assert "Prüfung löschen?" in sign_in(client, world.karl).get(url).content.decode()
    assert Pilot.objects.exists()
    client.post(url)
    assert not Pilot.objects.exists()
    assert {entry.detail["pilot"] for entry in acts("pilot.removed")} == {pilot.name}


def test_a_study_with_figures_stays(world: World) -> None:
    counted_one, recorded_one = make_pilot(world), make_pilot(world)
    make_campaign(world, counted_one, recorded=0, marked=0)
    planned = make_campaign(world, recorded_one, firms=0, recorded=0, marked=0, hours=Decimal())
    make_asset(firm_of(world.alice), campaign=planned)
    for pilot in (counted_one, recorded_one):
        with pytest.raises(Refusal, match="Die Prüfung bleibt"):
            remove_pilot(pilot_id=pilot.pk, actor=world.karl)


def test_a_decided_study_stays_and_offers_no_way_out(world: World, client: Client) -> None:
    pilot = go(world, make_pilot(world))
    with pytest.raises(Refusal, match="Die Entscheidung ist gefallen"):
        remove_pilot(pilot_id=pilot.pk, actor=world.karl)
    page = sign_in(client, world.karl).get(reverse("pilots:pilot", args=[pilot.pk]))
    assert "Versehentlich angelegt?" not in page.content.decode()


def test_a_list_is_tied_as_a_whole(world: World) -> None:
    firm, campaign = firm_of(world.alice), make_campaign(world, make_pilot(world))
    run = check(firm, world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1", 2024, 100)))
    run.campaign = campaign
    run.save()
    take_over(run, world.alice)
    assert Asset.objects.get().campaign == campaign


def test_an_unknown_code_is_told_so(world: World, client: Client) -> None:
    firm = firm_of(world.alice)
    sign_in(client, world.alice)
    for page in ("new", "import"):
        url = reverse(f"assetmarking:{page}", args=[firm.pk])
        answer = client.post(url, {"name": "Säge", "campaign": "K-222222"})
        assert "Diesen Code gibt es nicht" in answer.content.decode()


def test_a_thing_is_tied_by_the_code_however_it_is_typed(world: World, client: Client) -> None:
    firm, campaign = firm_of(world.alice), make_campaign(world, make_pilot(world))
    details = {"name": "Säge", "category": OTHER, "kind": "serial", "campaign": campaign.code.lower()}
    sign_in(client, world.alice).post(reverse("assetmarking:new", args=[firm.pk]), details)
    assert Asset.objects.get().campaign == campaign


# the decision


def test_a_decision_keeps_the_figures_it_rests_on(world: World) -> None:
    pilot = make_pilot(world)
    campaign = make_campaign(world, pilot)
    go(world, pilot)
    values = counted(pilot, recorded=99)
    change_campaign(campaign_id=campaign.pk, seen=1, values=values, partners=[], actor=world.karl)
    pilot.refresh_from_db()
    assert pilot.decision_figures["counts"]["recorded"] == [40, 40]
    assert len(acts("pilot.decided")) == 3


@pytest.mark.parametrize("days", [0, 1])
def test_nothing_is_decided_before_the_end(world: World, days: int) -> None:
    pilot = make_pilot(world, ends=today() + days * A_DAY)
    with pytest.raises(Refusal, match="Entschieden wird nach dem Ende"):
        go(world, pilot)


def test_the_day_of_the_decision_comes_after_the_end(world: World) -> None:
    pilot = make_pilot(world)
    for day in (pilot.ends - A_DAY, today() + A_DAY):
        with pytest.raises(Refusal, match="zwischen dem Ende der Prüfung und heute"):
            go(world, pilot, decided_on=day)


def test_there_is_one_decision(world: World) -> None:
    pilot = go(world, make_pilot(world))
    with pytest.raises(Refusal, match="nur berichtigen"):
        go(world, pilot)


def test_a_correction_says_why_and_stays_in_the_log(world: World) -> None:
    pilot = go(world, make_pilot(world))
    before = pilot.decision_figures
    correct_decision(
        pilot_id=pilot.pk,
        seen=pilot.version,
        decision=Pilot.Decision.NO_GO,
        decided_on=today(),
        decided_by="Lenkungskreis",
        reason="Zu teuer.",
        correction="Falsch angekreuzt",
        actor=world.karl,
    )
    pilot.refresh_from_db()
    assert (pilot.decision, pilot.correction) == ("no_go", "Falsch angekreuzt")
    assert pilot.decision_figures == before
    detail = acts("pilot.decision_corrected")[0].detail
    assert (detail["from"], detail["reason"]) == ("wird fortgeführt", "Falsch angekreuzt")


def test_targets_are_not_moved_after_the_decision(world: World) -> None:
    pilot = make_pilot(world, target_recorded=50)
    values = details(pilot, target_recorded=30)
    change_pilot(pilot_id=pilot.pk, seen=1, values=values, actor=world.karl)
    pilot.refresh_from_db()
    go(world, pilot)
    with pytest.raises(Refusal, match="bleiben, wie sie waren"):
        change_pilot(pilot_id=pilot.pk, seen=3, values=details(pilot, target_recorded=10), actor=world.karl)


def test_no_campaign_falls_out_of_the_time(world: World) -> None:
    pilot = make_pilot(world)
    campaign = make_campaign(world, pilot)
    values = details(pilot, starts=campaign.day + A_DAY)
    with pytest.raises(Refusal, match="außerhalb der Laufzeit"):
        change_pilot(pilot_id=pilot.pk, seen=1, values=values, actor=world.karl)


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "go"},
        {
            "decision": "go",
            "decided_on": datetime.date(2000, 1, 1),
            "decided_by": "x",
            "decision_reason": "y",
        },
        {"target_marked": 101},
        {"correction": "x"},
    ],
)
def test_the_database_refuses_half_a_decision(world: World, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        make_pilot(world, **fields)
