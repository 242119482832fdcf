"""Brochures: what anybody reads, and how an edition is made."""

from django.urls import reverse

from partnership.publications.printing import print_brochure
from tests.browser.addresses import Paths, under
from tests.partnership.publications.steps import make_draft, make_released, next_waiting
from tests.personas import World

PAGES = {
    "visitor": ["brochures", "brochure"],
    "bert": [
        *("administration:brochures", "administration:brochure_edition", "administration:brochure_preview"),
        "administration:brochure_send_back",
    ],
    "karl": [
        *("administration:brochures", "administration:brochure_edition", "administration:brochure_add"),
        *("administration:brochure_change", "administration:brochure_chapter"),
        *("administration:brochure_withdraw", "administration:brochure_picture"),
        *("administration:brochure_chapter_add", "administration:brochure_partner"),
        *("administration:brochure_partner_add", "administration:brochure_note_release"),
    ],
}
NO_PAGES = {
    *("administration:brochure_take_template", "administration:brochure_begin"),
    *("administration:brochure_propose", "administration:brochure_release"),
    "administration:brochure_picture_remove",
    *("administration:brochure_chapter_up", "administration:brochure_chapter_remove"),
    *("administration:brochure_partner_remove", "brochure_pdf"),
}


def paths(world: World) -> Paths:
    """One released and printed, its next edition waiting, another a draft with what it needs to be edited."""
    released = make_released(world)
    print_brochure(released.pk)
    waiting = next_waiting(released, world)
    draft = make_draft(world, title="Sicher im Netz")
    partner = draft.partners.get(organisation=world.ihk)
    chapter = draft.chapters.get(position=1)
    start = "administration:brochure_"
    return {
        "brochure": reverse("brochure", args=[released.brochure.slug]),
        **under(start, ("edition", "preview", "send_back"), waiting.pk),
        **under(start, ("change", "chapter_add", "partner_add"), draft.pk),
        **under(start, ("partner", "note_release"), partner.pk),
        **under(start, ("withdraw",), released.pk),
        **under(start, ("chapter", "picture"), chapter.pk),
    }
