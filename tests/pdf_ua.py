"""Whether a PDF can be read by somebody who does not see it, by the rules of PDF/UA-1, and how long it is."""

from page import PdfDocument, validate_pdf_bytes


def faults_of_pdf(pdf: bytes, *, profile: str = "ua1") -> list[str]:
    """Rule and message of each fault that a machine can find; what needs eyes it does not judge."""
    report = validate_pdf_bytes(pdf, profile=profile)
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures]


def pages_of(pdf: bytes) -> int:
    return int(PdfDocument(pdf).page_count)
