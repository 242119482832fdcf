"""Photos of the premises, for whoever comes."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.visits.photos import MOST_PHOTOS
from partnership.forms.photos import photos_field


class VisitPhotosForm(forms.Form):
    """The view takes the photos one by one, so that a good one is not lost with a bad one."""

    photos = photos_field(_("Fotos"), most=MOST_PHOTOS, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
