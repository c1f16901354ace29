"""ECM over HTTP, by the real program: events, completion by rules, reports, lists, who may see what."""
import csv
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(os.environ["FAD_SOURCE"], "tests", "ecm"))
from harness import Client, codice_fiscale, run  # noqa: E402

DAY = 86400000


def event(**changes):
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 30 * 86400))
    later = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 60 * 86400))
    return {"title": "Il FSE 2.0 in Toscana", "cod_evento": "12345", "cod_edi": 1, "cod_org": "999", "cod_accr": "090",
            "data_ini": today, "data_fine": later, "crediti": "4.0", "ore": 4, "tipo_form": 1, "tipo_eve": "P",
            "cod_obi": 17, "num_part": 100, "cod_tipologia_form": 10, "levels": [], "seconds_needed": 14400, **changes}


def make(provider, fields):
    """A new event that asks for the path alone: test, questionnaire and declaration have tests of their own."""
    made = provider.post("/api/ecm/events", fields)
    if made.status == 201:
        where = f"/api/ecm/events/{made.json['id']}"
        for part, body in (("final", {"required": False}), ("quality", {"required": False}), ("requirements", {"declaration": False})):
            assert provider.put(f"{where}/{part}", body).status == 200
    return made


def path(server, modules=2):
    """Courses with a version each, on a path of two modules at every level."""
    base = server.database()
    base.execute("DELETE FROM path_module WHERE position > ?", (modules,))
    base.execute("UPDATE path_module SET minutes_expected = ?", (4 * 60 // modules,))  # as long as the event says
    for course, level in enumerate(("base", "intermedio", "avanzato"), start=1):
        for module in range(1, modules + 1):
            number = course * 10 + module
            base.execute("INSERT INTO course (id, identifier, title, created_at) VALUES (?, ?, ?, 0)", (number, f"c{number}", f"Corso {number}"))
            base.execute("INSERT INTO course_version (id, course, sha256, edition, identifier, title, default_organization, files, bytes, errors,"
                         " warnings, hints, file_name, imported_at) VALUES (?, ?, ?, '1.2', 'c', 'Corso', 0, 1, 1, 0, 0, 0, 'c.zip', 0)",
                         (number, number, f"{number:064d}"))
            base.execute("INSERT INTO path_package VALUES (?, ?, ?)", (module, level, number))
    base.close()


def studied(server, person, seconds=(7200, 7200), level="base", course=None, ago=0, done=(1, 2)):
    """Work on the modules as the journal leaves it behind; `seconds` for each module, the server's clock."""
    now = int(time.time() * 1000) - ago
    base = server.database()
    if not base.execute("SELECT 1 FROM person_level WHERE person = ?", (person,)).fetchone():
        base.execute("INSERT INTO person_level (person, level, at, source) VALUES (?, ?, ?, 'placement')", (person, level, now))
    first = {"base": 10, "intermedio": 20, "avanzato": 30}[level]
    for module, time_spent in enumerate(seconds, start=1):
        base.execute(
            "INSERT INTO attempt (person, module, level, course, version, organization, seed, created_at, updated_at,"
            " last_sequence, completed_at, session_ms, active_ms, seen_ms) VALUES (?, ?, ?, ?, ?, 0, '1', ?, ?, 1, ?, ?, ?, ?)",
            (person, module, level, first + module, first + module, now, now, now if module in done else None,
             (course or seconds)[module - 1] * 1000, time_spent * 1000, time_spent * 1000))
    base.close()


NAMES = [("Rossi", "Mario"), ("D'Amico", "Niccolò"), ("Müller", "Søren"), ("Bianchi", "Anna"), ("Verdi", "Lucia")]


def people(server):
    """Five operators: three professionals in order, one without an ECM profession, one who did not study enough."""
    ids = []
    kinds = [{"profession": 14, "disciplines": [85]}, {"profession": 1, "disciplines": [58, 59]},
             {"profession": 18, "disciplines": []}, {}, {"profession": 14, "disciplines": [85]}]
    for i, ((family, given), kind) in enumerate(zip(NAMES, kinds)):
        ids.append(server.person(f"op{i}", "operator", family=family, given=given, contract="D", company="AOUC",
                                 codice_fiscale=codice_fiscale(f"ABCDEF8{i}A01H501"), target_group="operatori", **kind))
    return ids


def prepare(server):
    path(server)
    server.person("provider", "provider")
    ids = people(server)
    for person in ids[:4]:
        studied(server, person)
    studied(server, ids[4], seconds=(7200, 60))
    return Client(server).log_in("provider"), ids


def report_of_an_event(server):
    provider, ids = prepare(server)
    assert provider.get("/api/ecm/events").json == {"events": [], "warnings": []}
    made = make(provider, event())
    assert made.status == 201, made.body
    number = made.json["id"]
    assert provider.get("/api/ecm/events").json["events"] == [made.json]
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert (check["ready"], check["participants"], check["excluded"], check["without_profession"]) == (True, 3, 0, 1), check
    export = provider.post(f"/api/ecm/events/{number}/export")
    assert export.status == 201, export.body
    assert export.json["rows"] == 3 and " " not in export.json["file_name"] and export.json["by"] == "Mario Rossi"
    report = provider.get(f"/api/ecm/exports/{export.json['id']}/report.xml")
    assert report.status == 200 and hashlib.sha256(report.body).hexdigest() == export.json["sha256"]
    assert "attachment" in report.headers["Content-Disposition"]
    root = xml.fromstring(report.body)
    assert root.find("evento").get("num_part") == "3"
    rows = {p.get("cognome"): p for p in root.iter("partecipante")}
    assert set(rows) == {"ROSSI", "D'AMICO", "MULLER"}
    assert rows["D'AMICO"].get("nome") == "NICCOLO'"
    assert [d.text for d in rows["D'AMICO"].iter("disciplina")] == ["58", "59"]
    assert [d.text for d in rows["MULLER"].iter("disciplina")] == ["89"]  # the profession's only one
    today = rows["ROSSI"].get("data_acq")
    assert today in (time.strftime("%Y-%m-%d", time.gmtime(time.time() + s)) for s in (3600, 7200))
    schema = os.path.join(os.environ["FAD_SOURCE"], "tests", "ecm", "rapporto.xsd")
    xmllint = subprocess.run(["sh", "-c", f"command -v xmllint >/dev/null || exit 77; xmllint --noout --schema '{schema}' -"],
                             input=report.body, capture_output=True)
    assert xmllint.returncode in (0, 77), xmllint.stderr
    assert [e["id"] for e in provider.get("/api/ecm/exports").json["exports"]] == [export.json["id"]]


def lists_as_csv(server):
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    server.sql("UPDATE person SET family_name = '=1+1' WHERE id = ?", ids[4])
    answer = provider.get(f"/api/ecm/events/{number}/participants.csv")
    assert answer.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    by_name = {r["cognome"]: r for r in rows}
    assert by_name["Müller"]["esito"] == "crediti ECM" and by_name["Müller"]["crediti"] == "4.0"
    assert by_name["Bianchi"]["esito"] == "attestato di partecipazione" and by_name["Bianchi"]["crediti"] == ""
    assert by_name["'=1+1"]["esito"] == "non completato"  # never a formula
    ecm = provider.get(f"/api/ecm/events/{number}/participants.csv?format=ecm")
    lines = ecm.body.decode("cp1252").split("\r\n")
    assert lines[0] == "cod_fisc;nome;cognome;ruolo;lib_dip;cred_acq;data_acq;part_reclutato;sponsor;cod_prof.disciplina"
    assert len(lines) == 5 and lines[2].endswith(";0;;1.58.59"), lines


def several_professions(server):
    """ECM 1.1, 1.8: professione 1..n with disciplina 1..n; only accredited ones go out [ECM 1.7]."""
    provider, ids = prepare(server)
    server.sql("INSERT INTO person_discipline VALUES (?, 5, 78)", ids[1])
    number = make(provider, event()).json["id"]

    def row(export):
        root = xml.fromstring(provider.get(f"/api/ecm/exports/{export}/report.xml").body)
        (found,) = [p for p in root.iter("partecipante") if p.get("cognome") == "D'AMICO"]
        return [(p.get("cod_prof"), [d.text for d in p]) for p in found]

    one = provider.post(f"/api/ecm/events/{number}/export").json["id"]
    assert row(one) == [("1", ["58", "59"]), ("5", ["78"])]
    lines = provider.get(f"/api/ecm/events/{number}/participants.csv?format=ecm").body.decode("cp1252").split("\r\n")
    assert any(line.endswith(";1.58.59:5.78") for line in lines), lines
    assert [p["code"] for p in provider.get(f"/api/people/{ids[1]}").json["professions"]] == [1, 5]
    for accredited, wanted in ((["5"], [("5", ["78"])]), (["1.59", "14", "18"], [("1", ["59"])])):
        changed = provider.put(f"/api/ecm/events/{number}", event(accredited=accredited))
        assert changed.status == 200, changed.body
        assert row(provider.post(f"/api/ecm/events/{number}/export").json["id"]) == wanted
        (condition,) = [c for c in provider.get(f"/api/people/{ids[1]}/credits").json["conditions"] if c["code"] == "profession"]
        assert condition["fulfilled"] and condition["it"] == ("Psicologo" if accredited == ["5"] else "Medico chirurgo"), condition
    provider.put(f"/api/ecm/events/{number}", event(accredited=["14"]))
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert any(p["code"] == "PERSON_NOT_ACCREDITED" and "1.58 1.59 5.78" in p["it"] for p in check["problems"]), check


def data_are_mended_where_they_are_seen(server):
    """The provider mends what the report says of an operator; from what to what is in the log of acts."""
    provider, ids = prepare(server)
    where = f"/api/people/{ids[1]}/data"
    answer = provider.put(where, {"given_name": "Nico", "professions": "1.58:5.78", "contract": "C"})
    assert answer.status == 200 and answer.json["professions"] == "1.58:5.78", answer.body
    (act,) = [a for a in provider.get(f"/api/people/{ids[1]}").json["acts"] if a["act"] == "person.mend"]
    detail = json.loads(act["detail"])
    assert (detail["changed"], detail["before"]["professions"], detail["after"]["professions"]) == (["given_name"], "1.58.59", "1.58:5.78")
    bad = provider.put(where, {"codice_fiscale": "RSSMRA80A01H501V", "professions": "1.85", "company": "XX", "login": "boss"})
    assert bad.status == 422 and [p["where"] for p in bad.json["problems"]] == ["codice_fiscale", "professions", "company"], bad.body
    taken = server.sql("SELECT codice_fiscale FROM person WHERE id = ?", ids[0])[0][0]
    assert provider.put(where, {"codice_fiscale": taken.lower()}).code == "CODICE_FISCALE_TAKEN"
    assert provider.put(where, {"login": "boss", "roles": "administrator", "email": "a@b.it"}).status == 200
    assert server.sql("SELECT login, email FROM person WHERE id = ?", ids[1]) == [("op1", "")]  # no door opens here
    admin = server.sql("SELECT id FROM person WHERE login = 'admin'")[0][0]
    assert provider.put(f"/api/people/{admin}/data", {"given_name": "X"}).status == 403
    assert provider.put("/api/people/99999/data", {}).status == 404


def staff_in_the_report(server):
    """ECM 1.3 ruolo D, T, R; ECM 3 credits to staff: one row for each person and event."""
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    where = f"/api/ecm/events/{number}/staff"
    outsider = {"codice_fiscale": codice_fiscale("NREGLI70A01H501"), "family_name": "Neri", "given_name": "Giulia",
                "professions": "1.58.59:5.78", "contract": "L", "duty": "docente", "amount": 60}
    unknown = provider.post(where, {"codice_fiscale": outsider["codice_fiscale"], "duty": "docente", "amount": 60})
    assert unknown.status == 422 and {p["where"] for p in unknown.json["problems"]} == {"family_name", "given_name"}, unknown.body
    added = provider.post(where, outsider)
    assert added.status == 201, added.body
    (neri,) = added.json["staff"]
    assert (neri["role"], neri["credits"], neri["computed"], neri["participant"]) == ("D", "3.0", "3.0", False)
    # somebody who also learns here: that row alone
    tutor = provider.put(f"{where}/{ids[0]}", {"duty": "tutor_fad", "amount": 2, "reason": ""})
    assert tutor.status == 201, tutor.body
    assert [s["participant"] for s in tutor.json["staff"]] == [False, True]
    assert provider.put(f"{where}/{ids[3]}", {"duty": "docente", "amount": 60}).code == "STAFF_NO_PROFESSION"
    assert provider.put(f"{where}/{ids[2]}", {"duty": "docente", "amount": 60, "credits": "3.25"}).code == "STAFF_CREDITS"
    assert provider.put(f"{where}/99999", {"duty": "docente", "amount": 60}).status == 404
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert (check["ready"], check["participants"], check["staff"]) == (True, 2, 2), check
    export = provider.post(f"/api/ecm/events/{number}/export").json
    root = xml.fromstring(provider.get(f"/api/ecm/exports/{export['id']}/report.xml").body)
    assert root.find("evento").get("num_part") == "2" and export["rows"] == 4
    rows = {p.get("cognome"): p for p in root.iter("partecipante")}
    assert [(rows[n].get("ruolo"), rows[n].get("cred_acq")) for n in ("NERI", "ROSSI", "MULLER")] == [("D", "3.0"), ("T", "10.0"), ("P", "4.0")]
    assert [p.get("cod_prof") for p in rows["NERI"]] == ["1", "5"]
    lines = provider.get(f"/api/ecm/events/{number}/participants.csv?format=ecm").body.decode("cp1252").split("\r\n")
    assert any(";T;D;10.0;" in line for line in lines), lines
    # not an operator: never counted among the people of the programme, and no log-in
    assert server.sql("SELECT active, (SELECT count(*) FROM person_role r WHERE r.person = p.id) FROM person p WHERE family_name = 'Neri'") == [(0, 0)]
    server.sql("UPDATE event_staff SET day = '2020-01-01' WHERE person = ?", ids[0])
    refused = provider.post(f"/api/ecm/events/{number}/export")
    assert refused.status == 422 and refused.code == "PERSON_STAFF_DATE", refused.body
    assert provider.ask("DELETE", f"{where}/{ids[0]}").status == 200
    assert provider.ask("DELETE", f"{where}/{ids[0]}").status == 404
    assert provider.get(f"/api/ecm/events/{number}/check").json["participants"] == 3


def time_counts_by_both_clocks(server):
    path(server)
    server.person("provider", "provider")
    ids = people(server)
    studied(server, ids[0], seconds=(7200, 7200), course=(7200, 7200))
    studied(server, ids[1], seconds=(7200, 7200), course=(7200, 7199))  # the courses saw a second less
    studied(server, ids[2], seconds=(7200, 7199), course=(9000, 9000))  # the server did
    studied(server, ids[3], seconds=(7200, 7200), course=(0, 7200))     # a course that tells no time
    studied(server, ids[4], seconds=(9000, 9000), done=(1,))            # a module is missing
    provider = Client(server).log_in("provider")
    make(provider, event())
    assert server.sql("SELECT person FROM completion ORDER BY person") == [(ids[0],), (ids[3],)]
    evidence = json.loads(server.sql("SELECT evidence FROM completion WHERE person = ?", ids[0])[0][0])
    assert [(r["rule"], r["wanted"], r["found"]) for r in evidence["rules"]] == [
        ("PLACEMENT_MISSING", 1, 1), ("MODULES_UNASSIGNED", 2, 2), ("MODULES_MISSING", 2, 2), ("TIME_MISSING", 14400, 14400)]
    assert [m["seconds_effective"] for m in evidence["modules"]] == [7200, 7200]
    mine = Client(server).log_in("op1").get("/api/me/path").json
    assert mine["completion"]["complete"] is False and mine["seconds_needed"] == 14400
    assert [m["code"] for m in mine["completion"]["missing"]] == ["TIME_MISSING"]
    assert "239 minuti" in mine["completion"]["missing"][0]["it"] and "240" in mine["completion"]["missing"][0]["it"]
    done = Client(server).log_in("op0").get("/api/me/path").json["completion"]
    assert done["complete"] is True and done["at"] and done["missing"] == []


def never_taken_back(server):
    provider, ids = prepare(server)
    made = make(provider, event(seconds_needed=14400)).json
    before = server.sql("SELECT person, event, day, evidence FROM completion ORDER BY person")
    assert len(before) == 4
    assert provider.put(f"/api/ecm/events/{made['id']}", event(seconds_needed=99999)).status == 200
    server.sql("UPDATE attempt SET completed_at = NULL")
    assert server.sql("SELECT person, event, day, evidence FROM completion ORDER BY person") == before
    # Asking less lets the fifth in: the rules are looked at again.
    server.sql("UPDATE attempt SET completed_at = updated_at")
    assert provider.put(f"/api/ecm/events/{made['id']}", event(seconds_needed=60)).status == 200
    assert server.sql("SELECT count(*) FROM completion") == [(5,)]


def refusals(server):
    provider, ids = prepare(server)
    number = make(provider, event(cod_org="")).json["id"]
    export = f"/api/ecm/events/{number}/export"
    answer = provider.post(export)
    assert answer.status == 422 and answer.code == "EVENT_NO_PROVIDER_CODE", answer.body
    assert provider.put(f"/api/ecm/events/{number}", event(num_part=2)).status == 200
    assert provider.post(export).code == "EXPORT_TOO_MANY"
    provider.put(f"/api/ecm/events/{number}", event())
    server.sql("UPDATE person SET codice_fiscale = 'ABCDEF80A01H501A', contract = NULL WHERE id = ?", ids[0])
    server.sql("UPDATE person SET given_name = 'Иван' WHERE id = ?", ids[1])
    server.sql("DELETE FROM person_discipline WHERE person = ?", ids[1])
    problems = provider.post(export).json["problems"]
    codes = sorted(p["code"] for p in problems)
    assert codes == ["CF_CHECK_LETTER", "PERSON_CONTRACT", "PERSON_DISCIPLINE_MISSING", "PERSON_NAME_CHARACTER"], codes
    assert all(p["where"] and p["mend_it"] and p["mend_en"] for p in problems)
    assert os.listdir(os.path.join(server.folder, "exports")) == []  # nothing was left behind
    assert server.sql("SELECT count(*) FROM ecm_export") == [(0,)]
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert check["ready"] is False and len(check["problems"]) == 4
    assert provider.post("/api/ecm/events/99/export").status == 404
    empty = make(provider, event(cod_evento="9", data_ini="2020-01-01", data_fine="2020-12-30")).json["id"]
    assert provider.post(f"/api/ecm/events/{empty}/export").code == "EXPORT_NOBODY"


def one_person_one_row(server):
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    code = server.sql("SELECT codice_fiscale FROM person WHERE id = ?", ids[0])[0][0]
    server.sql("UPDATE person SET codice_fiscale = ? WHERE id = ?", code.lower(), ids[1])
    answer = provider.post(f"/api/ecm/events/{number}/export")
    assert [p["code"] for p in answer.json["problems"]] == ["PERSON_DUPLICATE"], answer.body


def outside_the_event(server):
    path(server)
    server.person("provider", "provider")
    ids = people(server)
    studied(server, ids[0], ago=40 * DAY)  # before the event began
    studied(server, ids[1])
    provider = Client(server).log_in("provider")
    number = make(provider, event(accredited=["1", "14"])).json["id"]
    studied(server, ids[2])  # a midwife: not accredited
    provider.put(f"/api/ecm/events/{number}", event(accredited=["1", "14"]))
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert (check["ready"], check["participants"], check["excluded"]) == (True, 1, 2), check
    assert sorted(p["code"] for p in check["problems"]) == ["PERSON_DATE_OUTSIDE", "PERSON_NOT_ACCREDITED"]
    assert {p["severity"] for p in check["problems"]} == {"warning"}


def no_credits_twice(server):
    path(server)
    server.person("provider", "provider")
    ids = people(server)
    studied(server, ids[0])
    provider = Client(server).log_in("provider")
    assert server.sql("SELECT count(*) FROM completion") == [(0,)]
    first = make(provider, event()).json["id"]
    later = event(cod_edi=2, data_ini=time.strftime("%Y-%m-%d", time.gmtime(time.time() - 10 * 86400)))
    second = make(provider, later).json["id"]  # a new edition, the newest: it covers the day too
    assert server.sql("SELECT event FROM completion") == [(first,)]
    studied(server, ids[1])
    provider.put(f"/api/ecm/events/{second}", later)
    assert server.sql("SELECT person, event FROM completion ORDER BY person") == [(ids[0], first), (ids[1], second)]


def a_new_level_is_judged_at_once(server):
    path(server)
    server.person("provider", "provider")
    ids = people(server)
    studied(server, ids[0], level="avanzato")
    server.sql("DELETE FROM person_level")
    provider = Client(server).log_in("provider")
    number = make(provider, event()).json["id"]
    assert server.sql("SELECT count(*) FROM completion") == [(0,)]
    provider.post(f"/api/people/{ids[0]}/placement/override", {"level": "avanzato", "why": "Prova"})
    assert server.sql("SELECT event, level FROM completion") == [(number, "avanzato")]


def bad_events(server):
    server.person("provider", "provider")
    provider = Client(server).log_in("provider")
    answer = make(provider, event(crediti="4.25", cod_obi=99, data_fine="31/12/2026"))
    assert answer.status == 422
    assert sorted(p["code"] for p in answer.json["problems"]) == ["EVENT_CREDITS", "EVENT_DATE", "EVENT_UNKNOWN_CODE"]
    assert make(provider, event(levels=["nessuno"])).code == "LEVEL_UNKNOWN"
    assert make(provider, event()).status == 201
    twice = make(provider, event())
    assert twice.status == 409 and twice.code == "EVENT_TWICE", twice.body
    assert provider.put("/api/ecm/events/77", event()).status == 404


def frozen(server):
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    export = provider.post(f"/api/ecm/events/{number}/export").json
    server.sql("UPDATE person SET family_name = 'Neri'")
    provider.put(f"/api/ecm/events/{number}", event(crediti="6.0"))
    report = provider.get(f"/api/ecm/exports/{export['id']}/report.xml")
    assert hashlib.sha256(report.body).hexdigest() == export["sha256"] and b"ROSSI" in report.body
    file = os.path.join(server.folder, "exports", export["file_name"])
    assert os.stat(file).st_mode & 0o777 == 0o440
    os.chmod(file, 0o640)
    with open(file, "r+b") as opened:
        opened.seek(200)
        opened.write(b"X")
    answer = provider.get(f"/api/ecm/exports/{export['id']}/report.xml")
    assert answer.status == 500 and answer.code == "EXPORT_CHANGED", answer.body
    os.remove(file)
    assert provider.get(f"/api/ecm/exports/{export['id']}/report.xml").code == "EXPORT_MISSING"


def command_line(server):
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    out = os.path.join(server.folder, "mio report.xml")

    def fad(*words):
        return subprocess.run([server.program, "export", "ecm", "--data", server.folder, *words], capture_output=True, text=True)

    dry = fad("--event", str(number), "--dry-run")
    assert dry.returncode == 0 and "partecipanti 3" in dry.stdout, (dry.stdout, dry.stderr)
    assert server.sql("SELECT count(*) FROM ecm_export") == [(0,)]
    done = fad("--event", str(number), "--out", out)
    assert done.returncode == 0, done.stderr
    zipped, table = out + ".zip", out + ".csv"
    assert fad("--event", str(number), "--out", table, "--format", "csv").returncode == 0
    assert open(table, encoding="cp1252", newline="").read().count("\r\n") == 4
    assert server.sql("SELECT count(*) FROM ecm_export") == [(1,)]  # a CSV is a copy: nothing is frozen
    assert fad("--event", str(number), "--out", table, "--format", "ods").returncode == 2
    sha256 = hashlib.sha256(open(out, "rb").read()).hexdigest()
    assert sha256 in done.stdout
    assert server.sql("SELECT sha256, created_by FROM ecm_export") == [(sha256, None)]
    again = fad("--event", str(number), "--out", out)
    assert again.returncode == 1 and "EXPORT_UNWRITABLE" in again.stderr  # never over a file that is there
    assert fad("--event", "77", "--out", out + "2").returncode == 1
    assert fad("--event", str(number)).returncode == 2
    server.sql("UPDATE ecm_event SET cod_org = ''")
    refused = fad("--event", str(number), "--out", out + "3")
    assert refused.returncode == 1 and "EVENT_NO_PROVIDER_CODE" in refused.stderr and not os.path.exists(out + "3")


def sent_and_sent_again(server):
    """ECM 1.9: 90 days from the event's end; re-sends allowed: what was sent is frozen, a new one says why."""
    provider, ids = prepare(server)
    ended = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 60 * 86400))
    number = make(provider, event()).json["id"]
    where = f"/api/ecm/events/{number}/export"

    def report():
        (found,) = provider.get("/api/ecm/events").json["events"]
        return found["report"]

    assert report()["state"] == "open" and report()["sent"] is None
    due = time.strftime("%Y-%m-%d", time.gmtime(time.mktime(time.strptime(ended, "%Y-%m-%d")) + 90 * 86400 + 7200))
    assert report()["deadline"] == due
    first = provider.post(where).json
    assert first["schema"] == "1.16" and first["supersedes"] is None and first["sent"] is None
    assert first["file_name"].startswith("report-2") and first["file_name"].endswith("-12345-1.XML"), first
    second = provider.post(where).json  # nothing was sent: no reason is asked for
    assert second["supersedes"] == first["id"] and second["file_name"] != first["file_name"]
    sent = f"/api/ecm/exports/{second['id']}/sent"
    for body, code in (({"protocol": " "}, "EXPORT_PROTOCOL"), ({"protocol": "1", "day": "2020-01-01"}, "EXPORT_SENT_DAY"),
                       ({"protocol": "1", "day": "2999-01-01"}, "EXPORT_SENT_DAY"), ({"protocol": "9" * 61}, "EXPORT_PROTOCOL")):
        answer = provider.post(sent, body)
        assert answer.status == 422 and answer.code == code, answer.body
    done = provider.post(sent, {"protocol": "PROT-2026/17", "note": "via PEC"})
    assert done.status == 200 and done.json["sent"]["protocol"] == "PROT-2026/17" and done.json["sent"]["by"] == "Mario Rossi", done.body
    assert provider.post(sent, {"protocol": "2"}).code == "EXPORT_SENT_ALREADY"
    assert provider.post("/api/ecm/exports/9999/sent", {"protocol": "2"}).status == 404
    assert report()["state"] == "sent" and report()["sent"]["protocol"] == "PROT-2026/17"
    for change in ("UPDATE ecm_export SET sha256 = sha256", "DELETE FROM ecm_export WHERE id = (SELECT export FROM ecm_export_sent)",
                   "UPDATE ecm_export_sent SET protocol = 'x'", "DELETE FROM ecm_export_sent"):
        try:
            server.sql(change)
            raise SystemExit(f"{change} was let through")
        except sqlite3.IntegrityError:
            pass
    assert provider.post(where).code == "EXPORT_REASON_MISSING"
    server.sql("UPDATE person SET given_name = 'Maria' WHERE id = ?", ids[0])
    server.sql("DELETE FROM completion WHERE person = ?", ids[2])
    server.sql("UPDATE attempt SET seen_ms = 9000000, active_ms = 9000000, session_ms = 9000000 WHERE person = ?", ids[4])
    provider.put(f"/api/ecm/events/{number}", event())  # reviews who has completed
    server.sql("DELETE FROM completion WHERE person = ?", ids[2])
    third = provider.post(where, {"reason": "corretto un nome"}).json
    assert (third["reason"], third["supersedes"]) == ("corretto un nome", second["id"])
    assert report()["state"] == "resend"
    difference = provider.get(f"/api/ecm/exports/{third['id']}/diff").json
    assert (difference["first"], difference["second"], difference["same"]) == (second["file_name"], third["file_name"], 1), difference
    assert [r["cognome"] for r in difference["only_first"]["rows"]] == ["MULLER"]
    assert [r["cognome"] for r in difference["only_second"]["rows"]] == ["VERDI"]
    (changed,) = difference["different"]["rows"]
    assert changed["person"] == ids[0] and changed["fields"] == [{"field": "nome", "first": "MARIO", "second": "MARIA"}], changed
    assert provider.get(f"/api/ecm/exports/{first['id']}/diff").status == 404
    assert provider.get(f"/api/ecm/exports/{third['id']}/diff?with={first['id']}").json["first"] == first["file_name"]
    assert [e["id"] for e in provider.get(f"/api/ecm/exports?event={number}").json["exports"]] == [third["id"], second["id"], first["id"]]
    mark = subprocess.run([server.program, "report", "sent", "--data", server.folder, "--export", str(third["id"]), "--protocol", "P-2"],
                          capture_output=True, text=True)
    assert mark.returncode == 0, mark.stderr
    assert provider.get("/api/ecm/exports").json["exports"][0]["sent"]["protocol"] == "P-2"


