"""Rules about what is tested: indicators, objectives, and whether the minimum can be shown."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from simpul import model
from simpul.portal import Portal, once
from simpul.problems import Finding, one_of
from simpul.sources.formats import Location

ITEMS_PER_CELL = 12
"""Parallel items for each competence and level of the minimum: two forms and a third for a retake."""
ITEMS_PER_INDICATOR = 2

Named = tuple[str, Location, str]
"""Source, place, and the indicator or objective it names."""


def _bank_path(name: str) -> str:
    return f"curriculum/bank/{name}.yml"


def _module_path(name: str) -> str:
    return f"curriculum/modul/{name}/modul.yml"


@once
def indicators(portal: Portal) -> Mapping[str, model.Indicator]:
    """All indicators of the framework, by id."""
    return {item.id: item for competence in portal.competences.values()
            for items in competence.indikator.values() for item in items}


def _named(portal: Portal) -> Iterator[Named]:
    for name, bank in portal.banks.items():
        for n, item in enumerate(bank.soal):
            yield _bank_path(name), ("soal", n, "indikator"), item.indikator or ""
        for n, task in enumerate(bank.tugas):
            for k, named in enumerate(task.indikator):
                yield _bank_path(name), ("tugas", n, "indikator", k), named
    for name, module in portal.modules.items():
        for n, question in enumerate(module.kuis):
            yield _module_path(name), ("kuis", n, "indikator"), question.indikator or ""


def indicators_exist(portal: Portal) -> Iterator[Finding]:
    """What a question or task tests is an indicator of the framework."""
    known = indicators(portal)
    for path, place, name in _named(portal):
        if name and name not in known and portal.framework:
            near = [other for other in known if other[:5] == name[:5]]
            yield Finding(path, place, "error", "indikator", f"indikator '{name}' tidak ada di kerangka",
                          one_of(name, near, "Indikator beserta id-nya ada di curriculum/kerangka/."))


def questions_test_what_is_taught(portal: Portal) -> Iterator[Finding]:
    """A quiz tests what its module teaches."""
    for name, module in portal.modules.items():
        taught = {(target.kompetensi, target.tingkat) for target in module.mengajarkan}
        for n, question in enumerate(module.kuis):
            if question.indikator and (question.kompetensi, question.tingkat) not in taught:
                yield Finding(_module_path(name), ("kuis", n, "indikator"), "error", "kuis-sel",
                              f"soal menguji '{question.indikator}', yang tidak diajarkan modul ini",
                              "Pilih indikator dari kompetensi dan tingkat pada 'mengajarkan'.")


def objectives_exist(portal: Portal) -> Iterator[Finding]:
    """The objective that a row of a rubric shows is one of that module's."""
    for name, bank in portal.banks.items():
        for n, task in enumerate(bank.tugas):
            for k, row in enumerate(task.rubrik):
                for i, objective in enumerate(row.tujuan):
                    yield from _objective(portal, name, ("tugas", n, "rubrik", k, "tujuan", i), objective)


def _objective(portal: Portal, bank: str, place: Location, objective: str) -> Iterator[Finding]:
    name, _, number = objective.partition("#")
    module = portal.modules.get(name)
    if module is None and name not in portal.broken["modul"]:
        yield Finding(_bank_path(bank), place, "error", "rujukan", f"modul '{name}' tidak ada",
                      one_of(name, portal.modules))
    elif module and int(number) > len(module.tujuan):
        yield Finding(_bank_path(bank), place, "error", "kuis-tujuan",
                      f"modul '{name}' hanya punya {len(module.tujuan)} tujuan",
                      "Tulis nomor tujuan modul itu, mulai dari 1.")


def objectives_are_tested(portal: Portal) -> Iterator[Finding]:
    """Each objective of a module is met by a question of its quiz or by a row of a rubric."""
    shown = {objective for bank in portal.banks.values() for task in bank.tugas for row in task.rubrik
             for objective in row.tujuan}
    for name, module in portal.modules.items():
        asked = {number for question in module.kuis for number in question.tujuan}
        for n in range(1, len(module.tujuan) + 1):
            if asked and n not in asked and f"{name}#{n}" not in shown:
                yield Finding(_module_path(name), ("tujuan", n - 1), "warning", "tujuan-tanpa-soal",
                              f"tujuan {n} belum diuji soal atau rubrik apa pun",
                              f"Tambahkan 'tujuan: \"{n}\"' pada soal yang mengujinya, atau '{name}#{n}' "
                              "pada baris rubrik di curriculum/bank/.")


def minimum_can_be_shown(portal: Portal) -> Iterator[Finding]:
    """Each cell of the minimum has enough parallel items and a task; each indicator two items or a task."""
    if not portal.banks or portal.broken["bank"] or portal.framework is None:
        return  # a portal without a bank says so on its page; a broken one may hold what seems to be missing
    cells = {(cell.kompetensi, cell.tingkat): n for n, cell in
             reversed([*enumerate(portal.framework.standar_minimum)])}
    for (code, level), number in cells.items():
        if lacks := "; ".join(_lacks(portal, code, level)):
            yield Finding(portal.framework_path, ("standar_minimum", number), "warning", "celah-uji",
                          f"kompetensi {code} tingkat {level} belum dapat diuji: {lacks}",
                          f"Lengkapi curriculum/bank/{code}-{level}.yml.")


def _lacks(portal: Portal, code: str, level: str) -> Iterator[str]:
    bank = portal.banks.get(f"{code}-{level}")
    items = [item for item in bank.soal if item.untuk == "uji"] if bank else []
    if len(items) < ITEMS_PER_CELL:
        yield f"baru {len(items)} soal uji dari {ITEMS_PER_CELL}"
    if not bank or not bank.tugas:
        yield "belum ada tugas kinerja"
    times = Counter(item.indikator for item in items)
    shown = {name for task in (bank.tugas if bank else ()) for name in task.indikator}
    competence = portal.competences.get(code)
    for indicator in competence.indikator.get(level, ()) if competence else ():  # type: ignore[call-overload]
        if items and times[indicator.id] < ITEMS_PER_INDICATOR and indicator.id not in shown:
            yield f"indikator {indicator.id} belum diuji dua soal atau satu tugas"


def questions_differ(portal: Portal) -> Iterator[Finding]:
    """No question stands twice, in whichever file."""
    found = defaultdict[tuple[str, ...], list[tuple[str, Location, str]]](list)
    for name, bank in portal.banks.items():
        for n, item in enumerate(bank.soal):
            found[_words(item)].append((_bank_path(name), ("soal", n, "tanya"), item.id or ""))
    for name, module in portal.modules.items():
        for n, question in enumerate(module.kuis):
            found[_words(question)].append((_module_path(name), ("kuis", n, "tanya"), question.id or ""))
    for (first, _, number), *others in found.values():
        for path, place, _ in others:
            yield Finding(path, place, "error", "ganda", f"soal yang sama sudah ada: {number} di {first}",
                          "Hapus salah satunya, atau tanyakan hal lain.")


def _words(question: model.Question) -> tuple[str, ...]:
    texts = (question.tanya, *sorted(question.pilihan), *question.jawaban)
    return tuple(" ".join(text.casefold().split()) for text in texts)


RULES = (indicators_exist, questions_test_what_is_taught, objectives_exist, objectives_are_tested,
         minimum_can_be_shown, questions_differ)
