"""Feeds: RSS, RDF, Atom and JSON Feed as they come over the network or lie in a folder."""