def one_event_for_each_level(server):
    """ECM 4, consequence of levels: one path maps to one event and edition; two that cover it at once are told."""
    server.person("provider", "provider")
    provider = Client(server).log_in("provider")
    first = make(provider, event(levels=["base"]))
    told = lambda answer: [w["code"] for w in answer.json["computed"]["warnings"] if w["code"] == "EVENT_OVERLAP"]  # noqa: E731
    assert told(first) == []
    assert told(make(provider, event(cod_edi=2, levels=["avanzato"]))) == []
    assert told(make(provider, event(cod_edi=3))) == []  # of all levels: gives way to a level's own
    assert told(make(provider, event(cod_edi=4, levels=["base"]))) == ["EVENT_OVERLAP"]
    assert told(make(provider, event(cod_edi=5, levels=["base"], data_ini="2020-01-01", data_fine="2020-12-30"))) == []
    assert told(make(provider, event(cod_edi=6, levels=["base"], tipo_form=3, cod_tipologia_form=1))) == []  # no path
    query = f"levels=base&ore=4&data_ini={first.json['data_ini']}&data_fine={first.json['data_fine']}"
    codes = [w["code"] for w in provider.get(f"/api/ecm/credits?{query}&event={first.json['id']}").json["warnings"]]
    assert codes.count("EVENT_OVERLAP") == 1, codes
    # what a path gives: the events of presence are never its own
    assert server.sql("SELECT count(*) FROM ecm_event WHERE tipo_form = 3") == [(1,)]


