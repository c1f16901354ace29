/* That nobody, with everything that is on the disk, can tell whose answers are whose. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {day, eventFields, school, sit, study} from './exams.mjs';

const logins = Array.from({length: 13}, (_, i) => `op${String(i).padStart(2, '0')}`);
/** Where the keys lie: a folder of this test's own, in memory. */
const memory = mkdtempSync('/dev/shm/fad-test-');
let server, provider, people, bank, event;

before(async () => {
	process.env.RUNTIME_DIRECTORY = memory;
	({server, provider, people, bank, event} = await school(logins));
	await provider.put(`/api/ecm/events/${event.id}/final`, {bank: bank.id});
});
after(async () => {
	assert.deepEqual(await server.finish(), {code: 0, signal: null});
	rmSync(memory, {recursive: true});
});

const marker = i => `MARCA-${String.fromCharCode(65 + i).repeat(6)}`;
const sheet = i => ({standard: {1: String(i % 5 + 1), 2: '4', 3: '5', 4: '3', 5: '4', '5-esempi': `${marker(i)} esempio`}, extra: {x1: String(i % 2 + 1), x2: `nota ${marker(i)}`}});
const summary = async () => (await provider.get(`/api/ecm/events/${event.id}/quality`)).json;

/** Every file of the data folder, as bytes. */
function everything(folder = server.folder) {
	return readdirSync(folder).flatMap(name => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? everything(path) : [[path, readFileSync(path)]];
	});
}

/** Rows of the data base, by a second program. */
function sql(text) {
	return JSON.parse(execFileSync('python3', ['-c', `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(json.dumps([[c.hex() if isinstance(c, bytes) else c for c in row] for row in db.execute(sys.argv[2])]))`, join(server.folder, 'fad.db'), text], {encoding: 'utf8'}));
}

test('the provider sets extra questions apart; the standard form stays as it is', async () => {
	const extra = [{kind: 'choice', text_it: 'La piattaforma è stata facile da usare?', options: [{text_it: 'Sì'}, {text_it: 'No'}]},
		{kind: 'text', text_it: 'Che cosa miglioreresti?'}];
	const saved = await provider.put(`/api/ecm/events/${event.id}/quality`, {extra});
	assert.equal(saved.status, 200, saved.text);
	assert.deepEqual(saved.json.extra.map(each => each.id), ['x1', 'x2']);
	assert.equal(saved.json.smallest_group, 10);
	assert.equal((await provider.put(`/api/ecm/events/${event.id}/quality`, {smallest_group: 1})).code, 'QUALITY_GROUP');
	assert.equal((await provider.put(`/api/ecm/events/${event.id}/quality`, {extra: [{kind: 'choice', text_it: 'x', options: []}]})).code, 'QUALITY_OPTIONS');
	const {standard} = (await people.op00.get('/api/me/quality')).json;
	const source = JSON.parse(readFileSync(join(process.env.FAD_SOURCE, 'server/data/quality_fad.json'), 'utf8'));
	assert.deepEqual(standard, source);
	assert.equal(standard.questions.filter(each => each.kind === 'choice' && each.options.length === 5).length, 5);
});

test('it comes after the final test, and every closed question wants an answer', async () => {
	const {op00} = people;
	assert.equal((await op00.post('/api/me/quality', sheet(0))).code, 'QUALITY_TOO_EARLY');
	for (const login of logins) {
		await study(server, people[login]);
		assert.equal((await sit(people[login], 12)).json.passed, true);
	}
	assert.equal((await op00.get('/api/me/quality')).json.may_hand_in, true);
	const refused = await op00.post('/api/me/quality', {standard: {1: '9', 7: '1'}, extra: {}});
	assert.equal(refused.status, 422);
	assert.deepEqual(refused.json.problems.map(each => [each.where, each.code]), [['1', 'QUALITY_OPTION'], ['2', 'QUALITY_MISSING'],
		['3', 'QUALITY_MISSING'], ['4', 'QUALITY_MISSING'], ['5', 'QUALITY_MISSING'], ['7', 'QUALITY_UNKNOWN'], ['x1', 'QUALITY_MISSING']]);
	await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, data_fine: day(-1)});
	assert.equal((await op00.post('/api/me/quality', sheet(0))).code, 'QUALITY_EVENT_CLOSED');
	await provider.put(`/api/ecm/events/${event.id}`, eventFields);
});

test('nine sheets on the disk are noise, also the first and only one', async () => {
	for (let i = 0; i < 9; i++) {
		const answers = await Promise.all([people[logins[i]].post('/api/me/quality', sheet(i)), people[logins[i]].post('/api/me/quality', sheet(i))]);
		assert.deepEqual(answers.map(each => [each.status, each.json.handed_in]), [[200, true], [200, true]]);
		for (const [path, bytes] of everything()) {
			for (let k = 0; k <= i; k++) {
				assert.equal(bytes.indexOf(marker(k)), -1, `${marker(k)} in ${path}`);
			}
		}
	}
	assert.equal(new Set(sql('SELECT length(sealed) FROM quality_sealed').map(([size]) => size)).size, 1, 'all of one size');
	const now = await summary();
	assert.deepEqual([now.counts.handed_in, now.counts.waiting, now.counts.sheets, now.shown], [9, 9, 0, false]);
	assert.doesNotMatch(JSON.stringify(now), /"count"|"comments"/);
});

