"""The way to the own pages, and the coordination's page of partners."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import OfficeHours
from partnership.models import Membership, OfficeClosure, Post
from partnership.times import numeric_date
from tests import factories
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in

HOME = "/arbeitsplatz/"
PARTNERS = "/arbeitsplatz/partner/"
MARK = "Die Hintertür schließt nicht"
ONE_DAY = datetime.timedelta(days=1)
COORDINATION = [
    *("Partner", "Veranstaltungen", "Zahlen", "Umsetzung", "Machbarkeit", "Verwaltung", "Löschbegehren"),
]


def menu(client: Client, url: str) -> list[str]:
    html = client.get(url).content.decode()
    (nav,) = re.findall(r'<nav class="menu" aria-label="Arbeitsplatz">(.*?)</nav>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]*)</a>", nav)


def row_of(html: str, name: str) -> list[str]:
    """The cells of the table row that begins with a name."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    row = next(r for r in rows if re.search(rf'scope="row">(<a [^>]*>)?{re.escape(name)}', r))
    return [
        re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    ]


# home and menu


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("paula", "/arbeitsplatz/heute/"),
        ("lea", "/arbeitsplatz/heute/"),
        ("karl", PARTNERS),
        ("dora", "/arbeitsplatz/protokoll/"),
        ("carl", "/konto/"),
        ("alice", "/konto/"),
    ],
)
def test_everybody_is_led_to_the_own_first_page(client: Client, world: World, name: str, page: str) -> None:
    assert sign_in(client, getattr(world, name)).get(HOME)["Location"] == page


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(HOME)["Location"] == f"/konto/anmelden/?next={HOME}"
    assert client.get(PARTNERS)["Location"] == f"/konto/anmelden/?next={PARTNERS}"


def test_several_posts_give_all_their_pages(client: Client, world: World) -> None:
    factories.make_post(world.paula, Post.Role.COORDINATOR, partnership=world.partnership)
    factories.make_post(world.paula, Post.Role.AUDITOR, organisation=world.police)
    labels = menu(sign_in(client, world.paula), PARTNERS)
    assert labels[0] == "Heute"
    assert labels[-10:] == [*COORDINATION, "Protokoll", "Abrufe", "Löschungen"]


def test_one_post_gives_its_pages_alone(client: Client, world: World) -> None:
    labels = menu(sign_in(client, world.karl), PARTNERS)
    assert labels == COORDINATION


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_a_post_that_is_not_in_force_leads_nowhere(
    client: Client, world: World, days: dict[str, int]
) -> None:
    redate_posts(world.karl, days)
    assert sign_in(client, world.karl).get(HOME)["Location"] == "/konto/"
    assert client.get(PARTNERS).status_code == 403


# the page of partners


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("karl", 200),
        ("bert", 403),
        ("hanna", 403),
        ("paula", 403),
        ("lea", 403),
        ("dora", 403),
        ("carl", 403),
    ],
)
def test_the_page_is_the_coordinations(client: Client, world: World, name: str, status: int) -> None:
    assert sign_in(client, getattr(world, name)).get(PARTNERS).status_code == status


def test_a_coordinator_sees_members_houses_and_people(client: Client, world: World) -> None:
    tomorrow = timezone.localdate() + ONE_DAY
    OfficeClosure.objects.create(office=world.office, starts=tomorrow, ends=tomorrow, reason="Umbau")
    html = sign_in(client, world.karl).get(PARTNERS).content.decode()
    assert row_of(html, "IHK zu Leipzig")[:2] == ["Kammer", "seit 1.1.2020"]
    assert row_of(html, world.office.name)[0] == "stufenlos"
    assert f"geschlossen {numeric_date(tomorrow)}, Umbau" in html
    assert row_of(html, "Bert Beispiel") == ["Kammer", "1.1.2020", "–"]
    assert row_of(html, "Karl Beispiel") == ["Koordination", "1.1.2020", "–"]


def test_of_bookings_there_are_counts_only(client: Client, world: World) -> None:
    factories.make_appointment(
        hours=world.hours, note=MARK, firm_name="Geheim GmbH", contact_name="Gesa Geheim"
    )
    html = sign_in(client, world.karl).get(PARTNERS).content.decode()
    assert row_of(html, world.office.name)[1:] == ["1", "4", "3"]
    assert row_of(html, "IHK zu Leipzig")[2:] == ["1", "1", "4", "3"]
    for confided in (MARK, "Geheim", "tischlerei"):
        assert confided not in html


@pytest.mark.parametrize("state", ["draft", "agreed", "cancelled"])
def test_only_public_hours_are_counted(client: Client, world: World, state: str) -> None:
    OfficeHours.objects.update(state=state)
    html = sign_in(client, world.karl).get(PARTNERS).content.decode()
    assert row_of(html, world.office.name)[1:] == ["0", "0", "0"]


def test_former_members_are_named_without_their_people(client: Client, world: World) -> None:
    yesterday = timezone.localdate() - ONE_DAY
    Membership.objects.filter(organisation=world.hwk).update(ends=yesterday)
    html = sign_in(client, world.karl).get(PARTNERS).content.decode()
    assert row_of(html, "Handwerkskammer zu Leipzig")[1].startswith("vom 1.1.2020 bis ")
    assert "Hanna Beispiel" not in html


def test_ended_posts_are_not_shown(client: Client, world: World) -> None:
    Post.objects.filter(person=world.bert).update(ends=timezone.localdate() - ONE_DAY)
    assert "Bert Beispiel" not in sign_in(client, world.karl).get(PARTNERS).content.decode()


def test_another_partnership_is_not_theirs(client: Client, world: World) -> None:
    other = factories.make_partnership(name="Sicherheitspartnerschaft Nordsachsen")
    factories.make_chamber(other, "IHK Nord", name="IHK Nord")
    html = sign_in(client, world.karl).get(PARTNERS).content.decode()
    assert "IHK Nord" not in html
    factories.make_post(world.karl, Post.Role.COORDINATOR, partnership=other)
    html = client.get(PARTNERS).content.decode()
    assert "IHK Nord" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("members", [1, 30])
def test_statements_do_not_grow_with_the_members(
    client: Client, world: World, members: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(members):
        chamber = factories.make_chamber(world.partnership, f"Kammer {number}")
        office = factories.make_office(chamber)
        factories.make_post(factories.make_person(), Post.Role.DESK, organisation=chamber)
        factories.make_hours(
            office=office,
            police=world.police,
            officers=[factories.make_person()],
            partnership=world.partnership,
        )
    sign_in(client, world.karl)
    with django_assert_num_queries(12):
        client.get(PARTNERS)