def deadlines(server):
    """ECM 1.9: 90 days from the end of the event, shown and warned about."""
    server.person("provider", "provider")
    provider = Client(server).log_in("provider")
    day = lambda ago: time.strftime("%Y-%m-%d", time.gmtime(time.time() - ago * 86400))  # noqa: E731
    for edition, (ago, state) in enumerate(((-1, "open"), (2, "due"), (74, "due"), (76, "soon"), (89, "soon"), (92, "late")), start=1):
        made = make(provider, event(cod_edi=edition, data_ini=day(ago + 30), data_fine=day(ago)))
        report = made.json["report"]
        assert report["state"] == state and abs(report["days_left"] - (90 - ago)) <= 1, (ago, report)


def read_back(server):
    """A report is read, checked and compared with the data base: XML and zip; hostile files are refused."""
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    where = f"/api/ecm/events/{number}/compare"
    export = provider.post(f"/api/ecm/events/{number}/export").json
    report = provider.get(f"/api/ecm/exports/{export['id']}/report.xml").body
    packed = provider.get(f"/api/ecm/exports/{export['id']}/report.zip")
    assert packed.headers["Content-Disposition"].endswith('.XML.ZIP"'), packed.headers
    with zipfile.ZipFile(io.BytesIO(packed.body)) as archive:
        assert archive.namelist() == [export["file_name"]] and archive.read(export["file_name"]) == report

    def compare(body, name="report.XML"):
        return provider.post(where, body, {"X-File-Name": name, "Content-Type": "application/octet-stream"})

    for body, name in ((report, "report.XML"), (packed.body, "report.XML.ZIP")):
        same = compare(body, name)
        assert same.status == 200, same.body
        assert (same.json["same"], same.json["event"], [p["code"] for p in same.json["problems"]]) == (3, [], ["REPORT_UNSIGNED"]), same.json
    spaced = compare(report, "mio%20report.XML").json
    assert "REPORT_NAME_SPACES" in [p["code"] for p in spaced["problems"]]
    changed = compare(report.replace(b'ore="4"', b'ore="5"').replace(b'cognome="MULLER"', b'cognome="MILLER"')).json
    assert changed["event"] == [{"field": "ore", "first": "5", "second": "4"}] and changed["different"]["count"] == 1
    assert changed["different"]["rows"][0]["person"] == ids[2]
    assert "REPORT_EVENT_DIFFERS" in [p["code"] for p in changed["problems"]]
    two = io.BytesIO()
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a.xml", report)
        archive.writestr("b.xml", report)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<dataroot>" + b" " * (300 << 20))
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><dataroot>&x;</dataroot>'
    for body, code in ((two.getvalue(), "REPORT_ZIP_ONE"), (entity, "REPORT_DOCTYPE"), (b"\x30\x82\x01\x00", "REPORT_SIGNED"),
                       (report[:-20], "REPORT_NOT_XML"), (b"x", "REPORT_UNREADABLE"), (packed.body[:200], None), (bomb.getvalue(), None)):
        answer = compare(body)
        assert answer.status == 422 and (code is None or answer.code == code), (code, answer.status, answer.body[:300])
    assert provider.post("/api/ecm/events/9999/compare", report, {"X-File-Name": "a.XML", "Content-Type": "application/octet-stream"}).status == 404

    def fad(*words):
        return subprocess.run([server.program, "report", *words], capture_output=True, text=True)

    old, new = os.path.join(server.folder, "old.XML"), os.path.join(server.folder, "new.XML.ZIP")
    open(old, "wb").write(report.replace(b'nome="MARIO"', b'nome="MARIA"'))
    open(new, "wb").write(packed.body)
    assert fad("check", new).returncode == 0
    assert fad("diff", new, new).returncode == 0
    difference = fad("diff", old, new)
    assert difference.returncode == 1 and "nome: MARIA → MARIO" in difference.stdout, difference.stdout
    assert fad("compare", "--data", server.folder, "--event", str(number), new).returncode == 0
    assert fad("compare", "--data", server.folder, "--event", str(number), old).returncode == 1
    assert fad("compare", "--data", server.folder, "--event", "77", old).returncode == 1
    open(old, "wb").write(report.replace(b'num_part="3"', b'num_part="4"'))
    wrong = fad("check", old)
    assert wrong.returncode == 1 and "REPORT_NUM_PART" in wrong.stderr
    assert fad("check").returncode == 2 and fad("sent", "--export", "1").returncode == 2


