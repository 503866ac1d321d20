"""What people decided on contested matters, as it adds up: joined, split, resolved, taken back. For contested.py.

A matter is known by its family and subject ("control:homs"), whatever is reported on it; what a person splits off is known by
the first claim of it besides ("control:homs~17").
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitmon.model.person import Decision, DecisionKind

APART = "~"


class Decided:
    """The decisions made up to a moment."""

    def __init__(self, decisions: Iterable[Decision], at: datetime) -> None:
        """Add up `decisions`, the oldest given first, without those made after `at` (UTC)."""
        self._into: dict[str, str] = {}
        self._apart: dict[int, str] = {}
        self._resolved: dict[str, Decision] = {}
        for one in decisions:
            if one.at <= at:
                self._add(one)

    def matter_of(self, id: str, claim: int) -> str:
        """Return the matter that a claim on matter `id` counts for."""
        apart = self._apart.get(claim)
        return self._joined(apart if apart and family(apart) == family(id) else id)

    def resolution(self, id: str) -> Decision | None:
        """Return the decision by which a person resolved a matter, if one did."""
        return self._resolved.get(id)

    def _add(self, one: Decision) -> None:
        match one.kind:
            case DecisionKind.JOINED:
                if one.into and family(one.into) == family(one.issue) and self._joined(one.into) != self._joined(one.issue):
                    self._into[self._joined(one.issue)] = one.into
            case DecisionKind.SPLIT:
                if one.claims:
                    name = f"{one.issue.partition(APART)[0]}{APART}{min(one.claims)}"
                    self._apart |= dict.fromkeys(one.claims, name)
            case DecisionKind.RESOLVED:
                self._resolved[self._joined(one.issue)] = one
            case DecisionKind.REOPENED:
                self._resolved.pop(self._joined(one.issue), None)
                self._into = {what: into for what, into in self._into.items() if one.issue not in (what, into)}
                name = f"{one.issue}{APART}"
                self._apart = {claim: to for claim, to in self._apart.items() if to != one.issue and not to.startswith(name)}

    def _joined(self, id: str) -> str:
        """Follow the joins to where they end; none leads in a circle, as `_add` makes none."""
        while id in self._into:
            id = self._into[id]
        return id


def family(id: str) -> str:
    """Return the family of a matter: only matters of one family can be joined."""
    return id.partition(":")[0]
