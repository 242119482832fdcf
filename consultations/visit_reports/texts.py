"""How a report begins and ends, in the officer's words."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import VisitMatter, VisitReport
from consultations.visit_reports.drafts import lock_draft
from consultations.visit_reports.text_blocks import ENDINGS, NEXT_STEPS, OPENINGS, SUMMARY, TextBlock
from partnership.administration.changes import write_changes
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

LONGEST = 1500
"""Letters, as the report's fields take them."""


@transaction.atomic
def save_texts(*, report_id: int, seen: int, summary: str, next_steps: str, actor: Person) -> list[str]:
    """Raises ChangedMeanwhile. Gives what has changed."""
    return _save(report_id, seen, {SUMMARY: summary, NEXT_STEPS: next_steps}, actor)


@transaction.atomic
def append_block(
    *, report_id: int, seen: int, texts: dict[str, str], block: TextBlock, actor: Person
) -> list[str]:
    """To what was typed so far; raises ChangedMeanwhile."""
    joined = "\n".join(part for part in (texts[block.field].strip(), str(block.text)) if part)
    if len(joined) > LONGEST:
        raise Refusal(_("Dafür ist der Text schon zu lang. Kürzen Sie ihn zuerst."))
    return _save(report_id, seen, texts | {block.field: joined}, actor)


def first_words(report: VisitReport) -> dict[str, str]:
    """What is saved; where nothing is yet, words that fit the reason of the visit."""
    saved = {SUMMARY: report.summary, NEXT_STEPS: report.next_steps}
    if report.version > 1 or any(saved.values()):
        return saved
    matter = VisitMatter.objects.filter(request__visits=report.visit_id).first()
    reason = matter.reason if matter else VisitMatter.Reason.GENERAL
    return {SUMMARY: str(OPENINGS[reason]), NEXT_STEPS: str(ENDINGS[reason])}


def _save(report_id: int, seen: int, values: dict[str, str], actor: Person) -> list[str]:
    report = lock_draft(report_id)
    fields = write_changes(report, seen=seen, values=values)
    if fields:
        log_act(act="visit_log.texts_saved", thing=report, actor=actor, organisation=report.police)
    return fields
