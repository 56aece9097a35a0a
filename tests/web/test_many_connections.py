"""The server as browsers meet it: many of them keep connections open and do nothing."""

import socket
from contextlib import ExitStack

import pytest
import requests

from tests.web.faults import Site

BROWSERS = 300


@pytest.mark.slow
def test_those_who_only_keep_a_page_open_keep_nobody_out(tmp_path) -> None:
    site = Site(tmp_path, "")
    site.run("jixiao.web", "migrate", "-v0")
    site.start()
    try:
        site.ready()
        with ExitStack() as idle:
            for _ in range(BROWSERS):
                one = idle.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
                one.sendall(b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert one.recv(15) == b"HTTP/1.1 200 OK"
            assert requests.get(f"{site.address}/health/", timeout=10).status_code == 200
    finally:
        site.kill()
