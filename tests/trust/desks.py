"""Many desks on one PostgreSQL record: a server that can be broken, collectors, desks in terminals, and who saw what.

A set test in the manner of Jepsen: unique articles go in, collectors say which they have recorded, desks say which they have
seen; at the end nothing may be lost, twice or unseen.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sitmon.store.postgres.held import open_held
from sitmon.store.postgres.record import open_reader
from tests.app.terminals import Terminal
from tests.lake import lake, shared
from tests.store.postgres import Server

SAID = "Rebels captured bridge {number} at Alder, the army said."
_NUMBER = re.compile(r"bridge (\d+) at Alder")
_CLAIMS = re.compile(r"24 h, ([\d,]+) claim")
_DEEP = 20_000


@dataclass
class Outcome:
    """What came of a run.

    Attributes:
        offered, acknowledged, stored: Numbers of the articles that were put into folders, told by a collector, are recorded.
        seen: For each follower, the numbers it has seen.
        equal_after: How many seconds after each fault's end all desks showed the same, which was everything.
    """

    offered: set[int] = field(default_factory=set)
    acknowledged: Counter[int] = field(default_factory=Counter)
    stored: Counter[int] = field(default_factory=Counter)
    seen: list[set[int]] = field(default_factory=list)
    equal_after: dict[str, float] = field(default_factory=dict)

    @property
    def summary(self) -> dict[str, object]:
        """The figures that count."""
        return {
            "offered": len(self.offered),
            "acknowledged": len(self.acknowledged),
            "lost": len((self.offered | self.acknowledged.keys()) - self.stored.keys()),
            "twice": sum(times - 1 for times in self.stored.values()),
            "unseen": [len(self.stored.keys() - seen) for seen in self.seen],
            "equal after (s)": {fault: round(seconds, 2) for fault, seconds in self.equal_after.items()},
        }


def place(root: Path, name: str, url: str, before: Sequence[str] = ()) -> list[str]:
    """Make a directory with a configuration for one desk or collector, and return the words that run sitmon there."""
    return [*before, *lake(root / name, shared(url))]


class Collector:
    """A collector that is started again whenever it ends, as its service manager would."""

    def __init__(self, words: Sequence[str], folder: Path, told: Counter[int]) -> None:
        self._words, self._folder, self._told = words, folder, told
        self._is_ending = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def drop(self, number: int) -> None:
        """Put an article into its folder, by a rename."""
        made = self._folder.parent / f"{number}.made"
        made.write_text(SAID.format(number=number), encoding="utf-8")
        made.rename(self._folder / f"{number}.txt")

    def kill(self) -> None:
        """Kill it in whatever it does."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """End it for good."""
        self._is_ending = True
        if self._process:
            self._process.terminate()
        self._thread.join(20)

    def _run(self) -> None:
        while not self._is_ending:
            self._process = subprocess.Popen(
                [*self._words, "collect", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            for line in self._process.stdout or ():
                if path := json.loads(line).get("path"):
                    self._told[int(Path(path).stem)] += 1
            self._process.wait()
            time.sleep(0.2)


class Follower:
    """A desk without a screen that keeps note of every article it ever saw."""

    def __init__(self, url: str) -> None:
        self.seen: set[int] = set()
        self._record, self._desk, self._mirror = open_held(url, "follower")
        self._mirror.tell(self._look)
        self.ask()

    def ask(self) -> None:
        """Want to see everything."""
        mirror = self._mirror
        key = ("window", ("shore",), _DEEP)
        mirror._wanted[key] = (float("inf"), lambda record: record.window(mirror.clock.now(), ("shore",), _DEEP))
        mirror.nudge()

    def close(self) -> None:
        self._record.close()

    def _look(self) -> None:
        for window in list(self._mirror.held.answers.values()):
            self.seen.update(int(found[1]) for claim in window.claims if (found := _NUMBER.search(claim.quote)))


def shown(terminal: Terminal) -> tuple[int, tuple[int, ...]]:
    """Return what a desk shows: how many claims there are, and which stand first."""
    text = terminal.text
    count = _CLAIMS.search(text)
    return int(count[1].replace(",", "")) if count else 0, tuple(map(int, _NUMBER.findall(text)))[:5]


@contextmanager
def newsroom(root: Path, server: Server, outcome: Outcome, desks: int, collectors: int) -> Iterator[Newsroom]:
    """Open desks, one of them with its clock an hour off, and collectors on a server's record."""
    with ExitStack() as stack:
        url = server.url()
        making = [place(root, f"collector {number}", url) for number in range(collectors)]
        at_work = [
            Collector(words, root / f"collector {number}" / "in", outcome.acknowledged) for number, words in enumerate(making)
        ]
        for one in at_work:
            stack.callback(one.close)
        faked = [["faketime", "-f", "+1h"], *([[]] * (desks - 1))]
        terminals = [
            stack.enter_context(Terminal([*place(root, f"desk {n}", url, faked[n]), "watch", "--read-only"], (100, 30)))
            for n in range(desks)
        ]
        followers = [Follower(url) for _ in range(2)]
        for follower in followers:
            stack.callback(follower.close)
        room = Newsroom(server, at_work, terminals, followers, outcome)
        room.offer(3)
        room.until_equal(15)
        yield room


