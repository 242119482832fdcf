"""Photos for the demo, drawn: of invented firms there are none."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from partnership.models import Photo, PhotoUpload
from partnership.photos.reencoding import reencode_photo

WIDTH, HEIGHT = 1600, 1200


def photo_of_a_gate(*, is_secured: bool = True) -> SimpleUploadedFile:
    """A roller shutter in a brick wall, with or without a bar across it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (146, 92, 72))
    draw = ImageDraw.Draw(image)
    _lay_bricks(draw)
    draw.rectangle((0, 1010, WIDTH, HEIGHT), fill=(118, 118, 114))
    draw.rectangle((380, 210, 1220, 1020), fill=(70, 74, 78))
    for top in range(230, 1010, 26):
        draw.rectangle((400, top, 1200, top + 22), fill=(168, 174, 178))
        draw.rectangle((400, top + 16, 1200, top + 22), fill=(132, 138, 142))
    draw.rectangle((360, 150, 1240, 230), fill=(88, 94, 98))
    if is_secured:
        draw.rectangle((340, 820, 1260, 860), fill=(226, 178, 44))
        draw.ellipse((770, 800, 830, 880), fill=(60, 62, 66))
    image = image.filter(ImageFilter.GaussianBlur(1.6))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return SimpleUploadedFile("tor.jpg", file.getvalue())


def make_ready(photo: Photo) -> None:
    """What a worker does otherwise."""
    reencode_photo(PhotoUpload.objects.get(photo=photo).pk)


def _lay_bricks(draw: ImageDraw.ImageDraw) -> None:
    dice = random.Random(1)  # noqa: S311 the same wall every time
    for row, top in enumerate(range(0, 1010, 40)):
        for left in range(-60 * (row % 2), WIDTH, 120):
            shade = dice.randint(-14, 14)
            colour = (156 + shade, 84 + shade, 62 + shade)
            draw.rectangle((left + 3, top + 3, left + 117, top + 37), fill=colour)
