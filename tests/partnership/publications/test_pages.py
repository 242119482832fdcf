"""Who may see and do what; the public page and its file."""

import pytest
from django.test import Client

from partnership.models import BrochureEdition, BrochureFile
from partnership.publications import releasing
from partnership.publications.printing import print_brochure
from partnership.publications.queries import brochures_visible_to, editions_visible_to
from partnership.rules import posts_of
from tests.consultations.steps import confirm
from tests.partnership.administration.steps import elsewhere
from tests.partnership.publications.steps import (
    make_draft,
    make_released,
    make_waiting,
    partner_of,
    release_for,
)
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
BASE = "/arbeitsplatz/verwaltung/broschueren/"
PUBLIC = "/broschueren/sicher-im-betrieb/"
PDF = "/broschueren/sicher-im-betrieb.pdf"
STAFF = ["alice", "bert", "hanna", "paula", "lea", "karl", "dora", "carl"]


def readers(world: World, edition: BrochureEdition) -> list[str]:
    return [
        name
        for name in STAFF
        if editions_visible_to(posts_of(getattr(world, name))).filter(pk=edition.pk).exists()
    ]


def test_a_draft_is_the_coordinations(world: World) -> None:
    draft = make_draft(world)
    assert readers(world, draft) == ["karl"]
    assert not brochures_visible_to(posts_of(elsewhere()[1])).exists()


def test_what_waits_is_read_by_those_it_names(world: World) -> None:
    assert readers(world, make_waiting(world)) == ["bert", "lea", "karl"]


@pytest.mark.parametrize(
    ("who", "status"), [("karl", 200), ("bert", 200), ("lea", 200), ("hanna", 404), ("paula", 403)]
)
def test_the_page_of_an_edition(client: Client, world: World, who: str, status: int) -> None:
    path = f"{BASE}fassungen/{make_waiting(world).pk}/"
    assert client.get(path)["Location"].startswith("/konto/anmelden/")
    sign_in(client, getattr(world, who))
    assert [client.get(path + page).status_code for page in ("", "vorschau/")] == [status, status]


@pytest.mark.parametrize(("who", "status"), [("bert", 302), ("karl", 403), ("lea", 403), ("hanna", 404)])
def test_a_partner_is_released_by_its_own_people(client: Client, world: World, who: str, status: int) -> None:
    partner = partner_of(make_waiting(world), world.ihk)
    path = f"{BASE}partner/{partner.pk}/freigeben/"
    sign_in(client, getattr(world, who))
    assert client.get(path).status_code == 405
    assert client.post(path).status_code == status
    partner.refresh_from_db()
    assert (partner.released_by == world.bert) is (who == "bert")


@pytest.mark.parametrize("page", ["titel/", "kapitel/neu/", "partner/neu/"])
def test_only_the_coordination_edits(client: Client, world: World, page: str) -> None:
    path = f"{BASE}fassungen/{make_waiting(world).pk}/{page}"
    assert sign_in(client, world.bert).get(path).status_code == 403
    assert sign_in(client, world.karl).get(path).status_code == 200


@pytest.mark.parametrize(
    "act", ["fassungen/{edition}/vorlegen/", "kapitel/{chapter}/hoch/", "partner/{partner}/entfernen/"]
)
def test_acts_are_posts_of_the_coordination(client: Client, world: World, act: str) -> None:
    edition = make_waiting(world)
    keys = {"chapter": edition.chapters.latest("position").pk, "partner": edition.partners.latest("pk").pk}
    path = BASE + act.format(edition=edition.pk, **keys)
    assert client.post(path)["Location"].startswith("/konto/anmelden/")
    assert sign_in(client, world.bert).post(path).status_code == 403
    assert sign_in(client, world.karl).get(path).status_code == 405
    assert sign_in(client, world.karl).post(path).status_code == 302
    assert edition.partners.count() == 2


def test_a_new_edition_is_begun_by_the_coordination(client: Client, world: World) -> None:
    path = f"{BASE}{make_released(world).brochure_id}/neue-fassung/"
    assert sign_in(client, world.bert).post(path).status_code == 403
    for _time in range(2):
        assert sign_in(client, world.karl).post(path).status_code == 302
    assert BrochureEdition.objects.filter(state="draft").count() == 1


