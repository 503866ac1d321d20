"""The web server: the desk in a browser, and the board as a page and as JSON. It reads, and changes nothing."""
