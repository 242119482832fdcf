"""Asking for erasure, and a controller's no."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.lines import OneLine
from partnership.forms.own_firm import house_helper, leave_unmarked


class ErasureForm(forms.Form):
    gives_up_coming = forms.BooleanField(label=_("Kommende Termine dabei absagen"), required=False)
    reason = OneLine(
        label=_("Grund"),
        help_text=_("Sie müssen keinen nennen. Ihn lesen die Stellen, die entscheiden."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, has_coming: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_coming:
            del self.fields["gives_up_coming"]
        leave_unmarked(self)
        self.helper = house_helper()


class RefuseErasureForm(forms.Form):
    answer = OneLine(
        label=_("Begründung"),
        help_text=_("Geht per E-Mail an die Person. Nennen Sie, was bleibt, wie lange und warum."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Begründen Sie die Ablehnung. Die Person liest es.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()
