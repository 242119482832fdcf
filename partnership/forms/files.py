"""Files that people send: how large, of what kind, and what to do when they do not fit.

A view that takes files says so with `partnership.middleware.takes_files`, else large ones are refused unread.
"""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.fields import Words

MEGABYTE = 1024 * 1024
LOOKED_AT = 64 * 1024
"""Bytes of a text file that are read to see whether it is one."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """`is_it` looks at the content: what a browser says of a file is what its name ends in."""

    name: str
    content_type: str
    suffixes: tuple[str, ...]
    is_it: Callable[[BinaryIO], bool]


def _begins_with(start: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(len(start)) == start


def _is_webp(file: BinaryIO) -> bool:
    head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _is_workbook(file: BinaryIO) -> bool:
    """Reads the archive's list of names and unpacks nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _is_text(file: BinaryIO) -> bool:
    """UTF-8, or the one-byte letters of older spreadsheets; what has control characters is no text."""
    head = file.read(LOOKED_AT)
    return bool(head) and not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


KINDS = {
    "pdf": FileKind("PDF", "application/pdf", (".pdf",), _begins_with(b"%PDF-")),
    "jpeg": FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"), _begins_with(b"\xff\xd8\xff")),
    "png": FileKind("PNG", "image/png", (".png",), _begins_with(b"\x89PNG\r\n\x1a\n")),
    "webp": FileKind("WebP", "image/webp", (".webp",), _is_webp),
    "xlsx": FileKind(
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
        _is_workbook,
    ),
    "csv": FileKind("CSV", "text/csv", (".csv",), _is_text),
}


class CheckedFileField(forms.FileField):
    """A file of one of `kinds`, by its content and by its name. Its `content_type` is then what it is."""

    def __init__(self, *, kinds: list[FileKind], most_megabytes: int, **options: Any) -> None:
        self.kinds = kinds
        self.most_megabytes = most_megabytes
        accept = ",".join(part for kind in kinds for part in (*kind.suffixes, kind.content_type))
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), max_length=200, **options)

    def to_python(self, data: Any) -> Any:
        file: Any = super().to_python(data)
        if file is None:
            return None
        if file.size > self.most_megabytes * MEGABYTE:
            words = {"size": megabytes_text(file.size), "most": self.most_megabytes}
            raise forms.ValidationError(
                _("Die Datei hat %(size)s MB. Verkleinern Sie sie auf höchstens %(most)s MB.") % words,
                code="too_large",
            )
        kind = self._kind_of(file)
        if kind is None:
            raise forms.ValidationError(
                _("Diese Datei können wir nicht lesen. Wählen Sie eine Datei der Art %(kinds)s.")
                % {"kinds": one_of(kind.name for kind in self.kinds)},
                code="wrong_kind",
            )
        file.content_type = kind.content_type
        return file

    def _kind_of(self, file: Any) -> FileKind | None:
        for kind in self.kinds:
            if (file.name or "").lower().endswith(kind.suffixes):
                file.seek(0)
                is_it = kind.is_it(file.file)
                file.seek(0)
                if is_it:
                    return kind
        return None


def file_field(
    label: Words, accept: list[str], *, most_megabytes: int, required: bool = True, help_text: Words = ""
) -> CheckedFileField:
    """`accept` names `KINDS`. What fits is said in the hint, after `help_text`."""
    kinds = [KINDS[name] for name in accept]
    fits = format_lazy(
        gettext_lazy("{kinds}, höchstens {most} MB"),
        kinds=lazy(one_of, str)(tuple(kind.name for kind in kinds)),
        most=most_megabytes,
    )
    return CheckedFileField(
        label=label,
        required=required,
        help_text=format_lazy("{} {}", help_text, fits) if help_text else fits,
        kinds=kinds,
        most_megabytes=most_megabytes,
        error_messages={
            "required": gettext_lazy("Wählen Sie eine Datei aus."),
            "invalid": gettext_lazy("Wählen Sie eine Datei aus."),
            "missing": gettext_lazy("Wählen Sie eine Datei aus."),
            "empty": gettext_lazy("Die Datei ist leer. Wählen Sie eine andere."),
            "max_length": gettext_lazy("Der Name der Datei ist zu lang. Kürzen Sie ihn auf 200 Zeichen."),
        },
    )


def one_of(names: Iterable[str]) -> str:
    """'PDF, JPEG oder PNG'."""
    *first, last = names
    return _("%(first)s oder %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def megabytes_text(size: int) -> str:
    """Rounded up, so that what is too large never reads as what is allowed: '5,1'."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10},{tenths % 10}"
