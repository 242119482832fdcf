"""Taking in, taking over, removing; the broker may be away all the time."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnership import queueing
from partnership.models import LogEntry, Photo, PhotoFile, PhotoUpload, Room
from partnership.photos.queries import count_photos, photos_of, photos_of_many
from partnership.photos.receiving import (
    copy_photos,
    receive_photo,
    remove_photo,
    remove_photos_of,
    remove_stray_photos,
)
from partnership.photos.reencoding import sweep_photos
from partnership.refusals import Refusal
from partnership.retention.running import run_when_due
from tests import factories
from tests.broker import forget_tasks, waiting_tasks
from tests.partnership.photos.hostile import SVG, jpeg, jpegs, upload
from tests.partnership.photos.steps import make_ready, send
from tests.personas import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rooms_have_photos")]


def test_photos_are_in_the_order_in_which_they_came(world: World) -> None:
    photos = [send(world, caption=caption) for caption in ("Tür", "Tor")]
    assert photos_of(world.room) == photos
    assert photos_of_many(Room, [world.room.pk, 0]) == {world.room.pk: photos}
    assert count_photos(Room, [world.room.pk]) == {world.room.pk: 2}


def test_who_sent_it_is_in_the_controllers_log(world: World) -> None:
    remove_photo(photo=send(world), by=world.bert)
    entries = LogEntry.objects.filter(act__startswith="photo.").order_by("pk")
    assert [(e.act, e.actor, e.organisation) for e in entries] == [
        ("photo.added", world.bert, world.ihk),
        ("photo.removed", world.bert, world.ihk),
    ]


def test_nothing_is_kept_of_what_is_no_photo(world: World) -> None:
    with pytest.raises(Refusal):
        send(world, SVG)
    assert not Photo.objects.exists()


def test_a_thing_has_no_more_photos_than_its_rule_allows(world: World) -> None:
    make_ready(world, jpeg()[:-400])
    for _time in range(3):
        send(world)
    with pytest.raises(Refusal, match="Mehr als 3 Fotos"):
        send(world)


def test_a_photo_that_is_sent_again_is_the_one_that_is_there(world: World) -> None:
    first, *_others = [send(world, content) for content in jpegs(3)]
    assert send(world, jpegs(1)[0], caption="Tür") == first
    assert (Photo.objects.count(), LogEntry.objects.filter(act="photo.added").count()) == (3, 3)


def test_what_was_removed_or_refused_can_be_sent_again(world: World) -> None:
    remove_photo(photo=send(world, jpeg()), by=world.bert)
    send(world, jpeg())
    refused = make_ready(world, jpeg()[:-400])
    assert send(world, jpeg()[:-400]) != refused


def test_another_thing_has_the_same_photo_as_its_own(world: World) -> None:
    other = factories.make_room(world.office, name="Raum 2")
    photo = send(world, jpeg())
    assert receive_photo(thing=other, upload=upload(jpeg())) != photo


def test_a_worker_is_told_after_commit(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    forget_tasks()
    with django_capture_on_commit_callbacks(execute=True):
        upload = send(world).upload
    assert waiting_tasks() == [("partnership.reencode_photo", upload.pk)]


def test_while_the_broker_is_away_no_photo_is_lost(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    forget_tasks()
    monkeypatch.setattr(queueing, "_silent_until", float("inf"))
    with django_capture_on_commit_callbacks(execute=True):
        upload = send(world).upload
    assert waiting_tasks() == []
    monkeypatch.undo()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_photos() == 1
    assert waiting_tasks() == [("partnership.reencode_photo", upload.pk)]


def test_removing_takes_the_bytes_along(world: World) -> None:
    remove_photo(photo=make_ready(world), by=world.bert)
    send(world)
    remove_photos_of(Room, [world.room.pk])
    assert [model.objects.count() for model in (Photo, PhotoFile, PhotoUpload)] == [0, 0, 0]


def test_a_copy_is_the_other_things_own(world: World) -> None:
    photo, other = make_ready(world, caption="Tür"), factories.make_room(world.office, name="Raum 2")
    copy_photos(source=world.room, target=other)
    remove_photo(photo=photo, by=world.bert)
    (copied,) = photos_of(other)
    assert (copied.caption, copied.digest, copied.files.count()) == ("Tür", photo.digest, 2)


def test_a_photo_does_not_outlive_its_thing(world: World) -> None:
    send(world)
    assert remove_stray_photos() == 0
    room = factories.make_room(world.office, name="Raum 2")
    Photo.objects.update(object_id=room.pk)
    Room.objects.filter(pk=room.pk).delete()
    assert remove_stray_photos() == 1


def test_retention_takes_refused_photos_only(world: World) -> None:
    make_ready(world, jpeg()[:-400])
    waiting, ready = send(world), make_ready(world)
    run_when_due(now=timezone.now() + datetime.timedelta(days=8))
    assert set(Photo.objects.all()) == {waiting, ready}
