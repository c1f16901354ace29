// People's rights over their data: a copy of everything, anonymity when the law lets it go, and periods of keeping that
// are applied once somebody said so; numbers, calibration, frozen reports and the log of acts stay whole.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Browser, Server} from './harness.mjs';

const PASSWORD = 'fse-dimostrativo';
const server = new Server();
let admin, provider, operator;

const sql = (text, ...values) => JSON.parse(execFileSync('python3', ['-c', `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
rows = [list(row) for row in db.execute(sys.argv[2], sys.argv[3:])]
db.commit()
print(json.dumps(rows))`, join(server.folder, 'fad.db'), text, ...values.map(String)], {encoding: 'utf8'}));

async function logIn() {
	const browsers = await Promise.all(['admin', 'provider', 'operatrice'].map(async login => {
		const browser = new Browser(server);
		await browser.logIn(login, PASSWORD);
		return browser;
	}));
	[admin, provider, operator] = browsers;
}

before(async () => {
	server.run('demo');
	await server.start();
	await logIn();
});
after(() => server.finish());

const person = login => sql('SELECT id FROM person WHERE login = ?', login)[0][0];

/** Somebody with no other role who completed, by a condition on p. */
const completed = (more = '1') => sql(`SELECT p.id, p.login FROM person p JOIN completion c ON c.person = p.id WHERE p.anonymised_at IS NULL
	AND p.profession IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person = p.id AND r.role <> 'operator') AND ${more} LIMIT 1`)[0];

function unpack(bytes) {
	const path = join(server.folder, 'dati.zip');
	writeFileSync(path, bytes);
	const names = execFileSync('unzip', ['-Z1', path], {encoding: 'utf8'}).trim().split('\n');
	const read = name => execFileSync('unzip', ['-p', path, name], {encoding: 'utf8', maxBuffer: 1 << 28});
	return {names, json: JSON.parse(read('dati.json')), page: read('dati.html')};
}

test('everybody downloads everything about themselves: JSON, a page to read, certificates; it is written down', async () => {
	const answer = await operator.get('/api/me/data.zip');
	assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'application/zip']);
	const {names, json, page} = unpack(answer.bytes);
	assert.ok(names.includes('dati.json') && names.includes('dati.html'));
	assert.equal(json.persona[0].nome_utente, 'operatrice');
	for (const section of ['moduli', 'registrazioni', 'questionari', 'risposte_ai_questionari', 'livelli', 'atti']) {
		assert.ok(json[section].length > 0, section);
	}
	const calls = json.registrazioni.flatMap(each => each.registrazione);
	assert.ok(calls.some(each => each.che_cosa === 'SetValue' && each.elemento.startsWith('cmi')));
	assert.ok(calls.some(each => each.che_cosa === 'sessione iniziata'));
	assert.match(json.moduli[0].iniziato_il, /^\d{4}-\d\d-\d\dT/);
	assert.ok(json.atti.some(each => each.che_cosa === 'session.open' && each.dettaglio === '127.0.0.1'));
	assert.match(page, /<html lang="it">/);
	assert.match(page, /operatrice/);
	assert.ok(!/<script/.test(page));
	const {acts} = (await admin.get(`/api/audit?subject=person:${person('operatrice')}`)).json;
	assert.equal(acts[0].act, 'person.export');
	assert.deepEqual(readdirSync(join(server.folder, 'exports')).filter(each => each.startsWith('.personal')), []);
});

test('nobody else’s data and no keys of tests are in it', async () => {
	const {json} = unpack((await operator.get('/api/me/data.zip')).bytes);
	const text = JSON.stringify(json);
	const [others] = sql('SELECT group_concat(codice_fiscale) FROM person WHERE login <> ? AND codice_fiscale IS NOT NULL', 'operatrice');
	assert.deepEqual(others[0].split(',').filter(code => text.includes(code)), []);
	assert.ok(!text.includes('"key"') && !text.includes('argon2') && !text.includes('password'));
});

test('the administrator takes a copy on a person’s behalf, which is written down with who did it', async () => {
	const [id] = completed();
	const {json} = unpack((await admin.get(`/api/users/${id}/data.zip`)).bytes);
	assert.equal(json.persona[0].numero, id);
	assert.ok(json.completamenti[0].prove);
	const {acts: [act]} = (await admin.get(`/api/audit?subject=person:${id}`)).json;
	const [[by]] = sql('SELECT family_name || \' \' || given_name FROM person WHERE login = \'admin\'');
	assert.deepEqual([act.act, act.by], ['person.export', by]);
	assert.equal((await operator.get(`/api/users/${id}/data.zip`)).status, 403);
});

