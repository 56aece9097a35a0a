"""A PDF opened: its pages one after the other, or the sentence why not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal, too_much

DAMAGED = "PDF 文件不完整或已损坏，内容读不通"
AGAIN = "请重新下载、重新导出或重新保存后再试"
FILLED_IN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
LARGEST = 14_400  # points: no page may be larger, says the format


@contextmanager
def opened(data: bytes, name: str) -> Iterator[PdfDocument]:
    """Open a PDF, and close it in the end.

    Raises:
        UnreadableError: damaged, a password is needed, or too many pages.
    """
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise _refused(error, name) from error
    try:
        if len(document) > LIMITS.pages:
            raise too_much(name, "PDF 的页")
        yield document
    finally:
        document.close()


def _refused(error: PdfiumError, name: str) -> UnreadableError:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return refusal(name, "PDF 文件有密码保护，打开要输入密码", "请去掉打开密码后另存再试")
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return refusal(name, "PDF 文件的加密方式不认识", "请去掉加密后另存再试")
    return refusal(name, DAMAGED, AGAIN)


def page_at(document: PdfDocument, index: int) -> PdfPage | None:
    """Load a page, what was filled into its form fields drawn on it; None when it is damaged or without size."""
    try:
        page = document[index]
        if (
            _is_filled_in(page)
            and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
        ):
            page.close()
            page = document[index]
        left, bottom, right, top = page.get_bbox()
    except PdfiumError:
        return None
    if not (1 < right - left <= LARGEST and 1 < top - bottom <= LARGEST):
        page.close()
        return None
    return page


def _is_filled_in(page: PdfPage) -> bool:
    for n in range(min(pdfium.FPDFPage_GetAnnotCount(page), LIMITS.page_objects)):
        annotation = pdfium.FPDFPage_GetAnnot(page, n)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in FILLED_IN:
            return True
    return False
