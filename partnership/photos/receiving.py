"""Photos come in, are taken over to another thing, and go."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, Max, Model, OuterRef
from django.utils.translation import gettext as _

from partnership import tasks
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person, Photo, PhotoFile, PhotoUpload
from partnership.photos.judging import judge_photo
from partnership.photos.owners import owner_of, owning_models
from partnership.photos.queries import photos_about
from partnership.queueing import tell_worker
from partnership.refusals import Refusal

State = Photo.State


@transaction.atomic
def receive_photo(
    *, thing: Model, upload: "UploadedFile[Any]", by: Person | None = None, caption: str = ""
) -> Photo:
    """As the last one of the thing, or the one that it has already of the same file. A worker makes it fit
    to be shown. Raises PhotoRefused and Refusal.
    """
    judge_photo(upload)
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    lock_rows(type(thing), [thing.pk])
    owner = owner_of(type(thing))
    others = photos_about(type(thing), [thing.pk]).exclude(state=State.REFUSED)
    if same := others.filter(upload_digest=digest).first():
        return same
    if others.count() >= owner.most:
        raise Refusal(
            _("Mehr als %(most)s Fotos gehen hier nicht. Entfernen Sie zuerst eines.") % {"most": owner.most}
        )
    photo = Photo.objects.create(
        thing=thing, position=_last(thing) + 1, caption=caption, added_by=by, upload_digest=digest
    )
    waiting = PhotoUpload.objects.create(photo=photo, content=content)
    log_act(act="photo.added", thing=thing, actor=by, organisation=owner.controller(thing))
    tell_worker(tasks.reencode_photo, waiting.pk)
    return photo


@transaction.atomic
def copy_photos(*, source: Model, target: Model) -> None:
    """Those that are ready, behind what the target has; from then on they are the target's own."""
    ready = photos_about(type(source), [source.pk]).filter(state=State.READY)
    for position, photo in enumerate(ready, start=_last(target) + 1):
        files = list(photo.files.all())
        photo.pk, photo.thing, photo.position = None, target, position
        photo._state.adding = True
        photo.save()
        for file in files:
            file.pk, file.photo = None, photo
        PhotoFile.objects.bulk_create(files)


@transaction.atomic
def remove_photo(*, photo: Photo, by: Person | None) -> None:
    thing = photo.thing
    if not Photo.objects.filter(pk=photo.pk).delete()[0] or thing is None:
        return
    organisation = owner_of(type(thing)).controller(thing)
    log_act(act="photo.removed", thing=thing, actor=by, organisation=organisation)


def remove_photos_of(model: type[Model], keys: Collection[int]) -> None:
    """For whoever erases the things themselves: rows and bytes, without a word in the log."""
    photos_about(model, keys).delete()


def remove_stray_photos() -> int:
    """Those whose thing is gone; returns how many."""
    removed = 0
    for model in owning_models():
        kind = ContentType.objects.get_for_model(model)
        strays = Photo.objects.filter(content_type=kind).exclude(
            Exists(model._default_manager.filter(pk=OuterRef("object_id")))
        )
        removed += strays.delete()[1].get(Photo._meta.label, 0)
    return removed


def _last(thing: Model) -> int:
    return photos_about(type(thing), [thing.pk]).aggregate(last=Max("position"))["last"] or 0
