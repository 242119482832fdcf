"""A certificate laid out once, for its holder's page, its paper and whoever verifies it."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.certificates.proven import hours_in_words
from forums.models import Certificate
from partnership.sealed_content import Content, grouped
from partnership.times import date_span, long_day, numeric_date


@dataclass(frozen=True, slots=True)
class ProvenLine:
    """`hours` and `remark` are empty where there is nothing to say."""

    title: str
    day: str
    hours: str
    remark: str


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """`when` is 'am 24. November 2026'; `hours` is empty where none count."""

    number: str
    name: str
    title: str
    kind: str
    when: str
    place: str
    lines: list[ProvenLine]
    hours: str
    issuer: str
    partners: list[str]
    partnership: str
    issued: str
    digest: str

    @property
    def initials(self) -> str:
        """'U. Q.': enough to compare with a paper, and no name to learn."""
        return " ".join(f"{word[0]}." for word in self.name.replace("-", " ").split())


def page_of(certificate: Certificate) -> CertificatePage:
    """Of one that is not erased."""
    content = certificate.content
    assert content is not None
    event, hours = content["event"], Decimal(content["hours"])
    return CertificatePage(
        number=certificate.number,
        name=content["name"],
        title=event["title"],
        kind=event["kind"],
        when=_when(_day(event["first_day"]), _day(event["last_day"])),
        place=event["place"],
        lines=[_line(part) for part in content["parts"]],
        hours=hours_text(hours) if hours else "",
        issuer=content["issuer"],
        partners=content["partners"],
        partnership=content["partnership"],
        issued=long_day(_day(content["issued_on"])),
        digest=grouped(certificate.digest),
    )


def hours_text(hours: Decimal) -> str:
    """'4,5 Stunden'."""
    words = ngettext("%(hours)s Stunde", "%(hours)s Stunden", 1 if hours == 1 else 2)
    return words % {"hours": hours_in_words(hours)}


def _line(part: Content) -> ProvenLine:
    hours = Decimal(part["hours"])
    return ProvenLine(
        title=part["title"],
        day=numeric_date(_day(part["day"])),
        hours=hours_text(hours) if hours else "",
        remark=_share(part),
    )


def _share(part: Content) -> str:
    if part["halves"] == part["of_halves"]:
        return ""
    return _("an %(there)d von %(all)d Halbtagen") % {"there": part["halves"], "all": part["of_halves"]}


def _when(first: datetime.date, last: datetime.date) -> str:
    return date_span(first, last) + (f" {last.year}" if first == last else "")


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
