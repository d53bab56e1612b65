"""HTML, as mail programs and Word's texts give it -> Markdown."""

import re

from simpul.intake.doors.parcel import DoorError

UNSEEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
NEEDED = "Pasang pustaka penerima dulu: pip install --require-hashes -r requirements/receive.txt"


def as_markdown(html: str) -> str:
    """Its words as Markdown, marks of Markdown in them escaped. Raises DoorError without the library."""
    try:
        from markdownify import ATX, markdownify
    except ModuleNotFoundError:
        raise DoorError("surel yang hanya memuat HTML belum dapat dibaca di komputer ini",
                        f"{NEEDED}.") from None
    text = markdownify(UNSEEN.sub("", html), heading_style=ATX, bullets="-", escape_misc=True,
                       strip=["script", "style"], table_infer_header=True, newline_style="backslash",
                       keep_inline_images_in=["td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "a"])
    return re.sub(r"\n{3,}", "\n\n", text.replace("\u00a0", " ")).strip() + "\n"
