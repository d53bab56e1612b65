"""Whatever one file raises while it is opened, read or shown becomes a problem of that file."""

from simpul.problems import Problem, error
from simpul.runtime.clock import OutOfTime
from simpul.runtime.tracing import lines_below, named
from simpul.runtime.versions import GENERATOR
from simpul.sources.formats import Unreadable
from simpul.sources.schema import Shape, kind_of

LIMITS = (OutOfTime, MemoryError, RecursionError)
"""What depends on the machine too: the next time it may go well."""
LIGHTER: dict[Shape, str] = {
    "picture": "Perkecil gambarnya, misalnya ke lebar 1.200 piksel, lalu simpan ulang sebagai JPEG atau PNG.",
    "attachment": "Pecah menjadi beberapa berkas, atau hapus baris, kolom, dan gambar yang tidak perlu.",
    "rows": "Hapus kolom dan baris yang tidak dipakai, atau pecah menjadi beberapa berkas.",
    "article": "Sederhanakan susunannya: kurung, tautan, dan daftar yang bersarang.",
}
PROGRAM_HINT = ("Ini kekurangan program: kirim baris ini kepada pengelola portal. "
                "Sementara itu keluarkan berkasnya.")


def problem_of_file(path: str, failure: BaseException) -> Problem:
    """What is told of a file that cannot be used, with the failure's name for who keeps the program."""
    match failure:
        case Unreadable():
            return failure.problem(path)
        case OutOfTime():
            return too_heavy(path, "terlalu lama diolah")
        case MemoryError():
            return too_heavy(path, "menghabiskan memori saat diolah")
        case RecursionError():
            return too_heavy(path, "bersarang terlalu dalam")
        case OSError():
            return error(path, 1, "tak-terbuka", "berkas tidak dapat dibuka", "Periksa izin berkasnya.")
    place, line = next(reversed(lines_below(failure, GENERATOR)), ("", 1))
    what = f"berkas ini tidak dapat diolah ({named(failure)}, generator/simpul/{place}:{line})"
    return error(path, 1, "program", what, PROGRAM_HINT)


def too_heavy(path: str, what: str) -> Problem:
    """A file that takes more than there is, with the remedy that fits its kind."""
    kind = kind_of(path)
    shape: Shape = kind.shape if kind else "article"
    hint = LIGHTER.get(shape, "Sederhanakan susunannya, atau pecah menjadi beberapa berkas.")
    return error(path, 1, "terlalu-rumit", f"{'gambar' if shape == 'picture' else 'berkas'} ini {what}", hint)
