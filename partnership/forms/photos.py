"""Photos in a form: several at once, each judged by its content. The view says `takes_photos`."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.fields import Words
from partnership.photos.judging import MOST_MEGABYTES, PhotoRefused, judge_photo

MOST_AT_ONCE = 5
ACCEPT = "image/jpeg,image/png,image/webp"
"""Without HEIC: an iPhone that is not offered it sends JPEG."""


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Its value is a list of uploads, ready for `receive_photo`."""

    widget = PhotosInput

    def __init__(self, *, most: int = MOST_AT_ONCE, **options: Any) -> None:
        self.most = most
        super().__init__(max_length=200, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = [super(PhotosField, self).clean(upload, initial) for upload in data or [None]]
        uploads = [upload for upload in uploads if upload]
        if len(uploads) > self.most:
            raise forms.ValidationError(
                _("Das sind %(number)s Fotos. Senden Sie höchstens %(most)s auf einmal.")
                % {"number": len(uploads), "most": self.most},
                code="too_many",
            )
        faults = []
        for upload in uploads:
            try:
                judge_photo(upload)
            except PhotoRefused as refused:
                faults.append(forms.ValidationError(refused.sentence, code=refused.code))
        if faults:
            raise forms.ValidationError(faults)
        return uploads


def photos_field(
    label: Words,
    *,
    most: int = MOST_AT_ONCE,
    required: bool = False,
    help_text: Words = "",
    with_camera: bool = False,
) -> PhotosField:
    """`with_camera`: a telephone opens its camera at once, for one photo, and offers no older ones."""
    attrs: dict[str, Any] = {"accept": ACCEPT}
    attrs |= {"capture": "environment"} if with_camera else {"multiple": most > 1}
    fits = format_lazy(
        gettext_lazy("Bis zu {most} Fotos, JPEG, PNG oder WebP, jedes höchstens {megabytes} MB")
        if most > 1
        else gettext_lazy("Ein Foto, JPEG, PNG oder WebP, höchstens {megabytes} MB"),
        most=most,
        megabytes=MOST_MEGABYTES,
    )
    return PhotosField(
        label=label,
        required=required,
        most=most,
        help_text=format_lazy("{} {}", help_text, fits) if help_text else fits,
        widget=PhotosInput(attrs=attrs),
        error_messages={
            "required": gettext_lazy("Wählen Sie ein Foto aus."),
            "invalid": gettext_lazy("Wählen Sie ein Foto aus."),
            "missing": gettext_lazy("Wählen Sie ein Foto aus."),
            "empty": gettext_lazy("Ein Foto ist leer. Wählen Sie ein anderes."),
            "max_length": gettext_lazy("Der Name eines Fotos ist zu lang. Kürzen Sie ihn auf 200 Zeichen."),
        },
    )
