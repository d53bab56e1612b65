"""Rules about the registers: a text rests on what that of laws carries, and on nothing else."""

from collections.abc import Iterator

from simpul import model
from simpul.model.law import article_name, law_anchor, law_name
from simpul.portal import Portal
from simpul.portal.citations import Citation, citations, laws
from simpul.problems import Finding, did_you_mean, one_of

KIND, SOURCE = "dasar_hukum", "curriculum/dasar_hukum.yml"
REVOKED = "Rujuk penggantinya, atau ceritakan sebagai sejarah tanpa [hukum:...]."
UNSURE = ("Pastikan dulu pada naskah resminya lalu perbarui statusnya di curriculum/dasar_hukum.yml, "
          "atau hapus rujukan ini.")


def laws_are_named_as_cited(portal: Portal) -> Iterator[Finding]:
    """What a citation calls a law, which follows from its id, is what its record calls it."""
    seen: set[str] = set()
    for path, place, law in portal.listed(KIND, model.Law):
        if law.id in seen:
            yield Finding(path, (place, "id"), "error", "ganda", f"peraturan '{law.id}' tertulis dua kali",
                          "Gabungkan keduanya.")
        seen.add(law.id)
        called = f"{law.jenis} {law.nomor}/{law.tahun}"
        if law_name(law.id) != called:
            yield Finding(path, (place, "id"), "error", "hukum-nama",
                          f"id '{law.id}' terbaca sebagai {law_name(law.id)}, tetapi isinya {called}",
                          "Samakan id dengan jenis, nomor, dan tahun.")


def laws_say_what_they_may(portal: Portal) -> Iterator[Finding]:
    """What was changed or revoked says by what; what is unsure or revoked has no articles to rest on."""
    for path, place, law in portal.listed(KIND, model.Law):
        if law.status in ("diubah", "dicabut") and not law.oleh:
            yield Finding(path, (place, "status"), "error", "hukum-oleh",
                          f"{law_name(law.id)} berstatus '{law.status}' tanpa menyebut oleh apa",
                          "Tulis peraturannya pada 'oleh'.")
        if not law.citable and law.pasal:
            yield Finding(path, (place, "pasal"), "error", "hukum-pasal",
                          f"{law_name(law.id)} berstatus '{law.status}', jadi pasalnya tidak boleh dimuat",
                          "Hapus 'pasal', atau pastikan dulu keberlakuannya lalu perbarui status.")
        anchors = [law_anchor(law.id, article.nomor) for article in law.pasal]
        for number, anchor in enumerate(anchors):
            if anchor in anchors[:number]:
                yield Finding(path, (place, "pasal", number, "nomor"), "error", "ganda",
                              f"{law_name(law.id)} {article_name(law.pasal[number].nomor)} tertulis dua kali",
                              "Gabungkan keduanya.")


def systems_stand_once(portal: Portal) -> Iterator[Finding]:
    """No two systems share an address."""
    seen: set[str] = set()
    for path, place, system in portal.listed("sistem", model.NationalSystem):
        if system.id in seen:
            yield Finding(path, (place, "id"), "error", "ganda", f"sistem '{system.id}' tertulis dua kali",
                          "Gabungkan keduanya; nama sebelumnya ditulis pada 'nama_lama'.")
        seen.add(system.id)


def laws_are_reviewed(portal: Portal) -> Iterator[Finding]:
    """A law past its review date says so."""
    for path, place, law in portal.listed(KIND, model.Law):
        if law.tinjau_sebelum < portal.as_of:
            yield Finding(path, (place, "tinjau_sebelum"), "warning", "perlu-ditinjau",
                          f"{law_name(law.id)} seharusnya ditinjau sebelum {law.tinjau_sebelum}",
                          "Periksa status dan pasalnya pada situs resmi, lalu perbarui tanggalnya.")


def citations_rest_on_the_register(portal: Portal) -> Iterator[Finding]:
    """A law that is cited is in the register, and so is its article; it is in force."""
    broken = any(entry.faulty for entry in portal.kinds.get(KIND, {}).values())
    for citation in citations(portal):
        law = laws(portal).get(citation.law)
        if law:
            yield from _of(law, citation)
        elif not broken:
            yield Finding(citation.path, citation.link.line, "error", "hukum-hilang",
                          f"peraturan '{citation.law}' tidak ada di {SOURCE}",
                          did_you_mean(citation.law, laws(portal), "Tulis seperti [hukum:uu-27-2022#46], "
                                       "dan catat peraturannya lebih dulu."))


def _of(law: model.Law, citation: Citation) -> Iterator[Finding]:
    known = [article.nomor for article in law.pasal]
    if not law.citable:
        told = "sudah dicabut" if law.status == "dicabut" else "belum dapat dipastikan"
        by = f" oleh {', '.join(law.oleh)}" if law.status == "dicabut" and law.oleh else ""
        yield Finding(citation.path, citation.link.line, "error", "hukum-status",
                      f"{law_name(law.id)} {told}{by}, jadi tidak boleh menjadi dasar",
                      REVOKED if law.status == "dicabut" else UNSURE)
    elif citation.article and citation.article not in known:
        yield Finding(citation.path, citation.link.line, "error", "hukum-pasal",
                      f"{law_name(law.id)} {article_name(citation.article)} tidak ada di {SOURCE}",
                      one_of(citation.article, known, "Catat pasal itu beserta sumbernya lebih dulu, "
                             "atau rujuk peraturannya saja."))


RULES = (laws_are_named_as_cited, laws_say_what_they_may, laws_are_reviewed, citations_rest_on_the_register,
         systems_stand_once)
