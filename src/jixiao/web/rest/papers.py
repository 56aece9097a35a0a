"""Papers, without keeping them: read, scored, checked, written, as the command line does it."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, UploadedFile

from jixiao import api
from jixiao.api.faults import not_a_paper
from jixiao.errors import UnknownNameError, UnreadableError
from jixiao.model.reading import Reading
from jixiao.telling.answers import findings_of, papers_read, papers_scored
from jixiao.web.checked.judging import judged
from jixiao.web.rest.keys import Key
from jixiao.web.rest.shapes import Fault, Findings, Keys, PapersRead, PapersScored

router = Router(tags=["材料"], auth=Key("papers"))
_FAULTS = {401: Fault, 413: Fault, 422: Fault, 429: Fault, 503: Fault}
_MOST = 50  # files in one request
Files = Annotated[list[UploadedFile], File(description="材料，一份或几份；压缩包请先解开")]
SchemeId = Annotated[str, Form(max_length=80, description="评分口径；不写则自行选用")]


@router.post("/read", response={200: PapersRead, **_FAULTS}, operation_id="read", url_name="read")
def read(request: HttpRequest, files: Files) -> Keys:  # noqa: ARG001 - a view's signature
    """读出材料里写了什么，各在哪里，哪些读得不确定。"""
    return dict(papers_read(_readings(files)))


@router.post("/score", response={200: PapersScored, **_FAULTS}, operation_id="score", url_name="score")
def score(request: HttpRequest, files: Files, scheme: SchemeId = "") -> Keys:  # noqa: ARG001 - a view's signature
    """按评分口径重新计分，列出每一步和依据。"""
    filings = api.file_together(_readings(files))
    return dict(papers_scored(one for filing in filings for one in api.score_papers(filing, scheme or None)))


@router.post("/check", response={200: Findings, **_FAULTS}, operation_id="check", url_name="check")
def check(request: HttpRequest, files: Files, scheme: SchemeId = "") -> Keys:  # noqa: ARG001 - a view's signature
    """查出材料里的问题：在哪里，依据是什么，怎么改。"""
    answer: Keys = dict(findings_of(judged(_readings(files), scheme or None)))
    return {**answer, "findings": list(answer["findings"])}


@router.post("/write", response={200: bytes, **_FAULTS}, operation_id="write", url_name="write")
def write(
    request: HttpRequest,  # noqa: ARG001 - a view's signature
    files: Files,
    paper: Annotated[str, Form(max_length=40, description="写哪一种，如 selfeval_table、scoring_form")],
    to: Annotated[str, Form(max_length=8, description="xlsx docx pdf html text")],
    form: Annotated[str, Form(max_length=20, description="表样，如 F-10；不写则用材料自己的")] = "",
) -> HttpResponse:
    """把材料写成正式的表。一次写一份：材料里有几份时写第一份写得成的。"""
    said = "这些材料里没有可以写出的。"
    for reading in _readings(files):
        try:
            made = api.render(reading.record, paper=paper, form=form or None, format=to)
        except UnknownNameError as error:
            said = str(error)
        else:
            return HttpResponse(made, content_type="application/octet-stream")
    raise UnknownNameError(said)


def _readings(files: Sequence[UploadedFile]) -> list[Reading]:
    """Return the papers of all files.

    Raises:
        UnreadableError: one can't be read, or holds no paper; nothing is answered for the others then.
    """
    if len(files) > _MOST:
        raise UnreadableError(f"一次最多 {_MOST} 份文件：请分几次发送。")
    found: list[Reading] = []
    for number, file in enumerate(files, 1):
        name = file.name or f"文件{number}"
        readings = api.read_papers(file.read(), name=name)
        if said := not_a_paper(name, readings):
            raise UnreadableError(said)
        found += readings
    return found
