"""On PYTHONPATH: Python writes down every attempt to reach another machine in HANDOFF_TEST_ATTEMPTS, and refuses it."""

import os
import socket
from pathlib import Path


def _refused(what: str) -> None:
    with Path(os.environ["HANDOFF_TEST_ATTEMPTS"]).open("a", encoding="utf-8") as attempts:
        attempts.write(f"{what}\n")
    raise OSError(f"a test has cut the network: {what}")


if "HANDOFF_TEST_ATTEMPTS" in os.environ:
    _connect = socket.socket.connect

    def _guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refused(f"connect {address}")
        return _connect(self, address)

    socket.socket.connect = _guarded
    for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, _name, lambda *given, _name=_name, **_: _refused(f"{_name} {given[:1]}"))
