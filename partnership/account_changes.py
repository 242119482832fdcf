"""What somebody changes about their own account: logged, and told to them by mail."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import account_mails
from partnership.journal import log_act
from partnership.models import Organisation, Partnership, Person, Post
from partnership.refusals import Refusal


def organisation_of(person: Person) -> Organisation | None:
    """Whose auditor reads what is logged about the person's account: the organisation of the first post."""
    post = (
        Post.objects.in_force()
        .filter(person=person, organisation__isnull=False)
        .select_related("organisation")
        .order_by("starts", "pk")
        .first()
    )
    return post.organisation if post else None


def partnership_of(person: Person) -> Partnership | None:
    """In whose name the person gets mail: one they work in, else the first there is."""
    today = timezone.localdate()
    posts = Post.objects.in_force().filter(person=person)
    works_in = Q(posts__in=posts) | Q(
        Q(membership__ends__isnull=True) | Q(membership__ends__gte=today),
        membership__organisation__in=posts.values("organisation"),
    )
    found = Partnership.objects.filter(works_in).order_by("pk").first()
    return found or Partnership.objects.order_by("pk").first()


def note_change(*, person: Person, change: str) -> None:
    """Call it in the change's transaction. `change` is the act's name without its 'account.'."""
    log_act(act=f"account.{change}", thing=person, actor=person, organisation=organisation_of(person))
    partnership = partnership_of(person)
    if partnership:
        account_mails.say_account_changed(partnership=partnership, person=person, change=change)


@transaction.atomic
def rename(*, person: Person, name: str) -> None:
    name = " ".join(name.split())
    if not name:
        raise Refusal(_("Geben Sie Ihren Vor- und Nachnamen an."))
    if name == person.name:
        return
    person.name = name
    person.save(update_fields=["name"])
    log_act(act="account.renamed", thing=person, actor=person, organisation=organisation_of(person))
