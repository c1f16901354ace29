// board.mjs BUILD: the coordinators' dashboard over 60,000 people and 480,000 attempts: how long its numbers, its lists of
// people and one person take, with filters, while the numbers are made anew behind it.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {line, median, percentile} from './figures.mjs';

const build = process.argv[2];
process.env.FAD_PROGRAM = join(build, 'server/fad');
process.env.FAD_BUILD = build;
process.env.FAD_SOURCE = new URL('../..', import.meta.url).pathname;
const {Browser, Server} = await import('../server/harness.mjs');

const PEOPLE = 60000;
const ASKED = Number(process.env.FAD_ASKED ?? 200); // times each

/* Like the demonstration's people, in its companies and professions, all in eight modules, two in three completed. */
const FILL = `import random, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
people, now, dice = int(sys.argv[2]), int(time.time() * 1000), random.Random(1)
version, course = db.execute('SELECT id, course FROM course_version LIMIT 1').fetchone()
event = db.execute('SELECT id FROM ecm_event LIMIT 1').fetchone()[0]
columns = [row[1] for row in db.execute('PRAGMA table_info(person)')]
like = dict(zip(columns, db.execute("SELECT * FROM person WHERE login = 'operatore'").fetchone()))
companies = [row[0] for row in db.execute('SELECT DISTINCT company FROM person WHERE company IS NOT NULL')]
names = [row for row in db.execute('SELECT given_name, family_name FROM person')]
def person(n):
	given, family = dice.choice(names)
	like.update(id=100000 + n, login=f'op{n}', codice_fiscale=None, company=dice.choice(companies), profession=dice.choice([1, 8, 14, 18, None]),
		target_group=dice.choice(['operatori', 'mmg_pls', 'segreteria']), given_name=given, family_name=family)
	return [like[name] for name in columns]
db.executemany(f"INSERT INTO person({','.join(columns)}) VALUES ({','.join('?' * len(columns))})", (person(n) for n in range(people)))
db.executemany("INSERT INTO person_role(person, role) VALUES (?, 'operator')", ((100000 + n,) for n in range(people)))
levels = ['base', 'intermedio', 'avanzato']
db.executemany("INSERT INTO person_level(person, level, at, source) VALUES (?, ?, ?, 'placement')", ((100000 + n, levels[n % 3], now) for n in range(people)))
db.executemany('INSERT INTO attempt(person, module, level, course, version, organization, seed, created_at, last_sequence, updated_at, seen_ms, '
	"completed_at) VALUES (?, ?, ?, ?, ?, 0, '1', ?, 5, ?, 1800000, ?)",
	((100000 + n, module, levels[n % 3], course, version, now, now, now if n % 3 or module < 5 else None) for n in range(people) for module in range(1, 9)))
db.executemany("INSERT INTO completion VALUES (?, ?, ?, ?, date('now', ?), 14400, '{}', ?)",
	((100000 + n, event, levels[n % 3], now, f'-{n % 200} days', now) for n in range(people) if n % 3))
db.execute("INSERT INTO setting VALUES ('programme_deadline', date('now', '+200 days')) ON CONFLICT(name) DO UPDATE SET value = excluded.value")
db.commit()`;

const server = new Server();
server.run('demo');
execFileSync('python3', ['-c', FILL, join(server.folder, 'fad.db'), String(PEOPLE)]);
await server.start();
const coordinator = new Browser(server);
await coordinator.logIn('coordinatore', 'fse-dimostrativo');

const from = performance.now();
await coordinator.get('/api/progress');
line('the dashboard the first time: a pass over all attempts, ms', Math.round(performance.now() - from));
for (const [what, path] of [
	['the dashboard', '/api/progress'],
	['  of one company and profession', '/api/progress?company=AUSLTC&profession=14'],
	['  as a spreadsheet', '/api/progress.xlsx'],
	['people, the first page', '/api/progress/people'],
	['  the hundredth page', '/api/progress/people?page=100'],
	['  of one company', '/api/progress/people?company=AUSLTC'],
	['  of one company, group, level and profession', '/api/progress/people?company=AUSLTC&group=mmg_pls&level=base&profession=14'],
	['  who began module 6 and did not complete it', '/api/progress/people?module=6'],
	['  by name', '/api/progress/people?search=rossi'],
	['one person', '/api/progress/people/100500'],
]) {
	const times = [];
	for (let i = 0; i < ASKED; i++) {
		const start = performance.now();
		const {status, text} = await coordinator.get(path);
		times.push(performance.now() - start);
		if (status !== 200) {
			throw new Error(text);
		}
	}
	line(`${what}, ms (median, 99 of 100)`, `${median(times).toFixed(1)}, ${percentile(times, 0.99).toFixed(1)}`);
}
await server.finish();
