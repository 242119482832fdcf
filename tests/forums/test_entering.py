"""A desk enters who calls: with or without an address, and never beyond the places without a reason."""

from typing import Any

import pytest
from django.test import Client

from forums.desk.acting import correct_address, send_again
from forums.desk.entering import AlreadyRegistered, PartsFull, WhenFull, enter_caller
from forums.models import Event, EventPart, Mode, PartBooking, Registration
from forums.registering.registering import Entry
from partnership.links import issue_link
from partnership.models import LogEntry, OutgoingMail, SecretLink
from partnership.refusals import Refusal
from tests import factories
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
State = PartBooking.State


@pytest.fixture
def event(world: World) -> Event:
    return make_event(organiser=world.ihk)


@pytest.fixture
def full(event: Event) -> EventPart:
    part = make_part(event, site=1, title="Workshop Schlösser")
    make_registration(event, part, name="Ada Arndt", phone="0341 000-11")
    return part


def entry(event: Event, *parts: EventPart, **fields: Any) -> Entry:
    given = {"name": "Bea Busch", "phone": "0341 000-22"} | fields
    return Entry(event=event, parts={part.pk: Mode.SITE for part in parts}, **given)


def states(registration: Registration) -> list[str]:
    return list(registration.bookings.values_list("state", flat=True))


def test_a_caller_is_confirmed_at_once_without_an_address(world: World, event: Event) -> None:
    entered = enter_caller(entry=entry(event, make_part(event)), actor=world.bert)
    entered.refresh_from_db()
    assert (entered.state, states(entered)) == (Registration.State.CONFIRMED, [State.CONFIRMED])
    assert (entered.entered_by, entered.person, bool(entered.ticket)) == (world.bert, None, True)
    assert not OutgoingMail.objects.exists()
    assert LogEntry.objects.get(act="registration.entered").actor == world.bert


def test_with_an_address_the_confirmation_goes_there_and_no_account_comes_of_it(
    world: World, event: Event
) -> None:
    given = entry(event, make_part(event), email="Bea@Busch.example")
    entered = enter_caller(entry=given, actor=world.bert)
    entered.refresh_from_db()
    assert (entered.email, entered.person) == ("bea@busch.example", None)
    assert OutgoingMail.objects.get().kind == "event_registered"


def test_where_no_place_is_free_the_desk_decides(world: World, full: EventPart) -> None:
    with pytest.raises(PartsFull, match="Workshop Schlösser"):
        enter_caller(entry=entry(full.event, full), actor=world.bert)
    assert Registration.objects.count() == 1


def test_the_waiting_list_is_one_way(world: World, full: EventPart) -> None:
    entered = enter_caller(entry=entry(full.event, full), actor=world.bert, when_full=WhenFull.WAIT)
    assert states(entered) == [State.WAITLISTED]


def test_beyond_the_places_stays_recorded_with_reason_and_name(world: World, full: EventPart) -> None:
    entered = enter_caller(
        entry=entry(full.event, full),
        actor=world.bert,
        when_full=WhenFull.BEYOND,
        reason="zusätzlicher Stuhl",
    )
    booking = entered.bookings.get()
    assert (booking.state, booking.beyond_reason, booking.beyond_by) == (
        State.CONFIRMED,
        "zusätzlicher Stuhl",
        world.bert,
    )
    logged = LogEntry.objects.get(act="registration.let_in_beyond")
    assert logged.detail == {"part": "Workshop Schlösser", "mode": "vor Ort"}


def test_beyond_the_places_needs_a_reason(world: World, full: EventPart) -> None:
    with pytest.raises(Refusal, match="Grund"):
        enter_caller(entry=entry(full.event, full), actor=world.bert, when_full=WhenFull.BEYOND, reason=" ")


def test_an_address_that_is_registered_leads_to_its_registration(world: World, event: Event) -> None:
    known = make_registration(event, name="Bea Busch", email="bea@busch.example")
    with pytest.raises(AlreadyRegistered, match=known.reference):
        enter_caller(entry=entry(event, make_part(event), email="BEA@busch.example"), actor=world.bert)


