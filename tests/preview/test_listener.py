import pytest

from site_gen.preview.listener import bind, connection_limit


def test_a_taken_port_is_climbed_over() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with bind("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


def test_an_address_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(OSError, match="assign"):
        bind("192.0.2.1", 8000)


def test_there_is_room() -> None:
    assert connection_limit() >= 16
