"""Whether a file may be material, by its content: no name and no browser's word is believed.

Nothing of a file is carried out or decoded here; archives are read to their end, within bounds.
"""

import zipfile
import zlib
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from forums.models import MaterialFile
from partnership.judged_files import FileRefused, judge_pdf, two_faced
from partnership.photos.judging import MOST_PIXELS, short_name, size_in_pixels

Kind = MaterialFile.Kind
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20
MOST_PARTS = 5000
MOST_UNPACKED = 300 * MEGABYTE
MOST_TIMES = 100
"""So much larger than packed, above ten megabytes, nothing is that somebody has made by hand."""
MOST_OF_A_LIST = MEGABYTE
"""Bytes of an archive's list of its parts."""
OFFICE = (Kind.PPTX, Kind.DOCX, Kind.XLSX)
END_OF_ARCHIVE = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def judge_file(upload: "UploadedFile[Any]") -> Kind:
    """What it is; raises FileRefused. Of pictures only the header is read: they are made anew."""
    name, size = short_name(upload.name or ""), upload.size or 0
    if not size:
        raise FileRefused(_("„%(name)s“ ist leer. Wählen Sie eine andere Datei.") % {"name": name}, "empty")
    if size > MOST_MEGABYTES * MEGABYTE:
        words = {"name": name, "size": -(-size // MEGABYTE), "most": MOST_MEGABYTES}
        raise FileRefused(
            _("„%(name)s“ hat %(size)s MB. Verkleinern Sie die Datei auf höchstens %(most)s MB.") % words,
            "too_large",
        )
    file: IO[bytes] = upload.file  # type: ignore[assignment]
    file.seek(0)
    head = file.read(1024)
    try:
        return _kind_of(file, head, name)
    finally:
        file.seek(0)


def _kind_of(file: IO[bytes], head: bytes, name: str) -> Kind:
    if head.startswith(b"%PDF-"):
        judge_pdf(file, name)
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file, name)
    file.seek(0)
    if pixels := size_in_pixels(file):
        _judge_picture(pixels, name)
        return Kind.JPEG
    raise _unknown(head, name)


def _judge_picture(pixels: tuple[int, int], name: str) -> None:
    if pixels[0] * pixels[1] > MOST_PIXELS:
        words = {"name": name, "width": pixels[0], "height": pixels[1], "most": MOST_PIXELS // 1_000_000}
        raise FileRefused(
            _(
                "„%(name)s“ hat %(width)s × %(height)s Bildpunkte. Verkleinern Sie das Bild auf höchstens "
                "%(most)s Millionen Bildpunkte."
            )
            % words,
            "too_large",
        )


def _kind_of_archive(file: IO[bytes], name: str) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            _judge_archive(archive, file, name)
            kind = _office_kind(archive, name)
            if kind is None:
                raise _unknown(b"", name)
            if archive.testzip():
                raise _broken(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        raise _broken(name) from None
    return kind


def _judge_archive(archive: zipfile.ZipFile, file: IO[bytes], name: str) -> None:
    """Its own size says how much it becomes: what unpacks to more than it says is broken."""
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_bomb = unpacked > 10 * MEGABYTE and unpacked > MOST_TIMES * packed
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or is_bomb:
        raise FileRefused(
            _(
                "„%(name)s“ wird beim Öffnen übermäßig groß. Speichern Sie die Datei noch einmal, oder "
                "nehmen Sie ein PDF."
            )
            % {"name": name},
            "too_large",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(
            _("„%(name)s“ ist mit einem Passwort geschützt. Speichern Sie die Datei ohne Passwort.")
            % {"name": name},
            "protected",
        )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise _broken(name)
    file.seek(-22, 2)
    end = file.read()
    begins_here = min((part.header_offset for part in parts), default=1) == 0
    ends_here = end.startswith(END_OF_ARCHIVE) and end.endswith(b"\0\0")
    if not begins_here or not ends_here or len({part.filename for part in parts}) < len(parts):
        raise two_faced(name)


def _office_kind(archive: zipfile.ZipFile, name: str) -> Kind | None:
    """By the list of its parts, whose word for what it is the office programs take, too."""
    names = [part.filename for part in archive.infolist()]
    if names[0] == "mimetype":
        if any(part.startswith(("Basic/", "Scripts/")) for part in names):
            raise _has_macros(name)
        return Kind.ODP if _beginning_of(archive, "mimetype") == Kind.ODP.value.encode() else None
    if "[Content_Types].xml" not in names:
        return None
    types = _beginning_of(archive, "[Content_Types].xml")
    marks = types.lower() + "\n".join(names).lower().encode()
    if any(word in marks for word in (b"macro", b"vbaproject", b"activex")):
        raise _has_macros(name)
    return next((kind for kind in OFFICE if f"{kind.value}.main+xml".encode() in types), None)


def _beginning_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as file:
        return file.read(MOST_OF_A_LIST)


def _has_macros(name: str) -> FileRefused:
    return FileRefused(
        _(
            "„%(name)s“ enthält Makros. Speichern Sie die Datei ohne Makros (PPTX, DOCX, XLSX, ODP) "
            "oder als PDF."
        )
        % {"name": name},
        "macros",
    )


def _broken(name: str) -> FileRefused:
    return FileRefused(
        _("„%(name)s“ ist beschädigt oder unvollständig angekommen. Speichern Sie die Datei noch einmal.")
        % {"name": name},
        "wrong_kind",
    )


def _unknown(head: bytes, name: str) -> FileRefused:
    words = head.lower()
    if (
        words.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        or b"<script" in words
        or b"<svg" in words
    ):
        sentence = _(
            "„%(name)s“ ist eine Webseite oder eine SVG-Zeichnung; darin können Programme stecken. Speichern "
            "Sie sie als PDF oder als PNG."
        )
    elif head.startswith(OLD_OFFICE):
        sentence = _(
            "„%(name)s“ ist in einem alten Format gespeichert oder mit einem Passwort geschützt. Speichern "
            "Sie die Datei als PPTX, DOCX oder XLSX ohne Passwort oder als PDF."
        )
    else:
        sentence = _(
            "„%(name)s“ können wir nicht anbieten. Nehmen Sie PDF, ein Bild (PNG, JPEG, WebP) oder ein "
            "Dokument als PPTX, ODP, DOCX oder XLSX."
        )
    return FileRefused(sentence % {"name": name}, "wrong_kind")