def another_version_of_the_format(server):
    """ECM 1.10: the version is configuration, and data."""
    provider, ids = prepare(server)
    number = make(provider, event()).json["id"]
    source = json.load(open(os.path.join(os.environ["FAD_SOURCE"], "server", "data", "report_1.16.json")))
    source["version"] = "1.18"
    source["levels"][1]["attributes"].insert(0, {"name": "tracciato", "value": "1.18", "type": "code20"})
    source["types"]["name"]["pattern"] = "[A-KM-Z ',]+"
    os.makedirs(os.path.join(server.folder, "report-schemas"))
    json.dump(source, open(os.path.join(server.folder, "report-schemas", "1.18.json"), "w"))
    admin = Client(server).log_in("admin")
    assert admin.put("/api/settings", {"report_schema": "9.9"}).status == 200
    assert provider.get(f"/api/ecm/events/{number}/check").json["problems"][0]["code"] == "REPORT_SCHEMA_UNKNOWN"
    assert admin.put("/api/settings", {"report_schema": "1.18"}).status == 200
    check = provider.get(f"/api/ecm/events/{number}/check").json
    assert [(p["code"], p["person"]) for p in check["problems"]] == [("REPORT_VALUE", ids[1]), ("REPORT_VALUE", ids[2])] or \
        sorted((p["code"], p["person"]) for p in check["problems"]) == [("REPORT_VALUE", ids[1]), ("REPORT_VALUE", ids[2])], check
    assert provider.post(f"/api/ecm/events/{number}/export").status == 422
    server.sql("UPDATE person SET given_name = 'Noè', family_name = 'Rossi' WHERE id IN (?, ?)", ids[1], ids[2])
    export = provider.post(f"/api/ecm/events/{number}/export").json
    assert export["schema"] == "1.18"
    assert b'<evento tracciato="1.18" cod_evento=' in provider.get(f"/api/ecm/exports/{export['id']}/report.xml").body


