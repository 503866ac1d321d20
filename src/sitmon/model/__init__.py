"""The nouns of the house: frozen values that every floor above speaks in."""
