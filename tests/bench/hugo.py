"""The peer: a plain Hugo site with the same texts and kinds of page (lists by tag, sitemap and feed too)."""

import shutil
from pathlib import Path

LAYOUTS = {
    "_default/baseof.html": '<!doctype html><html lang="id"><head><meta charset="utf-8">'
                            '<title>{{ .Title }}</title></head>'
                            '<body>{{ block "main" . }}{{ end }}</body></html>',
    "_default/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>'
                            '{{ with .Params.ringkasan }}<p>{{ . }}</p>{{ end }}{{ .Content }}'
                            '{{ range .Params.tema }}<a href="/tema/{{ . }}/">{{ . }}</a> {{ end }}{{ end }}',
    "_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1>'
                          '<ul>{{ range (.Paginate .RegularPages 50).Pages }}<li>'
                          '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.ringkasan }}</li>'
                          '{{ end }}</ul>{{ template "_internal/pagination.html" . }}{{ end }}',
}
SETTINGS = """baseURL = "https://simpul.example/"
languageCode = "id"
title = "Simpul"
disableKinds = []
[taxonomies]
  tema = "tema"
[pagination]
  pagerSize = 50
"""


def write(source: Path, root: Path) -> None:
    """The portal below `source` as a Hugo site below `root`."""
    shutil.rmtree(root, ignore_errors=True)
    for path, text in LAYOUTS.items():
        place = root / "layouts" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (root / "hugo.toml").write_text(SETTINGS, encoding="utf-8")
    for path in source.glob("content/daerah/*/praktik/*.md"):
        folder = root / "content" / "praktik" / path.parts[-3]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "_index.md").write_text(f"---\ntitle: Daerah {path.parts[-3]}\n---\n", encoding="utf-8")
        text = path.read_text(encoding="utf-8").replace("\njudul:", "\ntitle:", 1)
        (folder / path.name).write_text(text, encoding="utf-8")
    for path in source.glob("curriculum/modul/*/isi.md"):
        place = root / "content" / "modul" / f"{path.parent.name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"---\ntitle: {path.parent.name}\n---\n{path.read_text(encoding='utf-8')}",
                         encoding="utf-8")
