"""The desk's firms: who finds which, what a chamber reads of them, correcting and merging on the pages."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.firm_merging import Values, merge_firms
from partnership.known_firms import firms_visible_to
from partnership.models import Firm, FirmContact, FirmMerge, LogEntry, NoDuplicate, Site
from partnership.rules import posts_of
from tests import factories
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
MARKER = "Hintertür ohne Schloss"
FIRMS = "/arbeitsplatz/firmen/"


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def firm(world: World) -> Firm:
    firm = factories.make_listed_firm(world.ihk, name="Hofladen Süß", membership_number="IHK-7")
    Site.objects.create(firm=firm, street="Hof 1", postcode="04668", city="Grimma")
    FirmContact.objects.create(firm=firm, name="Ömer Süß", email="oemer@h.example", phone="0341 000-7")
    factories.make_appointment(hours=world.hours, firm=firm, reference="G-ABCDEF", note=MARKER)
    return firm


@pytest.fixture
def twin(world: World) -> Firm:
    return factories.make_listed_firm(world.ihk, name="Hofladen Suess GmbH", phone="0341 000-8")


@pytest.fixture
def done(world: World, firm: Firm) -> FirmMerge:
    third = factories.make_listed_firm(world.ihk, name="Hofladen Alt")
    return merge_firms(
        heir_id=firm.pk,
        merged_id=third.pk,
        values=Values(name=firm.name, chamber=world.ihk, membership_number="IHK-7"),
        actor=world.bert,
    )


@pytest.fixture
def pages(firm: Firm, twin: Firm, done: FirmMerge) -> dict[str, str]:
    return {
        "firms": FIRMS,
        "firm_hits": f"{FIRMS}suche/?suche=hofladen",
        "duplicates": f"{FIRMS}doppelte/",
        "firm": f"{FIRMS}{firm.pk}/",
        "firm_edit": f"{FIRMS}{firm.pk}/aendern/",
        "pair": f"{FIRMS}doppelte/{firm.pk}/{twin.pk}/",
        "merge_undo": f"{FIRMS}zusammenfuehrungen/{done.pk}/",
    }


def statuses(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: client.get(path).status_code for name, path in pages.items()}


def test_a_stranger_is_asked_to_sign_in(client: Client, pages: dict[str, str]) -> None:
    for path in pages.values():
        assert client.get(path)["Location"].startswith("/konto/anmelden/")


def test_the_desk_of_the_firms_chamber_opens_everything(
    client: Client, world: World, pages: dict[str, str]
) -> None:
    assert set(statuses(sign_in(client, world.bert), pages).values()) == {200}


def test_another_chamber_does_not_learn_that_it_exists(
    client: Client, world: World, pages: dict[str, str]
) -> None:
    found = statuses(sign_in(client, world.hanna), pages)
    assert {found[name] for name in ("firm", "firm_edit", "pair", "merge_undo")} == {404}
    for name in ("firms", "firm_hits", "duplicates"):
        assert "Hofladen" not in text(client.get(pages[name])).replace('value="hofladen"', "")


@pytest.mark.parametrize("who", ["paula", "lea", "karl", "dora", "carl", "alice"])
def test_others_are_turned_away(client: Client, world: World, pages: dict[str, str], who: str) -> None:
    found = statuses(sign_in(client, getattr(world, who)), pages)
    assert set(found.values()) <= {403, 404}


def test_a_chamber_that_has_hosted_a_firm_finds_it_and_changes_nothing(
    client: Client, world: World, firm: Firm
) -> None:
    hours = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    factories.make_appointment(hours=hours, firm=firm, reference="L-ABCDEF")
    sign_in(client, world.hanna)
    page = text(client.get(f"{FIRMS}{firm.pk}/"))
    assert "L-ABCDEF" in page
    for hidden in ("G-ABCDEF", "oemer@h.example", "Angaben ändern"):
        assert hidden not in page
    assert client.get(f"{FIRMS}{firm.pk}/aendern/").status_code == 403


def test_a_firm_without_a_chamber_is_found_by_whoever_hosted_it(world: World) -> None:
    firm = factories.make_listed_firm(None)
    factories.make_appointment(hours=world.hours, firm=firm)
    assert list(firms_visible_to(posts_of(world.bert))) == [firm]
    assert not firms_visible_to(posts_of(world.hanna)).exists()


def test_the_page_has_the_history_and_nothing_of_what_was_confided(
    client: Client, world: World, firm: Firm
) -> None:
    page = text(sign_in(client, world.bert).get(f"{FIRMS}{firm.pk}/"))
    for words in ("G-ABCDEF", "IHK-7", "Hof 1, 04668 Grimma", "Ömer Süß", "1 Termin in Ihren Häusern"):
        assert words in page
    assert MARKER not in page


def test_the_hits_alone_come_as_a_part(client: Client, world: World, firm: Firm) -> None:
    part = text(sign_in(client, world.bert).get(f"{FIRMS}suche/?suche=hofladn&fuer=buchen&zeit=x"))
    assert "<html" not in part
    assert "hx-swap-oob" in part
    assert f"/arbeitsplatz/termine/neu/?zeit=x&amp;firma={firm.pk}" in part
    assert "firma=neu" in part


def test_what_somebody_types_is_only_text(client: Client, world: World, firm: Firm) -> None:
    part = text(sign_in(client, world.bert).get(FIRMS, {"suche": "<b>hof</b>"}))
    assert "<b>hof" not in part


def test_correcting_is_logged_and_found_under_the_new_name(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.bert)
    path = f"{FIRMS}{firm.pk}/aendern/"
    client.post(path, {"name": "Biohof Süß", "membership_number": "IHK-7", "phone": "0341 000-9"})
    assert LogEntry.objects.get(act="firm.corrected").detail == {"fields": "Firma, Telefon"}
    assert "Biohof" in text(client.get(FIRMS, {"suche": "biohof suess"}))


def test_a_firm_without_a_name_is_not_saved(client: Client, world: World, firm: Firm) -> None:
    page = text(sign_in(client, world.bert).post(f"{FIRMS}{firm.pk}/aendern/", {"name": " ", "phone": "12"}))
    assert "Geben Sie den Namen der Firma an." in page
    assert 'value="12"' in page


def test_from_the_pair_to_one_firm_and_back(client: Client, world: World, firm: Firm, twin: Firm) -> None:
    sign_in(client, world.bert)
    assert "sehr ähnlich" not in text(client.get(f"{FIRMS}doppelte/"))
    path = f"{FIRMS}doppelte/{firm.pk}/{twin.pk}/"
    assert path in text(client.get(f"{FIRMS}doppelte/"))
    page = text(client.get(path))
    assert page.count("verschieden</strong>") >= 3
    chosen = {"stays": str(firm.pk), "name": str(firm.pk), "membership_number": str(firm.pk)}
    response = client.post(path, chosen | {"phone": str(twin.pk)})
    assert address_without_notice(response) == f"{FIRMS}{firm.pk}/"
    firm.refresh_from_db()
    assert (firm.name, firm.phone) == ("Hofladen Süß", "0341 000-8")
    assert address_without_notice(client.get(f"{FIRMS}{twin.pk}/")) == f"{FIRMS}{firm.pk}/"
    undo = re.search(r'href="(\S+zusammenfuehrungen/\d+/)"', text(client.get(f"{FIRMS}{firm.pk}/")))
    assert undo
    client.post(undo[1])
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_an_incomplete_choice_is_asked_for(client: Client, world: World, firm: Firm, twin: Firm) -> None:
    path = f"{FIRMS}doppelte/{firm.pk}/{twin.pk}/"
    page = text(sign_in(client, world.bert).post(path, {"stays": str(firm.pk)}))
    assert "Wählen Sie eine der beiden Angaben." in page
    assert not FirmMerge.objects.exists()


def test_a_refusal_is_shown_and_the_choice_stays(
    client: Client, world: World, firm: Firm, twin: Firm
) -> None:
    FirmContact.objects.update(person=world.alice, email_confirmed_at=firm.created_at)
    chosen = dict.fromkeys(("stays", "name", "membership_number", "phone"), str(twin.pk))
    response = sign_in(client, world.bert).post(f"{FIRMS}doppelte/{firm.pk}/{twin.pk}/", chosen)
    assert response.status_code == 409
    assert "bestätigte Ansprechperson" in text(response)


def test_no_duplicate_takes_the_pair_off_the_list(
    client: Client, world: World, firm: Firm, twin: Firm
) -> None:
    path = f"{FIRMS}doppelte/{firm.pk}/{twin.pk}/"
    sign_in(client, world.bert).post(f"{path}kein-duplikat/")
    assert NoDuplicate.objects.count() == 1
    assert path not in text(client.get(f"{FIRMS}doppelte/"))


@pytest.mark.parametrize("who", ["hanna", "paula", "karl", "carl"])
def test_only_the_firms_desk_acts(
    client: Client, world: World, pages: dict[str, str], firm: Firm, who: str
) -> None:
    sign_in(client, getattr(world, who))
    for path in (pages["pair"], pages["pair"] + "kein-duplikat/", pages["merge_undo"], pages["firm_edit"]):
        assert client.post(path, {"name": "X"}).status_code in (403, 404), path
    assert FirmMerge.objects.filter(undone_at__isnull=True).count() == 1
    assert Firm.objects.get(pk=firm.pk).name == "Hofladen Süß"


def test_looking_is_no_act(client: Client, world: World, pages: dict[str, str]) -> None:
    sign_in(client, world.bert)
    assert client.get(pages["pair"] + "kein-duplikat/").status_code == 405
    client.get(pages["merge_undo"])
    assert FirmMerge.objects.filter(undone_at__isnull=True).count() == 1


@pytest.mark.parametrize("name", ["firms", "firm_hits", "duplicates", "firm"])
def test_as_many_statements_for_one_row_and_for_thirty(
    client: Client, world: World, pages: dict[str, str], firm: Firm, name: str
) -> None:
    sign_in(client, world.bert).get(pages[name])
    once = statements(client, pages[name])
    for number in range(30):
        other = factories.make_listed_firm(world.ihk, name=f"Hofladen {number % 7} Nord")
        Site.objects.create(firm=other, street="Hof 1", postcode="04668", city="Grimma")
    for _number in range(8):
        officer = factories.make_person()
        hours = factories.make_hours(
            office=world.office, police=world.police, officers=[officer], day=world.hours.day
        )
        for index in range(4):
            factories.make_appointment(hours=hours, index=index, firm=firm)
    assert statements(client, pages[name]) <= once


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_menu_leads_here(client: Client, world: World) -> None:
    page = text(sign_in(client, world.bert).get(reverse("appointments:week")))
    for path in (FIRMS, "/arbeitsplatz/termine/ohne-anmeldung/"):
        assert f'href="{path}"' in page
