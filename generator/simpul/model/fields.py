"""The scalars of the data files, and the base of every model. All of them arrive as text."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, get_args
from urllib.parse import urlsplit

from annotated_types import Ge, Le
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from simpul.model import dates, numbers
from simpul.model.docstrings import docstrings

WEB_ADDRESS = r'''https?://[^\s<>"'\\]+\.[^\s<>"'\\]+'''
HOST_ADDRESS = r'''https?://[^\s<>"'\\/]+(/[^\s<>"'\\]*)?'''
MAIL_ADDRESS = r"[\w.+-]+@[\w-]+(\.[\w-]+)+"


def _number(value: Any, wrong: Literal["decimal", "whole"], fits: numbers.Fits) -> numbers.Written:
    """A number that can be read in one way only; else both readings are asked about."""
    found = numbers.read(str(value), fits)
    if found is None:
        raise PydanticCustomError(f"{wrong}_id", "bukan angka", {"hint": numbers.advice(str(value), fits)})
    if len(found.values) > 1:
        raise _asked(numbers.question(found.values))
    return found


def _asked(question: str) -> PydanticCustomError:
    return PydanticCustomError("asked_id", "dapat dibaca dua cara", {"hint": question})


def _decimal(value: Any) -> Decimal:
    return _number(value, "decimal", numbers.anything).values[0]


def _small(value: Any) -> Decimal:
    return _number(value, "decimal", numbers.is_small).values[0]


def _whole(value: Any) -> int:
    found = _number(value, "whole", numbers.is_whole)
    number = found.values[0]
    if found.unit or not numbers.is_whole(number) or not 0 <= number <= numbers.MOST_WHOLE:
        raise PydanticCustomError("whole_id", "bukan bilangan bulat", {})
    return int(number)


def _positive(value: Any) -> int:
    found = _whole(value)
    if found == 0:
        raise PydanticCustomError("whole_id", "bukan bilangan bulat", {})
    return found


def _yes(value: Any) -> bool:
    said = value.strip().casefold() if isinstance(value, str) else value
    if said in ("ya", True):
        return True
    if said in ("tidak", False):
        return False
    raise PydanticCustomError("yes_id", "bukan ya atau tidak", {})


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    found = dates.readings(str(value))
    if not found:
        raise PydanticCustomError("date_id", "bukan tanggal", {})
    if len(found) > 1:
        raise _asked(dates.question(found))
    return found[0]


def _web_address(value: str) -> str:
    if not re.fullmatch(WEB_ADDRESS, value):
        raise PydanticCustomError("url_id", "bukan alamat web", {})
    return value


def _host_address(value: str) -> str:
    """Of an office's own network too, where a host may have no dot; empty for none."""
    try:
        host = urlsplit(value).hostname if re.fullmatch(HOST_ADDRESS, value) else ""
    except ValueError:
        host = ""
    if value and not host:
        raise PydanticCustomError("url_id", "bukan alamat web", {})
    return value


def _mail_address(value: str) -> str:
    if not re.fullmatch(MAIL_ADDRESS, value):
        raise PydanticCustomError("mail_id", "bukan alamat surel", {})
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise PydanticCustomError("language_id", "bukan kode bahasa", {})
    return value


def _schema(**extra: Any) -> Any:
    return Field(json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names another source by its id, so that it follows one that was renamed. `kind` is
    that source's kind.
    """

    kind: str


class OneOrMore:
    """Marks a list that may be written as its only item."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(lambda value: [value] if isinstance(value, str) else value,
                                                 handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema,
                                     handler: GetJsonSchemaHandler) -> dict[str, Any]:
        listed = handler(core)
        return {"anyOf": [listed["items"], listed]}


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ModuleId = Annotated[Slug, Refers("modul")]
ModelId = Annotated[Slug, Refers("model")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^\d\.\d$")]
IndicatorId = Annotated[str, StringConstraints(pattern=r"^\d\.\d\.[1-4]-[1-9]\d?$")]
"""Competence, level and number: "1.1.2-3"."""
Region = Annotated[str, StringConstraints(pattern=r"^\d\d(\.\d\d)?$")]
Period = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=60)]
Whole = Annotated[int, BeforeValidator(_whole), _schema(pattern=numbers.WHOLE_PATTERN)]
Positive = Annotated[int, BeforeValidator(_positive), _schema(pattern="^[1-9][0-9]*$")]
Number = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema(
    {"type": "string", "format": "angka", "pattern": f"^(?!{numbers.ASKED}$)(?:{numbers.FORM})$"})]
Small = Annotated[Decimal, BeforeValidator(_small), WithJsonSchema(
    {"type": "string", "format": "angka-kecil", "pattern": f"^(?:{numbers.FORM})$"})]
Yes = Annotated[bool, BeforeValidator(_yes), _schema(enum=["ya", "tidak"], type="string")]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Language = Annotated[str, AfterValidator(_language), _schema(pattern="^[a-z]{2,3}$")]
Url = Annotated[Line, AfterValidator(_web_address), _schema(pattern=f"^{WEB_ADDRESS}$")]
Host = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_host_address)]
Mail = Annotated[Line, AfterValidator(_mail_address), _schema(pattern=f"^{MAIL_ADDRESS}$")]
Licence = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Status = Literal["usulan", "uji_coba", "ditetapkan", "dicabut"]
Pillar = Literal["kecakapan", "etika", "budaya", "keamanan"]
Connection = Literal["baik", "terbatas", "sangat_terbatas"]
Geography = Literal["daratan", "pegunungan", "kepulauan", "pesisir", "perkotaan"]


def _bounds(metadata: Iterable[Any], kind: Any) -> dict[str, int]:
    """The least and the greatest of a number, which its own reading from text hides from JSON Schema."""
    found: dict[str, int] = {}
    for part in metadata:
        if isinstance(part, FieldInfo):
            found |= _bounds(part.metadata, None)
        elif isinstance(part, (Ge, Le)):
            found |= {"minimum": part.ge} if isinstance(part, Ge) else {"maximum": part.le}  # type: ignore
    for inner in get_args(kind):
        found |= _bounds(getattr(inner, "__metadata__", ()), getattr(inner, "__origin__", None))
    return found


_NONE: frozenset[str] = frozenset()


class Base(BaseModel):
    """Frozen; a key that is not in the model is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    refused: ClassVar[Mapping[str, str]] = {}
    """Keys that someone may well try, and why they are not taken."""

    @classmethod
    def field_help(cls) -> Mapping[str, str]:
        """The docstrings of its fields."""
        parts = (part for part in reversed(cls.__mro__) if issubclass(part, Base))
        found = {name: text for part in parts
                 for name, text in docstrings(part.__module__).get(part.__name__, {}).items()}
        return {name: found[name] for name in cls.model_fields if name in found}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in cls.field_help().items():
            properties[name].setdefault("description", text)
        for name, info in cls.model_fields.items():
            properties[name].update(_bounds(info.metadata, info.annotation))
        return schema

    def __getstate__(self) -> dict[Any, Any]:
        """Its fields alone: a portal of many files is read again from the cache in half the time."""
        return self.__dict__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        fields = {"__dict__": state, "__pydantic_fields_set__": _NONE, "__pydantic_extra__": None,
                  "__pydantic_private__": None}
        for name, value in fields.items():
            object.__setattr__(self, name, value)
