"""Which URLs may be asked, and which network addresses they may lead to."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import httpx

from .failure import FetchFailed, Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_OTHER = "Leave it out with `exclude` in spec/api.toml, or make that site the index of its own project."


def parse(href: str, base: str = "") -> str:
    """The URL that a reference stands for, in one spelling: absolute, without fragment.

    Raises:
        Refused: It is no http(s) URL, or carries a user name or password.
    """
    if len(href) > 2000 or re.search(r"[\x00-\x20\x7f\\]", href):
        raise Refused(f"{href[:100]!r} is no URL.", "Correct the link, or leave it out.")
    try:
        url = httpx.URL(urljoin(base, href)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise Refused(f"{href[:100]!r} is no URL.", "Correct the link, or leave it out.") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused(f"{href[:100]!r} is no http or https URL.", "Use the page's web address.")
    if url.userinfo:
        raise Refused(f"The URL on {url.host} carries a user name or password.", "Remove it from the URL.")
    return str(url)


def origin(url: str) -> str:
    """Scheme, host and port of a URL: what is meant by one site."""
    return str(httpx.URL(url).copy_with(raw_path=b"/", fragment=None)).rstrip("/")


def same_site(url: str, site: str) -> None:
    """Nothing, when the URL is on the site.

    Raises:
        Refused: It leads to another scheme, host or port.
    """
    if origin(url) != origin(site):
        raise Refused(f"{url} leaves the site {origin(site)}.", _OTHER)


def resolve(url: str) -> tuple[str, ...]:
    """The network addresses of a URL's host; empty where a proxy is in charge of finding them.

    A person may name a local address (`http://localhost:8000/llms.txt`). A name that merely resolves to one is
    refused, as whoever owns the name could point it at a service of this machine.

    Raises:
        FetchFailed: The host is unknown, or its address is none of a documentation site.
    """
    host, port = httpx.URL(url).host, httpx.URL(url).port or 0
    if _proxied(url):
        return ()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(f"The host {host} is unknown.", "Check the URL and the network.") from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not _allowed(ipaddress.ip_address(address.partition("%")[0]), host):
            raise FetchFailed(f"The host {host} has the address {address}, which is no site's.", "Check the URL.")
    return addresses


def _allowed(address: Address, host: str) -> bool:
    inner = _embedded(address)
    if inner is not None:
        return _allowed(inner, host) and inner.is_global
    if address.is_multicast or address.is_unspecified:
        return False
    if address.is_link_local or address.is_loopback:
        return _is_local_name(host)
    return True


def _is_local_name(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 address that only carries one."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _proxied(url: str) -> bool:
    scheme, host = httpx.URL(url).scheme, httpx.URL(url).host
    proxies = getproxies()
    return (scheme in proxies or "all" in proxies) and not proxy_bypass(host)
