"""sitmon: the latest reported status of each region, quoted, attributed, dated, with both sides."""

__version__ = "0.1.0"
