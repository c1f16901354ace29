#!/usr/bin/env python3
"""Writes the migrations named on the command line as one C table: embed.py OUT FILE.sql…"""
import os
import sys


def main(out, files):
    names = [os.path.basename(name)[: -len(".sql")] for name in files]
    numbers = [int(name.split("_")[0]) for name in names]
    if numbers != sorted(set(numbers)):
        sys.exit("migrations must be listed by ascending, unique number: " + " ".join(names))
    with open(out, "w", encoding="utf-8") as target:
        target.write('#include "server/store/migrate.h"\n\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n\nconst struct migration store_migrations[] = {\n')
        for number, name, path in zip(numbers, names, files):
            target.write(f'\t{{{number}, "{name}",\n')
            with open(path, encoding="utf-8") as source:
                for line in source.read().splitlines():
                    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
                    target.write(f'\t\t"{escaped}\\n"\n')
            target.write("\t},\n")
        target.write("\t{0},\n};\n")


main(sys.argv[1], sys.argv[2:])
