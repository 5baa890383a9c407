"""Law, as pure functions: from a model and a body's rules to derived dates and findings."""
