"""Who reads what: everybody what is public, participants behind their link or signed in, those who run it."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from forums.materials.overview import own_materials, public_materials, public_materials_of
from forums.materials.publishing import add_brochure, add_page
from forums.materials.reading import PIECE
from forums.models import Event, Material, Registration, Visibility
from partnership.models import SecretLink
from partnership.publications.releasing import withdraw
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.materials.files import PDF
from tests.forums.materials.steps import PARTICIPANTS, PUBLIC, add_file, link_of, with_place
from tests.partnership.publications.steps import make_released
from tests.personas import World, sign_in

STRANGERS = ["paula", "lea", "dora", "carl", "theo", "alice"]


@pytest.fixture
def registration(world: World) -> Registration:
    return with_place(world)


@pytest.fixture
def material(world: World, registration: Registration) -> Material:
    return add_file(registration.event, world.bert)


def page(material: Material) -> str:
    return f"/foren/unterlagen/{material.pk}/"


def own_page(registration: Registration) -> str:
    return f"/foren/anmeldung/{link_of(registration)}/unterlagen/"


def test_a_file_is_saved_and_never_shown(client: Client, world: World, material: Material) -> None:
    response = sign_in(client, world.bert).get(page(material))
    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="vortrag-ueber-tueren.pdf"'
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_large_file_arrives_whole(client: Client, world: World, registration: Registration) -> None:
    content = PDF[:20] + bytes(range(256)) * (PIECE // 100) + b"%%EOF"
    material = add_file(registration.event, world.bert, content)
    response = sign_in(client, world.bert).get(page(material))
    assert response.getvalue() == content
    assert len(content) > 2 * PIECE


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_learns_nothing(client: Client, world: World, material: Material, who: str) -> None:
    assert client.get(page(material)).status_code == 404
    assert sign_in(client, getattr(world, who)).get(page(material)).status_code == 404


@pytest.mark.parametrize("who", ["bert", "hanna", "karl"])
def test_who_runs_the_event_reads_it(client: Client, world: World, material: Material, who: str) -> None:
    assert sign_in(client, getattr(world, who)).get(page(material)).status_code == 200


def test_who_has_a_place_reads_it_signed_in(
    client: Client, world: World, registration: Registration, material: Material
) -> None:
    Registration.objects.update(person=world.alice)
    assert sign_in(client, world.alice).get(page(material)).status_code == 200
    registration.bookings.update(state="waitlisted", waits_since=timezone.now())
    assert client.get(page(material)).status_code == 404


def test_who_has_a_place_reads_it_behind_the_own_link(
    client: Client, registration: Registration, material: Material
) -> None:
    start = own_page(registration)
    html = client.get(start).content.decode()
    assert f'href="{start}{material.pk}/"' in html
    response = client.get(f"{start}{material.pk}/")
    assert response.getvalue() == PDF
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_link_leads_to_nothing_of_another_event(
    client: Client, world: World, registration: Registration
) -> None:
    other = add_file(make_event(organiser=world.ihk), world.bert)
    assert client.get(f"{own_page(registration)}{other.pk}/").status_code == 404


@pytest.mark.parametrize("state", ["waitlisted", "cancelled"])
def test_without_a_place_the_link_opens_nothing(
    client: Client, world: World, registration: Registration, material: Material, state: str
) -> None:
    registration.bookings.update(state=state, waits_since=timezone.now())
    start = own_page(registration)
    assert client.get(start).status_code == client.get(f"{start}{material.pk}/").status_code == 404


def test_a_link_for_something_else_or_past_its_end_opens_nothing(
    client: Client, registration: Registration, material: Material
) -> None:
    start = own_page(registration)
    SecretLink.objects.update(purpose=SecretLink.Purpose.EVENT_CONFIRM)
    assert client.get(start).status_code == 404
    ended = timezone.now() - datetime.timedelta(seconds=1)
    SecretLink.objects.update(purpose=SecretLink.Purpose.EVENT, expires_at=ended)
    assert client.get(f"{start}{material.pk}/").status_code == 404


def test_guessing_links_is_limited(client: Client, world: World, settings: Settings) -> None:
    settings.LIMITS = settings.LIMITS | {"link": (1, 1, 600)}
    pages = ["/foren/anmeldung/x/unterlagen/", "/foren/anmeldung/x/unterlagen/1/"]
    assert [client.get(path).status_code for path in pages] == [404, 429]


# public


def test_what_is_public_everybody_reads(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    material = add_file(event, world.bert, audience=PUBLIC)
    assert client.get(page(material)).status_code == 200
    assert [row.url for row in public_materials(event)] == [page(material)]


@pytest.mark.parametrize(
    "change", [{"visibility": Visibility.INTERNAL}, {"visibility": Visibility.INVITED}, {"state": "draft"}]
)
def test_nothing_is_public_where_the_event_is_not(
    client: Client, world: World, change: dict[str, str]
) -> None:
    event = make_event(organiser=world.ihk)
    material = add_file(event, world.bert, audience=PUBLIC)
    Event.objects.update(**change)
    event.refresh_from_db()
    assert client.get(page(material)).status_code == 404
    assert public_materials(event) == []


def test_lists_say_what_each_is_and_leave_out_a_brochure_that_is_withdrawn(
    world: World, registration: Registration
) -> None:
    event, edition = registration.event, make_released(world)
    add_file(event, world.bert)
    add = {"event_id": event.pk, "audience": PUBLIC, "actor": world.bert}
    add_brochure(**add, title="Sicher", brochure=edition.brochure)
    add_page(**add, title="Rat", url="https://rat.example/tueren")
    assert [(row.title, row.words) for row in own_materials(registration)] == [
        ("Vortrag über Türen", "PDF, 1 KB"),
        ("Sicher", "Broschüre"),
        ("Rat", "Seite bei rat.example"),
    ]
    withdraw(edition_id=edition.pk, reason="Fehler", actor=world.karl)
    assert [row.title for row in public_materials(event)] == ["Rat"]


def test_the_own_page_lists_it_for_who_has_a_place(
    client: Client, world: World, registration: Registration, material: Material
) -> None:
    token = link_of(registration)
    own = f"/foren/anmeldung/{token}/unterlagen/{material.pk}/"
    assert own in client.get(f"/foren/anmeldung/{token}/").content.decode()
    Registration.objects.update(person=world.alice)
    signed_in = f"/konto/foren/{registration.reference}/"
    assert page(material) in sign_in(client, world.alice).get(signed_in).content.decode()
    registration.bookings.update(state="waitlisted", waits_since=timezone.now())
    assert page(material) not in client.get(signed_in).content.decode()


def test_lists_take_one_statement_and_no_bytes(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    events = [make_event(organiser=world.ihk) for _number in range(3)]
    for event in events:
        add_file(event, world.bert, audience=PUBLIC)
        add_file(event, world.bert, audience=PARTICIPANTS)
    with django_assert_num_queries(1) as queries:
        found = public_materials_of(events)
    assert [len(found[event.pk]) for event in events] == [1, 1, 1]
    assert '"content"' not in queries.captured_queries[0]["sql"]


def test_another_participant_does_not_lend_a_place(client: Client, world: World, material: Material) -> None:
    other = make_event(organiser=world.hwk)
    make_registration(other, make_part(other), person=world.alice)
    assert sign_in(client, world.alice).get(page(material)).status_code == 404
