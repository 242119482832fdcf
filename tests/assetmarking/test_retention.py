"""What the registry knows of people goes when its time is over."""

import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assetmarking.exporting.files import write_file
from assetmarking.models import (
    Asset,
    FinderThread,
    ImportRun,
    LabelSheet,
    RetroactiveHit,
    Search,
    TheftReport,
    Transfer,
)
from assetmarking.privacy.own import about_files, about_finds, about_offers, about_reports, about_searches
from assetmarking.privacy.retention import HELD_REPORT
from partnership.retention.holds import place_hold
from partnership.retention.running import run_when_due
from tests import factories
from tests.asset_factories import make_asset, make_label, make_theft
from tests.assetmarking.importing.steps import check, found
from tests.personas import World, sign_in

DAY = datetime.timedelta(days=1)


def make_search(world: World, **fields: object) -> Search:
    return Search.objects.create(
        person=world.paula,
        organisation=world.police,
        purpose="traffic",
        case_number="1",
        texts=["A1"],
        **fields,
    )


def test_a_search_goes_after_its_day(world: World) -> None:
    long_ago = timezone.now() - 3 * DAY
    make_search(world, searched_at=long_ago)
    kept = make_search(world, searched_at=long_ago, kept_until=timezone.now() + DAY)
    fresh = make_search(world)
    run_when_due()
    assert set(Search.objects.all()) == {kept, fresh}


def test_what_a_finder_wrote_goes_after_ninety_days(world: World) -> None:
    label = make_label(factories.make_firm(world.alice))
    about = {"label": label, "firm": label.firm, "partnership": world.partnership}
    FinderThread.objects.create(**about, closed_at=timezone.now() - 91 * DAY)
    stays = FinderThread.objects.create(**about, finder_email=world.carl.email)
    stays.messages.create(is_from_owner=False, text="Liegt am Zaun")
    world.carl.last_login = timezone.now()
    run_when_due()
    assert FinderThread.objects.get() == stays
    assert [row["written"] for row in about_finds(world.carl).rows] == ["Liegt am Zaun"]


def test_a_list_goes_ninety_days_after_it_was_read(world: World) -> None:
    firm = factories.make_firm(world.alice)
    ended = timezone.now() - 91 * DAY
    ImportRun.objects.create(firm=firm, file_name="liste.csv", state="dropped", ended_at=ended)
    run_when_due()
    assert not ImportRun.objects.exists()


def test_the_address_of_an_offer_goes_and_the_offer_stays(world: World) -> None:
    firm = factories.make_firm(world.alice)
    transfer = Transfer.objects.create(
        asset=make_asset(firm),
        seller=firm,
        partnership=world.partnership,
        to_email="kauf@bau.example",
        state="declined",
        offer_until=timezone.now() - 400 * DAY,
        ended_at=timezone.now() - 400 * DAY,
    )
    run_when_due()
    transfer.refresh_from_db()
    assert (transfer.to_email, transfer.state) == ("", "declined")


def end_theft(world: World, *, days_ago: int) -> TheftReport:
    ended = timezone.now() - days_ago * DAY
    asset = make_asset(factories.make_firm(world.alice), "NW-4471-08", state=Asset.State.SCRAPPED)
    report = make_theft(asset, partnership=world.partnership, police=world.police, state="closed")
    TheftReport.objects.filter(pk=report.pk).update(ended_at=ended)
    Asset.objects.filter(pk=asset.pk).update(state_since=ended)
    return report


def test_three_years_after_its_end_a_report_goes_and_then_the_scrapped_thing(world: World) -> None:
    end_theft(world, days_ago=1097)
    young = end_theft(world, days_ago=1090)
    run_when_due()
    assert TheftReport.objects.get() == young
    assert Asset.objects.get() == young.things.get().asset


def test_a_report_that_the_lead_holds_stays_with_its_things(world: World) -> None:
    report = end_theft(world, days_ago=1097)
    place_hold(
        holdable=HELD_REPORT,
        key=report.pk,
        organisation=world.police,
        reason="Ermittlungsverfahren",
        until=timezone.localdate() + DAY,
        actor=world.lea,
    )
    run_when_due()
    assert report.things.count() == 1


