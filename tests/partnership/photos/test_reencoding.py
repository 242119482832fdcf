"""What a worker makes of what came in."""

import io
import os
import sys

import pytest
from PIL import Image

from partnership.models import Photo, PhotoFile, PhotoUpload
from partnership.photos import reencoding
from partnership.photos.judging import PhotoRefused
from partnership.photos.queries import content_of
from partnership.photos.reencoding import MOST_TRIES, TRIED_FOR, reencode_photo, reencode_safely, sweep_photos
from tests.partnership.photos import hostile
from tests.partnership.photos.hostile import RED, jpeg, picture, saved
from tests.partnership.photos.steps import make_ready, send
from tests.personas import World

State = Photo.State
Pixel = tuple[int, int, int]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(reencode_safely(content).large))
    assert image.format == "JPEG"
    return image


def corner(content: bytes) -> Pixel:
    return opened(content).getpixel((3, 3))  # type: ignore[return-value]


def is_like(found: Pixel, wanted: Pixel) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


def test_place_camera_and_comments_are_gone() -> None:
    assert hostile.SECRET in hostile.with_place()
    image = opened(hostile.with_place())
    assert dict(image.getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    made = reencode_safely(hostile.with_place())
    assert hostile.SECRET not in made.small + made.large


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    image = opened(hostile.with_place(orientation))
    assert image.size == ((320, 200) if orientation < 5 else (200, 320))
    red_corner = {1: (3, 3), 2: (-4, 3), 3: (-4, 3), 4: (3, 3), 5: (3, 3), 6: (3, 3), 7: (3, -4), 8: (3, -4)}
    x, y = red_corner[orientation]
    assert is_like(image.getpixel((x % image.width, y % image.height)), RED)  # type: ignore[arg-type]


def test_nothing_of_a_page_or_an_archive_comes_through() -> None:
    made = reencode_safely(hostile.jpeg_that_is_html_and_zip())
    for word in (b"<script", b"PK\x03\x04"):
        assert word not in made.small + made.large


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_what_moves_the_first_frame_stays(kind: str) -> None:
    assert is_like(corner(hostile.animated(kind)), RED)


def test_colours_for_print_become_colours_for_screens() -> None:
    image = opened(saved(picture("CMYK")))
    assert image.mode == "RGB"
    assert is_like(image.getpixel((3, 3)), RED)  # type: ignore[arg-type]


def test_sixteen_bits_become_eight() -> None:
    assert is_like(corner(hostile.deep_png()), (170, 170, 170))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_lets_through_is_on_white(mode: str) -> None:
    assert is_like(corner(saved(Image.new(mode, (40, 40)), "PNG")), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours_are_colours_too(mode: str) -> None:
    assert opened(saved(picture(mode), "PNG")).size == hostile.SIZE


def test_there_is_a_large_and_a_small_one() -> None:
    made = reencode_safely(saved(picture(size=(4000, 3000))))
    assert (made.width, made.height) == (2000, 1500)
    assert Image.open(io.BytesIO(made.small)).size == (480, 360)


@pytest.mark.parametrize("content", [jpeg()[:-400], saved(picture(), "PNG")[:-40], hostile.SVG, b""])
def test_what_is_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoRefused, match="unvollständig"):
        reencode_safely(content)


def test_a_bomb_that_got_this_far_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="zu groß"):
        reencode_safely(hostile.png_bomb())


def test_a_process_that_wants_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds, tried with a process that takes what it likes once it has given its rights away."""
    greedy = (
        "import runpy, sys; bounds = runpy.run_path(sys.argv[1])['BOUNDS']; import resource;"
        "[resource.setrlimit(kind, (most, most)) for kind, most in bounds.items()]; bytearray(2 << 30)"
    )
    command = [sys.executable, "-c", greedy, reencoding.COMMAND[2]]
    monkeypatch.setattr(reencoding, "COMMAND", command)
    with pytest.raises(reencoding.Unfinished):
        reencode_safely(jpeg())


@pytest.mark.usefixtures("rooms_have_photos")
class TestInTheDatabase:
    def test_a_photo_becomes_ready_and_what_came_in_goes(self, world: World) -> None:
        photo = make_ready(world)
        assert (photo.state, photo.width, photo.height) == (State.READY, 320, 200)
        assert photo.size == len(content_of(photo, PhotoFile.Size.LARGE))
        assert not PhotoUpload.objects.exists()

    def test_a_refused_photo_says_why_and_is_emptied(self, world: World) -> None:
        photo = make_ready(world, jpeg()[:-400])
        assert photo.state == State.REFUSED
        assert "unvollständig" in photo.refused_because
        assert bytes(photo.upload.content) == b""

    def test_two_workers_do_not_work_on_one_photo(self, world: World) -> None:
        upload = send(world).upload
        assert reencoding._begin(upload.pk) is not None
        assert reencoding._begin(upload.pk) is None

    def test_a_photo_whose_worker_was_killed_is_found_again(self, world: World) -> None:
        upload = send(world).upload
        begun = reencoding._begin(upload.pk)
        assert begun is not None
        assert begun.tried_at is not None
        assert sweep_photos() == 0
        PhotoUpload.objects.update(tried_at=begun.tried_at - TRIED_FOR - TRIED_FOR)
        assert sweep_photos() == 1
        reencode_photo(upload.pk)
        assert Photo.objects.get().state == State.READY

    def test_a_photo_that_takes_its_workers_down_is_given_up(self, world: World) -> None:
        upload = send(world).upload
        PhotoUpload.objects.update(tries=MOST_TRIES)
        reencode_photo(upload.pk)
        assert Photo.objects.get().state == State.REFUSED

    def test_a_photo_removed_meanwhile_stays_removed(self, world: World) -> None:
        photo = send(world)
        begun = reencoding._begin(photo.upload.pk)
        assert begun is not None
        Photo.objects.all().delete()
        reencoding._keep(begun, reencode_safely(jpeg()))
        assert not PhotoFile.objects.exists()


def test_the_process_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the database's password nor any other of the worker's variables."""
    monkeypatch.setitem(os.environ, "SECRET_KEY", "geheim")
    telling = "import os, sys; sys.exit(bool(os.environ.get('SECRET_KEY')))"
    monkeypatch.setattr(reencoding, "COMMAND", [sys.executable, "-c", telling])
    with pytest.raises(ValueError, match="unpack"):
        reencode_safely(jpeg())
