"""A firm reports what was stolen, adds to it, changes it, takes it back."""

import datetime

import pytest
from django.utils import timezone

from assetmarking.models import Asset, StolenThing, TheftReport, Transfer
from assetmarking.thefts import reporting
from assetmarking.thefts.words import open_thefts, theft_line
from partnership.mail_content import build_message
from partnership.models import LogEntry, OutgoingMail
from partnership.refusals import Refusal
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import A_DAY, firm_of, report, state_of, told_by_mail
from tests.personas import World

State = Asset.State


@pytest.fixture
def drill(world: World) -> Asset:
    return make_asset(firm_of(world.alice), "NV-2231")


def test_what_is_reported_is_stolen_and_the_areas_police_have_it(world: World, drill: Asset) -> None:
    theft = report(world, drill)
    assert (state_of(drill), theft.police, theft.state) == (State.STOLEN, world.police, "reported")
    assert drill.version == 2
    assert open_thefts([drill.pk])[drill.pk].report == theft


def test_the_reporter_and_the_directorate_read_of_it(world: World, drill: Asset) -> None:
    report(world, drill)
    assert told_by_mail("asset_theft_reported") == [world.alice.email]
    police = {world.paula.email, world.pia.email, world.lea.email}
    assert set(told_by_mail("asset_theft_news")) == police


def test_the_mail_to_police_says_neither_whose_nor_what(world: World, drill: Asset) -> None:
    report(world, drill)
    content = str(OutgoingMail.objects.filter(kind="asset_theft_news").values_list("content", flat=True))
    assert not any(word in content for word in ("Muster", "Bohrhammer", "Colditz", "4411", "aufgeschnitten"))


def test_no_organisations_auditor_reads_what_a_firm_reports(world: World, drill: Asset) -> None:
    report(world, drill)
    acts = LogEntry.objects.filter(act__in=["theft.reported", "thing.stolen"])
    assert list(acts.values_list("organisation", flat=True)) == [None, None]


@pytest.mark.parametrize("state", [State.STOLEN, State.SOLD, State.SCRAPPED])
def test_what_is_gone_already_is_not_stolen_again(world: World, state: str) -> None:
    asset = make_asset(firm_of(world.alice), state=state)
    with pytest.raises(Refusal, match="Bohrhammer"):
        report(world, asset)
    assert not OutgoingMail.objects.exists()


def test_what_is_lent_can_be_stolen(world: World) -> None:
    asset = make_asset(firm_of(world.alice), state=State.LENT)
    report(world, asset)
    assert (state_of(asset), asset.lent_to) == (State.STOLEN, "")


def test_things_of_another_firm_are_refused(world: World, drill: Asset) -> None:
    other = make_asset(firm_of(world.carl, name="Dachdecker"))
    with pytest.raises(Refusal, match="gehört nicht mehr"):
        report(world, drill, other)
    assert state_of(drill) == State.IN_USE


def test_who_speaks_for_the_firm_no_more_is_refused(world: World, drill: Asset) -> None:
    with pytest.raises(Refusal, match="sprechen nicht mehr"):
        report(world, drill, actor=world.carl)


def test_an_open_offer_ends(world: World, drill: Asset) -> None:
    offer = Transfer.objects.create(
        asset=drill,
        seller=drill.firm,
        partnership=world.partnership,
        to_email="kaeufer@beispiel.example",
        offer_until=timezone.now() + A_DAY,
    )
    report(world, drill)
    offer.refresh_from_db()
    assert offer.state == Transfer.State.WITHDRAWN


def test_more_is_missed_later(world: World, drill: Asset) -> None:
    saw = make_asset(drill.firm, name="Kreissäge")
    theft = report(world, drill)
    reporting.add_things(report_id=theft.pk, asset_ids=[saw.pk], actor=world.alice)
    assert (theft.things.count(), state_of(saw)) == (2, State.STOLEN)


def _change(theft: TheftReport, world: World, number: str) -> TheftReport:
    return reporting.change_report(
        report_id=theft.pk,
        seen=theft.version,
        case_number=number,
        station="Revier Grimma",
        circumstances="",
        actor=world.alice,
    )


def test_the_number_comes_later_and_police_hear_of_it(world: World, drill: Asset) -> None:
    theft = report(world, drill, case_number="")
    TheftReport.objects.filter(pk=theft.pk).update(declined_at=timezone.now(), police_note="fehlt")
    changed = _change(theft, world, "4411/26")
    assert (changed.case_number, changed.declined_at, changed.police_note) == ("4411/26", None, "")
    assert told_by_mail("asset_theft_news").count(world.paula.email) == 2


def test_the_subject_tells_police_what_is_new(world: World, drill: Asset) -> None:
    theft = report(world, drill, case_number="")
    _change(theft, world, "4411/26")
    mails = OutgoingMail.objects.filter(kind="asset_theft_news", to_email=world.paula.email).order_by("pk")
    subjects = [build_message(mail, None).subject for mail in mails]  # type: ignore[arg-type]
    number = theft.reference
    assert subjects == [f"Diebstahl gemeldet: {number}", f"Vorgangsnummer zu bestätigen: {number}"]


def test_two_who_change_at_once_notice_each_other(world: World, drill: Asset) -> None:
    theft = report(world, drill)
    _change(theft, world, "4411/26")
    with pytest.raises(Refusal, match="inzwischen geändert"):
        _change(theft, world, "4412/26")


def test_a_confirmed_number_is_polices(world: World, drill: Asset) -> None:
    theft = report(world, drill)
    TheftReport.objects.filter(pk=theft.pk).update(state="confirmed", confirmed_at=timezone.now())
    with pytest.raises(Refusal, match="rufen Sie dort an"):
        _change(theft, world, "other")


def test_a_mistake_is_taken_back(world: World, drill: Asset) -> None:
    theft = report(world, drill)
    withdrawn = reporting.withdraw_report(report_id=theft.pk, actor=world.alice)
    assert (withdrawn.state, state_of(drill)) == ("withdrawn", State.IN_USE)
    assert not StolenThing.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(Refusal, match="schon beendet"):
        reporting.withdraw_report(report_id=theft.pk, actor=world.alice)


def test_the_line_names_days_and_town(world: World, drill: Asset) -> None:
    moment = datetime.datetime(2026, 11, 20, 16, tzinfo=datetime.UTC)
    theft = report(world, drill, gone_after=moment, gone_before=moment + datetime.timedelta(hours=14))
    line = "Gestohlen zwischen 20. und 21. November 2026 in Colditz"
    assert theft_line(theft.things.get()) == line
    TheftReport.objects.update(gone_before=moment)
    assert theft_line(open_thefts([drill.pk])[drill.pk]) == "Gestohlen am 20. November 2026 in Colditz"
