"""The partnership's administration: organisations, houses, people and their posts."""

import datetime

from django.urls import reverse
from django.utils import timezone

from partnership.links import issue_link
from partnership.models import Area, Deputy, Invitation, OfficeClosure, Post, SecretLink
from tests import factories
from tests.browser.addresses import Paths, under
from tests.personas import World

PAGES = {
    "lea": ["administration:start", "administration:tasks", "administration:people", "administration:person"],
    "karl": [
        *("administration:start", "administration:tasks", "administration:partnership"),
        *("administration:texts", "administration:areas", "administration:organisations"),
        *("administration:organisation", "administration:organisation_add"),
        *("administration:organisation_change", "administration:membership_add"),
        *("administration:membership_end", "administration:office_add", "administration:offices"),
        *("administration:office", "administration:office_change", "administration:rooms"),
        *("administration:office_service", "administration:closure", "administration:people"),
        "administration:blocked_addresses",
        *("administration:invite", "administration:person", "administration:post_add"),
        *("administration:person_closing", "administration:post_end", "administration:deputy_add"),
    ],
}
QUERIES = {
    "administration:areas": ["", "?suche=Grimma"],
    "administration:people": ["", "?stand=eingeladen", "?suche=niemand"],
}
NO_PAGES = {
    "administration:address_lift",
    *("administration:area_add", "administration:area_remove", "administration:closure_remove"),
    *("administration:person_close", "administration:person_reopen", "administration:post_withdraw"),
    *("administration:deputy_end", "administration:invitation_send", "administration:invitation_withdraw"),
}
OF_THE_PARTNERSHIP = ("partnership", "texts", "areas")
OF_AN_ORGANISATION = ("organisation", "organisation_change", "membership_add", "office_add")
OF_AN_OFFICE = ("office", "office_change", "office_service", "rooms")
OF_A_PERSON = ("person", "person_closing", "post_add")


def paths(world: World) -> Paths:
    """Something of everything: a closure, a deputy, invitations, what was left."""
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    former = factories.make_person("rita@personen.example", "Rita Beispiel")
    factories.make_post(former, Post.Role.OFFICER, organisation=world.police, ends=today - day)
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[former], day=today + 9 * day)
    Deputy.objects.create(post=world.paula.posts.get(), person=world.pia, starts=today)
    closure = OfficeClosure.objects.create(
        office=world.office, starts=today + day, ends=today + day, reason="Umbau"
    )
    Area.objects.create(
        ags="14729160", name="Grimma", postcodes=["04668"], latitude=51, longitude=12, valid_from=today
    )
    membership = world.ihk.membership_set.get()
    return {
        "account_invitation": reverse("account_invitation", args=[_invited(world)]),
        **under("administration:", OF_THE_PARTNERSHIP, world.partnership.pk),
        **under("administration:", OF_AN_ORGANISATION, world.ihk.pk),
        **under("administration:", OF_AN_OFFICE, world.office.pk),
        **under("administration:", OF_A_PERSON, world.paula.pk),
        **under("administration:", ("post_end", "deputy_add"), world.paula.posts.latest("pk").pk),
        **under("administration:", ("membership_end",), world.ihk.pk, membership.pk),
        **under("administration:", ("closure",), world.office.pk, closure.pk),
    }


def _invited(world: World) -> str:
    post = factories.make_post(world.carl, Post.Role.DESK, organisation=world.ihk)
    invitation = Invitation.objects.create(
        post=post,
        partnership=world.partnership,
        invited_by=world.karl,
        sent_at=timezone.now() - datetime.timedelta(days=8),
    )
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    return issue_link(thing=invitation, purpose=SecretLink.Purpose.INVITATION, expires_at=tomorrow)
