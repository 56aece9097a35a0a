"""A lake made of papers, shard by shard: what stands, what is written, when it is whole. Needs the extra `batch`."""

from jixiao.batch.shards import (
    Note,
    Seen,
    Shard,
    Taken,
    begin,
    digest,
    finish,
    is_finished,
    must_be_ours,
    parts_in,
    refused,
    shards_of,
    standing,
    write_shard,
)

__all__ = [
    "Note", "Seen", "Shard", "Taken", "begin", "digest", "finish", "is_finished", "must_be_ours", "parts_in",
    "refused", "shards_of", "standing", "write_shard",
]  # fmt: skip
