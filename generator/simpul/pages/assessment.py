"""What 'lulus minimum' means: the ways it is shown, the marks, the limits; the bank; sheets for a centre."""

from collections.abc import Iterator
from typing import Any

from simpul import model
from simpul.addresses import exam_url
from simpul.figures.exams import core_cells, testable_groups
from simpul.pages.page import Facets, LazyPage, MenuEntry, Page, PageKind, crumbs, lazy, link
from simpul.portal import Portal

RANK = 2
FRONT = "standar.html"
URL = "lulus-minimum.html"
SOURCE = "curriculum/penilaian.yml"
MENU = (MenuEntry("Lulus minimum", URL, 2, FRONT, "Bagaimana orang menunjukkan bahwa minimum tercapai."),)
KIND = PageKind("assessment", "lulus minimum", FRONT, spoken=("ways", "limits"))


def pages(portal: Portal) -> Iterator[LazyPage]:
    """`lulus-minimum.html`; without a definition it says that there is none."""
    yield lazy(URL, KIND, _assessment, portal, source=SOURCE if portal.assessment else "")


def sheets_of_exam(portal: Portal) -> list[dict[str, Any]]:
    """The sheets to print for the core of each group that can be tested."""
    return [link(portal.groups[group].nama, exam_url(group)) for group in testable_groups(portal)]


def _assessment(portal: Portal) -> Page:
    rule = portal.assessment
    view = {"sheets": sheets_of_exam(portal), "bank": [*_bank(portal)], "groups": [*_groups(portal)],
            "rule": _rule(rule) if rule else None, "ways": _ways(rule) if rule else [],
            "limits": list(rule.keterbatasan) if rule else []}
    return Page(URL, KIND, "Lulus minimum", "Apa yang disebut lulus minimum, dengan cara apa ditunjukkan, "
                "dan apa batas cara itu.", view, source=SOURCE if rule else "",
                crumbs=crumbs(("Standar", FRONT)), facets=Facets("halaman"))


def _rule(rule: model.Assessment) -> dict[str, Any]:
    return {
        "version": rule.versi, "status": rule.status, "summary": rule.ringkasan,
        "items": rule.susunan.soal_per_sel, "tasks": rule.susunan.tugas,
        "per_item": rule.susunan.menit_per_soal,
        "percent": rule.batas.soal_persen, "doubt": rule.batas.batas_ragu, "why": rule.batas.alasan,
        "rows": rule.batas.tugas_cukup, "borderline": rule.kasus_batas, "differing": rule.beda_penilai,
        "wait": rule.ulang.jeda_hari, "most": rule.ulang.paling_banyak, "retake": rule.ulang.uraian,
    }


def _ways(rule: model.Assessment) -> list[dict[str, Any]]:
    return [{"id": way.id, "name": way.nama, "column": way.way, "about": way.uraian,
             "conditions": list(way.syarat), "markers": way.penilai} for way in rule.instrumen]


def _groups(portal: Portal) -> Iterator[dict[str, Any]]:
    """The cells of each group's core, with how many items a paper has for it."""
    per_cell = portal.assessment.susunan.soal_per_sel if portal.assessment else 0
    for name, group in portal.groups.items():
        cells = core_cells(portal, name)
        yield {"name": group.nama, "questions": per_cell * len(cells), "cells": [
            link(portal.competences[code].nama if code in portal.competences else "",
                 f"kompetensi/{code}.html", code=code, level=level) for code, level in cells]}


def _bank(portal: Portal) -> Iterator[dict[str, Any]]:
    for bank in portal.banks.values():
        competence = portal.competences.get(bank.kompetensi)
        tested = [item for item in bank.soal if item.untuk == "uji"]
        yield link(competence.nama if competence else "", f"kompetensi/{bank.kompetensi}.html",
                   code=bank.kompetensi, level=bank.tingkat, items=len(tested), tasks=len(bank.tugas))
