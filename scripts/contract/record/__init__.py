"""New recordings from the live API: which calls are made, and making them through the generated client."""
