"""A chapter's own picture: in place of a drawn one, with words, and released with the rest."""

import pytest
from django.test import Client

from partnership.models import BrochureChapter, BrochureEdition, Photo, PhotoUpload
from partnership.photos.queries import photos_of
from partnership.photos.reencoding import reencode_photo
from partnership.publications import editing, releasing
from partnership.publications.comparing import changes_since_release
from partnership.publications.printing import render_edition
from partnership.refusals import Refusal
from tests.partnership.photos.hostile import SVG, jpeg, upload
from tests.partnership.publications.steps import make_draft, release_for
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
WORDS = "Eine Werkstatttür mit Riegel"
BASE = "/arbeitsplatz/verwaltung/broschueren/kapitel/"


def first_chapter(edition: BrochureEdition) -> BrochureChapter:
    return edition.chapters.get(position=1)


def put_picture(edition: BrochureEdition, world: World, *, is_ready: bool = True) -> Photo:
    editing.put_own_picture(
        chapter_id=first_chapter(edition).pk, upload=upload(jpeg()), alternative=WORDS, actor=world.karl
    )
    if is_ready:
        reencode_photo(PhotoUpload.objects.get().pk)
    return Photo.objects.latest("added_at")


def make_released_with_picture(world: World) -> BrochureEdition:
    edition = make_draft(world)
    put_picture(edition, world)
    releasing.propose(edition_id=edition.pk, actor=world.karl)
    return release_for(edition, world, world.ihk, world.police)


def test_an_own_picture_takes_the_place_of_the_drawn_one(world: World) -> None:
    edition = make_draft(world)
    first = put_picture(edition, world)
    second = put_picture(edition, world)
    assert photos_of(first_chapter(edition)) == [second] != [first]
    assert first_chapter(edition).picture == ""


def test_who_chooses_a_drawn_one_gives_the_own_up(world: World) -> None:
    edition = make_draft(world)
    put_picture(edition, world)
    chapter = first_chapter(edition)
    editing.change_chapter(
        chapter_id=chapter.pk, seen=chapter.version, values={"picture": "safe"}, actor=world.karl
    )
    assert not Photo.objects.exists()


def test_partners_are_not_asked_about_what_they_cannot_see(world: World) -> None:
    edition = make_draft(world)
    put_picture(edition, world, is_ready=False)
    with pytest.raises(Refusal, match="noch nicht zu sehen"):
        releasing.propose(edition_id=edition.pk, actor=world.karl)


def test_it_is_on_the_page_and_in_the_file(client: Client, world: World) -> None:
    edition = make_released_with_picture(world)
    path = f"/foto/{Photo.objects.get().pk}/gross/"
    page = client.get("/broschueren/sicher-im-betrieb/").content.decode()
    assert f'src="{path}" alt="{WORDS}"' in page
    assert client.get(path).status_code == 200
    assert faults_of_pdf(render_edition(edition)) == []


@pytest.mark.parametrize(("who", "status"), [("karl", 200), ("bert", 404), ("", 404)])
def test_before_the_release_only_readers_of_the_draft_see_it(
    client: Client, world: World, who: str, status: int
) -> None:
    photo = put_picture(make_draft(world), world)
    if who:
        sign_in(client, getattr(world, who))
    assert client.get(f"/foto/{photo.pk}/klein/").status_code == status


def test_a_withdrawn_brochure_takes_its_pictures_along(client: Client, world: World) -> None:
    edition = make_released_with_picture(world)
    releasing.withdraw(edition_id=edition.pk, reason="Veraltet", actor=world.karl)
    assert client.get(f"/foto/{Photo.objects.get().pk}/gross/").status_code == 404


def test_the_next_edition_has_a_copy_and_says_when_it_changes(world: World) -> None:
    edition = make_released_with_picture(world)
    draft = editing.begin_edition(brochure_id=edition.brochure_id, actor=world.karl)
    assert changes_since_release(draft) == []
    editing.remove_own_picture(chapter_id=first_chapter(draft).pk, actor=world.karl)
    assert changes_since_release(draft) == ["Kapitel „Türen“: Bild geändert."]
    assert len(photos_of(first_chapter(edition))) == 1


def test_the_coordination_uploads_with_words(client: Client, world: World) -> None:
    path = f"{BASE}{first_chapter(make_draft(world)).pk}/bild/"
    sign_in(client, world.karl)
    page = client.post(path, {"photo": upload(jpeg())}).content.decode()
    assert "Füllen Sie dieses Feld aus" in page
    assert "HEIC" not in page
    assert client.post(path, {"photo": upload(jpeg()), "alternative": WORDS}).status_code == 302
    assert client.post(path, {"alternative": "Eine Tür"}).status_code == 302
    assert Photo.objects.get().caption == "Eine Tür"
    assert "wird vorbereitet" in client.get(path).content.decode()


def test_what_is_no_photo_is_named(client: Client, world: World) -> None:
    path = f"{BASE}{first_chapter(make_draft(world)).pk}/bild/"
    page = sign_in(client, world.karl).post(path, {"photo": upload(SVG, "tor.svg"), "alternative": WORDS})
    assert "„tor.svg“ ist kein Foto" in page.content.decode()


@pytest.mark.parametrize(("who", "status"), [("bert", 404), ("lea", 404), ("paula", 404)])
def test_nobody_else_uploads(client: Client, world: World, who: str, status: int) -> None:
    path = f"{BASE}{first_chapter(make_draft(world)).pk}/bild/"
    sign_in(client, getattr(world, who))
    assert client.get(path).status_code == status
    assert client.post(f"{path}entfernen/").status_code == status
