"""Words: languages, moments in words, templates and what a plan's parts are called."""
