"""People, their posts and deputies."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.administration.rules import roles_of
from partnership.forms.administration.base import SearchForm, WorkForm
from partnership.forms.fields import date_field, set_choices
from partnership.forms.lines import OneLine
from partnership.models import Organisation, Partnership, Person, Post

Role = Post.Role
STATES = [
    ("", _("Alle")),
    ("jetzt", _("jetzt in Funktion")),
    ("kommt", _("Funktion beginnt noch")),
    ("endet", _("Funktion endet in 30 Tagen")),
    ("beendet", _("keine Funktion mehr")),
    ("eingeladen", _("Einladung nicht angenommen")),
    ("gesperrt", _("Konto gesperrt")),
]


class PeopleFilter(SearchForm, forms.Form):
    suche = forms.CharField(
        label=_("Name oder E-Mail"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stelle = forms.ChoiceField(label=_("Organisation"), required=False)
    funktion = forms.ChoiceField(
        label=_("Funktion"), required=False, choices=[("", _("Alle")), *Role.choices]
    )
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=STATES)
    layout = Layout(Row(Column("suche"), Column("stelle"), Column("funktion"), Column("stand")))

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(organisation.pk), organisation.short_name) for organisation in organisations]
        set_choices(self, "stelle", [("", _("Alle")), *names])


class PostForm(WorkForm, forms.Form):
    """One question for organisation and role: only what the organisation can have is offered."""

    what = forms.ChoiceField(label=_("Funktion"))
    starts = date_field(_("von"), help_text=_("Erster Tag"))
    ends = date_field(_("bis"), required=False, help_text=_("Letzter Tag"))
    layout = Layout("what", Row(Column("starts"), Column("ends")))

    def __init__(
        self,
        *args: Any,
        organisations: list[Organisation],
        partnerships: list[Partnership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.partnerships = {partnership.pk: partnership for partnership in partnerships}
        groups: list[tuple[str, Any]] = [("", _("Bitte wählen"))]
        groups += [
            (o.name, [(f"{role.value}-{o.pk}", f"{role.label}, {o.short_name}") for role in roles_of(o)])
            for o in organisations
        ]
        coordinator = Role.COORDINATOR
        groups += [
            (p.name, [(f"{coordinator.value}-{p.pk}", f"{coordinator.label}, {p.short_name}")])
            for p in partnerships
        ]
        set_choices(self, "what", groups)

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.object("ends", str(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag.")))
        return self.cleaned_data

    @property
    def post(self) -> dict[str, Any]:
        """Role, organisation or none, first and last day."""
        role, _dash, key = self.cleaned_data["what"].partition("-")
        return {
            "role": role,
            "organisation": None if role == Role.COORDINATOR else self.organisations[int(key)],
            "starts": self.cleaned_data["starts"],
            "ends": self.cleaned_data["ends"],
        }

    def partnership_of_post(self, posts_in: dict[int, Partnership]) -> Partnership:
        """That of the coordinator's post, or the one in which the coordinator meets the organisation."""
        role, _dash, key = self.cleaned_data["what"].partition("-")
        return self.partnerships[int(key)] if role == Role.COORDINATOR else posts_in[int(key)]


class InviteForm(PostForm):
    field_order = ["name", "email", "what", "starts", "ends"]
    name = OneLine(label=_("Vor- und Nachname"), max_length=120)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), help_text=_("Die dienstliche. Mit ihr meldet sich die Person an.")
    )
    layout = Layout(Row(Column("name"), Column("email")), *PostForm.layout.fields)


class EndPostForm(WorkForm, forms.Form):
    last_day = date_field(_("Letzter Tag"), help_text=_("An diesem Tag gelten die Rechte noch."))
    reason = forms.ChoiceField(label=_("Grund"), choices=[("", _("Bitte wählen")), *Post.EndReason.choices])
    layout = Layout(Row(Column("last_day"), Column("reason")))


class DeputyForm(WorkForm, forms.Form):
    person = forms.ChoiceField(label=_("Wer vertritt"))
    starts = date_field(_("von"), help_text=_("Erster Tag"))
    ends = date_field(_("bis"), required=False, help_text=_("Letzter Tag"))
    layout = Layout("person", Row(Column("starts"), Column("ends")))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [(key, str(person)) for key, person in self.people.items()]
        set_choices(self, "person", [("", _("Bitte wählen")), *names])

    @property
    def person_chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]
