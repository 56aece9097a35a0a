"""What is done with each file of a folder that becomes a lake: one pure function, for every engine.

The processes of this machine and the executors of Spark both call `rows_of_file`: it takes a name and bytes, returns
record batches, keeps nothing and needs no engine, so that a lake can't depend on who made it. Needs the extra `batch`.
"""

from jixiao.api.faults import not_a_paper, went_wrong
from jixiao.api.judging import choose, review
from jixiao.api.reading import read_papers
from jixiao.batch.taken import Batches, batches_of, refusal
from jixiao.errors import JixiaoError
from jixiao.model.filing import file_together
from jixiao.model.reading import Filing
from jixiao.model.review import Review

__all__ = ["Batches", "refusal", "rows_of_file"]


def rows_of_file(name: str, data: bytes, scheme: str | None = None) -> Batches:
    """Read, score and audit the papers of a file; never raises: what can't be read is a row of `refused`.

    Args:
        name: the file's name relative to the folder that is taken in, its steps parted by /.
        data: its bytes.
        scheme: the rule-book of all its filings; None chooses each one's own.

    Returns:
        a record batch for each table of the lake. Papers are put together within the file: what lies in another file
        belongs to another filing.
    """
    try:
        readings = read_papers(data, name=name)
        strange = not_a_paper(name, readings)
        if strange:
            return refusal(name, strange)
        return batches_of(name, [_reviewed(filing, scheme) for filing in file_together(readings)])
    except JixiaoError as error:
        return refusal(name, " ".join(str(error).split()))
    except Exception as error:  # noqa: BLE001 - the other files still have to be taken in
        return refusal(name, went_wrong(name, error))


def _reviewed(filing: Filing, scheme: str | None) -> Review:
    return review(filing, choose(filing, scheme))
