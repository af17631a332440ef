"""What can go wrong, each with the exit code a scheduler acts on."""

from __future__ import annotations

EXIT_OK = 0
EXIT_CHECK_FAILED = 1
EXIT_COULD_NOT_RUN = 2
EXIT_RUN_IN_PROGRESS = 75


class HandoffError(Exception):
    """A problem told to the user in words: what, where, and how to mend it. Never shown as a traceback.

    hint: what to do next, with the command where there is one. It has no default: no problem is told without it.
    """

    exit_code = EXIT_COULD_NOT_RUN

    def __init__(self, message: str, *details: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.hint = hint


class CouldNotRun(HandoffError):
    """The input or the surroundings do not allow a run."""

    exit_code = EXIT_COULD_NOT_RUN


class CheckFailed(HandoffError):
    """The run worked and found something that must not be published."""

    exit_code = EXIT_CHECK_FAILED


class RunInProgress(HandoffError):
    """Another run holds the warehouse."""

    exit_code = EXIT_RUN_IN_PROGRESS
