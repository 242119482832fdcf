"""The list of erasures: rows in the database, and the same lines in files outside (decisions/0019).

A block of lines is written before its transaction commits and confirmed by one more line after it, so that a
crash in between loses nothing, and leaves lines of which it is known that they are not certain. Nobody is
named: kind, key, rule, moment.
"""

import datetime
import json
import logging
import os
import socket
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.models import ErasedThing, ErasurePart, RetentionRun
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    model: type[Model]
    key: int
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`is_certain`: the transaction is known to have committed."""

    at: datetime.datetime
    thing: str
    key: int
    rule: str
    is_certain: bool


def write_down(
    things: Iterable[Erased], *, rule: str, part: ErasurePart | None = None, run: RetentionRun | None = None
) -> None:
    """Call it inside the transaction, after everything else. Raises Refusal if the file cannot be written."""
    now, things = timezone.now(), list(things)
    if not things:
        return
    ErasedThing.objects.bulk_create(
        ErasedThing(
            rule=rule,
            part=part,
            run=run,
            organisation_id=thing.organisation_id,
            content_type=ContentType.objects.get_for_model(thing.model),
            object_id=thing.key,
            erased_at=now,
        )
        for thing in things
    )
    block = uuid.uuid4().hex
    about = {"at": now.isoformat(), "rule": rule, "block": block} | ({"part": part.pk} if part else {})
    try:
        _append([about | {"thing": t.model._meta.label_lower, "key": t.key} for t in things])
    except OSError as error:
        logger.exception("the list of erasures cannot be written")
        raise Refusal(
            _(
                "Gerade lässt sich nichts löschen: Die Löschliste außerhalb der Datenbank ist nicht "
                "beschreibbar. Geben Sie der Technik Bescheid."
            )
        ) from error
    transaction.on_commit(lambda: _append([{"done": block}]), robust=True)


def list_files() -> list[Path]:
    return sorted(settings.ERASURE_LIST_DIR.glob("*.jsonl"))


def read_lines(files: Iterable[Path]) -> tuple[list[Line], int]:
    """All lines by their moment, and how many could not be read: of a write that was cut off."""
    found: list[dict[str, Any]] = []
    done: set[str] = set()
    unreadable = 0
    for text in _texts(files):
        try:
            values = json.loads(text)
            if "done" in values:
                done.add(values["done"])
                continue
            values["at"] = datetime.datetime.fromisoformat(values["at"])
            found.append(values | {"thing": str(values["thing"]), "key": int(values["key"])})
        except (ValueError, KeyError, TypeError):
            unreadable += 1
    lines = [
        Line(v["at"], v["thing"], v["key"], str(v.get("rule")), is_certain=v.get("block") in done)
        for v in found
    ]
    return sorted(lines, key=lambda line: line.at), unreadable


def _texts(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        with file.open(encoding="utf-8", errors="replace") as lines:
            yield from (line for line in lines if line.strip())


def _append(rows: list[dict[str, Any]]) -> None:
    """One write to the end of this machine's file of the year, and on the disk when it returns.

    It begins with a line break, so that what a full disk has cut off does not spoil the next line.
    """
    folder: Path = settings.ERASURE_LIST_DIR
    if settings.IS_LOCAL:
        folder.mkdir(parents=True, exist_ok=True)
    data = ("\n" + "".join(f"{json.dumps(row)}\n" for row in rows)).encode()
    file = os.open(_file_of_today(folder), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        if os.write(file, data) != len(data):
            raise OSError("the disk is full")
        os.fsync(file)
    finally:
        os.close(file)


def _file_of_today(folder: Path) -> Path:
    """One for each machine: on a network share two could overwrite each other. A new one is made to last."""
    path = folder / f"{timezone.localdate().year}-{socket.gethostname()}.jsonl"
    if not path.exists():
        path.touch(0o640)
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
    return path
