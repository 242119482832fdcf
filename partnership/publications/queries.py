"""Reading brochures: everybody the released edition, those concerned the one on its way."""

from collections.abc import Collection

from django.db.models import Max, Q, QuerySet

from partnership.models import (
    Brochure,
    BrochureChapter,
    BrochureEdition,
    BrochureFile,
    BrochurePartner,
    Organisation,
    Partnership,
    Person,
    Photo,
    Post,
)
from partnership.photos.queries import photos_of_many
from partnership.queries import holders_of, members_of
from partnership.rules import Posts

State = BrochureEdition.State
SPEAKS_FOR = {Organisation.Kind.CHAMBER: Post.Role.DESK, Organisation.Kind.POLICE: Post.Role.LEAD}
"""Kind of organisation -> the role in which somebody releases for it."""


def released_editions(partnership: Partnership) -> QuerySet[BrochureEdition]:
    """What everybody may read, the oldest brochure first."""
    return (
        BrochureEdition.objects.filter(brochure__partnership=partnership, state=State.RELEASED)
        .select_related("brochure")
        .order_by("brochure")
    )


def withdrawn_editions(partnership: Partnership) -> QuerySet[BrochureEdition]:
    """The last one of a brochure, where none has been released after it."""
    return (
        BrochureEdition.objects.filter(brochure__partnership=partnership, state=State.WITHDRAWN)
        .exclude(brochure__editions__state=State.RELEASED)
        .select_related("brochure")
        .order_by("-number")
    )


def ready_photos_of(chapters: Collection[BrochureChapter]) -> dict[int, Photo]:
    """By the chapter's key; a chapter has one own picture at most."""
    found = photos_of_many(BrochureChapter, [chapter.pk for chapter in chapters])
    return {key: photos[0] for key, photos in found.items() if photos[0].state == Photo.State.READY}


def brochures_visible_to(posts: Posts) -> QuerySet[Brochure]:
    editions = editions_visible_to(posts)
    return (
        Brochure.objects.filter(
            Q(partnership__in=posts.coordinates) | Q(pk__in=editions.order_by().values("brochure"))
        )
        .select_related("partnership")
        .annotate(latest=Max("editions__number"))
        .order_by("partnership", "pk")
    )


def editions_visible_to(posts: Posts) -> QuerySet[BrochureEdition]:
    """All of the own partnership for its coordination; for partners what names them and is no draft."""
    named = BrochurePartner.objects.filter(organisation__in=posts.desks | posts.lead_of)
    return (
        BrochureEdition.objects.filter(
            Q(brochure__partnership__in=posts.coordinates)
            | (Q(pk__in=named.values("edition")) & ~Q(state=State.DRAFT))
        )
        .select_related("brochure__partnership")
        .order_by("brochure", "-number")
    )


def partners_visible_to(posts: Posts) -> QuerySet[BrochurePartner]:
    return BrochurePartner.objects.filter(
        edition__in=editions_visible_to(posts).order_by().values("pk")
    ).select_related("organisation", "edition__brochure__partnership", "released_by")


def chapters_visible_to(posts: Posts) -> QuerySet[BrochureChapter]:
    return BrochureChapter.objects.filter(
        edition__in=editions_visible_to(posts).order_by().values("pk")
    ).select_related("edition__brochure__partnership")


def partners_of(edition: BrochureEdition) -> list[BrochurePartner]:
    return list(edition.partners.select_related("organisation", "released_by"))


def releases_due_from(posts: Posts) -> QuerySet[BrochurePartner]:
    """What waits for this person's organisations."""
    return partners_visible_to(posts).filter(
        organisation__in=posts.desks | posts.lead_of, edition__state=State.WAITING, released_at__isnull=True
    )


def speakers_of(organisation: Organisation) -> list[Person]:
    """Who may release for it today. Other kinds of organisation have nobody: the coordination notes it."""
    role = SPEAKS_FOR.get(Organisation.Kind(organisation.kind))
    return list(holders_of(role, organisation.pk)) if role else []


def members_to_name(edition: BrochureEdition) -> list[Organisation]:
    """Members of today that the edition does not name yet."""
    named = set(edition.partners.values_list("organisation", flat=True))
    return [member for member in members_of(edition.brochure.partnership) if member.pk not in named]


def file_of(edition: BrochureEdition) -> BrochureFile | None:
    """Without the PDF itself."""
    return BrochureFile.objects.filter(edition=edition).defer("pdf").first()


def released_before(edition: BrochureEdition) -> BrochureEdition | None:
    """The edition that was last released before this one."""
    return (
        edition.brochure.editions.filter(
            number__lt=edition.number, state__in=[State.RELEASED, State.REPLACED, State.WITHDRAWN]
        )
        .order_by("-number")
        .first()
    )
