"""The pages of a list, as nobody, stranger and writer."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assetmarking.importing.checking import work_on
from assetmarking.models import Asset, ImportRun
from partnership.models import Firm
from tests import factories
from tests.asset_factories import make_asset
from tests.assetmarking.importing.steps import HEAD, check, take_over, workbook
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
LIST = workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1"), ("Säge", "", "", "20O5"))


@pytest.fixture
def firm(world: World) -> Firm:
    return factories.make_firm(world.alice)


def test_from_the_upload_to_the_things(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    page = f"/kennzeichnung/firma/{firm.pk}/einlesen/"
    assert client.get(page).status_code == 200
    here = client.post(page, {"file": SimpleUploadedFile("../liste.xlsx", LIST)})["Location"]
    run = ImportRun.objects.get()
    assert run.file_name == "liste.xlsx"
    assert b"every 2s" in client.get(here).content
    work_on(run.pk)
    shown = client.get(here).content.decode()
    assert "„20O5“ ist keine Jahreszahl." in shown
    assert "Eine Zeile übernehmen" in shown
    client.post(f"{here}uebernehmen/")
    work_on(run.pk)
    assert "1 Gerät neu" in client.get(here).content.decode()
    assert Asset.objects.count() == 1
    assert client.get(f"{here}fehler.xlsx").content.startswith(b"PK")


def test_nothing_of_a_list_is_lost_in_what_is_said_at_the_end(
    client: Client, world: World, firm: Firm
) -> None:
    rows = [("Bohrhammer", "Norvik", "NV-1"), ("Hammer", "Norvik", "NV-1"), ("Säge", "", "", "20O5")]
    run = check(firm, world.alice, workbook(HEAD, *rows))
    take_over(run, world.alice)
    sign_in(client, world.alice)
    page = client.get(f"/kennzeichnung/einlesen/{run.pk}/").content.decode()
    assert "1 Gerät neu, 1 fehlerhaft und nicht übernommen, 1 vielleicht doppelt und ausgelassen." in page


def test_a_list_that_changes_nothing_says_so(client: Client, world: World, firm: Firm) -> None:
    make_asset(firm, "NV-1")
    run = check(firm, world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1")))
    sign_in(client, world.alice)
    page = client.get(f"/kennzeichnung/einlesen/{run.pk}/").content.decode()
    assert "Hier ist nichts zu übernehmen." in page


def test_what_is_no_list_is_said_at_the_field(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    page = f"/kennzeichnung/firma/{firm.pk}/einlesen/"
    response = client.post(page, {"file": SimpleUploadedFile("liste.xlsx", b"%PDF-1.7")})
    assert "keine Liste" in response.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("who", ["carl", "bert", "paula", "karl"])
def test_for_others_there_is_nothing(client: Client, world: World, firm: Firm, who: str) -> None:
    run = check(firm, world.alice, LIST)
    sign_in(client, getattr(world, who))
    below = [f"firma/{firm.pk}/einlesen/", f"firma/{firm.pk}/ausgeben/", f"firma/{firm.pk}/geraete.csv"]
    runs = [f"einlesen/{run.pk}/{part}" for part in ("", "spalten/", "fehler.xlsx")]
    for path in [*below, *runs]:
        assert client.get(f"/kennzeichnung/{path}").status_code == 404, path
    for act in ("uebernehmen", "verwerfen", "doppelte"):
        assert client.post(f"/kennzeichnung/einlesen/{run.pk}/{act}/").status_code == 404


def test_the_own_things_as_json(client: Client, world: World, firm: Firm) -> None:
    thing = make_asset(firm, "NV-1")
    sign_in(client, world.alice)
    answer = client.get(f"/kennzeichnung/firma/{firm.pk}/geraete.json")
    [found] = json.loads(answer.getvalue())["things"]
    assert answer["Content-Disposition"] == 'attachment; filename="geraete.json"'
    assert (found["reference"], found["marks"][0]["text"]) == (thing.reference, "NV-1")
    assert client.get(f"/kennzeichnung/firma/{firm.pk}/geraete.exe").status_code == 404
