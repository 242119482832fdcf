"""What the desk says when it decides about somebody who waits."""

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.lines import OneLine


class TakeInForm(forms.Form):
    """Whoever is next needs no reason."""

    reason = OneLine(label=gettext_lazy("Grund"), max_length=200)

    def __init__(self, data: QueryDict | None = None, *, is_next: bool) -> None:
        super().__init__(data)
        reason = self.fields["reason"]
        reason.required = not is_next
        reason.help_text = _("Er bleibt hier vermerkt; die Person liest ihn nicht.")
        reason.error_messages["required"] = _(
            "Sagen Sie, warum diese Person vor anderen einen Platz bekommt."
        )
        self.helper = FormHelper()
        self.helper.form_tag = False


class TakeOffForm(forms.Form):
    reason = OneLine(
        label=gettext_lazy("Grund"),
        max_length=200,
        help_text=gettext_lazy("Er steht in der E-Mail an diese Person."),
        error_messages={"required": gettext_lazy("Nennen Sie den Grund. Er steht in der E-Mail.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
