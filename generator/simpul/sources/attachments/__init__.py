"""Files that go with a text: judged by their content, and cleaned of what they tell of persons."""

from simpul.sources.attachments.reading import Checked, read_attachment

__all__ = ["Checked", "read_attachment"]
