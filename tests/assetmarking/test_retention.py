"""What the registry knows of people goes when its time is over."""

import datetime

from django.utils import timezone

from assetmarking.models import FinderThread, ImportRun, Search, Transfer
from assetmarking.privacy.own import about_finds
from partnership.retention.running import run_when_due
from tests import factories
from tests.asset_factories import make_asset, make_label
from tests.personas import World

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
