"""`sitmon db init` makes tables, roles and rights, as often as it is run; who lacks a right is told which and how to get it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg
import pytest

from sitmon.app.collecting import NOT_ALLOWED
from sitmon.app.present import Present
from sitmon.config import load
from sitmon.errors import StoreError
from sitmon.model.person import Answer, AnswerKind, LogEntry, Mark, MarkKind
from sitmon.store.leases import NotAllowedError
from sitmon.store.opening import open_all
from sitmon.store.postgres.desk import open_desk
from sitmon.store.postgres.record import open_reader, open_writer
from sitmon.store.record import Limits
from tests.lake import lake, ran, shared
from tests.store.making import AT, article, at, filing
from tests.store.postgres import Server, own_server
from tests.waiting import until

USERS = ("carol", "ada", "wall", "nobody")


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server of its own, as roles are everybody's on a server; with users who have no rights yet."""
    with own_server() as server:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            for user in USERS:
                connection.execute(f"CREATE ROLE {user} LOGIN")
        yield server


@pytest.fixture
def fresh(own: Server) -> Server:
    with psycopg.connect(own.url(), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS sitmon CASCADE")
    return own


def init(server: Server, folder: Path, *words: str, user: str = "sitmon") -> subprocess.CompletedProcess[str]:
    return ran(lake(folder, shared(server.url(user=user))), "db", "init", *words)


def test_it_says_what_it_made_and_the_second_time_that_all_is_there(fresh: Server, tmp_path: Path) -> None:
    given = ("--collector", "carol", "--desk", "ada", "--viewer", "wall")
    first, second = init(fresh, tmp_path, *given), init(fresh, tmp_path, *given)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "the tables were made" in first.stdout
    assert "ada was given the role sitmon_desk" in first.stdout
    assert "the tables are there" in second.stdout
    assert "role sitmon_viewer is there" in second.stdout
    assert "ada has the role sitmon_desk" in second.stdout


def test_each_role_may_do_its_own_and_no_more(fresh: Server, tmp_path: Path) -> None:
    init(fresh, tmp_path, "--collector", "carol", "--desk", "ada", "--viewer", "wall")
    with closing(open_writer(fresh.url(user="carol"))) as record:
        record.begin_reading("first", AT)
        record.file([filing(article("Town fell."))])
        record.forget(at(1), Limits(), ())
    for user in ("carol", "ada", "wall"):
        with closing(open_reader(fresh.url(user=user))) as reader:
            assert [one.quote for one in reader.window(at(1), ["town"]).claims] == ["Town fell."]
        with closing(open_desk(fresh.url(user=user), user)) as desk:
            assert desk.log() == ()
    with closing(open_desk(fresh.url(user="ada"), "ada")) as desk:
        desk.mark(Mark(MarkKind.SEEN, "town", 7, at(0)))
        desk.write(LogEntry(at(0), "Relieved."))
    for user in ("ada", "wall"):
        with closing(open_writer(fresh.url(user=user))) as record, pytest.raises(NotAllowedError) as refused:
            record.begin_reading("first", AT)
        assert f"{user} may not write the record" in str(refused.value)
        assert f"GRANT sitmon_collector TO {user}" in str(refused.value)


@pytest.mark.parametrize("user", ["wall", "carol"])
def test_who_may_only_look_is_told_so_when_they_mark_write_or_answer(fresh: Server, tmp_path: Path, user: str) -> None:
    init(fresh, tmp_path, "--collector", "carol", "--desk", "ada", "--viewer", "wall")
    with closing(open_desk(fresh.url(user=user), user)) as desk:
        acts: list[Callable[[], None]] = [
            partial(desk.mark, Mark(MarkKind.PINNED, "town", 7, at(0))),
            partial(desk.write, LogEntry(at(0), "Relieved.")),
            partial(desk.answer, Answer("alarm:1", AnswerKind.ACKNOWLEDGED, at(0))),
        ]
        for act in acts:
            with pytest.raises(NotAllowedError, match=f"{user} may only read.*GRANT sitmon_desk TO {user}"):
                act()
        assert desk.refusal() is not None
    with closing(open_desk(fresh.url(user="ada"), "ada")) as desk:
        assert desk.refusal() is None


def test_a_user_without_any_role_is_told_which_one_lets_it_read(fresh: Server, tmp_path: Path) -> None:
    init(fresh, tmp_path)
    with (
        closing(open_reader(fresh.url(user="nobody"))) as reader,
        pytest.raises(NotAllowedError, match="GRANT sitmon_viewer TO"),
    ):
        reader.cursor()


def test_a_collector_that_may_make_no_tables_says_who_can(fresh: Server) -> None:
    with pytest.raises(StoreError, match=r"carol may not make its tables in .*: run `sitmon db init` as the user who owns"):
        open_writer(fresh.url(user="carol"))


def test_who_may_make_no_roles_is_told_what_the_administrator_has_to_run(fresh: Server, tmp_path: Path) -> None:
    with psycopg.connect(fresh.url(), autocommit=True) as connection:
        for role in ("sitmon_collector", "sitmon_desk", "sitmon_viewer"):
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}" if role in _roles(connection) else "SELECT 1")
        connection.execute("GRANT CREATE ON DATABASE postgres TO carol")
    try:
        done = init(fresh, tmp_path, user="carol")
        assert done.returncode == 1
        assert "carol may make no roles" in done.stderr
        assert "CREATE ROLE sitmon_viewer NOLOGIN;" in done.stderr
    finally:
        with psycopg.connect(fresh.url(), autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS sitmon CASCADE; REVOKE CREATE ON DATABASE postgres FROM carol")


def test_tables_of_a_later_migration_are_readable_at_once(fresh: Server, tmp_path: Path) -> None:
    init(fresh, tmp_path, "--viewer", "wall")
    with psycopg.connect(fresh.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE sitmon.later (one bigint)")
    with psycopg.connect(fresh.url(user="wall")) as connection:
        assert connection.execute("SELECT count(*) FROM sitmon.later").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO sitmon.later VALUES (1)")


def test_a_configuration_without_a_database_is_told_where_to_write_it(tmp_path: Path) -> None:
    done = ran(lake(tmp_path), "db", "init")
    assert done.returncode == 2
    assert "under [store]" in done.stderr


def _roles(connection: psycopg.Connection[tuple[object, ...]]) -> set[object]:
    return {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}


def test_a_desk_of_a_viewer_says_why_its_keys_write_nothing_and_one_of_the_watch_writes(fresh: Server, tmp_path: Path) -> None:
    init(fresh, tmp_path, "--desk", "ada", "--viewer", "wall")
    for user, may_write in (("ada", True), ("wall", False)):
        settings = replace(load(tmp_path / "config.toml"), store=fresh.url(user=user))
        opened = open_all(settings, tmp_path / "state")
        present = Present(settings, opened.record, opened.desk, opened.now, mirror=opened.mirror)
        try:
            assert until(lambda: present.refresh() is not None and present.is_role_known)  # noqa: B023 - called at once
            why = present.permission.refusal("seen")
            assert (why is None) is may_write
            assert may_write or "GRANT sitmon_desk TO wall" in str(why)
            assert present.marking.is_read_only is not may_write
        finally:
            present.close()


def test_a_desks_collector_that_may_not_collect_ends_for_good(fresh: Server, tmp_path: Path) -> None:
    init(fresh, tmp_path, "--viewer", "wall")
    (tmp_path / "state").mkdir(exist_ok=True)
    command = [*lake(tmp_path, shared(fresh.url(user="wall"))), "collect", "--for-desk"]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == NOT_ALLOWED
