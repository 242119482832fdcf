"""Whether a file may be a photo, by its first bytes: nothing is decoded here, and no name is believed."""

import struct
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from partnership.refusals import Refusal

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20
MOST_PIXELS = 60_000_000
"""Telephones take up to 50 million; decoded without reduction it is 240 MB."""
MOST_SEGMENTS = 1000
"""Of a JPEG, before its picture begins."""
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
Size = tuple[int, int]


class PhotoRefused(Refusal):
    """`code` names the fault for a form's summary."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


def judge_photo(upload: "UploadedFile[Any]") -> None:
    """Raises PhotoRefused for what cannot become a photo; what passes may still be broken further in."""
    name, size = short_name(upload.name or ""), upload.size or 0
    if not size:
        raise PhotoRefused(_("„%(name)s“ ist leer. Wählen Sie ein anderes Foto.") % {"name": name}, "empty")
    if size > MOST_MEGABYTES * MEGABYTE:
        words = {"name": name, "size": -(-size // MEGABYTE), "most": MOST_MEGABYTES}
        raise PhotoRefused(
            _(
                "„%(name)s“ hat %(size)s MB. Senden Sie das Foto kleiner, mit höchstens %(most)s MB, "
                "zum Beispiel in „mittlerer“ Größe."
            )
            % words,
            "too_large",
        )
    upload.seek(0)
    pixels = size_in_pixels(upload.file)  # type: ignore[arg-type]
    upload.seek(0)
    if pixels is None:
        raise _no_photo(name, upload.read(12))
    if pixels[0] * pixels[1] > MOST_PIXELS:
        words = {"name": name, "width": pixels[0], "height": pixels[1], "most": MOST_PIXELS // 1_000_000}
        raise PhotoRefused(
            _(
                "„%(name)s“ hat %(width)s × %(height)s Bildpunkte. Verkleinern Sie das Foto auf höchstens "
                "%(most)s Millionen Bildpunkte."
            )
            % words,
            "too_large",
        )


def short_name(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:24]}…{name[-12:]}"


def _no_photo(name: str, head: bytes) -> PhotoRefused:
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        sentence = _(
            "„%(name)s“ ist ein HEIC-Foto, wie es iPhones speichern; das können wir nicht lesen. Wählen Sie "
            "es auf dem iPhone direkt aus der Mediathek, dann wird es als JPEG gesendet. Oder stellen Sie "
            "unter Einstellungen, Kamera, Formate „Maximale Kompatibilität“ ein."
        )
    else:
        sentence = _("„%(name)s“ ist kein Foto, das wir lesen können. Nehmen Sie JPEG, PNG oder WebP.")
    return PhotoRefused(sentence % {"name": name}, "wrong_kind")


def size_in_pixels(file: IO[bytes]) -> Size | None:
    """As the header says it; None for anything but JPEG, PNG and WebP, and for a header that is broken."""
    head = file.read(30)
    try:
        if head.startswith(b"\xff\xd8\xff"):
            return _positive(_of_jpeg(file))
        if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
            return _positive(struct.unpack(">II", head[16:24]))
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return _positive(_of_webp(head))
    except struct.error:
        return None
    return None


def _positive(size: Any) -> Size | None:
    return size if size and all(size) else None


def _of_jpeg(file: IO[bytes]) -> Size | None:
    """Goes from segment to segment, to the one that begins the picture (SOF)."""
    file.seek(2)
    for _segment in range(MOST_SEGMENTS):
        mark = file.read(2)
        while mark == b"\xff\xff":
            mark = b"\xff" + file.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:
            return None
        if 0xC0 <= mark[1] <= 0xCF and mark[1] not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", file.read(7)[3:])
            return width, height
        (length,) = struct.unpack(">H", file.read(2))
        if length < 2:
            return None
        file.seek(length - 2, 1)
    return None


def _of_webp(head: bytes) -> Size | None:
    chunk = head[12:16]
    if chunk == b"VP8X":
        return (
            int.from_bytes(head[24:27], "little") + 1,
            int.from_bytes(head[27:30], "little") + 1,
        )
    if chunk == b"VP8L":
        (bits,) = struct.unpack("<I", head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
