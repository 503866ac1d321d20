"""Waiting for word from a database that something was committed, on the connection that is read from.

NOTIFY only wakes: whether there is anything new, the cursor tells (docs/decisions/091-writers-take-turns.md).
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Any

import psycopg

from sitmon.store.postgres.bell import Bell
from sitmon.store.postgres.database import Database

CHANNEL = "sitmon"


class Listening:
    """Waits on one connection of a database. `stir` and `break_off` may be called from any thread, the rest from one.

    Attributes:
        is_deaf: The server lets nobody listen on this connection (a replica, a pool of connections): only asking helps.
    """

    def __init__(self, database: Database) -> None:
        """Listen on whatever connection the database has; nothing is asked of the server yet."""
        self.is_deaf = False
        self._database = database
        self._on: psycopg.Connection[Any] | None = None
        self._was_told = False
        self._bell = Bell()

    def begin(self) -> None:
        """Listen from now on, on a connection that is new as well.

        Raises:
            StoreError: The database does not answer.
        """
        raw = self._database.reached()
        if raw is self._on:
            return
        self._on, self.is_deaf = raw, False
        with self._database.held():
            raw.add_notify_handler(self._hear)
            try:
                raw.execute(f"LISTEN {CHANNEL}")
            except psycopg.Error:
                # If the connection is lost, whoever reads next finds out.
                self.is_deaf = True

    def wait(self, seconds: float) -> bool:
        """Wait until word comes, `stir` is called, or so much time has passed; whether word came.

        A connection that is lost or new counts as word: whoever reads next finds out what it missed.
        """
        raw = self._on if self._on is not None and not self._on.closed else None
        if not self._was_told:
            self._bell.wait(seconds, *(() if raw is None else (raw.fileno(),)))
            if raw is not None and not self._was_told:
                self._take_in(raw)
        told, self._was_told = self._was_told, False
        return told

    def stir(self) -> None:
        """End the wait that is under way, or the next one."""
        self._bell.ring()

    def break_off(self) -> None:
        """End whatever is waited for on the connection, as if the server had closed it."""
        raw = self._on
        with suppress(OSError, psycopg.Error):
            if raw is not None and not raw.closed:
                with socket.socket(fileno=os.dup(raw.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the bell; the connection is the database's."""
        self._bell.close()

    def _take_in(self, raw: psycopg.Connection[Any]) -> None:
        # What can be read may be the answer to another thread's question, which would wait for it for ever.
        with self._database.held():
            try:
                raw.pgconn.consume_input()
                while raw.pgconn.notifies():
                    self._was_told = True
            except psycopg.Error:
                self._was_told, self._on = True, None

    def _hear(self, _notice: psycopg.Notify) -> None:
        """Word came while a question was being answered."""
        self._was_told = True