test('a crash loses none of them; the tenth releases all at once', async () => {
	await server.kill('SIGKILL');
	await server.start();
	assert.equal((await people[logins[9]].post('/api/me/quality', sheet(9))).status, 200);
	const now = await summary();
	assert.deepEqual([now.counts.waiting, now.counts.sheets, now.counts.dropped, now.shown], [0, 10, 0, true]);
	const [standard, extra] = now.forms;
	assert.deepEqual(standard.questions[0].options.map(each => each.count), [2, 2, 2, 2, 2]);
	assert.deepEqual(extra.questions[0].options.map(each => each.count), [5, 5]);
	assert.deepEqual(standard.questions.at(-1).comments, Array.from({length: 10}, (_, i) => `${marker(i)} esempio`));
});

test('with the whole data base nobody joins a sheet to a person', () => {
	const tables = sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'");
	for (const name of ['quality_sheet', 'quality_comment', 'quality_sealed']) {
		const columns = sql(`SELECT name FROM pragma_table_info('${name}')`).flat();
		assert.deepEqual(columns.filter(each => /person|time|_at|day|number|session|attempt/.test(each)), [], name);
		assert.match(tables.find(([each]) => each === name)[1], /WITHOUT ROWID/, 'no hidden number of arrival');
		assert.throws(() => sql(`SELECT rowid FROM ${name}`));
	}
	/* What identifies a row of one half is nowhere in any other table. */
	const ids = ['quality_sheet', 'quality_comment'].flatMap(name => sql(`SELECT id FROM ${name}`).flat());
	assert.equal(new Set(ids).size, 40);
	for (const [name] of tables.filter(([each]) => !/^(quality_sheet|quality_comment|sqlite_)/.test(each))) {
		const text = JSON.stringify(sql(`SELECT * FROM "${name}"`));
		for (const id of ids) {
			assert.ok(!text.includes(id), `${id} in ${name}`);
		}
		for (let i = 0; i < 10; i++) {
			assert.ok(!text.includes(marker(i)), `${marker(i)} in ${name}`);
		}
	}
	/* Handing in is no act: the log knows the millisecond. */
	assert.deepEqual(sql("SELECT act FROM act WHERE act LIKE 'quality.%' AND act <> 'quality.settings'"), []);
	assert.deepEqual(sql('SELECT DISTINCT length(day) FROM quality_handed_in'), [[10]]);
	/* A free text is not kept with the marks of the same person. */
	for (const [answers] of sql('SELECT answers FROM quality_sheet')) {
		assert.doesNotMatch(answers, /MARCA/);
	}
});

test('neither ids nor the place in the file nor the write-ahead log follow the order of arrival', () => {
	const order = list => list.map(([text]) => /MARCA-([A-Z])/.exec(text)[1]).join('');
	const comments = sql("SELECT comment FROM quality_comment WHERE form = 'standard' ORDER BY id");
	const extras = sql("SELECT comment FROM quality_comment WHERE form = 'extra' ORDER BY id");
	assert.notEqual(order(comments), 'ABCDEFGHIJ');
	assert.notEqual(order(comments), order(extras), 'the two forms are shuffled apart');
	for (const [path, bytes] of everything()) {
		const places = Array.from({length: 10}, (_, i) => bytes.indexOf(`${marker(i)} esempio`));
		if (places.some(place => place >= 0)) {
			const arrived = places.every((place, i) => i === 0 || place > places[i - 1]);
			const reversed = places.every((place, i) => i === 0 || place < places[i - 1]);
			assert.ok(!arrived && !reversed, path);
		}
	}
});

test('after a release the old key is gone and the next sheets wait again', async () => {
	assert.equal((await people[logins[10]].post('/api/me/quality', sheet(10))).status, 200);
	const now = await summary();
	assert.deepEqual([now.counts.handed_in, now.counts.waiting, now.counts.sheets], [11, 1, 10]);
	assert.ok(!JSON.stringify(now).includes(marker(10)));
	assert.equal((await provider.put(`/api/ecm/events/${event.id}/quality`, {extra: []})).code, 'QUALITY_EXTRA_FIXED');
	const csv = await provider.get(`/api/ecm/events/${event.id}/quality.csv`);
	assert.match(csv.text, /^\ufeffscheda;domanda;testo;risposta;numero;quota\r\nstandard;1;/);
	assert.equal((await people.op00.get(`/api/ecm/events/${event.id}/quality`)).status, 403);
});

test('what waited at a reboot of the machine can be opened by nobody, and is dropped', async () => {
	await server.kill();
	rmSync(join(memory, readdirSync(memory)[0], `quality-${event.id}.key`));
	await server.start();
	assert.equal((await people[logins[11]].post('/api/me/quality', sheet(11))).status, 200);
	const now = await summary();
	assert.deepEqual([now.counts.handed_in, now.counts.waiting, now.counts.sheets, now.counts.dropped], [12, 1, 10, 1]);
});
