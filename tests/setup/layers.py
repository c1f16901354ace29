"""Holds the sources to the picture in README.md: which folder may include which, and one door for each foreign
library. Also what must never be in a file: a package registry's address. Argument: the root of the sources."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# A folder includes its own files and those of the folders named here.
BELOW = {
    'player/engine': [],
    'packages': ['player/engine'],
    'assessment': ['player/engine'],
    'server': ['player/engine', 'packages', 'assessment'],
}

# Who may include a foreign header, by the start of its name.
DOORS = {
    'microhttpd.h': ['server/http/'],
    'sqlite3.h': ['server/store/'],
    'zip.h': ['packages/archive/zip_write.c'],
    'zlib.h': ['packages/archive/read.c'],
    'nettle/': ['packages/import/digest.c'],
    'libxml/': ['server/ecm/report_xml.c', 'assessment/import/xml', 'packages/manifest/xml'],
    'sodium.h': ['server/people/secrets.c'],
    'cairo': ['server/certificates/page.c'],
    'pango/': ['server/certificates/page.c'],
    'xlsxwriter.h': ['server/ecm/progress_sheet.c'],
    'qrencode.h': ['server/certificates/qr.c'],
    'curl/': ['server/campaigns/smtp.c'],
}

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
REGISTRY = re.compile(r'registry\.npmjs|deb\.debian\.org|snapshot\.debian')
SQL = re.compile(r'"\s*(SELECT|INSERT|UPDATE|DELETE)\s.*\b(FROM|INTO|SET|VALUES)\b')


def sources():
    skipped = {'node_modules', '.git'}
    for path in ROOT.rglob('*'):
        name = path.relative_to(ROOT)
        if path.is_file() and not name.parts[0].startswith('build') and not skipped.intersection(name.parts):
            yield str(name)


def faults_of_code(name, text):
    folder = next((folder for folder in BELOW if name.startswith(folder + '/')), None)
    for header in INCLUDE.findall(text):
        for start, doors in DOORS.items():
            if header.startswith(start) and not name.startswith(('tests/', *doors)):
                yield f'{name} includes {header}: its door is {", ".join(doors)}'
        if folder and '/' in header and (ROOT / header).exists():
            if not header.startswith(tuple(f'{allowed}/' for allowed in [folder, *BELOW[folder]])):
                yield f'{name} includes {header}, which is not below {folder}'
    if folder and not name.startswith('server/store/') and SQL.search(text):
        yield f'{name} holds SQL: that belongs in server/store'


def main():
    faults, seen = [], 0
    for name in sources():
        path = ROOT / name
        if name.endswith(('.c', '.h')):
            seen += 1
            faults += faults_of_code(name, path.read_text(encoding='utf-8'))
        if path.is_file() and path.suffix in ('.json', '.mjs', '.js', '.md', '.build', '', '.sh', '.yml', '.py'):
            text = path.read_text(encoding='utf-8', errors='replace')
            if name != 'tests/setup/layers.py' and (REGISTRY.search(text) or '"resolved":' in text and 'lock' in name):
                faults.append(f'{name} names a package registry')
    for fault in faults:
        print(fault)
    if seen < 100:
        print(f'only {seen} sources were found')
    return 1 if faults or seen < 100 else 0


sys.exit(main())
