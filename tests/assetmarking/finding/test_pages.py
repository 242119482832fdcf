"""What a label's page tells, and to whom."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assetmarking.models import FinderThread
from tests import factories
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.finding.steps import FINDER, TEXT, labelled, written
from tests.personas import World, sign_in

PASSWORD = "Regen fällt auf Dächer"


def test_a_label_is_found_however_its_code_is_typed(client: Client, world: World) -> None:
    code = labelled(world).code
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert client.get(reverse("finder:label", args=[typed])).status_code == 200


def test_an_unknown_code_may_be_typed_again(client: Client, world: World) -> None:
    page = client.get("/k/AAAA-AAAA")
    assert page.status_code == 404
    assert "Code nicht bekannt" in page.content.decode()
    assert 'value="AAAA-AAAA"' in page.content.decode()
    typed = client.post("/k/", {"code": labelled(world).code}, follow=True)
    assert typed.status_code == 200


def test_no_label_tells_whose_it_is_or_that_it_is_stolen(client: Client, world: World) -> None:
    firm = factories.make_firm(world.alice)
    stolen = make_asset(firm, "SN 4711")
    make_theft(stolen, partnership=world.partnership, police=world.police, state="confirmed")
    pages = {
        client.get(f"/k/{label.code}").content.decode().replace(label.code, "")
        for label in (labelled(world, asset=stolen), labelled(world, firm=firm))
    }
    assert len(pages) == 1
    assert firm.name not in pages.pop()


def test_the_page_is_kept_out_of_other_places(client: Client, world: World) -> None:
    page = client.get(f"/k/{labelled(world).code}")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]


def test_somebody_writes(client: Client, world: World) -> None:
    label = labelled(world)
    page = client.post(f"/k/{label.code}", {"text": TEXT, "email": FINDER}, follow=True)
    assert "Ihre Nachricht ist unterwegs" in page.content.decode()
    thread = FinderThread.objects.get()
    assert (thread.firm, thread.finder_email) == (label.firm, FINDER)


@pytest.mark.parametrize("who", ["bert", "paula", "karl", "carl"])
def test_others_do_not_know_that_somebody_wrote(client: Client, world: World, who: str) -> None:
    thread = written(world)
    sign_in(client, getattr(world, who))
    for name, key in (("finds", thread.firm_id), ("find", thread.pk)):
        assert client.get(reverse(f"assetmarking:{name}", args=[key])).status_code == 404
    assert client.post(reverse("assetmarking:find_end", args=[thread.pk])).status_code == 404


def test_the_owner_reads_and_answers(client: Client, world: World) -> None:
    thread = written(world)
    sign_in(client, world.alice)
    assert (
        thread.label.code in client.get(reverse("assetmarking:finds", args=[thread.firm_id])).content.decode()
    )
    page = client.get(reverse("assetmarking:find", args=[thread.pk])).content.decode()
    assert TEXT in page
    assert FINDER not in page
    client.post(reverse("assetmarking:find", args=[thread.pk]), {"text": "Danke"})
    assert thread.messages.filter(is_from_owner=True).exists()


def test_the_owner_of_something_stolen_is_told_to_call_the_police(client: Client, world: World) -> None:
    stolen = make_asset(factories.make_firm(world.alice), "SN 4711", state="stolen")
    theft = make_theft(stolen, partnership=world.partnership, police=world.police, case_number="4411/26")
    thread = written(world, labelled(world, asset=stolen))
    sign_in(client, world.alice)
    page = client.get(reverse("assetmarking:find", args=[thread.pk])).content.decode()
    assert "Holen Sie es nicht selbst" in page
    assert "4411/26" in page
    theft.things.update(ended_at=timezone.now())
    page = client.get(reverse("assetmarking:find", args=[thread.pk])).content.decode()
    assert "Holen Sie es nicht selbst" not in page


def test_the_list_names_what_waits_for_an_answer(client: Client, world: World) -> None:
    thread = written(world)
    sign_in(client, world.alice)
    finds = reverse("assetmarking:finds", args=[thread.firm_id])
    assert "noch nicht beantwortet" in client.get(finds).content.decode()
    client.post(reverse("assetmarking:find", args=[thread.pk]), {"text": "Danke"})
    assert "noch nicht beantwortet" not in client.get(finds).content.decode()


def test_whose_label_it_is_signs_in_and_comes_back(client: Client, world: World) -> None:
    label = labelled(world)
    page = reverse("finder:label", args=[label.code])
    world.alice.set_password(PASSWORD)
    world.alice.save(update_fields=["password"])
    sign_in_page = client.post(page, {"anmelden": "1"})["Location"]
    assert label.code not in sign_in_page
    answer = client.post(sign_in_page, {"login": world.alice.email, "password": PASSWORD})
    assert answer["Location"] == page
    assert "Etikett einem Gerät zuordnen" in client.get(page).content.decode()
