#!/usr/bin/env python3
"""Turns the code tables (CSV, UTF-8) into the rows that server/ecm/tables.c includes.

usage: tables.py OUTPUT.inc FILE.csv...     (each file becomes `static const struct ROW FILE_rows[]`)
"""
import csv
import os
import sys


def literal(text):
    """A C string literal; a value that is a plain number stays one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    output, files = sys.argv[1], sys.argv[2:]
    with open(output, "w", encoding="utf-8") as out:
        for path in files:
            name = os.path.splitext(os.path.basename(path))[0]
            numbers = {
                "professions": {"code"},
                "disciplines": {"profession", "code", "withdrawn"},
                "objectives": {"code"},
            }.get(name, set())
            with open(path, encoding="utf-8", newline="") as source:
                rows = list(csv.DictReader(source))
            out.write(f"static const struct {name}_row {name}_rows[] = {{\n")
            for row in rows:
                cells = [f".{k} = {int(v) if k in numbers else literal(v)}" for k, v in row.items()]
                out.write("\t{" + ", ".join(cells) + "},\n")
            out.write("};\n")


main()
