"""PDFs: static files are all that a document may name."""

import pytest

from partnership.documents import NothingFromOutside, pdf_of
from tests.partnership.photos.hostile import jpeg

PAGE = '<!doctype html><html lang="de"><head><title>Blatt</title></head><body>{}</body></html>'


def test_a_document_with_our_own_font() -> None:
    font = "static:/kern/fonts/fira-sans/FiraSans-Regular.woff2"
    style = f"<style>@font-face {{ font-family: F; src: url({font}); }} p {{ font-family: F; }}</style>"
    with_font, without = (pdf_of(PAGE.format(f"{part}<p>Grüße</p>")) for part in (style, ""))
    assert with_font.startswith(b"%PDF-1.7")
    assert with_font != without


def test_a_document_with_a_photo_that_is_handed_in() -> None:
    page = PAGE.format('<p><img alt="Tür" src="foto:/7f"></p>')
    assert b"/DCTDecode" in pdf_of(page, photos={"7f": jpeg()})
    with pytest.raises(NothingFromOutside):
        pdf_of(page, photos={"8f": jpeg()})


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "file:///etc/hostname",
        "static:/../pyproject.toml",
        "static:/gibt/es/nicht.png",
    ],
)
def test_a_document_fetches_nothing_else(address: str) -> None:
    with pytest.raises(NothingFromOutside, match="no static file"):
        pdf_of(PAGE.format(f'<p><img alt="x" src="{address}"></p>'))
