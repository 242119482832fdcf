"""What the database refuses of photos, whatever the code does."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from partnership.locking import constraint_of
from partnership.models import Photo, PhotoFile
from tests.partnership.photos.steps import make_ready, send
from tests.personas import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rooms_have_photos")]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "ready"}, "photo_ready_is_measured"),
        ({"digest": "7f"}, "photo_ready_is_measured"),
        ({"state": "refused"}, "photo_refused_says_why"),
        ({"refused_because": "zu dunkel"}, "photo_refused_says_why"),
    ],
)
def test_a_photo_is_whole(world: World, fields: dict[str, Any], constraint: str) -> None:
    send(world)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Photo.objects.update(**fields)
    assert constraint_of(refused.value) == constraint


def test_a_photo_has_one_file_in_each_size(world: World) -> None:
    photo = make_ready(world)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PhotoFile.objects.create(photo=photo, kind=PhotoFile.Size.SMALL, content=b"")
    assert constraint_of(refused.value) == "photo_file_once_in_size"
