"""Who sees a chapter's own picture: everybody once it is released, before that who may read the edition."""

from django.http import HttpRequest

from partnership.models import BrochureChapter, BrochureEdition
from partnership.photos.owners import register_owner
from partnership.publications.queries import chapters_visible_to
from partnership.rules import posts_for


def may_see_picture_of(request: HttpRequest, chapter: BrochureChapter) -> bool:
    return (
        chapter.edition.state == BrochureEdition.State.RELEASED
        or chapters_visible_to(posts_for(request)).filter(pk=chapter.pk).exists()
    )


def hang_pictures_in_chapters() -> None:
    """No organisation's own: that the chapter was changed stands in the log of every member already."""
    register_owner(BrochureChapter, may_see=may_see_picture_of, controller=lambda _chapter: None, most=1)
