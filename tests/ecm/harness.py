"""Starts the real program on a data folder of its own, and talks to it over HTTP as people in their roles.

People are put into the data base directly (with the password that the first administrator chose through the
program), so that these tests depend on no other part's import.
"""
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

PASSWORD = "una-frase-lunga-7"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The code of the problem, or of the first of them."""
        data = self.json
        return data["problem"]["code"] if "problem" in data else data["problems"][0]["code"]


class Client:
    """One browser: a cookie and a CSRF token."""

    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, None, None
        self.csrf = self.get("/api/session").json["csrf"]

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = {"Host": f"localhost:{self.server.port}", **(headers or {})}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.csrf:
            sent["X-CSRF-Token"] = self.csrf
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
            sent.setdefault("Content-Type", "application/json")
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        data = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        connection.close()
        return Answer(response.status, dict(response.getheaders()), data)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None, headers=None):
        return self.ask("POST", path, body, headers)

    def put(self, path, body):
        return self.ask("PUT", path, body)

    def log_in(self, login, password=PASSWORD):
        answer = self.post("/api/session", {"login": login, "password": password})
        assert answer.status == 200, answer.body
        self.csrf = answer.json["csrf"]
        return self


class Server:
    def __init__(self):
        self.program = os.path.join(os.environ["FAD_BUILD"], "server", "fad")
        self.folder = tempfile.mkdtemp(prefix="fad-test-")
        self.process = None
        self.start()
        admin = Client(self).log_in("admin", self.one_time)
        answer = admin.post("/api/session/password", {"old": self.one_time, "new": PASSWORD})
        assert answer.status == 200, answer.body

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.folder, "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        for line in self.process.stdout:
            found = re.search(r"password monouso «([^»]+)»", line)
            if found:
                self.one_time = found.group(1)
            found = re.search(r"http://localhost:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                return
        raise SystemExit("the server did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def close(self):
        self.process.terminate()
        status = self.process.wait(timeout=30)
        self.process.stdout.close()
        shutil.rmtree(self.folder)
        assert status == 0, f"the server ended with {status}"

    def database(self):
        connection = sqlite3.connect(os.path.join(self.folder, "fad.db"), timeout=30, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def sql(self, text, *values):
        connection = self.database()
        try:
            return connection.execute(text, values).fetchall()
        finally:
            connection.close()

    def person(self, login, *roles, given="Mario", family="Rossi", **more):
        """Adds somebody who can log in with PASSWORD; gives the id."""
        now = int(time.time() * 1000)
        columns = {"login": login, "given_name": given, "family_name": family, "created_at": now, "updated_at": now, **more}
        disciplines = columns.pop("disciplines", [])
        connection = self.database()
        try:
            columns["password_hash"] = connection.execute(
                "SELECT password_hash FROM person WHERE login = 'admin'").fetchone()[0]
            names = ", ".join(columns)
            marks = ", ".join("?" * len(columns))
            person = connection.execute(f"INSERT INTO person ({names}) VALUES ({marks})", list(columns.values())).lastrowid
            for role in roles:
                connection.execute("INSERT INTO person_role VALUES (?, ?)", (person, role))
            for discipline in disciplines:
                connection.execute("INSERT INTO person_discipline VALUES (?, ?, ?)", (person, columns["profession"], discipline))
            return person
        finally:
            connection.close()


def run(tests):
    """Runs functions that take a server; each has its own. Says which one failed."""
    for test in tests:
        server = Server()
        try:
            test(server)
        except BaseException:
            print(f"not ok {test.__name__}")
            raise
        finally:
            server.close()
        print(f"ok {test.__name__}")


CF_ODD = dict(zip("0123456789", [1, 0, 5, 7, 9, 13, 15, 17, 19, 21])) | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]))


def codice_fiscale(first15):
    total = 0
    for place, c in enumerate(first15):
        total += CF_ODD[c] if place % 2 == 0 else (int(c) if c.isdigit() else ord(c) - 65)
    return first15 + chr(65 + total % 26)