def test_a_chapter_is_previewed_and_then_saved(client: Client, world: World) -> None:
    chapter = make_draft(world).chapters.get(position=1)
    data = {"title": "Türen", "text": "Ein **fetter** Rat.", "gesehen": 1}
    sign_in(client, world.karl)
    page = client.post(f"{BASE}kapitel/{chapter.pk}/", data | {"vorgang": "vorschau"})
    assert "<strong>fetter</strong>" in page.content.decode()
    chapter.refresh_from_db()
    assert chapter.text == "Schließen Sie **ab**."
    client.post(f"{BASE}kapitel/{chapter.pk}/", data)
    chapter.refresh_from_db()
    assert chapter.text == "Ein **fetter** Rat."


def test_what_waits_is_refused_with_a_sentence(client: Client, world: World) -> None:
    chapter = make_waiting(world).chapters.get(position=1)
    data = {"title": "Türen", "text": "Anders", "gesehen": 1}
    page = sign_in(client, world.karl).post(f"{BASE}kapitel/{chapter.pk}/", data)
    assert page.status_code == 409
    assert "kein Entwurf mehr" in page.content.decode()


def test_the_template_is_taken_once(client: Client, world: World) -> None:
    path = f"/arbeitsplatz/verwaltung/partnerschaften/{world.partnership.pk}/broschueren/vorlage/"
    assert sign_in(client, world.bert).post(path).status_code == 404
    for _time in range(2):
        assert sign_in(client, world.karl).post(path).status_code == 302
    edition = BrochureEdition.objects.get()
    assert (edition.state, edition.partners.count()) == ("draft", 3)


def test_a_desk_finds_what_it_is_to_release(client: Client, world: World) -> None:
    edition = make_waiting(world)
    sign_in(client, world.bert)
    assert f"fassungen/{edition.pk}/" in client.get("/arbeitsplatz/verwaltung/").content.decode()
    release_for(edition, world, world.ihk)
    assert f"fassungen/{edition.pk}/" not in client.get("/arbeitsplatz/verwaltung/").content.decode()


@pytest.mark.parametrize("make", [make_draft, make_waiting])
def test_what_is_not_released_is_nobodys(client: Client, world: World, make: object) -> None:
    make(world)  # type: ignore[operator]
    assert client.get(PUBLIC).status_code == client.get(PDF).status_code == 404
    assert "Noch ist keine Broschüre" in client.get("/broschueren/").content.decode()


def test_the_page_says_that_the_file_is_being_made(client: Client, world: World) -> None:
    edition = make_released(world)
    assert "wird gerade erstellt" in client.get(PUBLIC).content.decode()
    assert client.get(PDF).status_code == 404
    print_brochure(edition.pk)
    assert PDF in client.get(PUBLIC).content.decode()
    assert 'lang="de"' in client.get(f"/en{PUBLIC}").content.decode()


def test_the_file_is_served_with_its_length_and_fingerprint(client: Client, world: World) -> None:
    print_brochure(make_released(world).pk)
    file = BrochureFile.objects.get()
    response = client.get(PDF)
    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Length"] == str(len(response.content)) == str(file.size)
    assert response["ETag"] == f'"{file.digest}"'
    assert client.get(PDF, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_a_draft_is_not_printed_and_a_file_is_kept(world: World) -> None:
    waiting = make_waiting(world)
    print_brochure(waiting.pk)
    assert not BrochureFile.objects.exists()
    release_for(waiting, world, world.ihk, world.police)
    assert releasing.sweep_brochures() == 1
    print_brochure(waiting.pk)
    kept = BrochureFile.objects.get().made_at
    print_brochure(waiting.pk)
    assert releasing.sweep_brochures() == 0
    assert BrochureFile.objects.get().made_at == kept


def test_markup_of_others_stays_text(client: Client, world: World) -> None:
    chapters = [{"title": "<i>T</i>", "text": "<script>x</script>", "picture": "", "standards": "<b>: <u>"}]
    edition = make_draft(world, world.ihk, chapters=chapters)
    releasing.propose(edition_id=edition.pk, actor=world.karl)
    release_for(edition, world, world.ihk)
    page = client.get(PUBLIC).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize("is_released", [True, False])
def test_a_confirmation_names_the_brochure_if_there_is_one(
    client: Client, world: World, is_released: bool
) -> None:
    if is_released:
        make_released(world)
    appointment = confirm(world.hours)
    mail = appointment.partnership.outgoingmail_set.get(kind="booking_confirmed")
    assert bool(mail.content["brochure_page"]) is is_released
    page = client.get(mail.content["manage_url"].replace("http://localhost:8000", ""))
    assert (PUBLIC in page.content.decode()) is is_released
