"""Who gets a photo, with which headers; and forms that carry photos."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from partnership.middleware import MEGABYTE, OnlySmallBodies, takes_photos
from partnership.models import Photo
from partnership.photos.queries import photos_of
from tests.partnership.photos.hostile import jpeg
from tests.partnership.photos.steps import make_ready, send
from tests.personas import World, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rooms_have_photos")]


def path_of(photo: Photo, size: str = "gross") -> str:
    return f"/foto/{photo.pk}/{size}/"


@pytest.mark.parametrize(("who", "status"), [("bert", 200), ("hanna", 404), ("paula", 404), ("", 404)])
def test_only_whom_the_rule_admits_sees_a_photo(client: Client, world: World, who: str, status: int) -> None:
    photo = make_ready(world)
    if who:
        sign_in(client, getattr(world, who))
    assert [client.get(path_of(photo, size)).status_code for size in ("klein", "gross")] == [status] * 2


def test_what_is_not_ready_is_not_there(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    assert client.get(path_of(send(world))).status_code == 404
    assert client.get(path_of(make_ready(world), "riesig")).status_code == 404
    assert client.get("/foto/00000000-0000-4000-8000-000000000000/gross/").status_code == 404


def test_a_photo_is_a_picture_and_nothing_else(client: Client, world: World) -> None:
    response = sign_in(client, world.bert).get(path_of(make_ready(world)))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Content-Disposition"] == "inline"


@pytest.mark.parametrize(("who", "status"), [("bert", 302), ("hanna", 404), ("", 404)])
def test_removing_is_a_post_of_whom_the_rule_admits(
    client: Client, world: World, who: str, status: int
) -> None:
    path = f"/foto/{make_ready(world).pk}/entfernen/"
    if who:
        sign_in(client, getattr(world, who))
    assert client.get(path).status_code == 405
    response = client.post(path, {"zurueck": "/arbeitsplatz/"})
    assert response.status_code == status
    assert Photo.objects.exists() is (status != 302)


@pytest.mark.parametrize(
    ("back", "goes_to"),
    [("/arbeitsplatz/", "/arbeitsplatz/"), ("https://boese.example/", "/"), ("//boese.example", "/")],
)
def test_after_removing_one_is_back_and_never_elsewhere(
    client: Client, world: World, back: str, goes_to: str
) -> None:
    path = f"/foto/{make_ready(world).pk}/entfernen/"
    response = sign_in(client, world.bert).post(path, {"zurueck": back})
    assert urlsplit(response["Location"])[:3] == ("", "", goes_to)


def test_the_list_says_how_each_photo_is(world: World) -> None:
    make_ready(world, caption="<b>Tür</b>")
    make_ready(world, jpeg()[:-400])
    send(world)
    page = render_to_string("includes/_photos.html", {"photos": photos_of(world.room)})
    assert "&lt;b&gt;Tür" in page
    assert "unvollständig angekommen" in page
    assert "wird vorbereitet" in page
    assert "entfernen" not in page


@takes_photos(most=5)
def a_form_with_photos() -> None: ...


PAGE = SimpleNamespace(func=a_form_with_photos)


@pytest.mark.parametrize(("megabytes", "status"), [(99, 200), (200, 413)])
def test_five_photos_pass_and_two_hundred_megabytes_do_not(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, megabytes: int, status: int
) -> None:
    monkeypatch.setattr("partnership.middleware.resolve", lambda _path: PAGE)
    request = rf.generic("POST", "/fotos/", CONTENT_LENGTH=str(megabytes * MEGABYTE))
    response = OnlySmallBodies(lambda _request: HttpResponse())(request)
    assert response.status_code == status


def test_what_does_not_say_how_much_it_is_is_refused_unread(rf: RequestFactory) -> None:
    request = rf.generic("POST", "/beratung/zeit/", HTTP_TRANSFER_ENCODING="chunked")
    request.META["CONTENT_LENGTH"] = ""
    response = OnlySmallBodies(lambda _request: pytest.fail("read"))(request)  # type: ignore[arg-type,return-value]
    assert response.status_code == 411
    assert "üblichen Browser" in response.content.decode()
