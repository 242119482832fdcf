"""Police read whose a thing is once they have opened it, and the chained log has that before; until then it
stands in no byte of what they get. If the log cannot be written, nothing is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assetmarking.models import Asset, Search, SearchOpening, StolenThing, TheftReport
from assetmarking.transferring.transferring import accept_offer
from partnership.models import ChainedEntry, Firm, Photo, PhotoUpload
from partnership.photos.receiving import receive_photo
from partnership.photos.reencoding import reencode_photo
from tests.assetmarking.searching.steps import ask, rows_of_log, search_for
from tests.assetmarking.test_separation import (
    ASKED,
    OWNER,
    PRIVATE,
    THING,
    WHERE,
    client_of,
    firm,
    offer_it,
    quiet,
    said_by,
    stolen,
)
from tests.partnership.photos.hostile import SECRET, upload, with_place
from tests.personas import World, sign_in

__all__ = ["firm", "quiet", "stolen"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def paula(world: World, stolen: Asset) -> Client:
    return client_of(world, "paula")


def page_of(asset: Asset, name: str) -> str:
    return reverse(f"search:{name}", args=[Search.objects.get().pk, asset.reference])


def of_report(name: str) -> str:
    return reverse(f"thefts:{name}", args=[TheftReport.objects.get().reference])


def words_met(text: str) -> set[str]:
    return {word for word in (THING, *PRIVATE) if word in text}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_result_taken_along_names_no_owner_and_no_place(paula: Client, suffix: str) -> None:
    answer = paula.post(reverse("search:results_file", args=[Search.objects.get().pk, suffix]))
    assert words_met(said_by(answer)) == {THING}
    assert rows_of_log()[-1]["act"] == "search.exported"


@pytest.mark.parametrize("act", ["confirm", "decline", "secured"])
def test_what_is_refused_in_a_form_about_a_theft_names_none_either(paula: Client, act: str) -> None:
    keys = [
        TheftReport.objects.get().reference,
        *([StolenThing.objects.get().pk] if act == "secured" else []),
    ]
    answer = paula.post(reverse(f"thefts:{act}", args=keys), {"case_number": "other", "gesehen": "1"})
    assert answer.status_code == 200
    assert words_met(said_by(answer)) <= {THING}


def test_a_photo_has_nothing_of_the_place_where_it_was_taken(
    paula: Client, world: World, stolen: Asset
) -> None:
    Photo.objects.all().delete()
    photo = receive_photo(thing=stolen, upload=upload(with_place()), by=world.alice)
    reencode_photo(PhotoUpload.objects.get(photo=photo).pk)
    path = reverse("photos:photo", args=[photo.pk, "gross"])
    assert paula.get(path).status_code == 404
    paula.post(page_of(stolen, "photos"))
    answer = paula.get(path)
    assert answer.status_code == 200
    assert SECRET not in b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_opened_it_says_whose_and_where_and_neither_worth_nor_finder(paula: Client, stolen: Asset) -> None:
    led_to = paula.post(page_of(stolen, "owner"))["Location"]
    assert rows_of_log()[-1]["act"] == "search.opened"
    assert words_met(said_by(paula.get(led_to))) == {THING, OWNER, WHERE}


def test_an_opened_report_says_whose_and_where_and_not_what_it_is_worth(paula: Client) -> None:
    said = said_by(paula.post(of_report("opened")))
    assert rows_of_log()[-1]["act"] == "theft.opened"
    assert words_met(said) == {THING, OWNER, WHERE}


@pytest.mark.parametrize("who", ["pia", "lea"])
def test_what_one_has_opened_the_others_have_not(
    paula: Client, world: World, stolen: Asset, who: str
) -> None:
    paula.post(page_of(stolen, "owner"))
    client = client_of(world, who)
    assert client.get(page_of(stolen, "owner")).status_code == 404
    photo = reverse("photos:photo", args=[Photo.objects.get().pk, "gross"])
    assert (paula.get(photo).status_code, client.get(photo).status_code) == (200, 404)


@contextmanager
def log_that_takes_nothing() -> Iterator[None]:
    table = ChainedEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT shut CHECK (false) NOT VALID")
        yield
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT shut")


def test_without_a_row_in_the_log_nothing_is_opened(paula: Client, stolen: Asset) -> None:
    photo = reverse("photos:photo", args=[Photo.objects.get().pk, "gross"])
    acts = [page_of(stolen, "owner"), page_of(stolen, "photos"), of_report("opened")]
    acts.append(reverse("search:results_file", args=[Search.objects.get().pk, "csv"]))
    with log_that_takes_nothing():
        answers = [paula.post(path) for path in acts]
    assert [answer.status_code for answer in answers] == [500] * 4
    assert {word for answer in answers for word in words_met(said_by(answer))} == set()
    assert not SearchOpening.objects.exists()
    assert (
        paula.get(page_of(stolen, "owner"))["Location"]
        == f"/arbeitsplatz/fahndung/{Search.objects.get().pk}/"
    )
    assert paula.get(photo).status_code == 404


def test_without_a_row_in_the_log_nothing_is_found(paula: Client) -> None:
    with log_that_takes_nothing():
        answer = ask(paula, ASKED)
    assert answer.status_code == 500
    assert words_met(said_by(answer)) == set()
    assert Search.objects.count() == 1


def test_what_becomes_another_firms_is_closed_again(paula: Client, world: World, stolen: Asset) -> None:
    """The log says that the old owner was opened, and the page would show the new one."""
    paula.post(page_of(stolen, "owner"))
    hand_over(world, stolen)
    for name in ("owner", "photos"):
        assert paula.get(page_of(stolen, name))["Location"].startswith("/arbeitsplatz/fahndung/")
    photo = reverse("photos:photo", args=[Photo.objects.get().pk, "gross"])
    assert paula.get(photo).status_code == 404


def test_an_old_owners_list_and_report_say_nothing_of_what_went_to_another_firm(
    paula: Client, world: World, firm: Firm, stolen: Asset
) -> None:
    hand_over(world, stolen)
    Asset.objects.update(name="Neuer Name", peculiarities="neu")
    sign_in(alice := Client(), world.alice)
    reference = TheftReport.objects.get().reference
    for client, name, keys in (
        (alice, "assetmarking:thefts", [firm.pk]),
        (alice, "assetmarking:theft", [reference]),
        (paula, "thefts:thefts", []),
        (paula, "thefts:theft", [reference]),
    ):
        said = said_by(client.get(reverse(name, args=keys)))
        assert "gehören inzwischen einer anderen Firma" in said
        assert "Neuer Name" not in said


def test_the_new_owners_thing_says_nothing_of_the_old_one(paula: Client, world: World, stolen: Asset) -> None:
    """To who speaks for the new firm, and to police who open it."""
    hand_over(world, stolen)
    sign_in(carl := Client(), world.carl)
    pages = [
        reverse(f"assetmarking:{name}", args=[stolen.reference]) for name in ("thing", "edit", "passport")
    ]
    said = [said_by(carl.get(path)) for path in pages]
    search = search_for(paula, ASKED)
    led_to = paula.post(reverse("search:owner", args=[search.pk, stolen.reference]))["Location"]
    said.append(said_by(paula.get(led_to)))
    assert [words_met(text) - {THING} for text in said] == [set()] * 4


def hand_over(world: World, asset: Asset) -> None:
    """What was stolen is back, and goes to Carl's firm."""
    StolenThing.objects.update(ended_at=TheftReport.objects.get().reported_at)
    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.IN_USE)
    offer_it(world, asset)
    accept_offer(
        transfer_id=asset.transfers.get().pk,
        firm_id=world.carl.firm_contacts.get().firm_id,
        language="de",
        actor=world.carl,
    )
