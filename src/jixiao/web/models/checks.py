"""Files that are checked at once, without a filing: what was dropped on the first page, and what came of it."""

from typing import ClassVar

from django.db import models

from jixiao.web.models.people import User


class Check(models.Model):
    """What was dropped at one time, by a browser (office mode: its session's key) or a person."""

    owner = models.CharField(max_length=64, blank=True, db_index=True)  # a random key kept in the session
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="checks")
    scheme = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class CheckedFile(models.Model):
    """One file of a check, also one inside a zip: where the work on it stands, and what came of it."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "等待"
        WORKING = "working", "正在识读"
        DONE = "done", "已检查"
        FAILED = "failed", "读不了"

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=80)  # of the file as kept (`files.keep`)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message = models.TextField(blank=True)  # why it can't be read and what to do
    record = models.TextField(blank=True)  # the papers as JSON, with what was settled in them
    layout = models.TextField(blank=True)  # the page as it looks, as JSON (`model.layout_json`)
    review = models.TextField(blank=True)  # a list, as JSON, of the reviews in which the file has a paper
    summary = models.JSONField(default=dict)  # what the list of papers shows
    seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they were dropped."""

        ordering: ClassVar = ["check_of", "number"]

    def __str__(self) -> str:
        return self.name


class CheckedPage(models.Model):
    """A page of a file that has pages, as a picture; width and height in points, as boxes of places are."""

    file = models.ForeignKey(CheckedFile, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.DecimalField(max_digits=9, decimal_places=2)
    height = models.DecimalField(max_digits=9, decimal_places=2)
    mime = models.CharField(max_length=20)
    digest = models.CharField(max_length=80)  # of the picture as kept (`files.keep`)

    class Meta:
        """In their order."""

        ordering: ClassVar = ["file", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="checked_page_once")]

    def __str__(self) -> str:
        return f"{self.file} 第 {self.number} 页"


class Settlement(models.Model):
    """A doubt of reading that a person settled, or a finding that was taken or not, in a checked file."""

    file = models.ForeignKey(CheckedFile, models.CASCADE, related_name="settlements")
    finding = models.CharField(max_length=80, blank=True)  # the finding's id; empty where a doubt was settled
    paper = models.PositiveIntegerField(default=0)  # the paper's number in its file
    field = models.CharField(max_length=200, blank=True)
    doubt = models.TextField(blank=True)  # what was doubtful
    was = models.TextField(blank=True)  # how it had been read
    value = models.TextField(blank=True)  # the reading that holds, as typed or chosen
    accepted = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.finding or self.doubt
