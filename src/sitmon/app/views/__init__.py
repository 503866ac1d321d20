"""What the desk says, as pure functions from what is known to lines of spans: tested without a screen."""
