"""How PostgreSQL goes about each question of a desk: `python -m bench.plans URL ARTICLES [URL ARTICLES …]`.

The databases are those of `bench.record --postgres --url`. Told are the pages that a question has the server look at, and the
tables it walks through from end to end: the same few pages whatever the size, and no table, is what lets a record grow.
"""

from __future__ import annotations

import argparse
from contextlib import closing

import psycopg
from bench.record import BEGIN, EVERY
from tests.store.plans import asked, nodes, plan_of, walks
from tests.store.test_plans import QUESTIONS

from sitmon.store.postgres.record import open_reader


def main() -> None:
    """Print a line for each question and size."""
    asked_for = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked_for.add_argument("given", nargs="+", metavar="URL ARTICLES", help="a database, and how many articles it holds")
    given = asked_for.parse_args().given
    if len(given) % 2 or not all(number.isdecimal() for number in given[1::2]):
        asked_for.error("after each URL the number of its articles")
    for url, size in zip(given[::2], map(int, given[1::2]), strict=True):
        print(f"{size:,} articles")
        with psycopg.connect(url) as connection:
            connection.execute("SET search_path = sitmon; SET jit = off")
            for what, ask in QUESTIONS.items():
                with closing(open_reader(url)) as record, asked() as questions:
                    ask(record, BEGIN + size * EVERY)
                plans = [plan_of(connection, question, run=True) for question in questions]
                pages = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)
                walked = sorted({table for plan in plans for table in walks(plan)})
                indexes = sorted({node["Index Name"] for plan in plans for node in nodes(plan) if "Index Name" in node})
                print(f"    {what:24s}{pages:8,} pages; walks through: {', '.join(walked) or 'none'}; by {', '.join(indexes)}")


if __name__ == "__main__":
    main()
