"""Making, renewing and ending a calendar address, and how programs fetch it."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.log_format import mask
from partnership.models import CalendarFeed, Deputy, LogEntry, Post
from tests import factories
from tests.consultations.feed_steps import Kind, address_of, text_of
from tests.consultations.steps import confirm, move
from tests.personas import World, sign_in

OWN, WORK = "/konto/kalender/", "/arbeitsplatz/kalender/"
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
ADDRESS = re.compile(r"http://[^/<]+(/kalender/[A-Za-z0-9_-]{43}\.ics)</textarea>")


def press(client: Client, page: str, act: str, key: str = "own") -> str:
    """The address that the answer shows; empty if there is none."""
    html = client.post(page, {"kalender": key, "vorgang": act}, follow=True).content.decode()
    found = ADDRESS.search(html)
    return found[1] if found else ""


def status(address: str) -> int:
    return Client().get(address).status_code


# the pages


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("bert", 200),
        ("hanna", 200),
        ("paula", 200),
        ("lea", 403),
        ("karl", 403),
        ("dora", 403),
        ("carl", 403),
    ],
)
def test_the_workplaces_page_is_desks_and_officers(
    client: Client, world: World, who: str, expected: int
) -> None:
    assert sign_in(client, getattr(world, who)).get(WORK).status_code == expected


@pytest.mark.parametrize("page", [OWN, WORK])
def test_strangers_sign_in_first(client: Client, world: World, page: str) -> None:
    assert client.get(page)["Location"].startswith("/konto/anmelden/")
    assert client.post(page, {"kalender": "own", "vorgang": "erzeugen"}).status_code == 302
    assert not CalendarFeed.objects.exists()


def test_a_desk_has_its_chamber_and_its_houses_to_choose_from(client: Client, world: World) -> None:
    html = sign_in(client, world.bert).get(WORK).content.decode()
    assert re.findall(r'name="kalender" value="([^"]+)"', html) == [
        f"chamber-{world.ihk.pk}",
        f"house-{world.office.pk}",
    ]


@pytest.mark.parametrize("key", ["house-{office}", "chamber-{hwk}", "officer", "own", "x"])
def test_nobody_makes_an_address_for_what_is_somebody_elses(client: Client, world: World, key: str) -> None:
    named = key.format(office=world.hwk_office.pk, hwk=world.hwk.pk)
    answer = sign_in(client, world.bert).post(WORK, {"kalender": named, "vorgang": "erzeugen"})
    assert answer.status_code == 404


def test_whoever_lacks_the_second_factor_makes_none(client: Client, world: World) -> None:
    world.bert.authenticator_set.all().delete()  # type: ignore[attr-defined]
    assert press(sign_in(client, world.bert), WORK, "erzeugen", f"house-{world.office.pk}") == ""
    assert not CalendarFeed.objects.exists()


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client: Client, world: World) -> None:
    address = press(sign_in(client, world.alice), OWN, "erzeugen")
    assert status(address) == 200
    assert address not in client.get(OWN).content.decode()
    token = address.split("/")[2].removesuffix(".ics")
    assert token not in str(CalendarFeed.objects.values().get())
    assert token not in str(list(LogEntry.objects.values()))


def test_there_is_one_for_each_thing(client: Client, world: World) -> None:
    address = press(sign_in(client, world.alice), OWN, "erzeugen")
    assert client.post(OWN, {"kalender": "own", "vorgang": "erzeugen"}).status_code == 409
    assert (CalendarFeed.objects.count(), status(address)) == (1, 200)


def test_renewing_ends_the_old_address_at_once(client: Client, world: World) -> None:
    old = press(sign_in(client, world.alice), OWN, "erzeugen")
    new = press(client, OWN, "erneuern")
    assert (status(old), status(new)) == (404, 200)


def test_ending_ends_it_and_twice_says_so(client: Client, world: World) -> None:
    address = press(sign_in(client, world.alice), OWN, "erzeugen")
    press(client, OWN, "beenden")
    assert status(address) == 404
    assert client.post(OWN, {"kalender": "own", "vorgang": "beenden"}).status_code == 409


def test_making_renewing_and_ending_stand_in_the_chambers_log(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    for act in ("erzeugen", "erneuern", "beenden"):
        press(client, WORK, act, f"house-{world.office.pk}")
    entries = LogEntry.objects.filter(organisation=world.ihk, actor=world.bert).order_by("pk")
    assert list(entries.values_list("act", flat=True)) == ["feed.made", "feed.renewed", "feed.ended"]


def test_the_page_says_on_which_day_it_was_fetched_last(client: Client, world: World) -> None:
    address = press(sign_in(client, world.alice), OWN, "erzeugen")
    assert "noch nicht abgerufen" in client.get(OWN).content.decode()
    text_of(address)
    assert "zuletzt abgerufen am" in client.get(OWN).content.decode()


def test_the_own_data_name_it(client: Client, world: World) -> None:
    address_of(world.alice)
    assert "Ihre Kalenderadressen" in sign_in(client, world.alice).get("/konto/daten/").content.decode()


# who may read on


@pytest.mark.parametrize(("who", "kind"), [("paula", Kind.OFFICER), ("bert", Kind.HOUSE)])
def test_with_the_post_the_address_ends_for_good(world: World, who: str, kind: CalendarFeed.Kind) -> None:
    person = getattr(world, who)
    address = address_of(person, kind, office=world.office if kind == Kind.HOUSE else None)
    assert status(address) == 200
    Post.objects.filter(person=person).update(ends=YESTERDAY)
    assert status(address) == 404
    assert LogEntry.objects.latest("pk").act == "feed.ended"
    Post.objects.filter(person=person).update(ends=None)
    assert status(address) == 404


def test_a_deputys_address_ends_with_standing_in(world: World) -> None:
    deputy = Deputy.objects.create(post=world.bert.posts.get(), person=world.carl, starts=YESTERDAY)
    address = address_of(world.carl, Kind.CHAMBER, organisation=world.ihk)
    assert status(address) == 200
    Deputy.objects.filter(pk=deputy.pk).update(ends=YESTERDAY)
    assert status(address) == 404


def test_a_closed_account_has_no_feed(world: World) -> None:
    address = address_of(world.alice)
    world.alice.is_active = False
    world.alice.save()
    assert status(address) == 404


def test_an_erased_account_leaves_none(world: World) -> None:
    address = address_of(world.alice)
    request = ask_for_erasure(person=world.alice, partnership=world.partnership)
    carry_out_part(part_id=request.parts.get().pk, actor=world.karl)
    assert (status(address), CalendarFeed.objects.count()) == (404, 0)


# how it is fetched


def test_what_has_not_changed_is_not_sent_again(world: World, client: Client) -> None:
    appointment = confirm(world.hours)
    assert appointment.person is not None
    address = address_of(appointment.person)
    first = client.get(address)
    same = client.get(address, headers={"if-none-match": first["ETag"]})
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
    assert (same.status_code, since.status_code, same.content) == (304, 304, b"")
    move(appointment, world.hours, 2)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_last_modified_is_when_it_changed_and_not_when_it_was_fetched(world: World, client: Client) -> None:
    address = address_of(world.alice)
    first = client.get(address)["Last-Modified"]
    CalendarFeed.objects.update(changed_at=timezone.now() - datetime.timedelta(hours=1))
    hour_ago = client.get(address)["Last-Modified"]
    assert hour_ago < first or hour_ago != first
    assert client.get(address)["Last-Modified"] == hour_ago


def test_head_and_headers(world: World, client: Client) -> None:
    address = address_of(world.alice)
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert client.post(address).status_code == 405


def test_an_unknown_address_is_a_page_that_is_not_there(world: World, client: Client) -> None:
    assert client.get(f"/kalender/{'a' * 43}.ics").status_code == 404
    assert client.get("/kalender/x.ics").status_code == 404


def test_guessing_is_limited_and_fetching_is_not(world: World, client: Client, settings: Settings) -> None:
    settings.LIMITS = settings.LIMITS | {"link": (2, 2, 600)}
    address = address_of(world.alice)
    assert [client.get("/kalender/x.ics").status_code for _try in range(3)] == [404, 404, 429]
    assert client.get(address).status_code == 200


def test_a_log_line_does_not_give_the_address_away() -> None:
    line = f"Not Found: {reverse('calendar_feed', args=['a' * 43])}"
    assert mask(line) == "Not Found: /kalender/….ics"


def test_two_people_have_two_addresses_for_one_house(world: World) -> None:
    factories.make_post(world.carl, Post.Role.DESK, organisation=world.ihk)
    first = address_of(world.bert, Kind.HOUSE, office=world.office)
    second = address_of(world.carl, Kind.HOUSE, office=world.office)
    assert first != second
    assert text_of(first) == text_of(second)
