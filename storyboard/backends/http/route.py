"""Send requests straight or by a proxy, and hand on answers that httpx acts upon in no way."""

import httpx

from storyboard.backends.http.network import Network

LOCATION = "storyboard.location"
"""The extension of an answer that says where it redirects to, as it was said."""

_ACTED_UPON = ("location", "set-cookie")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Plain(httpx.AsyncBaseTransport):
    """A transport whose answers neither redirect nor set cookies.

    httpx reads the address of a redirect even where it is to follow none, and raises for one that
    it does not understand: after the answer, and with errors that look as if nothing was sent.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; what httpx would act upon is taken out of the answer's head."""
        response = await self._inner.handle_async_request(request)
        location = response.headers.get("location")
        if location is not None:
            response.extensions[LOCATION] = location
        for name in _ACTED_UPON:
            response.headers.pop(name, None)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class Routed(httpx.AsyncBaseTransport):
    """Connections straight to a host, or by the proxy that the network's settings name for it."""

    def __init__(self, network: Network, limits: httpx.Limits) -> None:
        self._network = network
        trust = network.trust if network.trust is not None else True
        self._straight = httpx.AsyncHTTPTransport(verify=trust, trust_env=False, limits=limits)
        self._by_proxy = {
            proxy: httpx.AsyncHTTPTransport(
                verify=trust, trust_env=False, limits=limits, proxy=proxy
            )
            for proxy in dict.fromkeys(network.proxies.values())
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        proxy = self._network.proxy(request.url)
        route = self._straight if proxy is None else self._by_proxy[proxy]
        return await route.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        for one in (self._straight, *self._by_proxy.values()):
            await one.aclose()


def location_of(response: httpx.Response) -> str | None:
    """Return where an answer redirects to; None where it does not."""
    location = response.extensions.get(LOCATION)
    return str(location) if response.status_code in _REDIRECTS and location is not None else None
