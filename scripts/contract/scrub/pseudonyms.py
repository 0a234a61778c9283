"""Values that stand for others: of the same form, the same for the same value everywhere, and never random-looking.

They follow from the value alone, so ids still match across recordings. Nobody can read the value off its pseudonym; who
already has a guess can confirm it, as nothing secret goes into it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection
from urllib.parse import quote, unquote, urlsplit

from . import detect

_TAIL = 8
"""Characters of a pseudonym that tell it from others; those before them only keep the form."""
_VOWELS, _CONSONANTS = "aeiou", "bdfklmnprstv"
_KEY_WORDS = ("sk", "pk", "rk", "whsec", "live", "test", "prod", "proj")
_FIXED = re.compile(r"(?:\d{1,6}|true|false|null|[^\w\s]*)", re.ASCII)


def _numbers(text: str) -> Callable[[int], int]:
    """Numbers below a bound, one after the other, that follow from the text."""
    state = hashlib.sha256(f"pseudonym\0{text}".encode("utf-8", "surrogatepass")).digest()
    left = list(state)

    def following(bound: int) -> int:
        nonlocal state, left
        if len(left) < 2:
            state = hashlib.sha256(state).digest()
            left = list(state)
        return (left.pop() * 256 + left.pop()) % bound

    return following


class Pseudonyms:
    """Pseudonyms for texts.

    Args:
        hosts: Names of hosts that the documents name; they stay in addresses.
        segments: Parts of paths that the documents name; they stay, too.
    """

    def __init__(self, hosts: Collection[str] = (), segments: Collection[str] = ()) -> None:
        self.hosts = frozenset(hosts)
        self.segments = frozenset(segments)
        words = {word for segment in segments for word in detect.words_of(segment)}
        self._made: dict[str, str] = {}
        self._words = frozenset({*words, *(word.removesuffix("s") for word in words), *_KEY_WORDS})
        self._forms: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
            (detect.UUID, _uuid),
            (detect.EMAIL, _email),
            (detect.URL, self.url),
            (detect.JWT, _jwt),
            (detect.E164, _phone),
            (detect.IBAN, lambda text: _iban(text) if detect.is_iban(text) else self._token(text)),
            (detect.IPV4, lambda text: f"192.0.2.{_numbers(text)(256)}"),
        )

    def of(self, text: str) -> str:
        """The pseudonym of a value: an e-mail address of an e-mail address, a UUID of a UUID, words of words."""
        if text not in self._made:
            self._made[text] = self._new(text)
        return self._made[text]

    def _new(self, text: str) -> str:
        for pattern, made in self._forms:
            if pattern.fullmatch(text):
                return made(text)
        if any(char.isspace() for char in text.strip()) or len(text) > 4096:
            return self._prose(text)
        return self._token(text)

    def url(self, text: str) -> str:
        """The address with its host, if the documents name it, and with their parts of paths; nothing else of it."""
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            return "https://example.com/"
        kept = host if host in self.hosts else f"host-{_hex(host)}.example.com" if host else ""
        path = "/".join(self.segment(segment) for segment in parts.path.split("/"))
        pairs = [pair.partition("=") for pair in parts.query.split("&") if pair]
        query = "&".join(f"{self._name(key)}{equals}{self.segment(value)}" for key, equals, value in pairs)
        scheme = parts.scheme if parts.scheme in ("http", "https", "ws", "wss", "ftp", "sip", "s3") else "https"
        return f"{scheme}://{kept}{path}" + (f"?{query}" if query else "")

    def segment(self, text: str) -> str:
        """A part of a path or query, quoted as such."""
        plain = unquote(text)
        if plain in self.segments or re.fullmatch(r"v\d{1,3}|\d{0,6}", plain, re.ASCII):
            return text
        stem, dot, suffix = plain.rpartition(".")
        if dot and re.fullmatch(r"[a-z0-9]{2,4}", suffix) and not detect.EMAIL.fullmatch(plain):
            return f"{quote(self.of(stem), safe='@:')}.{suffix}"
        return quote(self.of(plain), safe="@:")

    def _name(self, key: str) -> str:
        return key if harmless_name(unquote(key)) else self.segment(key)

    def _prose(self, text: str) -> str:
        """Text of several words: what has a form of its own gets its pseudonym, the words become others."""
        following = _numbers(text)
        for pattern in (detect.URL, detect.EMAIL, detect.IBAN, detect.PHONE):
            found = pattern.search(text)
            if found and not detect.is_date(found[0].strip()):
                before, after = text[: found.start()], text[found.end() :]
                plain = detect.E164.fullmatch(found[0]) or pattern is not detect.PHONE
                middle = self.of(found[0]) if plain else _digits(found[0])
                return (self._prose(before) if before else "") + middle + (self._prose(after) if after else "")
        pieces = re.split(r"(\s+)", text)
        return "".join(piece if not piece or piece.isspace() else self._piece(piece, following) for piece in pieces)

    def _piece(self, piece: str, following: Callable[[int], int]) -> str:
        found = re.fullmatch(r"([\"'(\[{<]*)(.*?)([\"')\]}>.,;:!?]*)", piece, re.S)
        before, middle, after = found.groups() if found else ("", piece, "")
        if detect.is_date(middle) or re.fullmatch(r"[\W_]*", middle):
            return piece
        plain = re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", middle)
        return before + (_worded(middle, following) if plain and len(middle) < 20 else self.of(middle)) + after

    def _token(self, text: str) -> str:
        """Text without blanks, each character by its kind: the last ones tell it from others."""
        if _FIXED.fullmatch(text):
            return text
        if text.isalpha() and len(text) < 20:
            return _worded(text, _numbers(text))
        if text.isdecimal():
            return _digits(text)
        found = re.match(r"(?:[a-z]{2,12}[_-]){1,3}(?=.{3})", text)
        prefix = found[0] if found and self._words.issuperset(re.split("[_-]", found[0].rstrip("_-"))) else ""
        return prefix + _by_kind(text[len(prefix) :], _numbers(text))


def harmless_name(name: str) -> bool:
    """Whether a field may be called so without telling anything: a short identifier of words."""
    if not re.fullmatch(r"[A-Za-z_$@][\w.$:@\[\]-]{0,47}", name, re.ASCII) or len(re.findall(r"\d", name)) > 3:
        return False
    return not any(detect.marks(name)) and not detect.EMAIL.search(name)


def _hex(text: str, length: int = _TAIL) -> str:
    return hashlib.sha256(f"pseudonym\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _uuid(text: str) -> str:
    made = f"00000000-0000-4000-8000-0000{_hex(text.lower())}"
    return made.upper() if text.isupper() else made


def _email(text: str) -> str:
    return f"user-{_hex(text.lower())}@example.com"


def _jwt(text: str) -> str:
    return f"eyJhbGciOiJub25lIn0.{'x' * 20}{_hex(text)}." + ("x" * 12 if text.count(".") == 2 else "")


def _phone(text: str) -> str:
    following = _numbers(text)
    rest = max(len(text) - 5, 3)
    return "+1555" + "".join(str(following(10)) for _ in range(rest))[-_TAIL:].rjust(rest, "0")


def _iban(text: str) -> str:
    """An account of the same country that no bank has, with right check digits."""
    plain = text.replace(" ", "")
    body = "".join("0" if char.isdigit() else "X" for char in plain[4:])
    following = _numbers(plain)
    tail = "".join(str(following(10)) if char == "0" else char for char in body[-_TAIL:])
    body = body[:-_TAIL] + tail
    check = 98 - int("".join(str(int(char, 36)) for char in f"{body}{plain[:2]}00")) % 97
    return f"{plain[:2]}{check:02}{body}"


def _digits(text: str) -> str:
    """Digits in place of digits; all else, such as blanks and brackets, stays."""
    following = _numbers("".join(char for char in text if char.isdecimal()))
    count, seen, result = sum(char.isdecimal() for char in text), 0, []
    for char in text:
        if char.isdecimal():
            seen += 1
            drawn = str(following(10)) if count - seen < _TAIL else "0"
            result.append(str(1 + following(9)) if seen == 1 and count <= _TAIL else "1" if seen == 1 else drawn)
        else:
            result.append(char)
    return "".join(result)


def _by_kind(text: str, following: Callable[[int], int]) -> str:
    hexadecimal = re.fullmatch(r"[0-9a-f:-]+|[0-9A-F:-]+", text) is not None
    places = [index for index, char in enumerate(text) if char.isalnum()]
    telling = set(places[-_TAIL:])
    letters = "abcdef" if hexadecimal else "abcdefghijklmnopqrstuvwxyz"
    result = []
    for index, char in enumerate(text):
        if not char.isalnum():
            result.append(char)
        elif not char.isascii():
            result.append(_foreign(char))
        elif char.isdigit():
            result.append(str(following(10)) if index in telling else "0")
        else:
            drawn = letters[following(len(letters))] if index in telling else ("a" if hexadecimal else "x")
            result.append(drawn.upper() if char.isupper() else drawn)
    return "".join(result)


def _worded(text: str, following: Callable[[int], int]) -> str:
    """A word of the same length and case."""
    result = []
    for index, char in enumerate(text):
        if not char.isalpha():
            result.append(char)
        elif not char.isascii():
            result.append(_foreign(char))
        else:
            letters = _VOWELS if index % 2 else _CONSONANTS
            drawn = letters[following(len(letters))]
            result.append(drawn.upper() if char.isupper() else drawn)
    return "".join(result)


def _foreign(char: str) -> str:
    """A character as far from ASCII as the one it stands for, so that recordings still prove what clients do to it."""
    code = ord(char)
    return "é" if code < 0x800 else "文" if code < 0x10000 else "😀"
