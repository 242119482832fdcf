"""The desk's pages of material: who opens them, and each act by its form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forums.models import Event, Material
from partnership.models import OutgoingMail
from tests.event_factories import make_event
from tests.forums.materials.files import HTML, PDF
from tests.forums.materials.steps import PUBLIC, add_file, with_place
from tests.partnership.publications.steps import make_released
from tests.personas import World, sign_in

PAGES = ["", "datei/", "broschuere/", "seite/"]


@pytest.fixture
def start(world: World) -> str:
    return f"/arbeitsplatz/foren/{with_place(world).event.reference}/unterlagen/"


def event_of(start: str) -> Event:
    return Event.objects.get(reference=start.split("/")[3])


def file(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("vortrag.pdf", content)


@pytest.mark.parametrize(
    ("who", "status"), [("bert", 200), ("hanna", 200), ("karl", 200), ("paula", 403), ("carl", 404)]
)
def test_who_opens_the_pages(client: Client, world: World, start: str, who: str, status: int) -> None:
    sign_in(client, getattr(world, who))
    assert {client.get(start + page).status_code for page in PAGES} == {status}
    assert client.post(f"{start}hinweisen/").status_code == (status if status != 200 else 409)


def test_another_chamber_that_only_knows_of_it_may_not(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    page = f"/arbeitsplatz/foren/{event.reference}/unterlagen/"
    assert sign_in(client, world.hanna).get(page).status_code == 403


def test_not_signed_in_one_signs_in(client: Client, start: str) -> None:
    assert client.get(start)["Location"].startswith("/konto/anmelden/")


def test_a_file_is_added_and_listed(client: Client, world: World, start: str) -> None:
    given = {"title": "Vortrag", "file": file(), "audience": PUBLIC, "rights_are_clear": "on"}
    response = sign_in(client, world.bert).post(f"{start}datei/", given, follow=True)
    html = response.content.decode()
    assert "Die Unterlage ist hinzugefügt." in html
    assert ("PDF, 1 KB" in html, "öffentlich" in html) == (True, True)


def test_what_is_wrong_with_a_file_is_said_at_its_field(client: Client, world: World, start: str) -> None:
    sign_in(client, world.bert)
    html = client.post(
        f"{start}datei/", {"title": "x", "file": file(HTML), "audience": PUBLIC}
    ).content.decode()
    assert "eine Webseite oder eine SVG-Zeichnung" in html
    assert "Klären Sie die Rechte" in html
    assert not Material.objects.exists()


def test_a_brochure_brings_its_title(client: Client, world: World, start: str) -> None:
    brochure = make_released(world).brochure
    sign_in(client, world.bert).post(
        f"{start}broschuere/", {"brochure": brochure.pk, "audience": "participants"}
    )
    assert Material.objects.get().title == "Sicher im Betrieb"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", "x"])
def test_a_page_has_an_address_of_the_web(client: Client, world: World, start: str, url: str) -> None:
    given = {"title": "x", "url": url, "audience": "participants"}
    html = sign_in(client, world.bert).post(f"{start}seite/", given).content.decode()
    assert ("mit https://" in html, Material.objects.count()) == (True, 0)


def test_a_page_is_added(client: Client, world: World, start: str) -> None:
    given = {"title": "Rat", "url": "rat.example/tueren", "audience": "participants"}
    sign_in(client, world.bert).post(f"{start}seite/", given)
    assert Material.objects.get().url == "https://rat.example/tueren"


def test_title_and_audience_change(client: Client, world: World, start: str) -> None:
    material = add_file(event_of(start), world.bert)
    page = f"{start}{material.pk}/"
    given = {"gesehen": "1", "title": "Neu", "audience": PUBLIC}
    assert "Klären Sie die Rechte" in sign_in(client, world.bert).post(page, given).content.decode()
    assert client.post(page, given | {"rights_are_clear": "on"}).status_code == 302
    assert client.post(page, given | {"rights_are_clear": "on"}).status_code == 409
    material.refresh_from_db()
    assert (material.title, material.audience) == ("Neu", PUBLIC)


def test_material_of_another_event_is_not_reached_here(client: Client, world: World, start: str) -> None:
    other = add_file(make_event(organiser=world.ihk), world.bert)
    sign_in(client, world.bert)
    assert client.get(f"{start}{other.pk}/").status_code == 404
    assert client.post(f"{start}{other.pk}/entfernen/").status_code == 404


def test_it_is_removed_and_participants_are_told_by_a_post(client: Client, world: World, start: str) -> None:
    material = add_file(event_of(start), world.bert)
    sign_in(client, world.bert)
    assert (
        client.get(f"{start}hinweisen/").status_code == client.get(f"{start}1/entfernen/").status_code == 405
    )
    assert "Eine E-Mail" in client.post(f"{start}hinweisen/", follow=True).content.decode()
    assert OutgoingMail.objects.filter(kind="event_materials").count() == 1
    client.post(f"{start}{material.pk}/entfernen/")
    assert not Material.objects.exists()


def test_large_files_are_taken_here_and_larger_ones_refused_unread(
    client: Client, world: World, start: str
) -> None:
    sign_in(client, world.bert)
    given = {
        "title": "x",
        "file": file(PDF[:20] + b" " * 5 * 1024 * 1024 + PDF[20:]),
        "audience": "participants",
    }
    assert client.post(f"{start}datei/", given).status_code == 302
    given["file"] = file(b"x" * 21 * 1024 * 1024)
    assert client.post(f"{start}datei/", given).status_code == 413
