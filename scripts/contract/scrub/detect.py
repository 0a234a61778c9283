"""What a value looks like: secrets and personal data by their form, whatever the field is called."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UUID = re.compile(_UUID, re.I)
EMAIL = re.compile(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s\"'<>]+", re.I)
JWT = re.compile(r"eyJ[\w-]{5,}\.[\w-]{4,}(?:\.[\w-]*)?")
PHONE = re.compile(r"(?<![\w.+-])\+?\(?\d(?:[ ().-]{0,2}\d){7,16}(?![\w.-]*\d)")
E164 = re.compile(r"(?<![\w+])\+\d{8,15}(?!\w)")
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)")
IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")
CARD = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w.-])")
BEARER = re.compile(r"\b(?:bearer|basic|token|digest)\s+([\w.~+/=:-]{8,})", re.I)
USERINFO = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/@\"'<>]+@", re.I)
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*(?:PRIVATE KEY|CERTIFICATE)[A-Z ]*-----")
KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:sk|pk|rk|ak|key|tok|whsec|secret)[-_](?:[a-z0-9]{2,12}[-_])*[A-Za-z0-9]{12,}"
    r"|gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}"
    r"|A(?:KI|SI)A[A-Z0-9]{12,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{10,}\.[\w-]{10,}|npm_[A-Za-z0-9]{20,}"
    r"|hf_[A-Za-z0-9]{20,}|pypi-[\w-]{20,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{20,}|dop_v1_[a-f0-9]{20,}"
    r")"
)
DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:[Zz]|[+-]\d\d:?\d\d)?)?"
    r"|\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:\d\d)?"
    r"|P(?:\d{1,6}[YMWD]){0,4}(?:T(?:\d{1,6}(?:\.\d{1,6})?[HMS]){1,3})?"
    r"|[MTWFS][a-z]{2}, \d\d [JFMASOND][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"
)
_TOKEN = re.compile(r"[A-Za-z0-9_+~.-]{16,}")
_WORD = re.compile(r"[A-Za-z]?[a-z]{1,24}|[A-Z]{1,24}")

_MADE = re.compile(
    r"user-[0-9a-f]{8}@example\.com|\+1555\d{3,10}|[A-Z]{2}\d\d[0X]*[0-9X]{8}|eyJhbGciOiJub25lIn0\.x+\w{8}\.?x*"
    r"|00000000-0000-4000-8000-0000[0-9a-f]{8}|(?:[a-z]{2,12}[_-]){0,3}[01axAX\W_]*(?:[A-Za-z0-9][\W_]*){0,8}",
    re.I,
)

SECRET_NAMES = frozenset(
    {
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "secret",
        "secrets",
        "token",
        "apikey",
        "authorization",
        "auth",
        "credential",
        "credentials",
        "cookie",
        "session",
        "signature",
        "otp",
        "pin",
        "cvv",
        "cvc",
        "ssn",
        "iban",
        "bic",
        "swift",
        "taxid",
        "passport",
        "licence",
        "license",
        "plate",
    }
)
"""Words of a field's name after which its value is a secret or personal, whatever it looks like."""
PRIVATE_NAMES = frozenset(
    {
        "birth",
        "birthday",
        "birthdate",
        "dob",
        "born",
    }
)
"""Words after which even a date is personal."""
PLACE_NAMES = frozenset(
    {
        "lat",
        "latitude",
        "lng",
        "lon",
        "longitude",
    }
)


def words_of(name: str) -> set[str]:
    """The words of a field's name, in lower case, also those that two of them make: `api_key`, `apiKey`, `apikey`."""
    found = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]
    return {*found, *(left + right for left, right in pairwise(found))}


def is_date(text: str) -> bool:
    """Whether the text is a date, a time, both, or a duration."""
    return len(text) > 1 and DATE.fullmatch(text) is not None


def is_iban(text: str) -> bool:
    """Whether the check digits of an IBAN are right."""
    plain = text.replace(" ", "")
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """Whether the check digit of a payment card is right."""
    digits = [int(char) for char in text if char.isdigit()][::-1]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 2 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def entropy(text: str) -> float:
    """Bits for each character, by how often each occurs."""
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def looks_random(token: str) -> bool:
    """Whether a text without blanks is more likely made by chance than written by a person."""
    if len(token) < 16 or is_date(token):
        return False
    pieces = [piece for piece in re.split(r"[_+/=~.-]", token) if piece]
    if all(_WORD.fullmatch(word) for piece in pieces for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+|.", piece)):
        return False
    longest = max(pieces, key=len, default="")
    return entropy(token) >= (2.9 if re.fullmatch(r"[0-9a-fA-F-]+", token) else 3.3) and (
        len(longest) >= 12 or UUID.fullmatch(token) is not None
    )


def is_pseudonym(text: str) -> bool:
    """Whether a text is one that `pseudonyms.py` makes: fillers, and eight characters that tell it from others."""
    return _MADE.fullmatch(text) is not None


def marks(text: str) -> Iterator[tuple[str, str]]:
    """What in a text has the form of a secret or of personal data, the kind and the part itself; not pseudonyms."""
    return iter(_marks(text))


@lru_cache(10_000)
def _marks(text: str) -> tuple[tuple[str, str], ...]:
    """The same, kept: values come again in recordings."""
    return tuple((kind, part) for kind, part in _looks(text) if not is_pseudonym(part)) if len(text) > 5 else ()


def _looks(text: str) -> Iterator[tuple[str, str]]:
    for kind, pattern in (
        ("a JSON web token", JWT),
        ("an API key", KEY),
        ("a private key", PRIVATE_KEY),
        ("a credential", BEARER),
        ("a password in an address", USERINFO),
        ("an e-mail address", EMAIL),
        ("a phone number", E164),
    ):
        for found in pattern.finditer(text):
            yield kind, found[1] if pattern is BEARER else found[0]
    for kind, pattern, rule in (("a bank account", IBAN, is_iban), ("a payment card", CARD, is_card)):
        for found in pattern.finditer(text):
            if rule(found[0]):
                yield kind, found[0]
    for found in _TOKEN.finditer(text):
        if looks_random(found[0]):
            yield "a value that looks random", found[0]
