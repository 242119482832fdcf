"""Codes put together from bits are the encoder's own, whatever the address before them."""

import pytest
import segno

from assetmarking.codes.own_code import draw_own_code
from assetmarking.labels.qr import QUIET_ZONE, QrSeries

ADDRESSES = ("HTTP://LOCALHOST:8600/K/", "HTTPS://SICHERHEITSPARTNERSCHAFT.EXAMPLE/K/", "HTTPS://A.DE/K/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_what_the_encoder_makes(address: str) -> None:
    series = QrSeries(address, 9)
    for code in (draw_own_code() for _n in range(20)):
        sample = segno.make_qr(address + "000000000", mode="alphanumeric", error="m")
        made = segno.make_qr(
            address + code,
            mode="alphanumeric",
            error=sample.error,
            version=sample.version,
            mask=sample.mask,
            boost_error=False,
        )
        dark = {(y, x) for y, row in enumerate(made.matrix) for x, module in enumerate(row) if module}
        runs = series.runs(code)
        assert {(y - QUIET_ZONE, x - QUIET_ZONE + n) for y, x, length in runs for n in range(length)} == dark


def test_a_usual_address_needs_no_more_than_29_modules() -> None:
    assert QrSeries(ADDRESSES[1], 9).modules <= 29
