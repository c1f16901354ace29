// publish.mjs BUILD: a new version for eight modules and 60,000 people under way, while learners' increments go on: how
// long the designer waits, and how long the learners do, before and meanwhile.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {line, median, percentile} from './figures.mjs';

const build = process.argv[2];
process.env.FAD_PROGRAM = join(build, 'server/fad');
process.env.FAD_BUILD = build;
process.env.FAD_SOURCE = new URL('../..', import.meta.url).pathname;
const {codes, Player, Server, smallPackage} = await import('../server/harness.mjs');

const PEOPLE = 60000;
const MODULES = 8;
const QUIET_MS = 5000;

/* Everybody is at level "base", in the middle of every module. */
const FILL = `import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
version, course, people = (int(word) for word in sys.argv[2:5])
now = int(time.time() * 1000)
columns = [row[1] for row in db.execute('PRAGMA table_info(person)')]
like = db.execute("SELECT * FROM person WHERE login = 'ope'").fetchone()
def person(n):
	row = dict(zip(columns, like))
	row.update(id=1000 + n, login=f'op{n}', codice_fiscale=None)
	return [row[name] for name in columns]
db.executemany(f"INSERT INTO person({','.join(columns)}) VALUES ({','.join('?' * len(columns))})", (person(n) for n in range(people)))
db.executemany("INSERT INTO person_role(person, role) VALUES (?, 'operator')", ((1000 + n,) for n in range(people)))
db.executemany("INSERT INTO person_level(person, level, at, source) VALUES (?, 'base', ?, 'placement')", ((1000 + n, now) for n in range(people)))
db.executemany('INSERT INTO attempt(person, module, level, course, version, organization, seed, created_at, last_sequence, updated_at, active_ms, publications_past) '
	"VALUES (?, ?, 'base', ?, ?, 0, '1', ?, 5, ?, 120000, (SELECT max(id) FROM publication))",
	((1000 + n, module, course, version, now, now - 86400000) for n in range(people) for module in range(1, ${MODULES + 1})))
db.commit()`;

const server = await new Server().start();
server.people({codice: codes[0], login: 'dora', ruoli: 'progettista'}, {codice: codes[1], login: 'ope', ruoli: 'operatore'},
	{codice: codes[2], login: 'piero', ruoli: 'provider'});
const [designer, provider, admin] = [await server.person('dora'), await server.person('piero'), await server.administrator()];
const upload = async (extra, query = '') => (await designer.post(`/api/courses${query}`, smallPackage({extra}), {'X-File-Name': 'prova.zip'})).json;
const {version: {id: first}, course: {id: course}} = await upload({});
const {version: {id: second}} = await upload({'due.txt': 'due'}, '?course=1');
for (let module = 1; module <= MODULES; module++) {
	await designer.put(`/api/path/modules/${module}/levels/base`, {version: first});
}
const {users: [{id}]} = (await admin.get('/api/users?search=ope')).json;
await provider.post(`/api/people/${id}/placement/override`, {level: 'base', why: 'misura'});
await server.kill();
execFileSync('python3', ['-c', FILL, join(server.folder, 'fad.db'), first, course, PEOPLE].map(String));
await server.start();
const learner = await server.person('ope', 'Nuova-Password-1').catch(() => server.person('ope'));
const player = await new Player(server, (await learner.post('/api/me/launch', {module: 1})).json.url).open();
player.begin();
await player.save();

const waits = [];
let going = true, count = 0, sent = 0;
async function work() {
	while (going) {
		player.api('setValue', 'cmi.suspend_data', `stato ${count++} `.repeat(60));
		player.api('commit');
		sent = performance.now();
		const {status, text} = await player.save();
		if (status !== 200) {
			throw new Error(text);
		}
		waits.push(performance.now() - sent);
	}
}

/** The one that still waits counts with what it has waited. */
const taken = () => [...waits.splice(0), performance.now() - sent];
const tell = (what, list = taken()) => line(what, `${median(list).toFixed(1)}, ${percentile(list, 0.99).toFixed(1)}, ${Math.max(...list).toFixed(1)}   (${list.length})`);
const working = work();
await new Promise(done => setTimeout(done, QUIET_MS));
tell('an increment, nobody publishes, ms (median, 99 of 100, worst)');
const changes = Array.from({length: MODULES}, (_, n) => ({module: n + 1, level: 'base', version: second}));
const policy = 'always';
const {json: preview} = await designer.post('/api/publications/preview', {changes});
tell('  while a publication is previewed');
const token = preview.policies.find(each => each.policy === policy).token;
const from = performance.now();
const {status, json, text} = await designer.post('/api/publications', {changes, policy, token});
const took = performance.now() - from;
if (status !== 201) {
	throw new Error(text);
}
tell(`  while ${MODULES} modules are published for ${json.people} attempts`);
line('  the designer waits, s', (took / 1000).toFixed(2));
going = false;
await working;
await server.finish();
