"""Knows the verbs of HTTP APIs: which words of a path or an operationId say what is done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

_CORE_TEXT = """
create get list update delete add remove fetch retrieve
"""
CORE = frozenset(_CORE_TEXT.split())
"""Verbs that a path needs only where the HTTP method is not trusted to say it."""
_VERBS_TEXT = """
accept activate add aggregate analyse analyze append apply approve archive ask assign attach authenticate authorize
autocomplete ban batch block bulk buy calculate call cancel capture change check clean clear clone close commit
compact compare compile complete confirm connect consume convert copy count crosspost deactivate decline decrypt
delete deliver deploy detach disable disconnect discover dismiss dispatch download duplicate edit eject enable encrypt
end estimate evaluate execute expire explain export extend extract fetch find finish flush follow generate get grant
handoff hangup import ingest init initialize insert install instantiate invalidate invite invoke join kick kill leave
like link list lock login logout lookup make mark merge migrate modify move mute notify obtain open parse pause pin
ping play poll preview process promote provision prune publish pull purchase purge push query read reboot rebuild
recalculate recommend recover redeem redeliver refer refresh refund regenerate register reindex reject release reload
remix remove rename render renew reopen reorder repair replace reply reprocess rerequest rerun resend reset resize
resolve restart restore resubmit resume resync retry revert review revoke rewind rollback rotate run save scan
schedule search seek send set share shuffle sign simulate skip snooze sort star start stop submit subscribe suspend
swap sync synchronize terminate test toggle train transcribe transfer transition translate trigger trim unarchive
unassign unban unblock undelete undo unfollow uninstall unlike unlink unlock unmerge unmute unpause unpin unpublish
unregister unschedule unset unshare unstar unsubscribe unsuspend untag update upgrade upload upsert validate verify
void vote wait wipe withdraw
"""
VERBS = CORE | frozenset(_VERBS_TEXT.split())
_NOUNS_TEXT = """
batch block call check commit count export import invite link list login mark merge order pin poll preview push query
release report review run schedule search share sign sort test transfer vote
"""
NOUNS = frozenset(_NOUNS_TEXT.split())
"""Verbs that begin the names of things as well: `login_links`, `push_rules`."""
_SENDING = frozenset({"patch", "post", "put"})
_FILLER_TEXT = """
api async beta bulk batch controller deprecated do endpoint handle handler multi my perform rest route routes service
"""
_FILLER = frozenset(_FILLER_TEXT.split())
"""Words around the verb of an operationId that only say where it stands in a server's code, or how it is done."""
_PREFIXES = ("un", "dis", "de", "re")
_SAME_TEXT = """
modify=update edit=update change=update put=update patch=update add=create insert=create make=create fetch=retrieve
get=retrieve read=retrieve find=retrieve
"""
_SAME = dict(pair.split("=") for pair in _SAME_TEXT.split())
"""Verbs for which this package has one word."""


def said_verb(words: Sequence[str], known: frozenset[str]) -> str:
    """The verb that an operationId begins or ends with: `pin` of `pin-comment`, `append` of `conversations_append`.

    Args:
        words: Those of the operationId.
        known: Those that the path has already; as a verb they say nothing new.
    """
    rest = list(dropwhile(lambda word: (word in known and word not in VERBS) or word in _FILLER, words))
    while len(rest) > 1 and (rest[-1] in _FILLER or _is_version(rest[-1])):
        rest.pop()
    if not rest or _repeats(rest[0], known):
        return ""
    if rest[0] in VERBS:
        return _with_more(rest, known)
    adverb = rest[0] == "partial" or rest[0].endswith("ly")
    if rest[1:2] and rest[1] in VERBS - NOUNS and not adverb and not _repeats(rest[1], known):
        return _with_more(rest[1:], known)  # behind what a group is called there: `genai_attach_function`
    return rest[-1] if rest[-1] in VERBS and not _repeats(rest[-1], known) else ""


def undoes(verb: str, other: str) -> bool:
    """Whether one verb is the opposite of another: `unlock`, `disable`."""
    return verb in {f"{prefix}{other}" for prefix in _PREFIXES} or (verb[:3] == "dis" and other == f"en{verb[3:]}")


def joined(said: Sequence[str]) -> tuple[str, ...]:
    """The words with verbs in one that are written in two: `re-run`, `unAssign`."""
    result: list[str] = []
    for word in said:
        if result and result[-1] in _PREFIXES and f"{result[-1]}{word}" in VERBS:
            word = f"{result.pop()}{word}"
        result.append(word)
    return tuple(result)


def apart(said: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """The words with those taken apart that run a verb and words of the path together: `Deletesearchrules`."""
    return tuple(piece for word in said for piece in _pieces(word, known))


def _pieces(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """A word as the verb that it begins with and the known words that are all of its rest; else as it is."""
    whole = word.lower()
    if whole in VERBS or whole in known:
        return (word,)
    for end in range(len(word) - 1, 1, -1):
        rest = _all_known(whole[end:], known) if whole[:end] in VERBS | _SENDING else None
        if rest:
            return (word[:end], *rest)
    return (word,)


def _all_known(text: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """The known words that a text consists of, the longest first."""
    if not text:
        return ()
    for end in range(len(text), 1, -1):
        rest = _all_known(text[end:], known) if text[:end] in known else None
        if rest is not None:
            return (text[:end], *rest)
    return None


def _repeats(verb: str, known: frozenset[str]) -> bool:
    """Whether a verb is among the words, or what is made of it: `assign` among `assignments`, so `unassign`, too."""
    bare = verb.removeprefix("un") if len(verb) > 7 else verb
    most = max(5, len(bare) - 3)
    return verb in known or (len(bare) >= 5 and any(word[:most] == bare[:most] for word in known))


def _is_version(word: str) -> bool:
    return word[0] == "v" and word[1:].isdecimal()


def _with_more(said: Sequence[str], known: frozenset[str]) -> str:
    """The verb in front, with what changes its sense: `create_or_update`, `mark_as_read`."""
    first, second = said[0], said[2] if len(said) > 2 and said[1] == "or" else ""
    if second in VERBS:
        pair = (plain(first), plain(second))
        return "create_or_update" if {*pair} == {"create", "update"} and first != "add" else f"{first}_or_{second}"
    how = said[said.index("as") + 1] if "as" in said[1:-1] else ""
    return f"{first}_as_{how}" if how and not _repeats(how, known) else first


def plain(verb: str) -> str:
    """The one word that this package has for the verb, where it has several synonyms."""
    return _SAME.get(verb, verb)
