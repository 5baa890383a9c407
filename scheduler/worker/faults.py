"""What can be wrong with running many workers together, one class per cause."""

from scheduler.errors import InterimError, WrongUsage

EXTRA = "pip install 'interim-scheduler[procrastinate]'"


class EngineMissing(InterimError):
    """The job engine was asked for and is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "the engine 'procrastinate' needs the library of that name, which is not installed; "
            f"{EXTRA}, or leave --engine out"
        )


class EngineNeedsServer(WrongUsage):
    """The job engine was asked for where the database is a file."""

    def __init__(self, place: str) -> None:
        super().__init__(
            "the engine 'procrastinate' keeps its jobs in PostgreSQL, and the database is "
            f"{place}; name another with INTERIM_DATABASE_URL, or leave --engine out"
        )


class UnfitInterval(WrongUsage):
    """Seconds between two looks that no clock keeps to in every minute alike."""

    def __init__(self, every: float) -> None:
        super().__init__(
            f"workers of the engine 'procrastinate' look at the same moments of each minute, and "
            f"60 seconds are no multiple of {every:g}; give --every 60, 30, 20, 15, 10, 5, 2 or 1"
        )


class ForeignJobTables(InterimError):
    """The schema for the jobs is another program's."""

    def __init__(self, place: str, schema: str) -> None:
        super().__init__(
            f"{place} has a schema {schema!r} that another program made; "
            "give Interim a database of its own"
        )


class OtherJobTables(InterimError):
    """Workers are running whose procrastinate keeps its jobs in another form."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"workers are running on {place} with another version of procrastinate; end them, "
            "start this one half a minute later, and install the same version everywhere"
        )


class NoRightToJobTables(InterimError):
    """A user of the database who may not make the tables of the jobs."""

    def __init__(self, place: str, schema: str, reason: str) -> None:
        super().__init__(
            f"the schema {schema!r} for jobs cannot be made on {place}: {reason}; let the user in "
            f"INTERIM_DATABASE_URL make schemas there (GRANT CREATE ON DATABASE)"
        )
