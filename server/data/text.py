#!/usr/bin/env python3
"""Turns a text file (UTF-8) into a C array of bytes ending in NUL.

usage: text.py OUTPUT.c NAME FILE
"""
import sys

output, name, path = sys.argv[1:4]
with open(path, "rb") as source:
    data = source.read() + b"\0"
with open(output, "w", encoding="ascii") as out:
    out.write(f"extern const char {name}[];\nconst char {name}[] = {{\n")
    for at in range(0, len(data), 16):
        # Written as signed: char is signed on most machines, and a conversion would warn.
        out.write("\t" + ", ".join(str(b - 256 if b > 127 else b) for b in data[at : at + 16]) + ",\n")
    out.write("};\n")
