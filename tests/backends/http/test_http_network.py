from collections.abc import Mapping
from pathlib import Path

import certifi
import httpx
import pytest

from storyboard.backends.http import BadNetwork, network_of
from storyboard.backends.http.network import is_loopback


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("LocalHost.", True),
        ("x.localhost", True),
        ("128.0.0.1", False),
        ("notlocalhost", False),
        ("localhost.evil.test", False),
        ("127.0.0.1.evil.test", False),
    ],
)
def test_what_this_machine_is_called(host: str, loopback: bool) -> None:  # noqa: FBT001 - a column
    assert is_loopback(host) is loopback


A, B = "http://a.test:1", "socks5h://b.test:2"


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://x.test/", None),
        ({"HTTPS_PROXY": A}, "https://x.test/", A),
        ({"HTTPS_PROXY": A}, "http://x.test/", None),
        ({"HTTP_PROXY": A, "ALL_PROXY": B}, "https://x.test/", B),
        ({"https_proxy": B, "HTTPS_PROXY": A}, "https://x.test/", B),
        ({"HTTPS_PROXY": "a.test:1"}, "https://x.test/", A),
        ({"HTTPS_PROXY": A, "NO_PROXY": "x.test"}, "https://x.test/", None),
        ({"HTTPS_PROXY": A, "NO_PROXY": "y.test, .x.test"}, "https://sub.x.test/", None),
        ({"HTTPS_PROXY": A, "NO_PROXY": "x.test"}, "https://notx.test/", A),
        ({"HTTPS_PROXY": A, "no_proxy": "*"}, "https://x.test/", None),
        ({"HTTPS_PROXY": A, "NO_PROXY": "x.test:8443"}, "https://x.test:8443/", None),
        ({"HTTPS_PROXY": A, "NO_PROXY": ","}, "https://x.test/", A),
        ({"ALL_PROXY": A}, "https://127.0.0.1/", None),
        ({"ALL_PROXY": A}, "http://[::1]:5/", None),
        ({"ALL_PROXY": A}, "http://localhost:5/", None),
    ],
)
def test_which_proxy_an_address_has(
    environment: Mapping[str, str], url: str, proxy: str | None
) -> None:
    assert network_of(environment).proxy(httpx.URL(url)) == proxy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "ftp://proxy.test"),
        ("ALL_PROXY", "socks4://proxy.test:1080"),
        ("HTTPS_PROXY", "http://[::1"),
        ("HTTPS_PROXY", "http://proxy.test:port"),
        ("https_proxy", "http://"),
        ("HTTP_PROXY", "quite wrong"),
        ("SSL_CERT_FILE", "/not/there.pem"),
        ("SSL_CERT_FILE", __file__),
        ("SSL_CERT_DIR", "/not/there"),
        ("SSLKEYLOGFILE", "/not/there/keys.log"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadNetwork) as caught:
        network_of({name: value})
    assert name in caught.value.message
    assert name in caught.value.help


def test_the_password_of_a_proxy_is_not_shown() -> None:
    for value in ("ftp://user:s3cr3t@proxy.test", "http://user:s3cr3t@proxy.test:port"):
        with pytest.raises(BadNetwork) as caught:
            network_of({"ALL_PROXY": value})
        assert "s3cr3t" not in caught.value.message + caught.value.help


def test_certificates_may_be_named(tmp_path: Path) -> None:
    assert network_of({"SSL_CERT_FILE": certifi.where()}).trust is not None
    assert network_of({"SSL_CERT_DIR": str(tmp_path)}).trust is not None


def test_socks_needs_no_extra() -> None:
    assert network_of({"ALL_PROXY": "socks5://127.0.0.1:9"}).proxies == {
        "all": "socks5://127.0.0.1:9"
    }
