"""A picture that is ready for the site."""

from dataclasses import dataclass


class PictureError(ValueError):
    """A picture that cannot be used; the message is for its contributor, the line is a text file's."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Picture:
    """`wide` is at most 1200 px wide and `narrow` at most 600 px, or empty where `wide` is no wider.

    `width` and `height` are those of `wide`, in pixels; `notes` is what words the original carried, a line
    each.
    """

    wide: bytes
    narrow: bytes
    width: int
    height: int
    notes: str = ""
