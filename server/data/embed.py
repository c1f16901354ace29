#!/usr/bin/env python3
"""Writes a text file as a C string of a given name: embed.py OUT NAME FILE"""
import sys


def main(out, name, path):
    with open(path, encoding="utf-8") as source, open(out, "w", encoding="utf-8") as target:
        target.write(f'#pragma GCC diagnostic ignored "-Woverlength-strings"\nextern const char {name}[];\n')
        target.write(f"const char {name}[] =\n")
        for line in source.read().splitlines():
            escaped = line.replace("\\", "\\\\").replace('"', '\\"')
            target.write(f'\t"{escaped}\\n"\n')
        target.write("\t;\n")


main(*sys.argv[1:])
