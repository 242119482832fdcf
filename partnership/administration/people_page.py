"""People with their posts as rows of ready strings."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.administration import rules
from partnership.administration.dates import span_words
from partnership.administration.invitations import VALID_FOR
from partnership.administration.posts import has_ended
from partnership.administration.queries import deputies_administered_by, posts_administered_by
from partnership.models import Deputy, Invitation, Person, Post
from partnership.open_tasks import OpenTask, open_tasks_of
from partnership.rules import Posts
from partnership.times import berlin_day, numeric_date, short_moment

SOON = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind` is one of KERN's, or empty for what is as it should be."""

    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    pk: int
    name: str
    email: str
    posts: list[str]
    mark: Mark


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`url` is empty for whoever may not open the page."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class DeputyRow:
    pk: int
    person: str
    dates: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    pk: int
    role: str
    body: str
    dates: str
    end_reason: str
    is_over: bool
    is_coming: bool
    deputies: list[DeputyRow]
    tasks: list[TaskRow]
    can_change: bool
    can_name_deputy: bool

    @property
    def task_count(self) -> str:
        return task_words(len(self.tasks))


@dataclass(frozen=True, slots=True)
class InvitationRow:
    pk: int
    sent: str
    valid_until: str
    is_over: bool
    can_change: bool


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    posts: list[PostRow]
    past: list[PostRow]
    stands_in: list[str]
    invitations: list[InvitationRow] = field(default_factory=list)


def task_words(count: int) -> str:
    return ngettext("%(number)d offene Aufgabe", "%(number)d offene Aufgaben", count) % {"number": count}


def people_rows(people: QuerySet[Person], posts: Posts) -> QuerySet[Person]:
    """With what a row shows, in a fixed number of statements."""
    own = posts_administered_by(posts).order_by("-starts", "pk")
    waiting = Invitation.objects.waiting().filter(post__person=OuterRef("pk"))
    return (
        people.annotate(is_invited=Exists(waiting))
        .prefetch_related(Prefetch("posts", own, to_attr="own_posts"))
        .order_by("name", "email")
    )


def filter_people(people: QuerySet[Person], posts: Posts, wanted: dict[str, str]) -> QuerySet[Person]:
    """`wanted` holds text, organisation key, role and state, as far as given."""
    own = posts_administered_by(posts)
    if text := wanted.get("suche"):
        people = people.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if key := wanted.get("stelle"):
        own = own.filter(organisation=int(key))
    if role := wanted.get("funktion"):
        own = own.filter(role=role)
    today = timezone.localdate()
    in_force = own.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)
    match wanted.get("stand"):
        case "jetzt":
            own = in_force
        case "kommt":
            own = own.filter(starts__gt=today)
        case "endet":
            own = in_force.filter(ends__lte=today + SOON)
        case "beendet":
            people = people.exclude(
                pk__in=own.filter(Q(ends__isnull=True) | Q(ends__gte=today)).values("person")
            )
        case "eingeladen":
            people = people.filter(
                pk__in=Invitation.objects.waiting().filter(post__in=own.values("pk")).values("post__person")
            )
        case "gesperrt":
            people = people.filter(is_active=False)
    return people.filter(pk__in=own.values("person"))


def lay_out_people(people: Iterable[Person]) -> list[PersonRow]:
    today = timezone.localdate()
    return [
        PersonRow(
            pk=person.pk,
            name=str(person),
            email=person.email,
            posts=[_post_words(post, today=today) for post in _shown(person.own_posts, today=today)],  # type: ignore[attr-defined]
            mark=mark_of(person, person.own_posts, today=today, is_invited=person.is_invited),  # type: ignore[attr-defined]
        )
        for person in people
    ]


