"""Rules about centres, experts and ways of delivery."""

from collections import Counter
from collections.abc import Iterator

from simpul.model import (
    Adaptation,
    Base,
    Centre,
    Component,
    Contact,
    CurriculumRelease,
    Expert,
    Need,
    Report,
    Schedule,
)
from simpul.portal import SAMPLE_PROVINCE, Portal
from simpul.problems import Finding, one_of
from simpul.sources.formats import Location
from simpul.sources.personal import PRIVATE_MAIL
from simpul.sources.rules import REGION

LISTS: tuple[tuple[str, str, type[Need | Centre | Expert]], ...] = (
    ("kebutuhan", "kebutuhan", Need), ("pusat", "pusat", Centre), ("ahli", "ahli", Expert),
)
RELEASES = "curriculum/rilis.yml"


def ids_are_unique(portal: Portal) -> Iterator[Finding]:
    """In one file, no two needs, centres or experts have the same id."""
    for name, what, kind in LISTS:
        seen: Counter[tuple[str, str]] = Counter()
        for path, place, item in portal.listed(name, kind):
            seen[path, item.id] += 1
            if seen[path, item.id] == 2:
                yield Finding(path, (place, "id"), "error", "ganda", f"{what} '{item.id}' tertulis dua kali",
                              "Beri id lain, misalnya dengan nomor berikutnya.")


def samples_stay_apart(portal: Portal) -> Iterator[Finding]:
    """Samples live in the fictional province 00, and nothing else does."""
    kinds: tuple[tuple[str, type[Base]], ...] = (*((name, kind) for name, _, kind in LISTS),
                                                 ("adaptasi", Adaptation), ("jadwal", Schedule),
                                                 ("pemantauan", Report))
    for name, kind in kinds:
        for path, place, item in portal.listed(name, kind):
            code, marked = path.split("/")[2], bool(getattr(item, "contoh", False))
            where = ("contoh",) if name in ("adaptasi", "jadwal") else (place, "contoh")
            if marked and REGION.fullmatch(code) and not code.startswith(SAMPLE_PROVINCE):
                yield Finding(path, where, "error", "contoh-di-daerah", f"data contoh di daerah nyata {code}",
                              "Pindahkan ke content/daerah/00.xx, atau hapus 'contoh' bila datanya nyata.")
            elif code.startswith(SAMPLE_PROVINCE) and not marked:
                yield Finding(path, where, "error", "bukan-contoh",
                              "data di provinsi rekaan 00 harus ditandai contoh",
                              'Tambahkan \'contoh: "ya"\', atau pindahkan ke folder daerah yang sebenarnya.')


def centres_teach_a_release(portal: Portal) -> Iterator[Finding]:
    """A centre names a release of the curriculum that exists, and can hold somebody."""
    known = [release.versi for release in portal.releases]
    entry = portal.entries.get(RELEASES)
    broken = entry is not None and entry.faulty
    for path, place, centre in portal.listed("pusat", Centre):
        if centre.versi_kurikulum not in known and not broken:
            yield Finding(path, (place, "versi_kurikulum"), "error" if entry else "warning", "rilis",
                          f"rilis kurikulum '{centre.versi_kurikulum}' tidak ada",
                          one_of(centre.versi_kurikulum, known, "Rilis dicatat di curriculum/rilis.yml."))
        if centre.kapasitas_per_sesi == 0:
            yield Finding(path, (place, "kapasitas_per_sesi"), "error", "kapasitas", "kapasitas 0 peserta",
                          "Tulis peserta paling banyak dalam satu sesi.")


def releases_follow_each_other(portal: Portal) -> Iterator[Finding]:
    """No two releases have the same number, and a later one has a later number."""
    before: CurriculumRelease | None = None
    for path, place, release in sorted(portal.listed("rilis", CurriculumRelease),
                                       key=lambda item: item[2].tanggal):
        if before and _number(release) <= _number(before):
            yield Finding(path, (place, "versi"), "error", "urutan-rilis",
                          f"rilis '{release.versi}' bertanggal sesudah rilis '{before.versi}'",
                          "Rilis yang lebih baru memakai nomor yang lebih besar; "
                          "periksa nomor dan tanggalnya.")
        before = release


def _number(release: CurriculumRelease) -> tuple[int, ...]:
    return tuple(map(int, release.versi.split(".")))


