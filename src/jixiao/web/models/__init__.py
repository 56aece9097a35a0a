"""The tables. What a paper says is never spread over columns: it stays the record, as JSON, in `Revision`."""

from jixiao.web.models.allowances import Allowance
from jixiao.web.models.checks import Check, CheckedFile, CheckedPage, Settlement
from jixiao.web.models.evidence import Attachment
from jixiao.web.models.filings import Beginning, Draft, Found, Presence, Project, Revision, Submission
from jixiao.web.models.follow_up import Judgement, Objection, Rectification
from jixiao.web.models.jobs import Job
from jixiao.web.models.log import LogEntry, LogHead
from jixiao.web.models.notices import Notice, SavedView
from jixiao.web.models.people import Membership, Organization, User
from jixiao.web.models.publication import Disclosure
from jixiao.web.models.rechecks import Assignment, Recheck
from jixiao.web.models.reckonings import Reckoning
from jixiao.web.models.tokens import Token
from jixiao.web.models.years import Deadline

__all__ = [
    "Allowance", "Assignment", "Attachment", "Beginning", "Check", "CheckedFile", "CheckedPage", "Deadline",
    "Disclosure", "Draft", "Found", "Job", "Judgement", "LogEntry", "LogHead", "Membership", "Notice", "Objection",
    "Organization", "Presence", "Project", "Recheck", "Reckoning", "Rectification", "Revision", "SavedView",
    "Settlement", "Submission", "Token", "User",
]  # fmt: skip