def mark_of(person: Person, posts: list[Post], *, today: datetime.date, is_invited: bool) -> Mark:
    if not person.is_active:
        return Mark(_("Konto gesperrt"), "danger")
    lasting = [post for post in posts if not has_ended(post)]
    if not lasting:
        return Mark(_("keine Funktion mehr"))
    if is_invited:
        return Mark(_("Einladung nicht angenommen"), "warning")
    current = [post for post in lasting if post.starts <= today]
    if not current:
        return Mark(_("ab %(day)s") % {"day": numeric_date(min(post.starts for post in lasting))}, "info")
    ends = [post.ends for post in current if post.ends]
    if len(ends) == len(current) and max(ends) <= today + SOON:
        return Mark(_("endet am %(day)s") % {"day": numeric_date(max(ends))}, "warning")
    return Mark(_("in Funktion"))


def lay_out_person(person: Person, reader: Posts) -> PersonPage:
    """What the reader administers of the person; other posts are not shown."""
    deputies = Prefetch("deputies", Deputy.objects.select_related("person").order_by("starts", "pk"))
    posts = list(
        posts_administered_by(reader)
        .filter(person=person)
        .prefetch_related(deputies)
        .order_by("-starts", "pk")
    )
    tasks = open_tasks_of([post for post in posts if post.ends])
    rows = [_post_row(post, reader, tasks.get(post.pk, [])) for post in posts]
    invitations = (
        Invitation.objects.waiting()
        .filter(post__in=[post.pk for post in posts])
        .select_related("post__organisation")
        .order_by("sent_at", "pk")
    )
    changeable = {row.pk for row in rows if row.can_change}
    return PersonPage(
        posts=[row for row in rows if not row.is_over],
        past=[row for row in rows if row.is_over],
        stands_in=_stands_in(person, reader),
        invitations=[_invitation_row(invitation, changeable) for invitation in invitations],
    )


def task_rows(tasks: Iterable[OpenTask], post: Post, reader: Posts) -> list[TaskRow]:
    can_open = rules.may_open_task(reader, post)
    return [TaskRow(task.words, task.url if can_open else "") for task in tasks]


def body_of(post: Post) -> str:
    return str(post.organisation or post.partnership)


def _shown(posts: list[Post], *, today: datetime.date) -> list[Post]:
    """The latest one, where all are over."""
    return [post for post in posts if not has_ended(post)] or posts[:1]


def _post_words(post: Post, *, today: datetime.date) -> str:
    whose = post.organisation.short_name if post.organisation else str(post.partnership)
    dates = span_words(post.starts, post.ends, today=today)
    return f"{post.get_role_display()}, {whose}, {dates}"


def _post_row(post: Post, reader: Posts, tasks: list[OpenTask]) -> PostRow:
    today = timezone.localdate()
    is_over = has_ended(post)
    can_deputise = not is_over and rules.may_name_deputy(reader, post)
    return PostRow(
        pk=post.pk,
        role=post.get_role_display(),
        body=body_of(post),
        dates=span_words(post.starts, post.ends, today=today),
        end_reason=post.get_end_reason_display() if post.end_reason else "",
        is_over=is_over,
        is_coming=post.starts > today,
        deputies=[
            DeputyRow(d.pk, str(d.person), span_words(d.starts, d.ends, today=today), can_deputise)
            for d in post.deputies.all()
            if d.ends is None or d.ends >= today
        ],
        tasks=task_rows(tasks, post, reader),
        can_change=not is_over and rules.may_change_post(reader, post),
        can_name_deputy=can_deputise,
    )


def _stands_in(person: Person, reader: Posts) -> list[str]:
    today = timezone.localdate()
    rows = deputies_administered_by(reader).filter(Q(ends__isnull=True) | Q(ends__gte=today), person=person)
    return [
        _("%(person)s, %(role)s, %(dates)s")
        % {
            "person": deputy.post.person,
            "role": deputy.post.get_role_display(),
            "dates": span_words(deputy.starts, deputy.ends, today=today),
        }
        for deputy in rows.order_by("starts", "pk")
    ]


def _invitation_row(invitation: Invitation, changeable: set[int]) -> InvitationRow:
    ends_at = invitation.sent_at + VALID_FOR
    return InvitationRow(
        pk=invitation.pk,
        sent=short_moment(invitation.sent_at),
        valid_until=numeric_date(berlin_day(ends_at)),
        is_over=ends_at <= timezone.now(),
        can_change=invitation.post_id in changeable,
    )
