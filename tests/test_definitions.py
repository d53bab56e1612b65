"""Terms of the glossary in a text: explained once, where they are read, and nowhere else."""

from pathlib import Path

from simpul.markdown.glossary import MOST, Definitions, Term
from tests.harness import Sample

TERMS = Definitions([
    Term("SKM", "Survei Kepuasan Masyarakat", "Cara mengukur kepuasan."),
    Term("Kata sandi", None, 'Rahasia <pembuka> "akun".'), Term("Sandi", None, "Rahasia."),
    Term("Log", None, "Catatan."),
])


def marked(*parts: str) -> list[str]:
    return TERMS.mark(parts, "../glosarium.html")


def test_the_first_place_is_linked_and_carries_the_meaning() -> None:
    assert marked("<p>Nilai SKM naik, SKM lain turun.</p>", "<p>SKM</p>") == [
        '<p>Nilai <a class="term" href="../glosarium.html#skm" data-arti="Survei Kepuasan Masyarakat. '
        'Cara mengukur kepuasan.">SKM</a>'
        " naik, SKM lain turun.</p>", "<p>SKM</p>"]


def test_the_longest_term_counts_in_any_case_and_its_meaning_is_escaped() -> None:
    assert marked("<li>kata Sandi baru</li>") == [
        '<li><a class="term" href="../glosarium.html#kata-sandi" data-arti="Rahasia &lt;pembuka&gt; '
        '&quot;akun&quot;.">kata Sandi</a> baru</li>']


def test_abbreviations_are_taken_as_they_are_written_and_words_whole() -> None:
    assert marked("<p>skm, login, analog, log-in, SKMB</p>") == ["<p>skm, login, analog, log-in, SKMB</p>"]


def test_headings_links_and_code_are_left_alone() -> None:
    text = ('<h3 id="skm">SKM</h3><p><a href="x" title="a > SKM">SKM</a> '
            '<code>SKM</code></p><pre><code>SKM</code></pre><img alt="SKM">')
    assert marked(text) == [text]
    assert marked(text, "<p>SKM</p>")[1].startswith('<p><a class="term"')


def test_a_page_explains_few_terms_and_those_that_need_it_most() -> None:
    many = Definitions([Term(f"kata{n}x", None, "x") for n in range(20)] + [Term("ASN", None, "x")])
    text = "<p>" + " ".join(f"kata{n}x" for n in range(20)) + " ASN</p>"
    assert many.mark([text], "g.html")[0].count("class=\"term\"") == MOST
    assert 'href="g.html#asn"' in many.mark([text], "g.html")[0]


def test_no_glossary_changes_nothing() -> None:
    assert Definitions([]).mark(["<p>SKM</p>"], "g.html") == ["<p>SKM</p>"]


def test_a_changed_meaning_makes_the_pages_again_that_explain(tmp_path: Path) -> None:
    sample = Sample(tmp_path / "root")
    sample.write("curriculum/glosarium.yml", "- { istilah: Surel, arti: Surat elektronik. }\n").build()
    assert 'data-arti="Surat elektronik."' in sample.page("modul/surel-aman.html")
    assert 'data-arti="Surat' not in sample.page("praktik/00.71/antrean-daring.html")
    case = (sample.root / "site/praktik/00.71/antrean-daring.html").stat().st_mtime_ns
    sample.write("curriculum/glosarium.yml", "- { istilah: Surel, arti: Surat digital. }\n").build()
    assert 'data-arti="Surat digital."' in sample.page("modul/surel-aman.html")
    assert (sample.root / "site/praktik/00.71/antrean-daring.html").stat().st_mtime_ns == case
