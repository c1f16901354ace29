"""The placement over HTTP, by the real program: taking it, stale tabs, retakes, what the provider may do."""
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["FAD_SOURCE"], "tests", "ecm"))
from harness import Client, run  # noqa: E402


def bank(areas=3, each=4, version="1"):
    items = []
    for a in range(areas):
        for i in range(each):
            items.append({
                "id": f"a{a}-{i}", "area": f"a{a}", "difficulty": i % 3 + 1, "type": "single",
                "stem": f"Domanda {a}.{i}", "key": ["r"],
                "options": [{"id": "r", "text": "giusta"}, {"id": "x", "text": "no"}, {"id": "y", "text": "neppure"}],
            })
    return {"format": "fad-bank-1", "name": "Prova", "version": version, "items": items,
            "areas": [{"id": f"a{a}", "name_it": f"Area {a}"} for a in range(areas)]}


def prepare(server, **policy):
    server.person("designer", "designer")
    designer = Client(server).log_in("designer")
    answer = designer.post("/api/banks", bank())
    assert answer.status == 201, answer.body
    assert answer.json["bank"]["active"] is True
    if policy:
        wanted = {**designer.get("/api/placement/policy").json, **policy}
        answer = designer.put("/api/placement/policy", wanted)
        assert answer.status == 200, answer.body
        assert answer.json == wanted
    return designer


def choose(item, right):
    """The shown id of the right option, or of a wrong one."""
    return [o["id"] for o in item["options"] if (o["text"] == "giusta") == right][0]


def take(client, right):
    """Answers everything; `right` says how many rightly. Gives the result."""
    view = client.post("/api/me/placement").json
    for position in range(view["total"]):
        item = client.get(f"/api/me/placement/items/{position}").json
        answer = client.put(f"/api/me/placement/items/{position}",
                            {"answer": [choose(item, position < right)], "revision": item["revision"]})
        assert answer.status == 200, answer.body
    return client.post("/api/me/placement/submit").json


def no_bank_no_test(server):
    server.person("operator", "operator")
    operator = Client(server).log_in("operator")
    assert operator.get("/api/me/placement").status == 404
    answer = operator.post("/api/me/placement")
    assert answer.status == 409 and answer.code == "PLACEMENT_NO_BANK", answer.body


def whole_test(server):
    prepare(server)
    person = server.person("operator", "operator")
    operator = Client(server).log_in("operator")
    view = operator.post("/api/me/placement").json
    assert (view["state"], view["total"], view["position"], view["result"]) == ("open", 9, 0, None)
    assert view["answered"] == [False] * 9
    text = operator.post("/api/me/placement").body.decode()
    assert operator.post("/api/me/placement").json["id"] == view["id"]  # resumed
    for secret in ("key", "difficulty", "a0-", "seed", '"r"'):
        assert secret not in text, secret
    item = view["item"]
    saved = operator.put("/api/me/placement/items/0", {"answer": [choose(item, True)], "revision": 0})
    assert saved.json == {"revision": 1, "answered": [True] + [False] * 8}
    assert operator.get("/api/me/placement").json["position"] == 1  # goes on where it stopped
    server.kill()
    server.start()  # what was acknowledged is there
    again = operator.get("/api/me/placement/items/0").json
    assert again["answer"] == [choose(item, True)] and again["revision"] == 1
    assert [o["text"] for o in again["options"]] == [o["text"] for o in item["options"]]
    result = take(operator, 9)
    assert result["state"] == "done" and result["item"] is None
    assert result["result"]["level"]["id"] == "avanzato" and result["result"]["score"] == 9
    assert [a["score"] for a in result["result"]["areas"]] == [3, 3, 3]
    assert operator.post("/api/me/placement/submit").json == result  # idempotent
    assert operator.get("/api/me/placement/items/0").status == 409
    late = operator.put("/api/me/placement/items/0", {"answer": [], "revision": 2})
    assert late.status == 409 and late.code == "PLACEMENT_DONE", late.body
    assert server.sql("SELECT level, source FROM person_level WHERE person = ?", person) == [("avanzato", "placement")]