def test_what_waits_for_its_yes_is_replaced_by_what_is_said_on_the_telephone(
    world: World, event: Event
) -> None:
    part = make_part(event)
    asked = make_registration(event, part, email="bea@busch.example", state=Registration.State.UNCONFIRMED)
    enter_caller(entry=entry(event, part, email="bea@busch.example"), actor=world.bert)
    asked.refresh_from_db()
    assert asked.state == Registration.State.EXPIRED


def test_once_it_has_begun_nobody_is_entered_here(world: World, event: Event) -> None:
    part = make_part(event)
    Event.objects.filter(pk=event.pk).update(state=Event.State.HELD, held_at=event.ends_at)
    with pytest.raises(Refusal):
        enter_caller(entry=entry(event, part), actor=world.bert)


# what a desk does afterwards


def test_another_address_ends_the_old_ones_links(world: World, event: Event) -> None:
    registration = make_registration(event, make_part(event), email="falsch@busch.example")
    registration.person = world.alice
    registration.save()
    issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=event.ends_at)
    old = SecretLink.objects.get()
    correct_address(registration_id=registration.pk, email="bea@busch.example", actor=world.bert)
    registration.refresh_from_db()
    assert (registration.email, registration.person) == ("bea@busch.example", None)
    assert not SecretLink.objects.filter(pk=old.pk).exists()
    assert OutgoingMail.objects.get().to_email == "bea@busch.example"


def test_the_confirmation_is_sent_again_and_logged(world: World, event: Event) -> None:
    registration = make_registration(event, make_part(event))
    send_again(registration_id=registration.pk, actor=world.bert)
    assert OutgoingMail.objects.get().kind == "event_registered"
    assert LogEntry.objects.get(act="registration.sent_again").actor == world.bert


def test_without_any_address_nothing_is_sent_again(world: World, event: Event) -> None:
    registration = make_registration(event, make_part(event), email="", phone="0341 000-22")
    with pytest.raises(Refusal, match="keine E-Mail-Adresse"):
        send_again(registration_id=registration.pk, actor=world.bert)


# pages


def page_of(event: Event, *more: str) -> str:
    return "/".join([f"/arbeitsplatz/foren/{event.reference}/teilnehmende", *more, ""])


def filled(part: EventPart, **changes: str) -> dict[str, str]:
    return {
        "firma": "neu",
        "name": "Bea Busch",
        "phone": "0341 000-22",
        "role": "business",
        f"teil_{part.pk}": f"{part.pk}-site",
    } | changes


def test_from_the_firm_to_a_registration(client: Client, world: World, event: Event) -> None:
    part = make_part(event)
    firm = factories.make_firm(name="Schlüsseldienst Busch", chamber=world.ihk)
    desk = sign_in(client, world.bert)
    page = page_of(event, "aufnehmen")
    assert f"?firma={firm.pk}" in desk.get(page, {"suche": "busch"}).content.decode()
    assert "Schlüsseldienst Busch" in desk.get(page, {"firma": firm.pk}).content.decode()
    response = desk.post(page, filled(part, firma=str(firm.pk)))
    registration = Registration.objects.get()
    assert registration.firm == firm
    assert address_without_notice(response) == page_of(event, registration.reference)
    assert "am Telefon aufgenommen" in desk.get(response["Location"]).content.decode()


def test_a_full_part_is_asked_about_and_let_in_with_a_reason(
    client: Client, world: World, full: EventPart
) -> None:
    desk, page = sign_in(client, world.bert), page_of(full.event, "aufnehmen")
    value = {f"teil_{full.pk}": f"{full.pk}-site-warten"}
    refused = desk.post(page, filled(full, **value))
    assert refused.status_code == 409
    assert "trotzdem aufnehmen" in refused.content.decode()
    without = desk.post(page, filled(full, **value, when_full="aufnehmen"))
    assert "Der Grund fehlt" in without.content.decode()
    desk.post(page, filled(full, **value, when_full="aufnehmen", reason="zusätzlicher Stuhl"))
    assert PartBooking.objects.get(registration__name="Bea Busch").beyond_reason == "zusätzlicher Stuhl"


