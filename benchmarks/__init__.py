"""How fast the generated client is, side by side with others: `nox -s bench`."""