def people_and_evidence(server):
    provider, ids = prepare(server)
    make(provider, event())
    answer = provider.get("/api/people").json
    assert (answer["total"], answer["page"], answer["pages"]) == (5, 1, 1)
    rossi = [p for p in answer["people"] if p["family_name"] == "Rossi"][0]
    assert rossi["complete"] is True and rossi["modules_completed"] == 2 and rossi["level"] == "base"
    assert rossi["company"]["code"] == "AOUC" and rossi["profession"]["name"] == "Infermiere"

    def found(query):
        return sorted(p["family_name"] for p in provider.get("/api/people?" + query).json["people"])

    assert found("search=rossi") == ["Rossi"] and found("search=mario%20ros") == ["Rossi"]
    assert found("search=%25") == [] and found("search=_") == []
    assert found("search=abcdef80") == ["Rossi"]
    assert len(found("company=AOUC")) == 5 and found("company=AOUP") == []
    assert found("state=started") == ["Verdi"] and len(found("state=completed")) == 4
    assert len(found("level=base")) == 5 and found("level=avanzato") == []
    one = provider.get(f"/api/people/{ids[0]}").json
    assert one["completions"][0]["evidence"]["rules"][3]["found"] == 14400
    assert [m["seconds_by_course"] for m in one["modules"]] == [7200, 7200]
    assert one["professions"] == [{"code": 14, "name": "Infermiere", "disciplines": [{"code": 85, "name": "Infermiere"}]}]
    assert any(a["act"] == "path.complete" for a in one["acts"]), one["acts"]
    assert provider.get("/api/people/9999").status == 404