class Newsroom:
    """Desks and collectors at work on one record."""

    def __init__(
        self, server: Server, collectors: list[Collector], desks: list[Terminal], followers: list[Follower], outcome: Outcome
    ) -> None:
        self.server, self.collectors, self.desks, self.followers = server, collectors, desks, followers
        self._outcome = outcome

    def offer(self, number: int) -> None:
        """Put so many articles into the folders, one after the other."""
        offered = self._outcome.offered
        for _ in range(number):
            self.collectors[len(offered) % len(self.collectors)].drop(len(offered))
            offered.add(len(offered))

    def feed(self, seconds: float, pause: float = 0.1) -> None:
        """Go on for so long, with an article now and then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.offer(1)
            self.pump(pause)

    def pump(self, seconds: float) -> None:
        """Take in what the desks paint for about so long."""
        end = time.monotonic() + seconds
        for desk in self.desks:
            desk.pump(0.001)
        time.sleep(max(end - time.monotonic(), 0.0))

    def until_equal(self, patience: float) -> float:
        """Wait until all desks show the same, which is everything; return how many seconds it took."""
        began = time.monotonic()
        wanted = len(self._outcome.offered)
        while True:
            self.pump(0.02)
            boards = {shown(desk) for desk in self.desks}
            counts = {len(follower.seen) for follower in self.followers}
            if len(boards) == 1 and next(iter(boards))[0] == wanted and counts == {wanted}:
                return time.monotonic() - began
            assert time.monotonic() - began < patience, f"{wanted} wanted, {boards} shown, {counts} seen: {self.desks[0].text}"

    def break_and_heal(self, fault: str, act: Callable[[], None], *, patience: float = 20.0) -> None:
        """Feed while something is broken and healed, then see how long it takes until all desks are equal."""
        self.feed(1.0)
        act()
        self._outcome.equal_after[fault] = self.until_equal(patience)


def run(root: Path, server: Server, *, desks: int = 6, collectors: int = 3, freeze: float = 30.0, down: float = 1.0) -> Outcome:
    """Break everything in turn, and say what came of it.

    Args:
        root: For configurations, folders and states.
        server: One that may be stopped and killed.
        desks: How many, in terminals.
        collectors: How many, each with a folder of its own.
        freeze: For how many seconds the server hangs.
        down: For how many seconds it is away otherwise.
    """
    outcome = Outcome()
    with newsroom(root, server, outcome, desks, collectors) as room:

        def stopped(mode: str) -> None:
            server.stop(mode)
            room.feed(down)
            server.start()

        def killed() -> None:
            server.kill()
            room.feed(down)
            server.start()

        def frozen() -> None:
            family = server.freeze()
            room.feed(freeze, 0.5)
            server.thaw(family)

        def collectors_killed() -> None:
            for collector in room.collectors:
                collector.kill()
                room.feed(0.3)

        room.break_and_heal("restart", lambda: stopped("fast"))
        room.break_and_heal("immediate stop", lambda: stopped("immediate"))
        room.break_and_heal("kill -9", killed)
        room.break_and_heal("collectors killed", collectors_killed, patience=60)
        room.break_and_heal("freeze", frozen)
        outcome.seen = [follower.seen for follower in room.followers]
    with closing(open_reader(server.url())) as record:
        stored = [int(Path(article.path or "").stem) for article in record.articles()]
        outcome.stored = Counter(stored)
        assert record.check() == []
    return outcome
