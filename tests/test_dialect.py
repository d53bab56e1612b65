"""The dialect, rule by rule: the portal shows what GitHub's preview shows (GitHub Flavored Markdown 0.29)."""

from pathlib import Path

import pytest
import yaml

from simpul.markdown import render

RULES = yaml.safe_load((Path(__file__).parent / "dialect.yml").read_text(encoding="utf-8"))
EXAMPLES = [pytest.param(example["tulis"], example["hasil"], id=f"{rule['aturan']} {number}")
            for rule in RULES for number, example in enumerate(rule["contoh"], 1)]


def shown(text: str) -> str:
    """The sections of a text, each under its heading."""
    rendered = render(text, "content/halaman.md")
    return "".join(f"<h2>{section.title}</h2>\n{html}" if section.slug else html
                   for section, html in zip(rendered.outline.sections, rendered.html, strict=True))


@pytest.mark.parametrize(("text", "html"), EXAMPLES)
def test_each_rule_makes_what_github_makes(text: str, html: str) -> None:
    assert shown(text) == html


def test_every_rule_has_its_examples() -> None:
    assert len(RULES) >= 29
    assert len(EXAMPLES) >= 120
