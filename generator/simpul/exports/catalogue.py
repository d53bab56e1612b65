"""What the portal offers, for search engines and catalogues of data: `katalog.jsonld` (schema.org terms)."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from simpul.model import Module
from simpul.portal import Portal
from simpul.runtime.lazy import LazyFile, SiteFile, ready

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
DATA = (
    ("Pemantauan pelatihan dan kepuasan masyarakat",
     "Jumlah ASN terlatih dan IKM tiap unit layanan. Baris yang kolom contohnya berisi adalah rekaan.",
     ("pemantauan.csv", "pemantauan.json")),
    ("Usulan standar kompetensi digital ASN",
     "Kompetensi, tingkat, usulan minimum tiap kelompok, dan modul yang mengajarkannya. "
     "Usulan, bukan ketetapan pemerintah.",
     ("standar.csv", "standar.json")),
)
FORMATS = {"csv": "text/csv", "json": "application/json"}


def files(portal: Portal) -> Iterator[LazyFile]:
    """The catalogue."""
    yield LazyFile("katalog.jsonld", partial(_file, portal))


def _file(portal: Portal) -> SiteFile:
    text = json.dumps(_catalogue(portal), ensure_ascii=False, indent=1)
    return ready("katalog.jsonld", text.encode())


def _catalogue(portal: Portal) -> dict[str, Any]:
    """Addresses are whole where the site has one, else as seen from this file (JSON-LD 1.1, 4.1.3)."""
    settings = portal.settings
    data = [one for one in DATA if portal.framework or "standar.csv" not in one[2]]
    return {
        "@context": "https://schema.org", "@type": "DataCatalog", "name": settings.site_name,
        "description": settings.site_description, "url": f"{settings.address}index.html", "inLanguage": "id",
        "isAccessibleForFree": True,
        "dataset": [_dataset(settings.address, *one) for one in data],
        "hasPart": [_module(portal, module) for module in portal.modules.values()],
    }


def _dataset(address: str, name: str, about: str, urls: tuple[str, ...]) -> dict[str, Any]:
    forms = [{"@type": "DataDownload", "contentUrl": address + url,
              "encodingFormat": FORMATS[url.rpartition(".")[2]]} for url in urls]
    return {"@type": "Dataset", "name": name, "description": about, "license": LICENCES["CC-BY-4.0"],
            "inLanguage": "id", "distribution": forms}


def _module(portal: Portal, module: Module) -> dict[str, Any]:
    names = [portal.competences[target.kompetensi].nama for target in module.mengajarkan]
    levels = dict.fromkeys(portal.levels[target.tingkat].nama for target in module.mengajarkan)
    return {
        "@type": "LearningResource", "name": module.judul, "description": module.ringkasan,
        "url": f"{portal.settings.address}modul/{module.id}.html", "version": module.versi,
        "license": LICENCES[module.lisensi],
        "timeRequired": f"PT{module.menit.teori + module.menit.praktik}M",
        "teaches": names, "educationalLevel": list(levels), "inLanguage": "id",
        "creator": [{"@type": "Organization", "name": author.instansi} for author in module.penulis],
    }
