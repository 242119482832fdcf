"""Rooms stand for what has photos: their chamber's desk sees and removes them."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest

from partnership.models import Photo, PhotoUpload, Room
from partnership.photos import owners
from partnership.photos.receiving import receive_photo
from partnership.photos.reencoding import reencode_photo
from partnership.rules import posts_for
from tests.partnership.photos.hostile import jpeg, upload
from tests.personas import World

_numbers = itertools.count()


def is_desk_of(request: HttpRequest, room: Room) -> bool:
    return room.office.organisation_id in posts_for(request).desks


@pytest.fixture
def rooms_have_photos(world: World) -> Iterator[None]:
    owners.register_owner(
        Room,
        may_see=is_desk_of,
        may_remove=is_desk_of,
        controller=lambda room: room.office.organisation,
        most=3,
    )
    yield
    del owners._owners[Room]


def send(world: World, content: bytes | None = None, **fields: Any) -> Photo:
    """Another photo each time, unless it is given."""
    file = upload(jpeg(comment=b"%d" % next(_numbers)) if content is None else content)
    return receive_photo(thing=world.room, upload=file, by=world.bert, **fields)


def make_ready(world: World, content: bytes | None = None, **fields: Any) -> Photo:
    """Sent and worked on; refused where the worker does not take it."""
    photo = send(world, content, **fields)
    reencode_photo(PhotoUpload.objects.get(photo=photo).pk)
    photo.refresh_from_db()
    return photo