def every_level(server):
    prepare(server)
    for right, level in ((0, "base"), (4, "base"), (5, "intermedio"), (7, "intermedio"), (8, "avanzato")):
        server.person(f"o{right}", "operator")
        result = take(Client(server).log_in(f"o{right}"), right)["result"]
        assert (result["level"]["id"], result["score"], result["maximum"]) == (level, right, 9), result


def stale_tabs(server):
    prepare(server)
    server.person("operator", "operator")
    one, two = Client(server).log_in("operator"), Client(server).log_in("operator")
    item = one.post("/api/me/placement").json["item"]
    first, second = item["options"][0]["id"], item["options"][1]["id"]
    path = "/api/me/placement/items/0"
    assert one.put(path, {"answer": [first], "revision": 0}).status == 200
    stale = two.put(path, {"answer": [second], "revision": 0})
    assert stale.status == 409 and stale.code == "STALE_REVISION", stale.body
    assert stale.json["item"]["answer"] == [first] and stale.json["item"]["revision"] == 1
    assert two.put(path, {"answer": [second], "revision": 1}).json["revision"] == 2


def bad_answers(server):
    prepare(server)
    server.person("operator", "operator")
    operator = Client(server).log_in("operator")
    operator.post("/api/me/placement")
    path = "/api/me/placement/items/0"
    for body, status in (({"answer": ["9"], "revision": 0}, 422), ({"answer": ["1", "2"], "revision": 0}, 422),
                         ({"answer": "1", "revision": 0}, 422), ({"answer": ["1"]}, 422), ({"revision": 0}, 422)):
        answer = operator.put(path, body)
        assert answer.status == status, (body, answer.body)
    assert operator.get(path).json["revision"] == 0
    for position in ("9", "-1", "x", "99999999999999999999"):
        assert operator.get(f"/api/me/placement/items/{position}").status in (400, 404), position


