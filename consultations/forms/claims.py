"""Taking over what was booked for one's own address."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.fields import set_choices
from partnership.models import Firm


class ClaimForm(forms.Form):
    """`firm` is asked of whoever speaks for one. Which bookings, the buttons say."""

    firm = forms.ChoiceField(label=_("Für welche Firma ist das?"), required=False)

    def __init__(self, *args: Any, firms: list[Firm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firms = {str(firm.pk): firm for firm in firms}
        if not firms:
            del self.fields["firm"]
        else:
            names = [(key, firm.name) for key, firm in self.firms.items()]
            set_choices(self, "firm", [*names, ("", _("Für keine davon"))])
            self.fields["firm"].initial = firms[0].pk
            self.fields["firm"].is_search = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def chosen(self) -> Firm | None:
        """Call it on a valid form."""
        return self.firms.get(self.cleaned_data.get("firm", ""))
