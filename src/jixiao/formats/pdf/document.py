"""A PDF opened: its pages one after the other, or the sentence why not."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal, too_much

DAMAGED = "PDF 文件不完整或已损坏，内容读不通"
AGAIN = "请重新下载、重新导出或重新保存后再试"
FILLED_IN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
NOTES = "jixiao-notes"  # the name of the hidden annotation that tells a page of notes from the paper's own
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


def is_notes(page: PdfPage) -> bool:
    """Tell a page that holds notes on the others."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), LIMITS.page_objects)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        named = _string(annotation, b"NM")
        pdfium.FPDFPage_CloseAnnot(annotation)
        if named == NOTES:
            return True
    return False


def _string(annotation: Any, key: bytes) -> str:  # noqa: ANN401 - a handle of the library
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 0 < size <= 2 * (len(NOTES) + 1):
        return ""
    text = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, text, size)
    return bytes(text).decode("utf-16-le", "replace").rstrip("\0")
