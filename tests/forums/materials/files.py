"""Files that office programs, people and enemies send; all of them are made here."""

import io
import zipfile
from collections.abc import Mapping

from tests.partnership.photos.hostile import SVG, jpeg, picture, png_bomb, saved

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
OPEN_XML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "pptx": f"{OPEN_XML}presentationml.presentation",
    "docx": f"{OPEN_XML}wordprocessingml.document",
    "xlsx": f"{OPEN_XML}spreadsheetml.sheet",
}


def archive(parts: Mapping[str, bytes | str], *, comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = comment
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def office(kind: str = "pptx", *, main: str = "", **parts: bytes | str) -> bytes:
    """As small as office programs would never write it; `parts` are others, __ in a name is a slash."""
    types = f'<Types><Override PartName="/x.xml" ContentType="{main or MAIN[kind]}.main+xml"/></Types>'
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": types, "x.xml": "<x/>", **more})


def odp(kind: str = "presentation", **parts: bytes | str) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return archive({"mimetype": mimetype, "content.xml": "<x/>", **more})


def with_action(action: bytes) -> bytes:
    return PDF.replace(b"/Catalog", b"/Catalog /OpenAction " + action)


def with_wrong_sum(content: bytes) -> bytes:
    """One letter of a part is another than its checksum says."""
    at = content.index(b"x.xml") + len(b"x.xml")
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


ACCEPTED = {
    "pdf": (PDF, "application/pdf"),
    "pdf with a link": (with_action(b"<< /S /URI /URI (https://a.example/JavaScript) >>"), "application/pdf"),
    "jpeg": (jpeg(), "image/jpeg"),
    "png": (saved(picture(), "PNG"), "image/jpeg"),
    "webp": (saved(picture(), "WEBP"), "image/jpeg"),
    "pptx": (office("pptx", ppt__media__image1=SVG), MAIN["pptx"]),
    "docx": (office("docx"), MAIN["docx"]),
    "xlsx": (office("xlsx"), MAIN["xlsx"]),
    "odp": (odp(), "application/vnd.oasis.opendocument.presentation"),
}
NOTHING_WE_OFFER = "können wir nicht anbieten"
TWO_FACED = "enthält mehr als eine Datei"
REFUSED = {
    "empty": (b"", "ist leer"),
    "a page": (HTML, "eine Webseite oder eine SVG-Zeichnung"),
    "a page with a mark in front": (b"\xef\xbb\xbf\n " + HTML, "eine Webseite oder eine SVG-Zeichnung"),
    "a drawing": (SVG, "eine Webseite oder eine SVG-Zeichnung"),
    "a program": (b"MZ\x90\x00" + b"\0" * 100, NOTHING_WE_OFFER),
    "a moving picture": (saved(picture(), "GIF"), NOTHING_WE_OFFER),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "in einem alten Format"),
    "too large": (PDF + b" " * 20 * 1024 * 1024, "hat 21 MB"),
    "a picture as a bomb": (png_bomb(), "hat 50000 × 50000 Bildpunkte"),
    "a pdf with a page behind": (PDF + HTML, TWO_FACED),
    "a pdf that is an archive": (PDF + archive({"a.html": HTML}) + b"%%EOF", TWO_FACED),
    "a pdf that breaks off": (PDF[:30], TWO_FACED),
    "a pdf with a script": (with_action(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "ein Programm startet"),
    "a pdf with a list of scripts": (with_action(b"<< /JavaScript 7 0 R >>"), "ein Programm startet"),
    "a pdf that starts a program": (with_action(b"<< /S/Launch /F (cmd.exe) >>"), "ein Programm startet"),
    "any archive": (archive({"a.txt": "x"}), NOTHING_WE_OFFER),
    "a jar": (archive({"META-INF/MANIFEST.MF": "x"}), NOTHING_WE_OFFER),
    "a text document": (odp("text"), NOTHING_WE_OFFER),
    "an archive with a page behind": (office() + HTML, TWO_FACED),
    "an archive with a comment": (archive({"[Content_Types].xml": "x"}, comment=HTML), TWO_FACED),
    "an archive that breaks off": (office()[:60], "ist beschädigt"),
    "an archive that is not what it says": (with_wrong_sum(office()), "ist beschädigt"),
    "macros by kind": (
        office(main="application/vnd.ms-powerpoint.presentation.macroEnabled"),
        "enthält Makros",
    ),
    "macros by name": (office(ppt__vbaProject=b"\xd0\xcf"), "enthält Makros"),
    "macros of long ago": (office("xlsx", xl__macrosheets__sheet1=b"x"), "enthält Makros"),
    "macros in odp": (odp(Basic__script=b"x"), "enthält Makros"),
    "a bomb": (office(bomb=b"\0" * 60 * 1024 * 1024), "wird beim Öffnen übermäßig groß"),
    "many parts": (archive({f"{number}": "" for number in range(5001)}), "übermäßig groß"),
}
