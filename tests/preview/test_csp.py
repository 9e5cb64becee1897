import pytest

from site_gen.preview.csp import amend


@pytest.mark.parametrize(
    ("policy", "amended"),
    [
        ("default-src 'self'; style-src 'self'", "default-src 'self'; style-src 'self'"),
        (
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self';"
            " script-src-elem 'self'; connect-src 'self'; worker-src 'self'",
        ),
        (
            "default-src 'self'; script-src 'none'",
            "default-src 'self'; script-src 'none'; script-src-elem 'self'; worker-src 'self'",
        ),
        (
            "default-src 'self'; script-src https://a.example",
            "default-src 'self'; script-src https://a.example;"
            " script-src-elem https://a.example 'self'; worker-src https://a.example 'self'",
        ),
        ("img-src *", "img-src *"),
        (
            "connect-src 'none', default-src",
            "connect-src 'self',"
            " default-src; script-src-elem 'self'; connect-src 'self'; worker-src 'self'",
        ),
    ],
)
def test_our_own_origin_is_added_where_it_is_shut_out(policy: str, amended: str) -> None:
    assert amend(policy) == amended


def test_nothing_but_our_own_origin_is_ever_added() -> None:
    policy = "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    words = set(amend(policy).replace(";", "").split()) - set(policy.replace(";", "").split())
    assert words == {"script-src-elem", "connect-src", "worker-src", "'self'"}