test('while credits are unreported or evidence must be kept, anonymity is refused: why, and from when', async () => {
	const [id, login] = completed('NOT EXISTS (SELECT 1 FROM ecm_export x WHERE x.event = c.event) AND c.person NOT IN (SELECT person FROM class_enrolment)');
	const [[end, title]] = sql('SELECT e.data_fine, e.title FROM completion c JOIN ecm_event e ON e.id = c.event WHERE c.person = ?', id);
	const may = (await admin.get(`/api/users/${id}/anonymise`)).json;
	assert.deepEqual([may.possible, may.problem.code], [false, 'CREDITS_UNREPORTED']);
	assert.ok(may.problem.it.includes(title));
	assert.ok(may.from >= `${Number(end.slice(0, 4)) + 5}${end.slice(4)}`);
	assert.ok(may.problem.mend_it.includes(may.from.split('-').reverse().join('/')));
	const refused = await admin.post(`/api/users/${id}/anonymise`, {login, why: 'richiesta'});
	assert.deepEqual([refused.status, refused.code], [409, 'CREDITS_UNREPORTED']);
	for (const [body, where] of [[{login: 'altro', why: 'x'}, 'login'], [{login, why: ''}, 'why'], [{login, why: 'x'.repeat(501)}, 'why']]) {
		const answer = await admin.post(`/api/users/${id}/anonymise`, body);
		assert.deepEqual([answer.status, answer.code, answer.json.problem.where], [422, 'NOT_CONFIRMED', where]);
	}
	const event = (await provider.get('/api/ecm/events')).json.events[0];
	assert.equal((await provider.post(`/api/ecm/events/${event.id}/export`)).status, 201);
	const then = (await admin.get(`/api/users/${id}/anonymise`)).json;
	assert.equal(then.problem.code, 'RETENTION_RUNS');
	assert.equal((await admin.get(`/api/users/${person('provider')}/anonymise`)).json.problem.code, 'PERSON_IS_STAFF');
});

/** As if everything had been long ago. */
function age() {
	sql('UPDATE ecm_event SET data_ini = \'2016-01-01\', data_fine = \'2016-12-31\'');
	sql('UPDATE completion SET day = \'2016-06-01\'');
	sql('INSERT INTO setting VALUES (\'programme_deadline\', \'2017-01-01\') ON CONFLICT(name) DO UPDATE SET value = excluded.value');
}

const numbers = async () => {
	const {json} = await provider.get('/api/progress');
	delete json.made_at;
	return json;
};

test('anonymous: nothing tells who it was, and every statistic stays', async () => {
	const event = (await provider.get('/api/ecm/events')).json.events[0].id;
	const printed = server.run('certificates', '--event', String(event), '--out', join(server.folder, 'attestati'));
	/* Whose names are not also a teacher's: those stay in what is kept of a lesson. */
	const [id, login] = completed(`EXISTS (SELECT 1 FROM certificate k WHERE k.person = p.id) AND NOT EXISTS (SELECT 1 FROM class_staff s
		JOIN person t ON t.id = s.person WHERE t.family_name = p.family_name OR t.given_name = p.given_name)`) ?? assert.fail(printed.out);
	const [[code]] = sql('SELECT code FROM certificate WHERE person = ?', id);
	assert.equal((await new Browser(server).get(`/api/verify/${code}`)).json.valid, true);
	assert.ok(unpack((await admin.get(`/api/users/${id}/data.zip`)).bytes).names.some(each => each.endsWith(`${code}.pdf`)));
	const [[given, family, codice, email]] = sql('SELECT given_name, family_name, codice_fiscale, email FROM person WHERE id = ?', id);
	age();
	const before = await numbers();
	const counts = () => sql(`SELECT (SELECT count(*) FROM placement_answer), (SELECT count(*) FROM final_answer), (SELECT count(*) FROM completion),
		(SELECT count(*) FROM attempt), (SELECT group_concat(sha256) FROM ecm_export)`);
	const kept = counts();
	assert.equal((await admin.get(`/api/users/${id}/anonymise`)).json.possible, true);
	assert.equal((await admin.post(`/api/users/${id}/anonymise`, {login, why: 'fine della conservazione'})).status, 204);
	assert.deepEqual(await numbers(), before);
	assert.deepEqual(counts(), kept);
	const {json} = unpack((await admin.get(`/api/users/${id}/data.zip`)).bytes);
	const text = JSON.stringify({...json, atti: json.atti.filter(each => each.che_cosa !== 'person.anonymise')});
	for (const secret of [given, family, codice, login, email].filter(each => each && each.length > 2)) {
		assert.ok(!text.includes(secret), `${secret} is still there`);
	}
	assert.deepEqual(json.registrazioni, []);
	const verify = (await new Browser(server).get(`/api/verify/${code}`)).json;
	assert.deepEqual([verify.known, verify.valid], [true, false]);
	assert.ok(!JSON.stringify(verify).includes(family));
	assert.deepEqual([json.persona[0].nome_utente, json.persona[0].attivo, json.persona[0].codice_fiscale], [`anonimo-${id}`, 0, null]);
	assert.equal((await admin.get(`/api/users/${id}/anonymise`)).json.problem.code, 'ALREADY_ANONYMOUS');
	assert.equal((await provider.get(`/api/people?search=${encodeURIComponent(codice)}`)).json.total, 0);
	const verified = server.run('audit', 'verify');
	assert.equal(verified.status, 0, verified.out);
	const {acts} = (await admin.get(`/api/audit?subject=person:${id}`)).json;
	assert.ok(acts.some(each => each.act === 'person.anonymise' && each.detail === 'fine della conservazione'));
});

