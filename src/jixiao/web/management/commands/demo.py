"""Fills an empty database with the made-up county 青禾县, to try everything with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jixiao.web import years
from jixiao.web.demo.county import PASSWORD
from jixiao.web.demo.playing import Wish, cast, make, standing
from jixiao.web.models import Submission


class Command(BaseCommand):
    """`manage.py demo [--filings N] [--seed S]`."""

    help = "在空数据库中建立演示用的青禾县：部门、单位、人员和各状态的自评材料（内容均为虚构）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many filings, of which year, by which seed."""
        parser.add_argument(
            "--filings", type=int, default=0, help="材料总数，如 50000（3000 个单位）；不写则约 100 份"
        )
        parser.add_argument("--year", type=int, default=None, help="年度；不写则为现在办理的年度")
        parser.add_argument("--seed", type=int, default=1, help="同一个数得到同样的内容")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Make it, and print who can log in."""
        if standing():
            raise CommandError(
                "数据库里已有单位或人员，没有改动。请换一个空的数据目录（JIXIAO_HOME）或空的数据库后再试。"
            )
        year = options["year"] or years.usual()
        made = make(Wish(year, timezone.now(), options["seed"], options["filings"]))
        self.stdout.write(
            f"青禾县已建好：{year} 年度 {Submission.objects.filter(year=year).count()} 份材料（均为虚构）。"
        )
        self.stdout.write(f"下列人员的密码都是 {PASSWORD}\n")
        for username, name, where in cast(made):
            self.stdout.write(f"  {username:<10} {name}（{where}）\n")
        self.stdout.write(
            "其他单位：填报人 c、负责人 h、部门审核 d 加单位编码（见“单位”）。需按县级方式运行：JIXIAO_MODE=county。"
        )
