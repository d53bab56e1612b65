"""The dialect: what GitHub's preview shows is what the portal shows, and nothing active survives."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.parser_inline import ParserInline

from simpul.markdown import render, rendering
from simpul.markdown.blocks import count_words
from simpul.sources.entry import read_source

DIALECT = {
    "daftar tanpa baris kosong": ("Teks\n- satu\n- dua",
                                  "<p>Teks</p>\n<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>\n"),
    "sarang dua spasi": ("- satu\n  - anak", "<ul>\n<li>satu\n<ul>\n<li>anak</li>\n</ul>\n</li>\n</ul>\n"),
    "daftar bernomor": ("3. tiga\n4. empat", '<ol start="3">\n<li>tiga</li>\n<li>empat</li>\n</ol>\n'),
    "tabel": (
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        '<div class="table-wrap" tabindex="0" role="group" aria-label="Tabel"><table>\n<thead>\n<tr>\n'
        '<th>a</th>\n<th class="align-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
        '<td class="align-right">2</td>\n</tr>\n</tbody>\n</table></div>\n',
    ),
    "kode berpagar": ("```sql\nSELECT 1;\n```", '<pre><code class="language-sql">SELECT 1;\n</code></pre>\n'),
    "coret": ("~~batal~~", "<p><s>batal</s></p>\n"),
    "daftar tugas": (
        "- [ ] satu\n- [x] dua",
        '<ul class="contains-task-list">\n'
        '<li class="task-list-item"><input class="task-list-item-checkbox" disabled="" type="checkbox" '
        'aria-label="Belum selesai"> satu</li>\n'
        '<li class="task-list-item"><input class="task-list-item-checkbox" disabled="" type="checkbox" '
        'checked="" aria-label="Selesai"> dua</li>\n</ul>\n',
    ),
    "tautan telanjang": ("lihat https://contoh.go.id/a.",
                         '<p>lihat <a href="https://contoh.go.id/a">https://contoh.go.id/a</a>.</p>\n'),
    "surel telanjang": ("kantor@contoh.go.id",
                        '<p><a href="mailto:kantor@contoh.go.id">kantor@contoh.go.id</a></p>\n'),
    "catatan kaki": (
        "Teks[^1]\n\n[^1]: Catatan",
        '<p>Teks<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>\n<hr>\n'
        '<section class="footnotes">\n<ol class="footnotes-list">\n'
        '<li id="fn1" class="footnote-item"><p>Catatan <a href="#fnref1" class="footnote-backref" '
        'aria-label="Kembali ke teks">↩︎</a></p>\n</li>\n</ol>\n</section>\n',
    ),
    "perhatian": (
        "> [!WARNING]\n> Hati-hati",
        '<div class="admonition warning">\n<p class="admonition-title">Peringatan</p>\n'
        '<p>Hati-hati</p>\n</div>\n',
    ),
    "kutipan": ("> kutipan", "<blockquote>\n<p>kutipan</p>\n</blockquote>\n"),
    "jangkar judul": ("### Satu Data", '<h3 id="satu-data">Satu Data</h3>\n'),
    "jangkar ganda": ("### A\n### A", '<h3 id="a">A</h3>\n<h3 id="a-2">A</h3>\n'),
    "jangkar bernama": ("### Contoh {#kasus}", '<h3 id="kasus">Contoh</h3>\n'),
    "HTML mentah tampil sebagai teks": ("<b>x</b> <script>alert(1)</script>",
                                        "<p>&lt;b&gt;x&lt;/b&gt; "
                                        "&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
    "templat tampil sebagai teks": ("{{ config }} {% raw %}", "<p>{{ config }} {% raw %}</p>\n"),
    "gambar": ("![Loket](gambar/loket.png)",
               '<p><img src="gambar/loket.webp" alt="Loket" loading="lazy"></p>\n'),
}


@pytest.mark.parametrize("name", DIALECT)
def test_dialect(name: str) -> None:
    text, html = DIALECT[name]
    assert "".join(render(text, "content/halaman.md").html) == html


@pytest.mark.parametrize(("written", "path", "href"), [
    ("../surel/isi.md", "curriculum/modul/x/isi.md", "surel.html"),
    ("../surel/isi.md#a", "curriculum/modul/x/catatan.md", "../surel.html#a"),
    ("../../../../curriculum/modul/x/isi.md", "content/daerah/73.71/praktik/y.md", "../../modul/x.html"),
    ("../../00.71/praktik/z.md", "content/daerah/73.71/praktik/y.md", "../00.71/z.html"),
    ("/praktik/73.71/y.md", "content/tentang.md", "praktik/73.71/y.html"),
    ("/standar.html", "content/panduan/a.md", "../standar.html"),
    ("#bagian", "content/tentang.md", "#bagian"),
    ("gambar/y.jpg", "content/daerah/73.71/praktik/z.md", "gambar/y.webp"),
    ("../adaptasi/surel.yml", "content/daerah/73.71/praktik/y.md", "../../modul/surel/73.71.html"),
    ("../profil.yml", "content/daerah/73.71/praktik/y.md", "../../daerah/73.71.html"),
    ("“https://contoh.go.id/a”", "content/tentang.md", "https://contoh.go.id/a"),
    ('"https://contoh.go.id/a"', "content/tentang.md", "https://contoh.go.id/a"),
    ("mailto:%20kantor@contoh.go.id", "content/tentang.md", "mailto:kantor@contoh.go.id"),
    ("https://contoh.go.id/dua%20kata", "content/tentang.md", "https://contoh.go.id/dua%20kata"),
    ("<https://contoh.go.id/dua kata>", "content/tentang.md", "https://contoh.go.id/dua%20kata"),
])
def test_links_between_sources_lead_to_pages(written: str, path: str, href: str) -> None:
    assert f'href="{href}"' in render(f"[t]({written})", path).html[0]


def test_sections_are_cut_at_the_second_level() -> None:
    outline = render("Awal dua.\n\n## Satu\n\nIsi tiga kata.\n\n### Anak\n\n## Dua\n", "content/a.md",
                     10).outline
    assert [(s.slug, s.words, s.line) for s in outline.sections] == \
        [("", 2, 10), ("satu", 4, 12), ("dua", 0, 18)]


ACTIVE = re.compile(r"<(script|iframe|object|embed|form|style|svg|math|base|meta|link)\b"
                    r"|\son\w+=|javascript:|data:", re.IGNORECASE)


@given(st.text(alphabet=st.sampled_from("[]()<>!*_`#-|:{}\n \"'/ahtps.jv~^&;=x1"), max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_text_ends_in_a_traceback_or_an_active_tag(text: str) -> None:
    source, rendered = read_source("content/acak.md", f"---\njudul: Acak\n---\n{text}".encode())
    assert source.entry.path == "content/acak.md"
    assert rendered is None or not any(ACTIVE.search(re.sub(r">[^<]*<", "><", html))
                                       for html in rendered.html)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    for path in ("curriculum/modul/x/modul.yml", "content/daerah/00.71/praktik/x.md",
                 "curriculum/layanan.yml", "curriculum/wilayah/lain.csv"):
        read_source(path, data)


@pytest.mark.parametrize("bomb", [
    "[" * 20_000, "[a](b " * 5_000, "![" * 10_000, "*a " * 10_000, "_a*b" * 8_000, "> " * 5_000, "- " * 5_000,
    "http:" * 20_000, "\n".join(" " * (2 * depth) + "- a" for depth in range(300)),
    "|a" * 10_000 + "\n" + "|-" * 10_000, "<" * 20_000, "[^1]" * 10_000,
], ids=lambda bomb: bomb[:6])
def test_bombs_are_answered_in_time(bomb: str) -> None:
    source, rendered = read_source("content/bom.md", f"---\njudul: Bom\n---\n{bomb}".encode())
    assert rendered is not None or [problem.code for problem in source.problems] == ["terlalu-rumit"]


@settings(max_examples=1000)
@given(st.text(st.sampled_from("ab 0Éw.,;:()?/%'\"–-_*`[]!&<>\\\n@~#|") | st.characters(), max_size=40))
def test_plain_words_are_parsed_as_anything_else_is(text: str) -> None:
    parser, own, full = rendering._PARSER, [], []
    parser.inline.parse(text.strip(), parser, {}, own)
    ParserInline.parse(parser.inline, text.strip(), parser, {}, full)
    assert own == full


@given(st.text() | st.text("ab \t\n\r\x0b\x1c\x85\xa0"))
def test_words_are_counted_as_they_are_parted(text: str) -> None:
    assert count_words(text) == len(text.split())


@pytest.mark.parametrize(("written", "html"), [
    ("• satu\n•\tdua\no\tanak\n", "<ul>\n<li>satu</li>\n<li>dua\n<ul>\n<li>anak</li>\n</ul>\n</li>\n</ul>\n"),
    ("\t·\tsatu\n\t·\tdua", "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>\n"),
    ("a) satu\nb) dua", "<p>a) satu<br>\nb) dua</p>\n"),
    ("(1) satu\n(2) dua\nlanjutan", "<p>(1) satu<br>\n(2) dua\nlanjutan</p>\n"),
    ("```\n• satu\n```", "<pre><code>• satu\n</code></pre>\n"),
    ("Teks <!-- tersembunyi --> lagi", "<p>Teks  lagi</p>\n"),
    ("<!-- satu\n\ndua -->\nTeks", "<p>Teks</p>\n"),
    ("`<!-- kode -->` dan 50%% atau 60%%", "<p><code>&lt;!-- kode --&gt;</code> dan 50%% atau 60%%</p>\n"),
    ("%% satu\ndua %%\n\nTeks", "<p>Teks</p>\n"),
])
def test_what_is_meant_is_shown(written: str, html: str) -> None:
    assert "".join(render(written, "content/a.md").html) == html


LAW = '<a href="dasar-hukum.html#uu-27-2022-pasal-4-ayat-2">UU 27/2022 Pasal 4 ayat (2)</a>'


@pytest.mark.parametrize(("written", "html"), [
    ("Menurut [hukum:uu-27-2022#4 ayat (2)].", f"<p>Menurut {LAW}.</p>\n"),
    ("[Hukum : uu-27-2022#4\n ayat (2)]", f"<p>{LAW}</p>\n"),
    ("| a |\n|---|\n| [hukum:uu-27-2022#4 ayat (2)] |", f"<td>{LAW}</td>"),
    ("[hukum:permenpanrb-14-2017#lampiran]",
     '<p><a href="dasar-hukum.html#permenpanrb-14-2017-lampiran">PermenPANRB 14/2017 lampiran</a></p>\n'),
    ("[lihat [hukum:uu-27-2022]](b.md)",
     '<p>[lihat <a href="dasar-hukum.html#uu-27-2022">UU 27/2022</a>](b.md)</p>\n'),
    ("[UU PDP](hukum:uu-27-2022)", '<p><a href="dasar-hukum.html#uu-27-2022">UU PDP</a></p>\n'),
    ("`[hukum:uu-27-2022]` \\[hukum:uu-27-2022]",
     "<p><code>[hukum:uu-27-2022]</code> [hukum:uu-27-2022]</p>\n"),
    ("[hukum:<b>]", '<p><a href="dasar-hukum.html#b">&lt;b&gt;</a></p>\n'),
])
def test_a_citation_is_a_link_with_the_name_of_the_article(written: str, html: str) -> None:
    assert html in "".join(render(written, "content/a.md").html)


def test_a_citation_is_words_in_plain_text_and_keeps_the_lines_after_it() -> None:
    rendered = render("Lihat [hukum:uu-27-2022#4\nayat (2)]\n[a](b.md)", "content/a.md")
    assert rendered.text == "Lihat UU 27/2022 Pasal 4 ayat (2) a"
    assert [link.line for link in rendered.outline.links] == [1, 3]
