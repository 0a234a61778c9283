# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""An answer whose body is still on its way: read piece by piece, and closed early where that is wanted."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from .errors import APIError, APITimeoutError, ConfigurationError, IncompleteError, ResponseError
from .exchange import Call
from .raw import Received
from .response import Response
from .transport import Failure


class Live:
    """An open answer to a call. Its body can be read once."""

    def __init__(self, call: Call, response: Response, received: Received, most: int) -> None:
        self.call = call
        self.response = response
        self.received = received
        self.most = most
        """The size in bytes of what may be held in memory."""
        self._answer: Any = response.answer
        self._whole: bool = getattr(response.answer, "is_stream_consumed", False)
        """Whether the body has been read by who gave the answer: a stand-in for the network, or a hook of `httpx`."""
        self._taken = False
        self._ended = False

    def pieces(self) -> Iterator[bytes]:
        """The body in pieces as they come; the connection is free after the last one.

        Raises `IncompleteError` if it breaks off, `APITimeoutError` if the next piece does not come in time.
        """
        self._take()
        try:
            for piece in self._answer.iter_bytes():
                self._check_time()
                yield piece
            self._ended = True
            self._check_length()
        except Exception as error:
            self._answer.close()
            raise self._told(error) from error

    async def apieces(self) -> AsyncGenerator[bytes, None]:
        """The same from an async client."""
        self._take()
        try:
            async for piece in self._answer.aiter_bytes():
                self._check_time()
                yield piece
            self._check_length()
        except Exception as error:
            await self._answer.aclose()
            raise self._told(error) from error

    def close(self) -> None:
        """Give the connection free, read to its end or not. May be done twice, and while another thread reads."""
        if self._taken and not self._ended:
            self._wake()
        self._taken = self._ended = True
        self._answer.close()

    async def aclose(self) -> None:
        """The same from an async client."""
        self._taken = True
        await self._answer.aclose()

    def _wake(self) -> None:
        """End the connection, so that a thread that waits for the next piece does not wait on."""
        stream = self._answer.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream and self._answer.http_version != "HTTP/2" else None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def _take(self) -> None:
        if self._taken:
            raise self.call.blame(ConfigurationError("the answer was read or closed already; it comes only once"))
        self._taken = True

    def _check_time(self) -> None:
        if self.call.deadline is not None and time.monotonic() > self.call.deadline:
            raise APITimeoutError("the answer did not come to its end within total_timeout")

    def _check_length(self) -> None:
        """Raise `IncompleteError` if the answer said that it is longer, which not every transport looks at."""
        said = self.response.headers.get("content-length", "")
        came = getattr(self._answer, "num_bytes_downloaded", None)
        if not self._whole and said.isdigit() and came is not None and came < int(said):
            raise IncompleteError(f"the answer ended after {came} of {said} bytes")

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, APIError):
            return self.call.blame(error)
        failure = Failure(error)
        if not failure.known:
            return error
        told: APIError
        if failure.timeout:
            told = APITimeoutError(f"the answer stopped coming: {failure.text}")
        elif failure.unreadable:
            told = ResponseError(f"the answer cannot be read: {failure.text}")
        else:
            told = IncompleteError(f"the answer broke off: {failure.text}")
        told.delivered = True
        return self.call.blame(told)
