"""Read from the environment how requests leave this machine: by which proxies, trusting whom."""

import ipaddress
import ssl
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from storyboard.diagnostics import Code
from storyboard.provider import NotReady

BAD_NETWORK = Code("SB823")
_SCHEMES = ("http", "https", "socks5", "socks5h")
_TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


class BadNetwork(NotReady):
    """A setting of the environment with which no request can be sent."""

    def __init__(self, name: str, why: str, advice: str) -> None:
        super().__init__(
            BAD_NETWORK,
            f"{name} cannot be used: {why}",
            f"{advice}, or unset {name}; nothing was sent",
        )


@dataclass(frozen=True, slots=True)
class Network:
    """Proxies by the scheme of an address (`http`, `https`, `all`), and hosts that need none.

    `no_proxy` is as the variable has it: a comma between names, `*` for all. `trust` None is what
    httpx trusts by itself.
    """

    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str = ""
    trust: ssl.SSLContext | None = None

    def proxy(self, url: httpx.URL) -> str | None:
        """Return the proxy for an address. An address of this machine never has one."""
        if is_loopback(url.host) or not self.proxies:
            return None
        if any(_is_under(url, name) for name in self.no_proxy.split(",")):
            return None
        return self.proxies.get(url.scheme) or self.proxies.get("all")


def _is_under(url: httpx.URL, name: str) -> bool:
    """Tell whether an address is of a host, or below one, that a list without proxies names."""
    bare = name.strip().lower().lstrip("*.")
    if not bare:
        return "*" in name
    hosts = (url.host, f"[{url.host}]", url.netloc.decode("ascii"))
    return any(host == bare or host.endswith(f".{bare}") for host in hosts)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this very machine, by its name or number alone."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def network_of(environment: Mapping[str, str]) -> Network:
    """Read the network's settings, and see that a client can be opened with them.

    If the environment names no proxy, the system's own setting is used, on systems that have one.

    Raises:
        BadNetwork: where one cannot be used.
    """
    proxies = {}
    for scheme in ("http", "https", "all"):
        name, value = _variable(environment, f"{scheme}_proxy")
        if value:
            proxies[scheme] = _proxy(name, value)
    _, no_proxy = _variable(environment, "no_proxy")
    return Network(proxies or _system_proxies(), no_proxy, _trust(environment))


def _variable(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """Return a variable's name and value; the name in small letters wins, as everywhere."""
    for spelled in (name, name.upper()):
        if environment.get(spelled, "").strip():
            return spelled, environment[spelled].strip()
    return name, ""


def _proxy(name: str, value: str) -> str:
    """Return a proxy's address. What is wrong with it is said without the password in it."""
    address = value if "://" in value else f"http://{value}"
    schemes = "begin it with http://, https://, socks5:// or socks5h://"
    scheme = address.partition("://")[0].lower()
    if scheme not in _SCHEMES:
        raise BadNetwork(name, f"a proxy's address cannot begin with {scheme!r}://", schemes)
    try:
        url = httpx.URL(address)
        usable = bool(url.host) and not any(one.isspace() for one in address)
        httpx.AsyncHTTPTransport(proxy=address, verify=False)
    except ImportError:
        advice = "install the package socksio"
        raise BadNetwork(name, "a SOCKS proxy needs the package socksio", advice) from None
    except (httpx.InvalidURL, ValueError, UnicodeError):
        usable = False
    if not usable:
        raise BadNetwork(name, "it is not the address of a proxy", f"{schemes} and a host")
    return address


def _trust(environment: Mapping[str, str]) -> ssl.SSLContext:
    """Make the TLS settings: what httpx trusts, or the authorities that a variable names."""
    names = [name for name in _TRUST if environment.get(name)]
    try:
        for name in names:
            _check_there(name, environment[name])
        if "SSL_CERT_FILE" in names:
            return ssl.create_default_context(cafile=environment["SSL_CERT_FILE"])
        if "SSL_CERT_DIR" in names:
            return ssl.create_default_context(capath=environment["SSL_CERT_DIR"])
        return httpx.create_ssl_context(trust_env=False)
    except OSError as error:  # also what is not a certificate
        name = names[0] if names else "SSL_CERT_FILE"
        why = f"{environment.get(name, '')!r}: {error.strerror or error}"
        raise BadNetwork(name, why, "name a file of certificates that can be read") from error


def _check_there(name: str, path: str) -> None:
    if name == "SSLKEYLOGFILE":
        with Path(path).open("ab"):  # Python opens it for each TLS context
            return
    if name == "SSL_CERT_DIR" and not Path(path).is_dir():
        # OpenSSL says nothing of a folder that is not there, and trusts nobody.
        raise BadNetwork(name, f"{path!r} is not a folder", "name a folder of certificates")


def _system_proxies() -> Mapping[str, str]:
    """Return the proxies of the system's own settings, where there are any."""
    if sys.platform == "darwin":
        return urllib.request.getproxies_macosx_sysconf()
    if sys.platform == "win32":
        return urllib.request.getproxies_registry()
    return {}