def contacts_are_offices(portal: Portal) -> Iterator[Finding]:
    """The address of a contact is that of an office, not one that a person may have opened."""
    contacts: list[tuple[str, Location, Contact | None]] = [
        *((path, (place, "kontak", "surel"), centre.kontak)
          for path, place, centre in portal.listed("pusat", Centre)),
        *((f"content/daerah/{code}/profil.yml", ("kontak", "surel"), p.kontak)
          for code, p in portal.profiles.items()),
    ]
    for path, where, contact in contacts:
        if contact and PRIVATE_MAIL.fullmatch(contact.surel.rpartition("@")[2]):
            yield Finding(path, where, "warning", "surel-umum",
                          f"surel '{contact.surel}' memakai layanan umum",
                          "Pakai surel kantor; surel orang tidak boleh dimuat.")


def experts_work_somewhere(portal: Portal) -> Iterator[Finding]:
    """An expert's regions exist, and the quota lets them work."""
    for path, place, expert in portal.listed("ahli", Expert):
        for number, code in enumerate(expert.wilayah_kerja):
            if code not in portal.regions:
                yield Finding(path, (place, "wilayah_kerja", number), "error", "kode-wilayah",
                              f"kode wilayah '{code}' tidak dikenal",
                              "Pakai kode dari curriculum/wilayah/, misalnya 73.71.")
        if expert.kuota_sesi_per_bulan == 0:
            yield Finding(path, (place, "kuota_sesi_per_bulan"), "warning", "kuota",
                          f"kuota ahli '{expert.id}' 0 sesi", "Ahli ini tidak dapat dijadwalkan; "
                          "isi kuotanya, atau hapus bila tidak bertugas lagi.")


def experts_have_agreed(portal: Portal) -> Iterator[Finding]:
    """An expert without a consent date is not published; consent has been given already."""
    for path, place, expert in portal.listed("ahli", Expert):
        date = expert.persetujuan_publikasi
        if date is None:
            yield Finding(path, (place,), "warning", "tanpa-persetujuan",
                          f"ahli '{expert.id}' tidak ditampilkan karena 'persetujuan_publikasi' belum ada",
                          "Mintalah persetujuan tertulis, atau hapus ahli ini: "
                          "berkas ini pun terbuka bagi umum.")
        elif portal.latest and date > portal.latest:
            yield Finding(path, (place, "persetujuan_publikasi"), "error", "tanggal-depan",
                          f"tanggal {date} belum terjadi", "Periksa tahun, bulan, dan harinya.")


def components_can_be_held(portal: Portal) -> Iterator[Finding]:
    """A component takes time; mentoring has its ratio and a regional expert, a class its size."""
    for name, delivery in portal.models.items():
        for number, component in enumerate(delivery.komponen):
            for code, message, hint in _component(component):
                yield Finding(f"curriculum/model/{name}.yml", ("komponen", number), "error", code, message,
                              hint)


def _component(component: Component) -> Iterator[tuple[str, str, str]]:
    if component.menit == 0:
        yield ("tanpa-menit", f"komponen '{component.jenis}' berlangsung 0 menit",
               "Isi 'menit', atau hapus komponennya.")
    if component.jenis == "pendampingan" and not component.perlu_ahli:
        yield ("tanpa-ahli", "komponen 'pendampingan' tanpa ahli daerah",
               "Peserta didampingi di tempat kerjanya oleh ahli yang mengenal daerah itu; "
               "tulis 'perlu_ahli: \"ya\"'.")
    if component.jenis == "pendampingan" and not component.rasio:
        yield ("tanpa-rasio", "komponen 'pendampingan' belum punya 'rasio'",
               'Tulis pendamping banding peserta, misalnya "1:8".')
    if component.jenis in ("tatap_muka", "lokakarya", "daring") and not component.peserta_maks:
        yield ("tanpa-batas", f"komponen '{component.jenis}' belum punya 'peserta_maks'",
               "Tulis peserta paling banyak.")
    if component.rasio and "0" in component.rasio.split(":"):
        yield ("rasio", f"rasio '{component.rasio}' memuat nol",
               'Tulis pendamping banding peserta, misalnya "1:8".')


RULES = (ids_are_unique, samples_stay_apart, releases_follow_each_other, centres_teach_a_release,
         contacts_are_offices, experts_work_somewhere, experts_have_agreed, components_can_be_held)
