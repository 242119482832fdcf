"""PDFs from templates: tagged (PDF/UA-1), in German, with the portal's own fonts and nothing from outside.

What has to last is PDF/A-3a as well; WeasyPrint knows one variant at a time, so the other's line is added.
"""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import translation

SCHEME, PHOTO_SCHEME = "static:/", "foto:/"
Photos = Mapping[str, bytes]
"""JPEGs by the name under which a template has them: `foto:/name`."""
Finisher = Callable[[Any, Any], None]
"""Draws into WeasyPrint's document and its PDF before that is written."""
UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""What PDF/UA asks for, with the schema that PDF/A wants of whatever it does not know itself."""


class NothingFromOutside(Exception):
    """A document names an address that is neither a static file of ours nor a photo handed in with it."""


def render_pdf(template: str, context: dict[str, Any], *, photos: Photos | None = None) -> bytes:
    """A document whose template names static files as `static:/path`, and photos that are handed in as
    `foto:/name`; raises NothingFromOutside.

    Takes 0.1 to 0.4 s; the first one in a process a second longer.
    """
    with translation.override("de"):
        return pdf_of(render_to_string(template, context), photos=photos)


def pdf_of(html: str, *, photos: Photos | None = None, finisher: Finisher | None = None) -> bytes:
    return _written(html, photos=photos, pdf_variant="pdf/ua-1", finisher=finisher)


def archive_pdf_of(html: str, *, photos: Photos | None = None) -> bytes:
    """PDF/UA-1 and PDF/A-3a. Not compressed: the last byte of what is can look like a line's end, and a
    strict reader then miscounts."""
    return _written(
        html, photos=photos, pdf_variant="pdf/a-3a", finisher=_say_accessible, uncompressed_pdf=True
    )


def _written(html: str, *, photos: Photos | None, **options: Any) -> bytes:
    from weasyprint import HTML  # half a second, which only processes that print should pay
    from weasyprint.urls import FatalURLFetchingError

    document = HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher_class()(photos or {}))
    try:
        pdf: bytes = document.write_pdf(**options)
    except FatalURLFetchingError as error:
        raise NothingFromOutside(str(error)) from error
    return pdf


def _say_accessible(_document: Any, pdf: Any) -> None:
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    whole = b"".join(metadata.stream)
    metadata.stream = [whole.replace(b"</rdf:RDF>", UA_METADATA + b"</rdf:RDF>", 1)]


@cache
def _fetcher_class() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OursOnly(URLFetcher):  # type: ignore[misc]
        """Anything else ends the rendering: a page must not fetch what a text in it names."""

        def __init__(self, photos: Photos) -> None:
            super().__init__()
            self.photos = photos

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith(PHOTO_SCHEME) and (photo := self.photos.get(url.removeprefix(PHOTO_SCHEME))):
                return URLFetcherResponse(url, body=photo)
            file = _static_file(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if file is None:
                raise FatalURLFetchingError(f"no static file: {url}")
            return URLFetcherResponse(url, body=_font(file) if file.suffix == ".woff2" else file.read_bytes())

    return OursOnly


@cache
def _font(file: Path) -> bytes:
    """Unpacked: WeasyPrint would do it for every document, which takes longer than most documents do."""
    from fontTools.ttLib import woff2

    unpacked = BytesIO()
    with file.open("rb") as packed:
        woff2.decompress(packed, unpacked)
    return unpacked.getvalue()


def _static_file(name: str) -> Path | None:
    """Where `collectstatic` has put it, or where it comes from while nothing is collected."""
    if ".." in name:
        return None
    if settings.STATIC_MANIFEST:
        stored: str = staticfiles_storage.stored_name(name)  # type: ignore[attr-defined]
        return Path(staticfiles_storage.path(stored))
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None
