"""Firms that are probably one and the same: pairs with reasons, the likeliest first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from partnership.models import Firm, FirmContact, NoDuplicate

MOST_GROUPS = 100
MOST_IN_A_GROUP = 6
MOST_PAIRS = 100
NEWEST = 100
"""So many firms that came last have their names compared by likeness: older pairs were shown when new."""
ALIKE = 0.6
Pair = tuple[int, int]

ALIKE_NAMES = """
SELECT newest.id, other.id
FROM partnership_firm newest
CROSS JOIN LATERAL (
  SELECT firm.id FROM partnership_firm firm
  WHERE firm.name_key %% newest.name_key AND firm.id <> newest.id AND firm.merged_into_id IS NULL
    AND (firm.chamber_id = newest.chamber_id OR firm.chamber_id IS NULL OR newest.chamber_id IS NULL)
  ORDER BY similarity(firm.name_key, newest.name_key) DESC, firm.id LIMIT 5
) AS other
WHERE newest.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """`first` has the smaller key. `score` is 0 to 100, `likely` what that means."""

    first: Firm
    second: Firm
    reasons: list[str]
    score: int

    @property
    def likely(self) -> str:
        if self.score >= 80:
            return _("sehr wahrscheinlich")
        return _("wahrscheinlich") if self.score >= 50 else _("möglich")


def likely_pairs(firms: QuerySet[Firm]) -> list[LikelyPair]:
    """Among `firms`, in a fixed number of statements; without those known to be different."""
    live = firms.filter(merged_into__isnull=True).order_by()
    pairs = _with_same(live, "number_key") | _with_same(live, "phone_digits") | _with_same(live, "name_key")
    pairs |= _with_same_contact(live) | _with_alike_name(live)
    return _rated(live, pairs)


def likely_pairs_of(firm: Firm, firms: QuerySet[Firm]) -> list[LikelyPair]:
    """Those of one firm."""
    same = Q(name_key=firm.name_key) | Q(name_key__trigram_similar=firm.name_key)
    for field in ("number_key", "phone_digits"):
        if value := getattr(firm, field):
            same |= Q(**{field: value})
    live = firms.filter(merged_into__isnull=True).order_by()
    with transaction.atomic():
        _set_likeness()
        others = list(live.filter(same).exclude(pk=firm.pk).values_list("pk", flat=True)[:MOST_GROUPS])
    return _rated(live, {_ordered(firm.pk, other) for other in others})


def _with_same(live: QuerySet[Firm], field: str) -> set[Pair]:
    groups = (
        live.exclude(**{field: ""})
        .values(field)
        .annotate(keys=ArrayAgg("pk"), found=Count("pk"))
        .filter(found__gt=1)
        .order_by("-found", field)
    )
    return _pairs_in(keys for keys in groups.values_list("keys", flat=True)[:MOST_GROUPS])


def _with_same_contact(live: QuerySet[Firm]) -> set[Pair]:
    """By their contacts' telephones."""
    groups = (
        FirmContact.objects.filter(firm__in=live)
        .exclude(phone_digits="")
        .values("phone_digits")
        .annotate(keys=ArrayAgg("firm", distinct=True), found=Count("firm", distinct=True))
        .filter(found__gt=1)
        .order_by("-found", "phone_digits")
    )
    return _pairs_in(keys for keys in groups.values_list("keys", flat=True)[:MOST_GROUPS])


def _with_alike_name(live: QuerySet[Firm]) -> set[Pair]:
    newest = list(live.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    with transaction.atomic(), connection.cursor() as cursor:
        _set_likeness()
        cursor.execute(ALIKE_NAMES, [newest])
        return {_ordered(*row) for row in cursor.fetchall()}


def _set_likeness() -> None:
    """For the operator that uses the index, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])


def _pairs_in(groups: Iterable[Collection[int]]) -> set[Pair]:
    return {_ordered(*pair) for keys in groups for pair in combinations(sorted(keys)[:MOST_IN_A_GROUP], 2)}


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _rated(live: QuerySet[Firm], pairs: set[Pair]) -> list[LikelyPair]:
    known = set(
        NoDuplicate.objects.filter(first__in=[a for a, _b in pairs]).values_list("first_id", "second_id")
    )
    keys = {key for pair in pairs for key in pair}
    rows = live.filter(pk__in=keys).select_related("chamber").prefetch_related("sites", "contacts")
    firms = {firm.pk: firm for firm in rows}
    rated = [
        rate(firms[a], firms[b])
        for a, b in sorted(pairs - known)
        if a in firms and b in firms and _may_be_one(firms[a], firms[b])
    ]
    found = [pair for pair in rated if pair.score > 0]
    found.sort(key=lambda pair: (-pair.score, pair.first.name, pair.first.pk, pair.second.pk))
    return found[:MOST_PAIRS]


def _may_be_one(first: Firm, second: Firm) -> bool:
    """Firms of two chambers are two firms."""
    return None in (first.chamber_id, second.chamber_id) or first.chamber_id == second.chamber_id


def rate(first: Firm, second: Firm) -> LikelyPair:
    """Both with `sites` and `contacts` at hand."""
    reasons, score = [], 0
    if first.number_key and second.number_key:
        same = first.number_key == second.number_key
        reasons.append(_("gleiche Mitgliedsnummer") if same else _("verschiedene Mitgliedsnummern"))
        score += 60 if same else -30
    if _phones(first) & _phones(second):
        reasons.append(_("gleiche Telefonnummer"))
        score += 40
    if first.name_key == second.name_key:
        in_one_place = bool(_places(first) & _places(second))
        reasons.append(_("gleicher Name und Ort") if in_one_place else _("gleicher Name"))
        score += 60 if in_one_place else 45
    elif (likeness := _likeness(first.name_key, second.name_key)) >= ALIKE:
        reasons.append(_("ähnlicher Name (%(percent)d %%)") % {"percent": round(likeness * 100)})
        score += round(40 * likeness)
    return LikelyPair(first, second, reasons, min(max(score, 0), 100))


def _phones(firm: Firm) -> set[str]:
    return {firm.phone_digits, *(contact.phone_digits for contact in firm.contacts.all())} - {""}


def _places(firm: Firm) -> set[str]:
    return {site.postcode for site in firm.sites.all()}


def _likeness(one: str, other: str) -> float:
    """As PostgreSQL's pg_trgm counts it: shared pieces of three letters to all of them."""
    a, b = _pieces(one), _pieces(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def _pieces(text: str) -> set[str]:
    padded = [f"  {word} " for word in text.split()]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}
