"""The desk's page of who waits for an event."""

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import PartBooking
from forums.registering.cancelling import cancel
from tests.event_factories import make_booking, make_part
from tests.forums.waiting_steps import attending, beginning_in, make_full_part, someone_waiting, state_of
from tests.personas import World, sign_in

State = PartBooking.State


@pytest.fixture
def waiting(world: World) -> PartBooking:
    return someone_waiting(make_full_part(world, title="Workshop"), name="Wanda Wartet")


def page_of(booking: PartBooking, name: str = "waiting") -> str:
    reference = booking.part.event.reference
    return reverse(f"events:{name}", args=[reference] if name == "waiting" else [reference, booking.pk])


@pytest.mark.parametrize(
    ("who", "status"), [("bert", 200), ("karl", 200), ("hanna", 403), ("paula", 403), ("carl", 404)]
)
def test_who_sees_who_waits(
    client: Client, world: World, waiting: PartBooking, who: str, status: int
) -> None:
    response = sign_in(client, getattr(world, who)).get(page_of(waiting))
    assert response.status_code == status
    assert ("Wanda Wartet" in response.content.decode()) == (status == 200)


def test_a_visitor_signs_in_first(client: Client, waiting: PartBooking) -> None:
    assert client.get(page_of(waiting)).status_code == 302


def test_the_line_stands_in_order(client: Client, world: World, waiting: PartBooking) -> None:
    someone_waiting(waiting.part, name="Zeno Zweiter")
    page = sign_in(client, world.bert).get(page_of(waiting)).content.decode()
    assert page.index("Wanda Wartet") < page.index("Zeno Zweiter")


def test_a_long_line_has_pages_and_keeps_its_numbers(
    client: Client, world: World, waiting: PartBooking
) -> None:
    for number in range(2, 53):
        someone_waiting(waiting.part, name=f"Person {number}")
    first = sign_in(client, world.bert).get(page_of(waiting)).content.decode()
    second = client.get(f"{page_of(waiting)}?seite=2").content.decode()
    assert ("Person 50" in first, "Person 51" in first) == (True, False)
    assert "<strong>51.</strong>" in second
    assert "Seite 2 von 2" in second


def test_an_offer_stands_before_the_line_and_is_not_counted(
    client: Client, world: World, waiting: PartBooking
) -> None:
    someone_waiting(waiting.part, name="Zeno Zweiter")
    cancel(registration_id=attending(waiting.part).pk)
    beginning_in(waiting.part.event, hours=100)
    waiting.refresh_from_db()
    page = sign_in(client, world.bert).get(page_of(waiting)).content.decode()
    assert page.index("Zeno Zweiter") > page.index("<strong>1.</strong>")


def test_a_long_line_takes_no_more_statements(
    client: Client, world: World, waiting: PartBooking, django_assert_max_num_queries: object
) -> None:
    for _number in range(20):
        someone_waiting(waiting.part)
    sign_in(client, world.bert)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        client.get(page_of(waiting))


def test_out_of_order_needs_a_reason(client: Client, world: World, waiting: PartBooking) -> None:
    second = someone_waiting(waiting.part)
    beginning_in(waiting.part.event, hours=3)
    cancel(registration_id=attending(waiting.part).pk)
    page = page_of(second, "waiting_take_in")
    sign_in(client, world.bert)
    assert "warum diese Person vor anderen" in client.post(page, {"reason": ""}).content.decode()
    assert client.post(page, {"reason": "ist schon da"}).status_code == 302
    assert state_of(second) == State.CONFIRMED


def test_whoever_is_next_needs_none(client: Client, world: World, waiting: PartBooking) -> None:
    beginning_in(waiting.part.event, hours=3)
    cancel(registration_id=attending(waiting.part).pk)
    response = sign_in(client, world.bert).post(page_of(waiting, "waiting_take_in"), {"reason": ""})
    assert (response.status_code, state_of(waiting)) == (302, State.CONFIRMED)


def test_beyond_the_capacity_wants_a_tick_and_a_reason(
    client: Client, world: World, waiting: PartBooking
) -> None:
    page = page_of(waiting, "waiting_take_in")
    sign_in(client, world.bert)
    assert client.post(page, {"reason": "Stuhl dazu"}).status_code == 200
    assert state_of(waiting) == State.WAITLISTED
    assert client.post(page, {"reason": "Stuhl dazu", "is_beyond": "on"}).status_code == 302
    assert state_of(waiting) == State.CONFIRMED


def test_taking_somebody_off(client: Client, world: World, waiting: PartBooking) -> None:
    page = page_of(waiting, "waiting_off")
    assert sign_in(client, world.bert).post(page, {"reason": ""}).status_code == 200
    assert client.post(page, {"reason": "doppelt"}).status_code == 302
    assert state_of(waiting) == State.CANCELLED


@pytest.mark.parametrize(("answer", "state"), [("ja", State.CONFIRMED), ("nein", State.CANCELLED)])
def test_what_somebody_says_on_the_telephone(client: Client, world: World, answer: str, state: str) -> None:
    part = make_full_part(world, days=3)
    booking = someone_waiting(part, email="", phone="0341 123456")
    cancel(registration_id=attending(part).pk)
    sign_in(client, world.bert)
    assert "Angebot offen" in client.get(page_of(booking)).content.decode()
    assert client.post(page_of(booking, "waiting_answer"), {"antwort": answer}).status_code == 302
    assert state_of(booking) == state


def test_whoever_has_a_place_at_that_time_is_not_taken_in(
    client: Client, world: World, waiting: PartBooking
) -> None:
    make_booking(waiting.registration, make_part(waiting.part.event))
    data = {"reason": "Stuhl dazu", "is_beyond": "on"}
    response = sign_in(client, world.bert).post(page_of(waiting, "waiting_take_in"), data)
    assert (response.status_code, state_of(waiting)) == (409, State.WAITLISTED)


@pytest.mark.parametrize("name", ["waiting_take_in", "waiting_off", "waiting_answer"])
def test_nobody_else_decides(client: Client, world: World, waiting: PartBooking, name: str) -> None:
    data = {"reason": "weil", "is_beyond": "on", "antwort": "nein"}
    assert sign_in(client, world.hanna).post(page_of(waiting, name), data).status_code == 403
    assert state_of(waiting) == State.WAITLISTED
