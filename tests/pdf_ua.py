"""Whether a PDF can be read by somebody who does not see it, by the rules of PDF/UA-1."""

from page import validate_pdf_bytes


def faults_of_pdf(pdf: bytes) -> list[str]:
    """Rule and message of each fault that a machine can find; what needs eyes it does not judge."""
    report = validate_pdf_bytes(pdf, profile="ua1")
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures]
