"""`python -m sitmon` is `sitmon`."""

from sitmon.cli.entry import main

main()
