"""Troubles of the network in words for a person: who did what, and what follows from it."""

from __future__ import annotations

import ast
import errno
import re
import socket
import ssl

import httpcore

from sitmon.errors import SourceError

# What a machine says of itself when it has no network.
_OWN = frozenset((errno.ENETUNREACH, errno.ENETDOWN))
_FAR = {
    errno.ECONNREFUSED: "refuses the connection: nothing listens there",
    errno.ECONNRESET: "broke the connection off",
    errno.EPIPE: "broke the connection off",
    errno.ETIMEDOUT: "does not answer",
    errno.EHOSTUNREACH: "cannot be reached from here",
    errno.ENETUNREACH: "cannot be reached: this machine has no network",
    errno.ENETDOWN: "cannot be reached: this machine has no network",
}
_CERTIFICATES = {
    10: "its certificate has expired",
    18: "its certificate is one it has signed itself",
    19: "its certificate is signed by nobody this machine trusts",
    20: "its certificate is signed by nobody this machine trusts",
    62: "its certificate is for another name",
    64: "its certificate is for another address",
}
# How the library writes what a server has sent, and what that was to be.
_QUOTED = re.compile(r"""bytearray\((b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*")\)""")
_ILLEGAL = {
    "illegal status line": "something else than the beginning of an HTTP answer",
    "illegal header": "a header that is none",
    "illegal chunk": "pieces that cannot be put together",
}
_MOST_SENT = 80


class FetchError(SourceError):
    """There is no answer to be had, or none that may be taken.

    Attributes:
        is_unreached: The host was never spoken to: no name, no route, no connection.
        is_own: This machine itself has no network.
    """

    def __init__(self, words: str, *, is_unreached: bool, is_own: bool = False) -> None:
        super().__init__(words)
        self.is_unreached, self.is_own = is_unreached, is_own


def in_words(error: Exception, host: str) -> FetchError:
    """Say in a sentence what kept a host from answering."""
    is_unreached = is_own = False
    match error:
        case SourceError():
            words = str(error)
        case ssl.SSLCertVerificationError():
            reason = _CERTIFICATES.get(error.verify_code, error.verify_message or "its certificate cannot be verified")
            words = f"{host} cannot be trusted: {reason}"
        case ssl.SSLError():
            reason = (error.reason or "no common language").replace("_", " ").lower()
            words = f"{host} does not manage an encrypted connection ({reason})"
        case socket.gaierror():
            is_unreached, is_own = True, error.errno == socket.EAI_AGAIN
            words = f"{host} cannot be found: {'no name server answers' if is_own else 'no such name is known'}"
        case httpcore.ProxyError():
            words, is_unreached = f"the proxy does not let {host} be reached ({error})", True
        case httpcore.ProtocolError():
            words = _protocol(error, host)
        case _:
            words, number = _far(error, host), getattr(error, "errno", None)
            is_unreached, is_own = number not in (errno.ECONNRESET, errno.EPIPE), number in _OWN
    return FetchError(words[:300], is_unreached=is_unreached, is_own=is_own)


def _far(error: Exception, host: str) -> str:
    known = _FAR.get(getattr(error, "errno", None) or 0)
    return f"{host} {known or 'cannot be reached (' + (str(error) or type(error).__name__) + ')'}"


def _protocol(error: Exception, host: str) -> str:
    said = str(error)
    found = _QUOTED.search(said)
    sent = ast.literal_eval(found[1]).decode("utf-8", "replace").strip() if found else ""
    if "illegal request line" in said or not sent.isprintable():
        return f"{host} answers with something else than HTTP: it may have to be asked by https, or at another port"
    if sent:
        what = next((words for kind, words in _ILLEGAL.items() if kind in said), "what HTTP does not know")
        return f"{host} sends {what}: “{sent[:_MOST_SENT]}{'…' if len(sent) > _MOST_SENT else ''}”"
    if "without sending complete" in said or "disconnected" in said:
        return f"{host} broke off before its answer was complete"
    if "too large" in said or "too long" in said:
        return f"{host} sends headers without end"
    return f"{host} does not speak HTTP as it should ({said})"
