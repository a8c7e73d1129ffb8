"""What stops a person at a page: each is answered in its own way by the middleware."""

from ithrive.web.rights import Right


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is not for everyone."""


class SecondFactorNeeded(Exception):
    """The person may, but must first sign in with a second factor."""

    def __init__(self, right: Right) -> None:
        self.right = right
        super().__init__(f"To {right.value} you must sign in with a second factor.")
