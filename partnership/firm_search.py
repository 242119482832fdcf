"""Finding a firm by what a caller says: name, membership number or telephone.

Names are compared folded (`models/folding.py`): umlauts, accents, case and legal forms do not matter, small
slips of the pen neither. Looking begins with what is exact and stops as soon as there is enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When, prefetch_related_objects

from partnership.models import Firm, FirmContact
from partnership.phone_numbers import searched_digits

MOST_HITS = 10
FEWEST_LETTERS = 2
FEWEST_LETTERS_OF_A_SLIP = 4
ALIKE = 0.5
LOOKED_AT = 200
"""How many firms with the wanted words are ranked; whoever gets more types on."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`formerly` is the name under which a firm was found that has become part of this one."""

    firm: Firm
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is typed, folded as the columns are."""

    name: str
    number: str
    digits: str

    @property
    def is_enough(self) -> bool:
        return max(len(self.name), len(self.number), len(self.digits)) >= FEWEST_LETTERS


def read_wanted(text: str) -> Wanted:
    """In a transaction, for which it also says how alike words must be."""
    text = " ".join(text.split())[:100]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT folded_name(%s), folded_number(%s),"
            " set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [text, text, str(ALIKE)],
        )
        name, number, _alike = cursor.fetchone()
    has_digit = any(letter.isdigit() for letter in number)
    return Wanted(name=name, number=number if has_digit else "", digits=searched_digits(text))


@transaction.atomic
def find_firms(visible: QuerySet[Firm], text: str, *, most: int = MOST_HITS) -> list[Hit]:
    """The best first. What was merged leads to its heir."""
    wanted = read_wanted(text)
    hits: dict[int, Hit] = {}
    if not wanted.is_enough:
        return []
    rows = visible.select_related("chamber", "merged_into__chamber")
    for look in _looks(rows, wanted):
        for firm in look[: most * 2]:
            heir = firm.merged_into or firm
            hits.setdefault(heir.pk, Hit(heir, formerly=firm.name if firm.merged_into else ""))
        if len(hits) >= most:
            break
    best = list(hits.values())[:most]
    prefetch_related_objects([hit.firm for hit in best], "sites")
    return best


def _looks(rows: QuerySet[Firm], wanted: Wanted) -> Iterator[QuerySet[Firm]]:
    """From sure to unsure; each is one statement over an index."""
    by_name = rows.order_by("name_key", "pk")
    if wanted.number:
        yield rows.filter(number_key=wanted.number)
    if wanted.digits:
        yield by_name.filter(phone_digits__startswith=wanted.digits)
        yield by_name.filter(pk__in=_with_contact(wanted.digits))
    if len(wanted.number) >= FEWEST_LETTERS + 1:
        exact_first = Case(
            When(number_key__startswith=wanted.number, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        yield rows.filter(number_key__contains=wanted.number).order_by(exact_first, "number_key", "pk")
    if len(wanted.name) >= FEWEST_LETTERS:
        yield by_name.filter(name_key__startswith=wanted.name)
        yield _with_words(rows, wanted.name)
    if len(wanted.name) >= FEWEST_LETTERS_OF_A_SLIP and not wanted.name.replace(" ", "").isdigit():
        alike = Q()
        for word in wanted.name.split():
            alike &= _begins(word) | Q(name_key__trigram_word_similar=word)
        likeness = TrigramWordSimilarity(wanted.name, "name_key")
        yield rows.filter(alike).annotate(likeness=likeness).order_by("-likeness", "name_key", "pk")


def _with_contact(digits: str) -> list[int]:
    """Firms with a contact whose number begins so."""
    contacts = FirmContact.objects.filter(phone_digits__startswith=digits)
    return list(contacts.values_list("firm", flat=True)[:LOOKED_AT])


def _with_words(rows: QuerySet[Firm], name: str) -> QuerySet[Firm]:
    """Each of the words begins one of the firm's."""
    having = Q()
    for word in name.split():
        having &= _begins(word)
    some = rows.filter(having).order_by().values("pk")[:LOOKED_AT]
    return rows.filter(pk__in=some).order_by("name_key", "pk")


def _begins(word: str) -> Q:
    return Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