def test_the_same_telephone_is_noticed_and_may_be_somebody_else(
    client: Client, world: World, event: Event
) -> None:
    part = make_part(event)
    make_registration(event, part, name="Ada Arndt", phone="+49 341 000-22")
    desk, page = sign_in(client, world.bert), page_of(event, "aufnehmen")
    asked = desk.post(page, filled(part))
    assert asked.status_code == 409
    assert "Ada Arndt" in asked.content.decode()
    desk.post(page, filled(part, is_somebody_else="on"))
    assert Registration.objects.filter(name="Bea Busch").exists()


def test_that_it_is_somebody_else_is_said_once(client: Client, world: World, full: EventPart) -> None:
    value = {f"teil_{full.pk}": f"{full.pk}-site-warten"}
    given = filled(full, **value, phone="0341 000-11", is_somebody_else="on")
    desk, page = sign_in(client, world.bert), page_of(full.event, "aufnehmen")
    html = desk.post(page, given).content.decode()
    assert "kein Platz mehr frei" in html
    assert 'name="is_somebody_else"' in html
    assert "Vielleicht schon angemeldet" not in html


def test_the_page_tells_everything_that_happened(client: Client, world: World, full: EventPart) -> None:
    entered = enter_caller(
        entry=entry(full.event, full, email="bea@busch.example"),
        actor=world.bert,
        when_full=WhenFull.WAIT,
    )
    html = sign_in(client, world.bert).get(page_of(full.event, entered.reference)).content.decode()
    for words in ("am Telefon aufgenommen", "E-Mail: Bestätigung der Anmeldung", "wartet, an 1. Stelle"):
        assert words in html


@pytest.mark.parametrize(("is_told", "mails"), [("on", 1), ("", 0)])
def test_a_desk_cancels_with_or_without_a_mail(
    client: Client, world: World, event: Event, is_told: str, mails: int
) -> None:
    registration = make_registration(event, make_part(event))
    page = page_of(event, registration.reference, "abmelden")
    sign_in(client, world.bert).post(page, {"is_told": is_told} if is_told else {})
    registration.refresh_from_db()
    assert (registration.state, registration.cancelled_by) == ("cancelled", "desk")
    assert OutgoingMail.objects.filter(kind="event_cancelled").count() == mails


def test_a_desk_changes_what_somebody_takes_part_in(client: Client, world: World, event: Event) -> None:
    one, other = make_part(event, choice="Workshop"), make_part(event, choice="Workshop")
    registration = make_registration(event, one)
    page = page_of(event, registration.reference, "programm")
    sign_in(client, world.bert).post(page, {f"teil_{one.pk}": f"{other.pk}-site"})
    standing = registration.bookings.exclude(state=State.CANCELLED).get()
    assert standing.part == other


@pytest.mark.parametrize(("name", "status"), [("bert", 200), ("karl", 200), ("hanna", 404), ("paula", 404)])
def test_a_registration_is_for_those_who_run_the_event(
    client: Client, world: World, event: Event, name: str, status: int
) -> None:
    registration = make_registration(event, make_part(event))
    sign_in(client, getattr(world, name))
    for page in ([], ["programm"], ["abmelden"], ["adresse"]):
        assert client.get(page_of(event, registration.reference, *page)).status_code == status


def test_another_events_registration_is_not_found_here(client: Client, world: World, event: Event) -> None:
    other = make_event(organiser=world.ihk)
    registration = make_registration(other, make_part(other))
    assert sign_in(client, world.bert).get(page_of(event, registration.reference)).status_code == 404
