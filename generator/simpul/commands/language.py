"""The command line speaks Indonesian: click's own sentences, translated."""

import gettext

SENTENCES = {
    "Usage:": "Pemakaian:",
    "Options": "Opsi",
    "Commands": "Perintah",
    "Arguments": "Argumen",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi.",
    "Error: {message}": "Galat: {message}",
    "Aborted!": "Dihentikan.",
    "Try '{command} {option}' for help.": "Lihat '{command} {option}' untuk bantuan.",
    "No such command {name!r}.": "Perintah {name!r} tidak ada.",
    "No such option: {name}": "Opsi {name} tidak ada.",
    "No such option {name!r}.": "Opsi {name!r} tidak ada.",
    "Did you mean {possibility}?": "Maksud Anda {possibility}?",
    "Missing command.": "Perintah belum disebut.",
    "Missing argument": "Argumen belum diisi:",
    "Missing option": "Opsi belum diisi:",
    "Missing parameter": "Isian belum ada:",
    "Invalid value: {message}": "Isi tidak sesuai: {message}",
    "Invalid value for {param_hint}: {message}": "Isi {param_hint} tidak sesuai: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan {number_type}.",
    "{value} is not in the range {range}.": "{value} di luar batas {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.",
    "Option {name!r} does not take a value.": "Opsi {name!r} tidak memakai isi.",
    "Got unexpected extra argument ({args})": "Argumen berlebih ({args})",
    "file": "berkas",
    "File": "Berkas",
    "directory": "folder",
    "Directory": "Folder",
    "path": "jalur",
    "Path": "Jalur",
    "default: {default}": "bawaan: {default}",
    "required": "wajib",
    "(dynamic)": "(otomatis)",
}
PLURALS = {
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} bukan salah satu dari {choices}.",
    "Got unexpected extra argument ({args})": "Argumen berlebih ({args})",
    "Got unexpected extra arguments ({args})": "Argumen berlebih ({args})",
    "(Possible options: {possibilities})": "(Pilihan: {possibilities})",
    "Did you mean {possibility}?": "Maksud Anda {possibility}?",
    "Option {name!r} requires an argument.": "Opsi {name!r} perlu isi.",
    "Option {name!r} requires {nargs} arguments.": "Opsi {name!r} perlu {nargs} isi.",
}


def _translated(sentence: str) -> str:
    return SENTENCES.get(sentence, sentence)


def _translated_plural(one: str, many: str, number: int) -> str:
    sentence = one if number == 1 else many
    return PLURALS.get(sentence) or PLURALS.get(one) or SENTENCES.get(one, sentence)


def install() -> None:
    """Puts the translations in place, for this whole process; click takes them over when it is loaded."""
    gettext.gettext = _translated  # type: ignore[assignment]
    gettext.ngettext = _translated_plural  # type: ignore[assignment]
