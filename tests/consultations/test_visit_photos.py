"""Photos of a request: after it is sent, by link, signed in; who sees them, and that good ones are kept."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import VisitRequest
from consultations.visits.privacy import empty_requests
from partnership.models import Photo, PhotoFile, PhotoUpload
from partnership.photos.reencoding import reencode_photo
from tests import factories
from tests.consultations.visit_steps import ask_on_pages, asked, path_in
from tests.partnership.photos.hostile import jpeg, jpegs, upload
from tests.personas import World, sign_in
from tests.visit_factories import make_visit_request

SENT = "/beratung/vor-ort/gesendet/"
State = VisitRequest.State


def send(client: Client, path: str, *contents: bytes) -> str:
    return client.post(
        path, {"photos": [upload(content) for content in contents]}, follow=True
    ).content.decode()


def photo_of(world: World, **fields: object) -> Photo:
    request = make_visit_request(police=world.police, **fields)
    photo = Photo.objects.create(thing=request, position=1)
    waiting = PhotoUpload.objects.create(photo=photo, content=jpeg())
    reencode_photo(waiting.pk)
    return photo


def test_photos_are_added_right_after_the_request(client: Client, world: World) -> None:
    ask_on_pages(client)
    assert f"{SENT}fotos/" in client.get(SENT).content.decode()
    assert "Sie haben 2 Fotos angefügt" in send(client, f"{SENT}fotos/", *jpegs(2))


def test_a_session_that_has_asked_for_nothing_adds_nothing(client: Client, world: World) -> None:
    send(client, f"{SENT}fotos/", jpeg())
    assert not Photo.objects.exists()


def test_a_good_photo_is_kept_beside_a_bad_one(client: Client, world: World) -> None:
    asked(world)
    page = send(client, f"{path_in('visit_waiting')}fotos/", jpeg(), b"GIF89a")
    assert "Nicht alle Fotos sind angekommen" in page
    assert "Sie haben ein Foto angefügt" in page


def test_a_sixth_photo_is_refused(client: Client, world: World) -> None:
    asked(world)
    path = f"{path_in('visit_waiting')}fotos/"
    *five, sixth = jpegs(6)
    send(client, path, *five)
    assert "Mehr als 5 Fotos gehen hier nicht" in send(client, path, sixth)
    assert Photo.objects.count() == 5


def test_a_photo_that_is_sent_again_is_there_once(client: Client, world: World) -> None:
    asked(world)
    path = f"{path_in('visit_waiting')}fotos/"
    send(client, path, *jpegs(5))
    page = send(client, path, *jpegs(2))
    assert "Sie haben 5 Fotos angefügt" in page
    assert "Nicht alle Fotos" not in page


def test_nothing_chosen_is_said(client: Client, world: World) -> None:
    asked(world)
    assert "Wählen Sie ein Foto aus" in send(client, f"{path_in('visit_waiting')}fotos/")


def test_behind_a_link_photos_are_counted_and_not_shown(client: Client, world: World) -> None:
    asked(world)
    path = path_in("visit_waiting")
    send(client, f"{path}fotos/", jpeg())
    page = client.get(path).content.decode()
    assert "Sie haben ein Foto angefügt" in page
    assert "/foto/" not in page


def test_what_is_over_takes_no_photos(client: Client, world: World) -> None:
    request = make_visit_request(police=world.police, state=State.WITHDRAWN, person=world.alice)
    path = reverse("own_visits:visit_photos", args=[request.reference])
    send(sign_in(client, world.alice), path, jpeg())
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("alice", 200),
        ("paula", 200),
        ("lea", 200),
        ("bert", 404),
        ("hanna", 404),
        ("karl", 404),
        ("carl", 404),
    ],
)
def test_photos_are_polices_and_the_firms_own(client: Client, world: World, who: str, status: int) -> None:
    photo = photo_of(world, person=world.alice, entered_for=world.ihk)
    sign_in(client, getattr(world, who))
    assert client.get(reverse("photos:photo", args=[photo.pk, "klein"])).status_code == status


def test_strangers_and_another_directorate_see_no_photo(client: Client, world: World) -> None:
    path = reverse("photos:photo", args=[photo_of(world).pk, "klein"])
    assert client.get(path).status_code == 404
    officer = factories.make_person()
    factories.make_post(officer, "officer", organisation=factories.make_police(world.partnership))
    assert sign_in(client, officer).get(path).status_code == 404


def test_the_firm_removes_its_own_while_the_request_stands(client: Client, world: World) -> None:
    photo = photo_of(world, person=world.alice)
    sign_in(client, world.paula).post(reverse("photos:remove", args=[photo.pk]))
    assert Photo.objects.exists()
    sign_in(client, world.alice).post(reverse("photos:remove", args=[photo.pk]))
    assert not Photo.objects.exists()


def test_photos_go_with_the_request(world: World) -> None:
    photo = photo_of(world)
    empty_requests([int(photo.object_id)])
    assert not Photo.objects.exists()
    assert not PhotoFile.objects.exists()