def progress_by_company(server):
    provider, ids = prepare(server)
    make(provider, event())
    server.person("gp", "operator", company="AUSLTC", target_group="mmg_pls", profession=1, disciplines=[58])
    server.person("coordinator", "coordinator", company="AUSLTC")
    server.person("regional", "coordinator", company="RT")
    server.person("lost", "coordinator")
    everything = provider.get("/api/progress").json
    assert everything["totals"].pop("reported") == 0
    assert everything["totals"] == {"people": 6, "invited": 0, "placed": 5, "started": 5, "completed": 4}
    targets = {t["id"]: (t["target"], t["reached"]) for t in everything["targets"]}
    assert targets["operatori"] == (60000, 4) and targets["mmg_pls_85"] == (1, 0), targets
    assert [(c["company"], c["people"], c["completed"]) for c in everything["by_company"]] == [("AOUC", 5, 4), ("AUSLTC", 1, 0)]
    assert [(m["started"], m["completed"]) for m in everything["by_module"]] == [(5, 5), (5, 5)]
    assert provider.get("/api/progress?company=AUSLTC").json["totals"]["people"] == 1
    own = Client(server).log_in("coordinator")
    for query in ("", "?company=AOUC"):
        answer = own.get("/api/progress" + query).json
        assert answer["totals"]["people"] == 1 and [c["company"] for c in answer["by_company"]] == ["AUSLTC"]
    assert Client(server).log_in("regional").get("/api/progress").json["totals"]["people"] == 6
    assert Client(server).log_in("lost").get("/api/progress").json["totals"]["people"] == 0


