"""How firms' names, numbers and telephones are written alike, so that they are found however they are said.

The database computes them (generated columns), so none is ever out of date; a search folds what is typed with
the same functions, which the app's migration makes.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, IntegerField, TextField


def folded_name(name: Any) -> Func:
    """'Müller & Söhne GmbH' and 'MUELLER + SOEHNE' have 'muller sohne': no accents, no legal form."""
    return Func(name, function="folded_name", output_field=TextField())


def folded_number(number: Any) -> Func:
    """'IHK-000 441' has 'ihk000441'."""
    return Func(number, function="folded_number", output_field=TextField())


def folded_phone(phone: Any) -> Func:
    """The digits that `phone_numbers.searched_digits` finds in what is typed."""
    return Func(phone, function="folded_phone", output_field=TextField())


def parts_of_number(number: Any) -> Func:
    """Every five characters in a row, as numbers below 65 536: what is a part of it has no others."""
    return Func(number, function="parts_of_number", output_field=ArrayField(IntegerField()))
