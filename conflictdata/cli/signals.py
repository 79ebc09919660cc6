"""Signals that ask the program to end: it ends as after Ctrl-C, and leaves nothing half done behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

_ASKING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C and its like; Windows has no SIGHUP."""

_BEFORE = (signal.SIG_DFL, signal.default_int_handler)
"""What they do where nobody has said otherwise."""


class AskedToEnd(KeyboardInterrupt):
    """A signal has come; whatever cleans up after an interrupt cleans up after this."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def ended_by_signals() -> Iterator[list[int]]:
    """Within this, a signal that would end the program at once raises `AskedToEnd`; what is ignored stays ignored.

    Gives the list in which the signal is noted: compiled code that is interrupted may make another error of it.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # no other may say what a signal does
        yield came
        return
    ours = {number: before for number in _ASKING if (before := signal.getsignal(number)) in _BEFORE}

    def end(number: int, _: Any) -> NoReturn:
        came.append(number)
        for each in ours:  # a second one must not disturb the cleaning up after the first, but for Ctrl-C
            signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_IGN)
        raise AskedToEnd(number)

    for number in ours:
        signal.signal(number, end)
    try:
        yield came
    finally:
        for number, before in ours.items():
            signal.signal(number, before)


def status_after(interrupt: BaseException) -> int:
    """The exit status after an interrupt, or what click makes of one: 128 and the number of the signal."""
    asked = interrupt if isinstance(interrupt, AskedToEnd) else interrupt.__cause__
    return 128 + (asked.number if isinstance(asked, AskedToEnd) else signal.SIGINT)
