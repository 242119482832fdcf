"""Files that cameras, browsers and enemies send; all of them are made here."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (220, 30, 30), (30, 30, 220)
SIZE = (320, 200)
SECRET = b"Quittenweg 7"
GPS, MAKE, ORIENTATION, LATITUDE = 0x8825, 0x010F, 0x0112, 2


def picture(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Red on the left, blue on the right: so one sees which way it stands."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(picture(), **options)


def jpegs(number: int) -> list[bytes]:
    """Alike to look at, and each another file."""
    return [jpeg(comment=b"%d" % one) for one in range(number)]


def upload(content: bytes, name: str = "tuer.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def with_place(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, SECRET.decode()
    exif[GPS] = {1: "N", LATITUDE: (51.0, 14.0, 20.0), 3: "E", 4: (12.0, 44.0, 5.0)}
    return jpeg(exif=exif, comment=SECRET, icc_profile=b"icc " + SECRET)


def jpeg_that_is_html_and_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "<script>alert(1)</script>")
    return jpeg(comment=b"<script>alert(1)</script>") + b"<script>alert(1)</script>" + file.getvalue()


def png_bomb(side: int = 50_000) -> bytes:
    """Small as a file, 2.5 thousand million pixels as a picture."""
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def deep_png() -> bytes:
    """Sixteen bits of grey, at two thirds."""
    return saved(Image.new("I;16", SIZE, 43_690), "PNG")


def animated(kind: str) -> bytes:
    """Red first, then blue."""
    first, second = Image.new("RGB", SIZE, RED), Image.new("RGB", SIZE, BLUE)
    return saved(first, kind, save_all=True, append_images=[second], duration=100)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
