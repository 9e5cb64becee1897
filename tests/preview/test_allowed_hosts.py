import pytest

from site_gen.preview.allowed_hosts import admit, is_loopback, own_hosts, shown_host
from site_gen.preview.request import Request, RequestError

OURS = own_hosts("127.0.0.1", 8000)


def asked(host: str = "127.0.0.1:8000", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("GET", "/", {"host": host} | named)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LocalHost:8000", "[::1]:8000"]
)
def test_our_own_names_are_admitted(host: str) -> None:
    admit(asked(host), OURS)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1",
        "127.0.0.1:80",
        "evil.example:8000",
        "127.0.0.1.nip.example:8000",
        "localhost.:8000",
        "localhost:8000:8000",
        "127.1:8000",
        "0:8000",
        "localhost:08000",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    with pytest.raises(RequestError) as refused:
        admit(asked(host), OURS, "127.0.0.1:8000")
    assert refused.value.status == 421


def test_a_request_without_host_is_refused() -> None:
    with pytest.raises(RequestError):
        admit(Request("GET", "/", {}), OURS)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "https://127.0.0.1:8000",
        "http://localhost:8000",
        "http://127.0.0.1",
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:80001",
        "",
    ],
)
def test_other_origins_are_refused(origin: str) -> None:
    with pytest.raises(RequestError) as refused:
        admit(asked(origin=origin), OURS)
    assert refused.value.status == 403


def test_our_own_origin_is_admitted() -> None:
    admit(asked(origin="http://127.0.0.1:8000"), OURS)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_link_but_not_load(site: str) -> None:
    admit(asked(sec_fetch_site=site, sec_fetch_mode="navigate", sec_fetch_dest="document"), OURS)
    for mode, dest in [("no-cors", "script"), ("navigate", "iframe"), ("cors", "empty")]:
        with pytest.raises(RequestError):
            admit(asked(sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=dest), OURS)


def test_a_server_on_all_addresses_answers_to_the_address_it_was_reached_at() -> None:
    everywhere = own_hosts("0.0.0.0", 8000)
    admit(asked("192.0.2.7:8000"), everywhere, "192.0.2.7:8000")
    with pytest.raises(RequestError):
        admit(asked("192.0.2.8:8000"), everywhere, "192.0.2.7:8000")


def test_loopback_is_known() -> None:
    assert [is_loopback(h) for h in ("127.0.0.1", "127.9.9.9", "::1", "localhost")] == [True] * 4
    assert [is_loopback(h) for h in ("0.0.0.0", "::", "192.0.2.1", "example.org")] == [False] * 4


def test_an_address_for_all_is_shown_as_one_that_opens() -> None:
    assert shown_host("0.0.0.0") == "127.0.0.1"
    assert shown_host("::1") == "[::1]"


def test_port_80_needs_no_port() -> None:
    assert {"localhost", "localhost:80"} <= own_hosts("127.0.0.1", 80)
