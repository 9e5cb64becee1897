"""How many workers there are to be, and when none may be forked."""

import pytest

from site_gen.workers import fork

pytestmark = pytest.mark.any_version


def test_a_process_with_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork.threading, "active_count", lambda: 1)
    assert fork.can_fork()
    monkeypatch.setattr(fork.threading, "active_count", lambda: 2)
    assert not fork.can_fork()
