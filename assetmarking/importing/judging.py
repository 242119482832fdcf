"""Which files are lists, by their content: what a browser says of a file is what its name ends in."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

MOST_MEGABYTES = 10
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAMPLE = 64 * 1024


def why_no_list(content: bytes) -> str:
    """A sentence that says what to do; empty for what can be read."""
    if not content.strip():
        return _("Die Datei ist leer. Wählen Sie eine andere.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _why_no_old_workbook(content)
    if content.startswith(b"PK"):
        return _why_no_workbook(content)
    return "" if _is_text(content[:SAMPLE]) else _not_readable()


def _why_no_old_workbook(content: bytes) -> str:
    if ENCRYPTED in content:
        return _("Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort.")
    return _("Das ist eine Datei im alten Excel-Format (.xls). Speichern Sie sie als XLSX oder CSV.")


def _why_no_workbook(content: bytes) -> str:
    """Reads the archive's list of names and unpacks nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            is_encrypted = any(member.flag_bits & 1 for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return _("Die Datei ist unvollständig oder beschädigt. Speichern Sie sie noch einmal als XLSX.")
    if is_encrypted:
        return _("Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort.")
    if any(name.endswith("vbaproject.bin") for name in names):
        return _("Die Datei enthält Makros (.xlsm). Speichern Sie sie als XLSX ohne Makros.")
    if "xl/workbook.bin" in names:
        return _("Das ist eine binäre Excel-Datei (.xlsb). Speichern Sie sie als XLSX oder CSV.")
    if "content.xml" in names and "mimetype" in names:
        return _("Das ist eine OpenDocument-Datei (.ods). Speichern Sie sie als XLSX oder CSV.")
    return "" if "xl/workbook.xml" in names else _not_readable()


def _is_text(sample: bytes) -> bool:
    """In any encoding: hardly any control characters. Every second byte of UTF-16 may be zero."""
    if sample.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b")):
        return False
    return len(re.findall(rb"[\x01-\x08\x0e-\x1f]", sample)) * 100 <= len(sample)


def _not_readable() -> str:
    return _("Das ist keine Liste, die wir lesen können. Speichern Sie Ihre Liste als XLSX oder CSV.")