def many_tabs_start_one_test(server):
    prepare(server)
    server.person("operator", "operator")
    clients = [Client(server).log_in("operator") for _ in range(6)]
    ids = []

    def start(client):
        ids.append(client.post("/api/me/placement").json["id"])

    threads = [threading.Thread(target=start, args=(c,)) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 6 and len(set(ids)) == 1, ids
    assert server.sql("SELECT count(*) FROM placement") == [(1,)]


def retakes(server):
    prepare(server, retakes=1, retake_after_days=10)
    person = server.person("operator", "operator")
    server.person("provider", "provider")
    operator, provider = Client(server).log_in("operator"), Client(server).log_in("provider")
    take(operator, 0)
    early = operator.post("/api/me/placement")
    assert early.status == 409 and early.code == "PLACEMENT_TOO_EARLY", early.body
    server.sql("UPDATE placement SET done_at = done_at - 10 * 86400000")
    first = set(i["id"] for i in __import__("json").loads(server.sql("SELECT form FROM placement")[0][0])["items"])
    assert take(operator, 9)["result"]["level"]["id"] == "avanzato"
    second = server.sql("SELECT form FROM placement WHERE number = 2")[0][0]
    fresh = [i["id"] for i in __import__("json").loads(second)["items"] if i["id"] not in first]
    assert len(fresh) == 3, fresh  # 12 items, 9 seen: the other three come first
    never = operator.post("/api/me/placement")
    assert never.status == 409 and never.code == "PLACEMENT_NO_RETAKE", never.body
    path = f"/api/people/{person}/placement/allow-retake"
    assert provider.post(path, {"why": " "}).code == "REASON_MISSING"
    assert provider.post(path, {"why": "Interruzione di rete"}).status == 204
    assert take(operator, 5)["result"]["level"]["id"] == "intermedio"
    assert operator.post("/api/me/placement").code == "PLACEMENT_NO_RETAKE"  # the grant is used up
    assert server.sql("SELECT count(*) FROM placement") == [(3,)]


def a_permission_is_beyond_the_policy(server):
    prepare(server, retakes=1, retake_after_days=10)
    person = server.person("operator", "operator")
    server.person("provider", "provider")
    operator, provider = Client(server).log_in("operator"), Client(server).log_in("provider")
    take(operator, 0)
    provider.post(f"/api/people/{person}/placement/allow-retake", {"why": "Interruzione di rete"})
    take(operator, 0)  # too early by the policy: the permission is used
    assert operator.post("/api/me/placement").code == "PLACEMENT_TOO_EARLY"  # the policy's own is still there
    server.sql("UPDATE placement SET done_at = done_at - 10 * 86400000")
    take(operator, 0)
    assert operator.post("/api/me/placement").code == "PLACEMENT_NO_RETAKE"


def override(server):
    person = server.person("operator", "operator")
    provider_id = server.person("provider", "provider")
    provider = Client(server).log_in("provider")
    path = f"/api/people/{person}/placement/override"
    assert provider.post(path, {"level": "nessuno", "why": "x"}).code == "LEVEL_UNKNOWN"
    assert provider.post(path, {"level": "base", "why": ""}).code == "REASON_MISSING"
    assert provider.post("/api/people/99999/placement/override", {"level": "base", "why": "x"}).status == 404
    assert provider.post(path, {"level": "intermedio", "why": "Titolo già posseduto"}).status == 204
    assert server.sql("SELECT level, source, why, by FROM person_level") == [
        ("intermedio", "override", "Titolo già posseduto", provider_id)]


def banks_and_policy(server):
    designer = prepare(server)
    bad = bank(version="2")
    bad["items"][0]["key"] = ["r", "x"]
    del bad["items"][1]["key"]
    answer = designer.post("/api/banks", bad)
    assert answer.status == 422, answer.body
    assert [p["code"] for p in answer.json["problems"]] == ["BANK_KEY_TWO_RIGHT", "BANK_KEY_EMPTY"]
    broken = designer.post("/api/banks", '{\n"format": ')
    assert broken.status == 422 and broken.json["problems"][0]["line"] == 2, broken.body
    assert len(designer.get("/api/banks").json["banks"]) == 1  # nothing was imported
    assert designer.post("/api/banks", bank()).json["bank"]["id"] == 1  # known already
    small = designer.post("/api/banks", bank(each=1, version="3")).json["bank"]
    assert small["active"] is False
    refused = designer.post(f"/api/banks/{small['id']}/activate")
    assert refused.status == 422 and refused.code == "DRAW_FEW_ITEMS", refused.body
    other = designer.post("/api/banks", bank(version="4")).json["bank"]["id"]
    banks = designer.post(f"/api/banks/{other}/activate").json["banks"]
    assert [b["id"] for b in banks if b["active"]] == [other]
    assert designer.get(f"/api/banks/{other}").json["items"][0]["key"] == ["r"]
    assert designer.post("/api/banks/999/activate").status == 404
    policy = designer.get("/api/placement/policy").json
    policy["levels"][2]["cut"] = 0.4
    answer = designer.put("/api/placement/policy", policy)
    assert answer.status == 422 and answer.code == "LEVELS_NOT_MONOTONE", answer.body
    policy["levels"][2]["cut"] = 0.9
    policy["items_per_area"] = 5
    assert designer.put("/api/placement/policy", policy).code == "DRAW_FEW_ITEMS"


def a_test_in_progress_keeps_its_cuts(server):
    designer = prepare(server)
    server.person("operator", "operator")
    operator = Client(server).log_in("operator")
    operator.post("/api/me/placement")
    policy = designer.get("/api/placement/policy").json
    policy["levels"][1]["cut"] = 0.9
    policy["levels"][2]["cut"] = 0.95
    assert designer.put("/api/placement/policy", policy).status == 200
    assert take(operator, 5)["result"]["level"]["id"] == "intermedio"  # as when it was drawn


def roles(server):
    prepare(server)
    server.person("operator", "operator")
    server.person("coordinator", "coordinator")
    for login in ("operator", "coordinator"):
        client = Client(server).log_in(login)
        for method, path in (("GET", "/api/banks"), ("GET", "/api/banks/1"), ("POST", "/api/banks/1/activate"),
                             ("GET", "/api/placement/policy"), ("POST", "/api/people/1/placement/override")):
            assert client.ask(method, path, {} if method == "POST" else None).status == 403, (login, path)
    assert Client(server).get("/api/me/placement").status == 401
    assert Client(server).log_in("designer").get("/api/me/placement").status == 403


run([no_bank_no_test, whole_test, every_level, stale_tabs, bad_answers, many_tabs_start_one_test, retakes,
     a_permission_is_beyond_the_policy, override,
     banks_and_policy, a_test_in_progress_keeps_its_cuts, roles])