def roles(server):
    server.person("operator", "operator")
    server.person("designer", "designer")
    server.person("coordinator", "coordinator")
    for login, progress in (("operator", 403), ("designer", 403), ("coordinator", 200)):
        client = Client(server).log_in(login)
        assert client.get("/api/progress").status == progress
        for method, where in (("GET", "/api/people"), ("GET", "/api/people/1"), ("GET", "/api/ecm/events"),
                              ("GET", "/api/ecm/exports"), ("GET", "/api/ecm/events/1/check"),
                              ("POST", "/api/ecm/events/1/export"), ("GET", "/api/ecm/events/1/staff"), ("POST", "/api/ecm/events/1/compare"),
                              ("GET", "/api/ecm/exports/1/diff"), ("POST", "/api/ecm/exports/1/sent"), ("GET", "/api/ecm/exports/1/report.zip"), ("GET", "/api/ecm/events/1/participants.csv"),
                              ("GET", "/api/ecm/exports/1/report.xml")):
            assert client.ask(method, where).status == 403, (login, where)


run([report_of_an_event, lists_as_csv, several_professions, data_are_mended_where_they_are_seen, staff_in_the_report,
     time_counts_by_both_clocks, never_taken_back, refusals, one_person_one_row,
     outside_the_event,
     no_credits_twice, a_new_level_is_judged_at_once, bad_events, frozen, command_line, sent_and_sent_again, one_event_for_each_level, deadlines, read_back,
     another_version_of_the_format, people_and_evidence, progress_by_company, roles])
