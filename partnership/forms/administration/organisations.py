"""Organisations and their memberships."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import date_field, set_choices
from partnership.models import Organisation, Partnership


class OrganisationForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    parent = forms.ChoiceField(label=_("Gehört zu"), required=False)
    layout = Layout(
        Row(Column("name"), Column("short_name")),
        Row(Column("kind"), Column("parent")),
        "services_line",
        "officers_must_agree",
    )

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "services_line", "officers_must_agree"]
        help_texts = {
            "services_line": _("Ein Satz für die Startseite, zum Beispiel „Sprechtage im Haupthaus“."),
            "officers_must_agree": _(
                "Gilt für Kammern. Ausgeschaltet, werden ihre Sprechtage ohne Zustimmung öffentlich."
            ),
        }

    def __init__(self, *args: Any, parents: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {str(parent.pk): parent for parent in parents if parent.pk != self.instance.pk}
        names = [(key, parent.name) for key, parent in self.parents.items()]
        set_choices(self, "parent", [("", _("keiner anderen Organisation")), *names])  # type: ignore[arg-type]
        self.fields["parent"].initial = str(self.instance.parent_id or "")
        self.fields["kind"].choices = [("", _("Bitte wählen")), *Organisation.Kind.choices]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "parent": self.parents.get(self.cleaned_data["parent"])}


class NewOrganisationForm(OrganisationForm):
    partnership = forms.ChoiceField(label=_("Partnerschaft"))
    starts = date_field(_("Mitglied ab"))
    layout = Layout(*OrganisationForm.layout.fields, Row(Column("starts"), Column("partnership")))

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships = {str(partnership.pk): partnership for partnership in partnerships}
        offer_partnerships(self, self.partnerships)

    @property
    def partnership_chosen(self) -> Partnership:
        return self.partnerships[self.cleaned_data["partnership"]]

    @property
    def values(self) -> dict[str, Any]:
        return {k: v for k, v in super().values.items() if k not in ("partnership", "starts")}


class MembershipForm(WorkForm, forms.Form):
    partnership = forms.ChoiceField(label=_("Partnerschaft"))
    starts = date_field(_("Mitglied ab"))
    ends = date_field(_("bis"), required=False, help_text=_("Letzter Tag"))
    layout = Layout("partnership", Row(Column("starts"), Column("ends")))

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships = {str(partnership.pk): partnership for partnership in partnerships}
        offer_partnerships(self, self.partnerships)

    @property
    def partnership_chosen(self) -> Partnership:
        return self.partnerships[self.cleaned_data["partnership"]]


class EndMembershipForm(WorkForm, forms.Form):
    last_day = date_field(_("Letzter Tag der Mitgliedschaft"))


def offer_partnerships(form: forms.BaseForm, partnerships: dict[str, Partnership]) -> None:
    """Not a question where there is only one."""
    field: Any = form.fields["partnership"]
    field.choices = [(key, partnership.name) for key, partnership in partnerships.items()]
    field.initial = next(iter(partnerships), "")
    if len(partnerships) == 1:
        field.widget = forms.HiddenInput()
