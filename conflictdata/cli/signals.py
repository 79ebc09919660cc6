"""Signals that ask the program to end: it ends as after Ctrl-C, and leaves nothing half done behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

_ASKING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Beside Ctrl-C, which Python itself turns into an exception; Windows has no SIGHUP."""


class AskedToEnd(KeyboardInterrupt):
    """A signal has come; whatever cleans up after an interrupt cleans up after this."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within this, a signal that would end the program at once raises `AskedToEnd`; what is ignored stays ignored."""
    if threading.current_thread() is not threading.main_thread():  # no other may say what a signal does
        yield
        return
    ours = [number for number in _ASKING if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _: Any) -> NoReturn:
        for each in ours:  # a second one must not disturb the cleaning up after the first
            signal.signal(each, signal.SIG_IGN)
        raise AskedToEnd(number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def status_after(interrupt: BaseException) -> int:
    """The exit status after an interrupt, or what click makes of one: 128 and the number of the signal."""
    asked = interrupt if isinstance(interrupt, AskedToEnd) else interrupt.__cause__
    return 128 + (asked.number if isinstance(asked, AskedToEnd) else signal.SIGINT)
