"""What somebody has told about the advice of the own reports, in what they download."""

from django.utils.translation import gettext_lazy

from consultations.models import Uptake
from consultations.visit_reports.content import all_advice
from consultations.visit_reports.privacy import reports_asked_for_by
from partnership.models import Person
from partnership.own_data import Row, Section
from partnership.photos.queries import count_photos

LABELS = {
    "number": gettext_lazy("Zeichen"),
    "advice": gettext_lazy("Empfehlung"),
    "state": gettext_lazy("Stand"),
    "day": gettext_lazy("Tag"),
    "reason": gettext_lazy("Grund"),
    "photos": gettext_lazy("Fotos"),
    "told": gettext_lazy("angegeben"),
}


def about_uptake(person: Person) -> Section:
    """That the report was opened for it is noted by `about_reports`, which comes along."""
    rows: list[Row] = []
    for report in reports_asked_for_by(person):
        told = {str(uptake.key): uptake for uptake in Uptake.objects.filter(visit=report.visit_id)}
        photos = count_photos(Uptake, [uptake.pk for uptake in told.values()])
        for advice, _point in all_advice(report.content or {}):
            if uptake := told.get(advice["key"]):
                rows.append(
                    {
                        "number": report.reference,
                        "advice": f"{advice['number']}. {advice['text']}",
                        "state": str(uptake.get_state_display()),
                        "day": uptake.done_on or uptake.planned_until or "",
                        "reason": uptake.reason,
                        "photos": str(photos.get(uptake.pk, "")),
                        "told": uptake.told_at,
                    }
                )
    title = gettext_lazy("Was aus den Empfehlungen wurde")
    return Section(key="uptake", order=14, title=title, labels=LABELS, rows=rows)