def test_a_borrower_is_forgotten_a_year_after_the_day_and_the_thing_stays_lent(world: World) -> None:
    firm, day, long_ago = factories.make_firm(world.alice), timezone.localdate(), timezone.now() - 500 * DAY
    late = make_asset(firm, state=Asset.State.LENT, lent_until=day - 367 * DAY, state_since=long_ago)
    without_day = make_asset(firm, state=Asset.State.LENT, state_since=long_ago)
    make_asset(firm, state=Asset.State.LENT, lent_until=day - 360 * DAY, state_since=long_ago)
    make_asset(firm, state=Asset.State.LENT, lent_until=day + DAY, state_since=long_ago)
    run_when_due()
    assert set(Asset.objects.filter(lent_to="")) == {late, without_day}
    assert set(Asset.objects.filter(state=Asset.State.LENT, version=2)) == {late, without_day}


def test_the_page_says_that_the_borrower_is_forgotten_and_the_list_can_be_read_in(
    client: Client, world: World
) -> None:
    asset = make_asset(factories.make_firm(world.alice), "A1", state=Asset.State.LENT, lent_to="")
    page = sign_in(client, world.alice).get(reverse("assetmarking:thing", args=[asset.reference]))
    assert "nach so langer Zeit gelöscht" in page.content.decode()
    run = check(asset.firm, world.alice, write_file(asset.firm, "csv").read(), "geraete.csv")
    assert found(run) == {"same": 1}


def test_what_is_stolen_stays_however_long_ago(world: World) -> None:
    report = make_theft(
        make_asset(factories.make_firm(world.alice)),
        partnership=world.partnership,
        police=world.police,
        reported_at=timezone.now() - 4000 * DAY,
    )
    run_when_due()
    assert TheftReport.objects.get() == report


def test_the_lead_holds_a_report_and_an_officer_reads_that(client: Client, world: World) -> None:
    report = end_theft(world, days_ago=10)
    page = f"/arbeitsplatz/diebstaehle/{report.reference}/"
    assert "Länger aufbewahren" in sign_in(client, world.lea).get(page).content.decode()
    assert "Länger aufbewahren" not in sign_in(client, world.paula).get(page).content.decode()


def test_a_search_waits_for_whoever_has_to_deal_with_its_later_hit(world: World) -> None:
    [mark] = make_asset(factories.make_firm(world.alice), "A1").marks.all()
    for done_at in (None, timezone.now()):
        search = make_search(world, searched_at=timezone.now() - 3 * DAY)
        RetroactiveHit.objects.create(
            search=search, mark=mark, texts=["A1"], was_stolen=True, found_at=timezone.now(), done_at=done_at
        )
    run_when_due()
    assert Search.objects.get().hits.get().done_at is None


def test_everybody_is_told_what_the_registry_has_of_them(world: World) -> None:
    firm = factories.make_firm(world.alice)
    asset = make_asset(firm)
    make_theft(
        asset,
        partnership=world.partnership,
        police=world.police,
        circumstances="Zaun",
        reported_by=world.alice,
    )
    Transfer.objects.create(
        asset=asset,
        seller=firm,
        partnership=world.partnership,
        called="Bohrhammer",
        to_email=world.carl.email,
        offered_by=world.alice,
        offer_until=timezone.now(),
    )
    world.carl.last_login = timezone.now()
    LabelSheet.objects.create(
        firm=firm, partnership=world.partnership, format="l4731", codes=["AB"], made_by=world.alice
    )
    make_search(world)
    assert [row["circumstances"] for row in about_reports(world.alice).rows] == ["Zaun"]
    assert [row["side"] for row in about_offers(world.alice).rows] == ["abgegeben"]
    assert [row["side"] for row in about_offers(world.carl).rows] == ["angeboten bekommen"]
    assert [row["what"] for row in about_files(world.alice).rows] == ["AB"]
    assert [row["numbers"] for row in about_searches(world.paula).rows] == ["A1"]
