"""Fills a data base with people who completed an event, to measure reports: many.py FOLDER COUNT (made by fad serve)."""
import os
import random
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from harness import codice_fiscale  # noqa: E402

FAMILIES = ["Rossi", "D'Amico", "Müller", "Bianchi", "Cantù", "De Luca", "Núñez", "Esposito", "Søren"]
GIVENS = ["Mario", "Niccolò", "Anna", "Lucia", "José", "Maria Grazia", "Noè", "Chiara"]
KINDS = [(14, [85]), (1, [58]), (1, [60]), (1, [3, 113]), (18, [89]), (3, [67]), (None, [])]


def main(folder, count):
    random.seed(7)
    base = sqlite3.connect(os.path.join(folder, "fad.db"))
    base.execute("BEGIN")
    event = base.execute(
        "INSERT INTO ecm_event (title, cod_evento, cod_edi, cod_org, cod_accr, data_ini, data_fine, credits_tenths, ore,"
        " tipo_form, tipo_eve, cod_obi, num_part, cod_tipologia_form, seconds_needed, updated_at)"
        " VALUES ('Misura', '1', 1, '999', '090', '2026-01-01', '2026-12-31', 40, 4, 1, 'P', 17, 999999, 10, 14400, 0)"
    ).lastrowid
    base.execute("INSERT INTO declaration_text VALUES ('prova', 'prova')")
    bank = base.execute("INSERT INTO item_bank (name, version, sha256, body, items, imported_at) VALUES ('b', '1', ?, '{}', 1, 0)", ("0" * 64,)).lastrowid
    for i in range(count):
        letters = "".join(chr(65 + i // 26 ** k % 26) for k in range(6))
        code = codice_fiscale(f"{letters}{i % 90 + 10}A{i % 31 + 1:02d}H501")
        profession, disciplines = KINDS[i % len(KINDS)]
        person = base.execute(
            "INSERT INTO person (login, given_name, family_name, codice_fiscale, profession, contract, company,"
            " target_group, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'D', 'AOUC', 'operatori', 0, 0)",
            (f"u{i}", random.choice(GIVENS), random.choice(FAMILIES), code, profession)).lastrowid
        base.execute("INSERT INTO person_role VALUES (?, 'operator')", (person,))
        base.executemany("INSERT INTO person_discipline VALUES (?, ?, ?)", [(person, profession, d) for d in disciplines])
        base.execute("INSERT INTO completion VALUES (?, ?, 'base', 0, ?, 14400, '{}', 0)",
                     (person, event, f"2026-{i % 12 + 1:02d}-15"))
        base.execute("INSERT INTO quality_handed_in VALUES (?, ?, ?)", (event, person, f"2026-{i % 12 + 1:02d}-16"))
        base.execute("INSERT INTO declaration (event, person, recruited, sponsor, works_here, text, declared_at, first_day)"
                     " VALUES (?, ?, 0, '', 1, 'prova', 0, ?)", (event, person, f"2026-{i % 12 + 1:02d}-16"))
        base.execute("INSERT INTO final_attempt (person, event, number, bank, exam, state, started_at, done_at, questions, needed, score, passed)"
                     " VALUES (?, ?, 1, ?, '{}', 'done', 0, ?, 12, 9, 10, 1)", (person, event, bank, 1770000000000 + i))
    base.commit()
    print(event)


main(sys.argv[1], int(sys.argv[2]))
