"""A picture that is ready for the site."""

from dataclasses import dataclass


class PictureError(ValueError):
    """A picture that cannot be used; the message is for its contributor, the line is a text file's."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


WIDE, NARROW, TALL = 1200, 600, 4800
"""Pixels: the most that the two copies of a picture are wide, and either is tall. A taller one would be the
end of a phone's patience and, above 16,383, of WebP (RFC 9649).
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """`wide` is at most WIDE px wide and `narrow` at most NARROW px, or empty where `wide` is no wider.

    `width` and `height` are those of `wide`, in pixels; `notes` is what words the original carried, a line
    each; `lost` tells what of it is not shown, each with a remedy.
    """

    wide: bytes
    narrow: bytes
    width: int
    height: int
    notes: str = ""
    lost: tuple[tuple[str, str], ...] = ()
