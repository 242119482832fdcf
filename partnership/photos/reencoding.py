"""In a worker: from what came in to what is shown. The decoding itself is done by a process of its own."""

import datetime
import hashlib
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import tasks
from partnership.models import Photo, PhotoFile, PhotoUpload
from partnership.photos import reencode
from partnership.photos.judging import MOST_PIXELS, PhotoRefused
from partnership.queueing import tell_worker

TRIED_FOR = datetime.timedelta(minutes=3)
"""A worker that has not come back by then was killed."""
MOST_TRIES = 3
MOST_SECONDS = 60
"""By the clock; by its own work the process has a third of it."""
COMMAND = [sys.executable, "-I", str(Path(reencode.__file__)), str(MOST_PIXELS)]
State = Photo.State
logger = logging.getLogger(__name__)


class Unfinished(Exception):
    """The process ended without a word: by a bound, by the clock, by somebody."""


@dataclass(frozen=True, slots=True)
class Reencoded:
    """`width` and `height` are of the large one."""

    width: int
    height: int
    small: bytes
    large: bytes


def reencode_photo(upload_id: int) -> None:
    """Nothing happens when another worker is at it, or when the photo is gone or done."""
    upload = _begin(upload_id)
    if upload is None:
        return
    if upload.tries > MOST_TRIES:
        _refuse(upload, _("Dieses Foto ließ sich nicht verarbeiten. Senden Sie es als JPEG noch einmal."))
        return
    try:
        reencoded = reencode_safely(bytes(upload.content))
    except PhotoRefused as refused:
        _refuse(upload, refused.sentence)
    except Unfinished as unfinished:
        logger.warning("photo %s is tried again: %s", upload.photo_id, unfinished)
    else:
        _keep(upload, reencoded)


def sweep_photos() -> int:
    """Tell workers of photos that nobody is at; returns how many."""
    keys = list(_idle().filter(photo__state=State.WAITING).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        tell_worker(tasks.reencode_photo, key)
    return len(keys)


def reencode_safely(content: bytes) -> Reencoded:
    """Raises PhotoRefused and Unfinished. Takes half a second for a telephone's photo."""
    with TemporaryFile() as source, TemporaryFile() as answer:
        source.write(content)
        source.seek(0)
        try:
            done = subprocess.run(  # noqa: S603
                COMMAND,
                stdin=source,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unfinished("timeout") from error
        if done.returncode == reencode.BROKEN:
            raise PhotoRefused(
                _("Dieses Foto ist unvollständig angekommen oder beschädigt. Senden Sie es noch einmal."),
                "wrong_kind",
            )
        if done.returncode == reencode.TOO_LARGE:
            raise PhotoRefused(
                _("Dieses Foto ist zu groß für uns. Verkleinern Sie es, und senden Sie es noch einmal."),
                "too_large",
            )
        if done.returncode:
            raise Unfinished(f"exit code {done.returncode}")
        answer.seek(0)
        width, height, length = (int(word) for word in answer.readline().split())
        return Reencoded(width, height, small=answer.read(length), large=answer.read())


def _idle() -> QuerySet[PhotoUpload]:
    return PhotoUpload.objects.filter(Q(tried_at__isnull=True) | Q(tried_at__lt=timezone.now() - TRIED_FOR))


def _begin(upload_id: int) -> PhotoUpload | None:
    waiting = _idle().filter(pk=upload_id, photo__state=State.WAITING)
    if not waiting.update(tried_at=timezone.now(), tries=F("tries") + 1):
        return None
    return PhotoUpload.objects.filter(pk=upload_id).first()


@transaction.atomic
def _keep(upload: PhotoUpload, reencoded: Reencoded) -> None:
    photo = _lock_waiting(upload)
    if photo is None:
        return
    photo.state, photo.size = State.READY, len(reencoded.large)
    photo.width, photo.height = reencoded.width, reencoded.height
    photo.digest = hashlib.sha256(reencoded.large).hexdigest()
    photo.save(update_fields=["state", "size", "width", "height", "digest"])
    PhotoFile.objects.bulk_create(
        [
            PhotoFile(photo=photo, kind=PhotoFile.Size.SMALL, content=reencoded.small),
            PhotoFile(photo=photo, kind=PhotoFile.Size.LARGE, content=reencoded.large),
        ]
    )
    upload.delete()


@transaction.atomic
def _refuse(upload: PhotoUpload, sentence: str) -> None:
    photo = _lock_waiting(upload)
    if photo is None:
        return
    photo.state, photo.refused_because = State.REFUSED, sentence
    photo.save(update_fields=["state", "refused_because"])
    PhotoUpload.objects.filter(pk=upload.pk).update(content=b"")


def _lock_waiting(upload: PhotoUpload) -> Photo | None:
    """None when somebody has removed the photo, or another worker was faster."""
    rows = Photo.objects.select_for_update(of=("self",))
    return rows.filter(pk=upload.photo_id, state=State.WAITING).first()
