"""The article screen: a whole text with its claims marked, and the way to its origin."""

from __future__ import annotations

from collections.abc import Sequence

from sitmon.app.commands import Scope, bindings_for
from sitmon.app.display import Row
from sitmon.app.screens.page import PageScreen
from sitmon.app.views.article import Reading, article_rows, claims_of, item_of
from sitmon.app.views.citation import article_citation, paragraphs


class ArticleScreen(PageScreen, inherit_bindings=True):
    """One article version, read sentence by sentence."""

    BINDINGS = bindings_for(Scope.ARTICLE)
    SCOPES = (Scope.ARTICLE, Scope.PAGE)

    def __init__(self) -> None:
        """Make the screen; what it shows is given by `read`."""
        super().__init__()
        self._reading: Reading | None = None
        self._is_origin_shown = False

    def read(self, reading: Reading) -> None:
        """Show an article, at its chosen sentence if it has one."""
        self._reading = reading
        self._is_origin_shown = False
        if self.is_mounted:
            self.page.renew()
            self.page.go(0)
        self.call_after_refresh(self._reveal)

    def rows(self, width: int) -> Sequence[Row]:
        """Return the article."""
        return article_rows(self._reading, width, self.desk.looks.glyphs) if self._reading else ()

    def renew(self) -> None:
        """Show what is true now; the text of a version never changes."""
        self._header.renew()
        self._footer.renew()

    def copied(self) -> str | None:
        """Return the chosen sentence with its source, or what the article is and where it comes from."""
        if self._reading is None:
            return None
        article, chosen = self._reading.stored.article, self._reading.chosen
        report = next((each for each in self._reading.stored.reports if each.start == chosen), None)
        return article_citation(article, article.text[report.start : report.end] if report else None)

    def paged(self) -> str | None:
        """Return the whole article, its particulars first."""
        if self._reading is None:
            return None
        article = self._reading.stored.article
        return f"{article_citation(article)}\n\n{paragraphs(article.text)}\n"

    def action_next_claim(self) -> None:
        """Go to the next claim."""
        self._step(1)

    def action_previous_claim(self) -> None:
        """Go to the claim before."""
        self._step(-1)

    def action_origin(self) -> None:
        """Show where the article comes from; the second time, open it."""
        article = self._reading.stored.article if self._reading else None
        url = article.url if article else None
        if not url:
            where = f"It came as the file {article.path}." if article and article.path else "No origin is known."
            self.say(where)
        elif not self._is_origin_shown:
            self._is_origin_shown = True
            self.say(f"{url}  (once more to open it)")
        else:
            self.say(self.desk.open_origin(url))

    def _step(self, step: int) -> None:
        if self._reading is None:
            return
        places = [report.start for report in claims_of(self._reading.stored)]
        here = self._reading.chosen if self._reading.chosen is not None else -1
        ahead = [place for place in places if place > here] if step > 0 else [place for place in places if place < here][::-1]
        if not ahead:
            self.say("There is no claim after this one." if step > 0 else "There is no claim before this one.")
            return
        self._choose(ahead[0])

    def _choose(self, start: int) -> None:
        if self._reading:
            self._reading = Reading(self._reading.stored, self._reading.latest, self._reading.regions, start)
            self.page.renew()
            self._reveal()

    def _reveal(self) -> None:
        if self._reading and self._reading.chosen is not None:
            report = next((each for each in self._reading.stored.reports if each.start == self._reading.chosen), None)
            if report:
                self.page.reveal(item_of(report))
