"""What is left of photos that could not be used. All others go with the thing that they are of."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.models import Photo, PhotoUpload
from partnership.retention.kinds import Erasable, Keys, RetentionKind


def _refused() -> QuerySet[PhotoUpload]:
    return PhotoUpload.objects.filter(photo__state=Photo.State.REFUSED)


def _remove(keys: Keys) -> None:
    Photo.objects.filter(upload__in=keys).delete()


KINDS = [
    RetentionKind(
        key="photos",
        order=33,
        label=_("Abgelehnte Fotos"),
        what=_("Dass und warum ein Foto nicht zu verwenden war; das Foto selbst ist sofort weg"),
        since=_("Eingang"),
        period="photos",
        erasable=Erasable(model=PhotoUpload, made="received_at", left=_refused, erase=_remove),
        due=lambda before: _refused().filter(received_at__lt=before),
        is_listed=False,
    ),
]
