"""The screens of the desk: where keys lead, and what is asked of which view."""