test('who never completed anything may be made anonymous at once, and can no longer log in', async () => {
	const id = person('operatore');
	const session = new Browser(server);
	await session.logIn('operatore', PASSWORD);
	assert.equal((await admin.post(`/api/users/${id}/anonymise`, {login: 'operatore', why: 'art. 17'})).status, 204);
	assert.equal((await session.get('/api/me/path')).status, 401);
	await session.get('/api/session');
	assert.equal((await session.post('/api/session', {login: `anonimo-${id}`, password: PASSWORD})).status, 401);
});

test('retention: each rule has its law; what is due is shown, and removed once confirmed', async () => {
	const rules = async () => Object.fromEntries((await admin.get('/api/retention')).json.rules.map(each => [each.id, each]));
	const old = Date.now() - 11 * 366 * 86400_000;
	const first = await rules();
	for (const rule of Object.values(first)) {
		assert.ok(rule.law_it && rule.law_en && rule.months > 0, rule.id);
	}
	const left = completed()[0];
	sql('UPDATE person SET active = 0, updated_at = ? WHERE id = ?', old, left);
	sql('UPDATE attempt SET updated_at = ? WHERE person = ?', old, person('operatrice'));
	sql('DELETE FROM completion WHERE person = ?', person('operatrice'));
	sql('UPDATE session SET expires_at = ?, created_at = ? WHERE person = ?', old, old, person('provider'));
	const zip = join(server.folder, 'exports', 'certificates-999.zip');
	writeFileSync(zip, '');
	utimesSync(zip, old / 1000, old / 1000);
	const now = await rules();
	assert.equal(now.people.due, first.people.due + 1);
	assert.ok(now.journals.due > first.journals.due);
	assert.ok(now.log_ins.due > first.log_ins.due);
	assert.equal(now.downloads.due, first.downloads.due + 1);
	assert.deepEqual([now.evidence.applies, now.programme.applies], [false, false]);
	assert.equal((await admin.post('/api/retention/evidence', {due: 0})).status, 404);
	assert.equal((await admin.post('/api/retention/people', {due: now.people.due + 1})).code, 'RETENTION_CHANGED');
	const before = (await admin.get('/api/audit')).json.total;
	for (const rule of ['people', 'journals', 'log_ins', 'downloads']) {
		const answer = await admin.post(`/api/retention/${rule}`, {due: now[rule].due});
		assert.deepEqual([answer.status, answer.json.applied], [200, now[rule].due], rule);
	}
	const then = await rules();
	for (const rule of ['people', 'journals', 'log_ins', 'downloads']) {
		assert.equal(then[rule].due, 0, rule);
	}
	assert.ok((await admin.get('/api/audit')).json.total >= before + 4);
	assert.ok(!existsSync(zip));
	assert.equal(server.run('audit', 'verify').status, 0);
	assert.ok(sql('SELECT count(*) FROM attempt_state s JOIN attempt a ON a.id = s.attempt WHERE a.person = ?', person('operatrice'))[0][0] > 0, 'work can still be gone on with');
});

test('fad retention shows the same, and asks before it removes', async () => {
	const {status, out} = server.run('retention');
	assert.equal(status, 0);
	assert.match(out, /evidence +60 mesi/);
	assert.match(out, /journals .*da togliere \(due\): 0/);
	sql('UPDATE session SET expires_at = 1');
	const refused = server.run('retention', '--apply', 'log_ins');
	assert.equal(refused.status, 1);
	assert.match(refused.out, /niente è stato tolto/);
	assert.equal(server.run('retention', '--apply', 'log_ins', '--yes').status, 0);
	assert.equal(sql('SELECT count(*) FROM session')[0][0], 0);
	assert.equal(server.run('retention', '--apply', 'evidence').status, 2);
	writeFileSync(join(server.folder, 'retention.json'), '{"format": "fad-retention-1", "rules": []}');
	const bad = server.run('retention');
	assert.deepEqual([bad.status, /RETENTION_FILE/.test(bad.out)], [1, true]);
});
