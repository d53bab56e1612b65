"""The small files a release adds to the site: the script by which every page tells its release and age."""

import json

SCRIPT, PAGE, DATA, CLIENT = "assets/rilis.js", "perubahan.html", "perubahan.json", "unduh/simpul-mirror.pyz"
GENERATED = {SCRIPT, PAGE, DATA, CLIENT}
# The policy of a page without inline script; pages of the theme name theirs themselves.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
MONTHS = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()


def long_date(date: str) -> str:
    """24 November 2026 for 2026-11-24."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def script(release: int, date: str, promise: int, origin: str) -> bytes:
    """Shows release, date and origin in the footer; a notice when the copy is older than `promise` days by the reader's clock."""
    data = json.dumps({"rilis": release, "tanggal": date, "janji": promise, "asal": origin}, ensure_ascii=False)
    return f"""(function (r) {{
  var place = document.querySelector("footer .footer") || document.querySelector("footer") || document.body;
  var line = document.createElement("p");
  var age = Math.floor((Date.now() - Date.parse(r.tanggal)) / 864e5);
  line.textContent = "Rilis " + r.rilis + ", {long_date(date)}.";
  if (r.asal && r.asal.indexOf("//" + location.host + "/") < 0) line.textContent += " Salinan dari " + r.asal;
  place.appendChild(line);
  if (age <= r.janji) return;
  var note = document.createElement("p");
  note.setAttribute("role", "status");
  note.className = "mark";
  note.textContent = "Salinan ini berumur " + age + " hari menurut jam perangkat Anda; mungkin ada isi yang lebih baru"
    + (r.asal ? " di " + r.asal : "") + ".";
  document.body.insertBefore(note, document.body.firstChild.nextSibling);
}})({data});
""".encode()
