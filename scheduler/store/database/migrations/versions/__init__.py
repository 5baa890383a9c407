"""The steps that lead from one version of the schema to the next."""
