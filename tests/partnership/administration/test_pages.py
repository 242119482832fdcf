"""Every page as nobody, as a stranger, as a reader and as whoever may act."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnership.models import Area, Deputy, Membership, OfficeClosure, Post
from tests import factories
from tests.partnership.administration.steps import (
    A_DAY,
    elsewhere,
    invite,
    open_invitation,
    post_of,
    today,
)
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

BASE = "/arbeitsplatz/verwaltung/"
OK, NO, GONE = 200, 403, 404


def closure_of(world: World) -> OfficeClosure:
    return OfficeClosure.objects.get_or_create(
        office=world.office, starts=today() + A_DAY, ends=today() + A_DAY, reason="Umbau"
    )[0]


def membership_of(world: World) -> Membership:
    return Membership.objects.get(organisation=world.ihk)


Path = Callable[[World], str]
OF_EVERYBODY: list[Path] = [lambda w: "", lambda w: "aufgaben/"]
OF_COORDINATORS: list[Path] = [
    lambda w: f"partnerschaften/{w.partnership.pk}/",
    lambda w: f"partnerschaften/{w.partnership.pk}/texte/",
    lambda w: f"partnerschaften/{w.partnership.pk}/gebiete/",
    lambda w: f"organisationen/{w.ihk.pk}/",
    lambda w: f"organisationen/{w.ihk.pk}/aendern/",
    lambda w: f"organisationen/{w.ihk.pk}/haeuser/neu/",
    lambda w: f"organisationen/{w.ihk.pk}/mitgliedschaften/neu/",
    lambda w: f"organisationen/{w.ihk.pk}/mitgliedschaften/{membership_of(w).pk}/beenden/",
]
WITHOUT_A_THING: list[Path] = [
    lambda w: "gesperrte-adressen/",
    lambda w: "organisationen/",
    lambda w: "organisationen/neu/",
    lambda w: "personen/einladen/",
]
OF_HOUSES: list[Path] = [
    lambda w: f"haeuser/{w.office.pk}/",
    lambda w: f"haeuser/{w.office.pk}/schliesszeiten/{closure_of(w).pk}/",
]
OF_HOUSES_TO_CHANGE: list[Path] = [
    lambda w: f"haeuser/{w.office.pk}/aendern/",
    lambda w: f"haeuser/{w.office.pk}/raeume/",
    lambda w: f"haeuser/{w.office.pk}/betrieb/",
]
OF_PEOPLE: list[Path] = [
    lambda w: f"personen/{w.paula.pk}/",
    lambda w: f"funktionen/{post_of(w.paula).pk}/vertretung/",
]
OF_PEOPLE_TO_CHANGE: list[Path] = [
    lambda w: f"personen/{w.paula.pk}/funktion/",
    lambda w: f"personen/{w.paula.pk}/sperren/",
    lambda w: f"funktionen/{post_of(w.paula).pk}/beenden/",
]
STRANGERS = dict.fromkeys(("carl", "alice", "dora", "paula"), NO)
RIGHTS = [
    (OF_EVERYBODY, {"karl": OK, "bert": OK, "lea": OK, "nora": OK}),
    (OF_COORDINATORS, {"karl": OK, "bert": (NO, GONE), "lea": (NO, GONE), "nora": GONE}),
    (WITHOUT_A_THING, {"karl": OK, "bert": NO, "lea": NO, "nora": OK}),
    (OF_HOUSES, {"karl": OK, "bert": OK, "hanna": GONE, "lea": NO, "nora": GONE}),
    (OF_HOUSES_TO_CHANGE, {"karl": OK, "bert": NO, "hanna": GONE, "lea": NO, "nora": GONE}),
    (OF_PEOPLE, {"karl": OK, "bert": NO, "lea": OK, "nora": GONE}),
    (OF_PEOPLE_TO_CHANGE, {"karl": OK, "bert": NO, "lea": NO, "nora": GONE}),
]
CASES = [
    (path, who, status)
    for paths, rights in RIGHTS
    for path in paths
    for who, status in (rights | STRANGERS).items()
]


@pytest.mark.parametrize(("path", "who", "status"), CASES)
def test_a_page_is_for_those_whom_it_concerns(
    client: Client, world: World, path: Path, who: str, status: int | tuple[int, ...]
) -> None:
    person = elsewhere()[1] if who == "nora" else getattr(world, who)
    wanted = status if isinstance(status, tuple) else (status,)
    assert sign_in(client, person).get(BASE + path(world)).status_code in wanted


@pytest.mark.parametrize("path", [path for paths, _rights in RIGHTS for path in paths])
def test_nobody_sees_anything_without_signing_in(client: Client, world: World, path: Path) -> None:
    assert client.get(BASE + path(world))["Location"].startswith("/konto/anmelden/")


def acts_of(world: World) -> dict[str, int]:
    """Path of an act -> what a stranger to it gets who coordinates elsewhere."""
    area = Area.objects.create(ags="14729", name="Kreis", latitude=51, longitude=12, valid_from=today())
    deputy = Deputy.objects.create(post=post_of(world.hanna), person=world.carl, starts=today())
    coming = factories.make_post(world.carl, Post.Role.DESK, organisation=world.hwk, starts=today() + A_DAY)
    invitation = open_invitation(invite(world))
    return dict.fromkeys(
        [
            f"partnerschaften/{world.partnership.pk}/gebiete/{area.pk}/hinzufuegen/",
            f"partnerschaften/{world.partnership.pk}/gebiete/{area.pk}/entfernen/",
            f"haeuser/{world.office.pk}/schliesszeiten/{closure_of(world).pk}/entfernen/",
            f"personen/{world.bert.pk}/gesperrt/",
            f"personen/{world.bert.pk}/entsperren/",
            f"funktionen/{coming.pk}/zuruecknehmen/",
            f"vertretungen/{deputy.pk}/beenden/",
            f"einladungen/{invitation.pk}/senden/",
            f"einladungen/{invitation.pk}/zurueckziehen/",
        ],
        GONE,
    )


def test_acts_are_posts_and_the_coordinators(client: Client, world: World) -> None:
    paths = acts_of(world)
    stranger = Client()
    sign_in(stranger, elsewhere()[1])
    for path, refused in paths.items():
        assert Client().post(BASE + path).status_code == 302
        assert sign_in(client, world.karl).get(BASE + path).status_code == 405
        assert stranger.post(BASE + path).status_code == refused, path
        assert sign_in(client, world.dora).post(BASE + path).status_code in (NO, GONE), path
    for path in paths:
        assert sign_in(client, world.karl).post(BASE + path).status_code in (302, 409), path


def test_a_desk_ends_no_post_and_a_lead_only_deputies(client: Client, world: World) -> None:
    deputy = Deputy.objects.create(post=post_of(world.paula), person=world.pia, starts=today())
    path = f"{BASE}vertretungen/{deputy.pk}/beenden/"
    assert sign_in(client, world.bert).post(path).status_code == NO
    assert sign_in(client, world.lea).post(path).status_code == 302
    assert not Deputy.objects.exists()


def test_a_lead_names_deputies_of_officers_only(client: Client, world: World) -> None:
    path = f"{BASE}funktionen/{post_of(world.dora).pk}/vertretung/"
    assert sign_in(client, world.lea).get(path).status_code == NO


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"suche": "Bert"}, ["Bert Beispiel"]),
        ({"stand": "gesperrt"}, ["Hanna Beispiel"]),
        ({"stand": "endet"}, ["Pia Beispiel"]),
        ({"stand": "beendet"}, ["Lea Beispiel"]),
        ({"stand": "eingeladen"}, ["Nele Neu"]),
        ({"stand": "kommt"}, ["Carl Beispiel"]),
        ({"funktion": "auditor"}, ["Dora Beispiel"]),
        ({"funktion": "coordinator", "stand": "jetzt"}, ["Karl Beispiel"]),
    ],
)
def test_people_are_filtered(client: Client, world: World, wanted: dict[str, str], found: list[str]) -> None:
    world.hanna.is_active = False
    world.hanna.save()
    Post.objects.filter(person=world.pia).update(ends=today() + 9 * A_DAY)
    Post.objects.filter(person=world.lea).update(ends=today() - A_DAY)
    factories.make_post(world.carl, Post.Role.DESK, organisation=world.ihk, starts=today() + A_DAY)
    invite(world)
    response = sign_in(client, world.karl).get(BASE + "personen/", wanted)
    assert [row.name for row in response.context["rows"]] == found


def test_what_wants_attention_stands_first(client: Client, world: World) -> None:
    post = invite(world)
    invitation = open_invitation(post)
    invitation.sent_at = timezone.now() - 8 * A_DAY
    invitation.save()
    Post.objects.filter(person=world.bert).update(ends=today() + 9 * A_DAY)
    world.office.phone = ""
    world.office.save()
    found = sign_in(client, world.karl).get(BASE).context["attention"]
    assert ("Einladung offen", "Nele Neu") in [(item.why, item.title) for item in found]
    assert ("Funktion endet", "Bert Beispiel") in [(item.why, item.title) for item in found]
    assert any("Telefon" in item.words for item in found)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "page_and_queries",
    [("", 22), ("personen/", 11), ("haeuser/", 8), ("organisationen/", 7), ("aufgaben/", 11)],
)
def test_statements_do_not_grow_with_the_rows(
    client: Client,
    world: World,
    page_and_queries: tuple[str, int],
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        chamber = factories.make_chamber(world.partnership, f"Kammer {number}")
        closed = factories.make_office(chamber, phone="")
        OfficeClosure.objects.create(office=closed, starts=today(), ends=today(), reason="Umbau")
        invite(world, f"neu{number}@personen.example", organisation=chamber)
        officer = factories.make_person()
        factories.make_hours(
            office=closed, police=world.police, officers=[officer], partnership=world.partnership
        )
        factories.make_post(officer, Post.Role.OFFICER, organisation=world.police, ends=today() - A_DAY)
    sign_in(client, world.karl)
    page, queries = page_and_queries
    with django_assert_num_queries(queries):
        client.get(BASE + page)
