"""The small files a release adds to the site: the script by which every page tells its release and age."""

import json

from simpul.mirror.client.renew import INSTALLED

SCRIPT, PAGE, DATA, CLIENT = "assets/rilis.js", "perubahan.html", "perubahan.json", INSTALLED
PHP = "unduh/simpul-mirror.php"
GENERATED = {SCRIPT, PAGE, DATA, CLIENT, PHP}
# The policy of a page without inline script; pages of the theme name theirs themselves.
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          "form-action 'self'; base-uri 'none'")
MONTHS = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()


def long_date(date: str) -> str:
    """24 November 2026 for 2026-11-24."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def script(release: int, date: str, promise: int, origin: str) -> bytes:
    """Shows release, date and origin in the footer; a notice when the copy is older than `promise` days by
    the reader's clock, or when that clock cannot be right. What only a release offers becomes a link where a
    page names it as code.
    """
    data = json.dumps([date, promise, origin], ensure_ascii=False)[1:-1]
    return f"""((date, promise, origin, page = document) => {{
const root = page.currentScript.src.replace(/assets\\/rilis\\.js.*$/, "");
const add = (to, name, textContent, href) => \
to.appendChild(Object.assign(page.createElement(name), {{ textContent, href }}));
const line = add(page.querySelector("footer .footer") || page.body, "p", "");
add(line, "a", "Rilis {release}, {long_date(date)}", root + "{PAGE}");
if (origin && !root.startsWith(origin)) {{
add(line, "span", " Salinan dari ");
add(line, "a", origin.replace(/^https?:\\/\\/|\\/$/g, ""), origin);
}}
page.querySelectorAll("p code, li code").forEach((code) => {{
const name = code.textContent;
if (["{PAGE}", "{CLIENT}", "{PHP}"].includes(name))
add(code, "a", name, root + name).previousSibling.remove();
}});
const age = Math.floor((Date.now() - Date.parse(date)) / 864e5);
if (age >= -1 && age <= promise) return;
const note = add(page.body, "p", age < 0
? "Jam perangkat Anda lebih awal daripada tanggal salinan ini, jadi umurnya tidak dapat dihitung."
: `Salinan ini berumur ${{age}} hari menurut jam perangkat Anda. Mungkin sudah ada isi yang lebih baru.`);
note.className = "mark";
note.setAttribute("role", "status");
page.body.children[0].after(note);
}})({data});
""".encode()
