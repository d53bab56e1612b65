"""Markdown -> safe HTML, plain text and outline: a pure function of the text and its path.

The dialect is GitHub's: what contributors see in the preview of GitHub and GitLab is what the portal shows.
"""

from simpul.markdown.citations import cited
from simpul.markdown.outline import Heading, Image, Link, Outline, Remark, Rendered, Section
from simpul.markdown.rendering import read_aloud, render
from simpul.markdown.walk import ALERTS

__all__ = ["ALERTS", "Heading", "Image", "Link", "Outline", "Remark", "Rendered", "Section",
           "cited", "read_aloud", "render"]
