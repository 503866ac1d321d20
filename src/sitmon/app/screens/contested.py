"""What is contested in a region, both sides verbatim, and what a person decides on it: resolved, joined, split, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import BLANK, Item, Row, span
from sitmon.app.screens.listed import ListScreen
from sitmon.app.views.citation import issue_citation
from sitmon.app.views.contested import claims_of, contested_rows
from sitmon.assessment.decided import family
from sitmon.config.author import author_of
from sitmon.model.board import Issue
from sitmon.model.person import Decision, DecisionKind

_DECISIONS = frozenset({"resolve", "join", "split", "undecide"})


class ContestedScreen(ListScreen, inherit_bindings=True):
    """Both sides of what is contested in a region; it follows the board. One issue is chosen."""

    BINDINGS = bindings_for(Scope.CONTESTED)
    SCOPES = (Scope.CONTESTED, Scope.LIST, Scope.PAGE)

    area = ""
    first: str | None = None

    def rows(self, width: int) -> Sequence[Row]:
        """Return the region's issues, the one asked for first."""
        issues = self._issues()
        if not issues:
            return [BLANK, Row((span("  Nothing is contested here any more."),))]
        return contested_rows(issues, self.desk.travel.now(), width, self.desk.looks.glyphs)

    def items(self) -> Sequence[Item]:
        """Return the issues as shown."""
        return [("issue", issue.id) for issue in self._issues()]

    def open(self, item: Item) -> None:
        """Open the article of the newest claim of an issue."""
        issue = self._issue(item)
        if issue:
            self.desk.pages.claim(max(claims_of(issue), key=lambda claim: claim.report_time))

    def copied(self) -> str | None:
        """Return both sides of the chosen issue, fit to be pasted."""
        issue = self._issue(self.chosen)
        return issue_citation(issue) if issue else None

    def idle_commands(self) -> frozenset[str]:
        """Leave out of the footer what can be decided of nothing, or of the past."""
        return _DECISIONS if self._issue(self.chosen) is None or self.desk.travel.at else frozenset()

    def action_resolve(self) -> None:
        """Resolve the chosen issue, with a note of how."""

        def entered(issue: Issue, words: str) -> None:
            if words.strip():
                self._decide(DecisionKind.RESOLVED, issue, "It is shown as resolved for six hours.", note=words.strip())
            else:
                self.say("Nothing is resolved without a note of how.")

        self._ask("Resolved, how: ", entered)

    def action_split(self) -> None:
        """Split claims off the chosen issue."""

        def entered(issue: Issue, words: str) -> None:
            claims = claims_of(issue)
            numbers = words.replace(",", " ").split()
            if not numbers or not all(number.isdecimal() and 0 < int(number) <= len(claims) for number in numbers):
                self.say(f"Write numbers of its claims, 1 to {len(claims)}: 2 3")
                return
            chosen = tuple(sorted({claims[int(number) - 1].id for number in numbers}))
            self._decide(DecisionKind.SPLIT, issue, "They are about something else.", claims=chosen)

        self._ask("Which of its claims are about something else (2 3): ", entered)

    def action_join(self) -> None:
        """Join the chosen issue to another one."""

        def entered(issue: Issue, words: str) -> None:
            others = {other.id: other for region in self.desk.present.board.regions for other in region.contested}
            into = words.strip()
            if into not in others or into == issue.id or family(into) != family(issue.id):
                self.say(f"There is no other issue “{into}” of its kind; every id stands beside its issue.")
                return
            self.first = into
            self._decide(DecisionKind.JOINED, issue, f"It is part of {into} from now on.", into=into)

        self._ask("It is part of which issue (its id): ", entered)

    def action_undecide(self) -> None:
        """Take back what was decided on the chosen issue."""
        self._with(lambda issue: self._decide(DecisionKind.REOPENED, issue, "What was decided on it is taken back."))

    def _ask(self, prompt: str, entered: Callable[[Issue, str], None]) -> None:
        self._with(lambda issue: self.ask(prompt, lambda words: entered(issue, words)))

    def _with(self, act: Callable[[Issue], None]) -> None:
        issue = self._issue(self.chosen)
        if self.desk.travel.at:
            self.say(f"The past is not decided on: {self.key_of('back')} goes back to now.")
        elif issue is None:
            self.say("Nothing is contested here any more.")
        else:
            act(issue)

    def _decide(
        self,
        kind: DecisionKind,
        issue: Issue,
        said: str,
        *,
        note: str | None = None,
        into: str | None = None,
        claims: tuple[int, ...] = (),
    ) -> None:
        present = self.desk.present
        decision = Decision(kind, issue.id, present.now(), into, claims, note, author_of(present.settings))
        present.marking.decide(decision)
        self.desk.following.begin_to_look()
        self.say(said)

    def _issues(self) -> list[Issue]:
        area = next((area for area in self.desk.travel.board.regions if area.region == self.area), None)
        return sorted(area.contested, key=lambda issue: issue.id != self.first) if area else []

    def _issue(self, item: Item | None) -> Issue | None:
        return next((issue for issue in self._issues() if item == ("issue", issue.id)), None)
