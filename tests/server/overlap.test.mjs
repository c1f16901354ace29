// Nobody is in two places at once: told when places are given, refused when presence is recorded, looked for before the report.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {localDay, makeClass} from './classes.mjs';
import {code, school} from './exams.mjs';
import {Browser} from './harness.mjs';

let server, provider, people, first, second;
const logins = ['anna', 'bruno', 'carla', 'tino'];
const yes = {recruited: false, sponsor: '', works_here: true, confirmed: true};
const yesterday = localDay(-1);
const codeOf = login => code(2 + logins.indexOf(login));
const give = (made, login, state = 'enrolled') => provider.post(`/api/class-groups/${made.group.id}/people`, {people: [people[login].id], state, why: ''});
const overlaps = (json, login) => json.people.find(one => one.person === people[login].id).overlaps;
const list = (made, ...lines) => provider.send('POST', `/api/class-sessions/${made.sessions[0].id}/list.csv`, Buffer.from(['codice_fiscale;entrata;uscita', ...lines].join('\n')));
const mark = (made, login, way, clock) => provider.post(`/api/class-sessions/${made.sessions[0].id}/marks`, {person: people[login].id, way, clock, why: 'foglio firme'});
const marksOf = async (made, login) => (await provider.get(`/api/class-sessions/${made.sessions[0].id}`)).json.people.find(one => one.person === people[login].id);
const voidMark = (made, id) => provider.post(`/api/class-sessions/${made.sessions[0].id}/marks/${id}/void`, {why: 'sbagliata'});

before(async () => {
	({server, provider, people} = await school(logins));
	const admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	await admin.put(`/api/users/${people.anna.id}`, {profession: 14, disciplines: [85], contract: 'D', company: 'AUSLTC'});
	const fields = {ore: 4, crediti: '5.2'};
	first = await makeClass(provider, {...fields, cod_evento: 'RES-A', title: 'Primo corso'}, [{day: yesterday, begins: '09:00', ends: '13:00'}]);
	second = await makeClass(provider, {...fields, cod_evento: 'RES-B', title: 'Secondo corso'}, [{day: yesterday, begins: '11:00', ends: '15:00'}]);
	for (const made of [first, second]) {
		await provider.put(`/api/ecm/events/${made.event.id}/final`, {required: false});
	}
});
after(() => server.finish());

test('a place in a class that meets at the same time is given with a warning: who, where, when', async () => {
	assert.deepEqual(overlaps((await give(first, 'anna')).json, 'anna'), []);
	const [warning, ...more] = overlaps((await give(second, 'anna', 'invited')).json, 'anna');
	assert.deepEqual([warning.code, warning.severity, more], ['CLASS_OVERLAP', 'warning', []]);
	const [year, month, day] = yesterday.split('-');
	assert.match(warning.it, new RegExp(`Maria Rossi ha già un impegno in aula.*«Classe A» \\(Primo corso, ${day}/${month}/${year} 09:00–13:00\\)`));
	const mine = (await people.anna.get('/api/me/classes')).json.classes;
	assert.deepEqual(mine.map(one => one.overlaps.length), [1, 1], 'who is invited sees it too, in both');
	assert.equal((await people.anna.put(`/api/me/classes/${second.event.id}`, {accept: true})).status, 200);
	await provider.put(`/api/class-groups/${first.group.id}/staff/${people.tino.id}`, {role: 'D'});
	await provider.put(`/api/class-sessions/${first.sessions[0].id}`, {day: yesterday, begins: '09:00', ends: '13:00', teacher: people.tino.id});
	assert.equal(overlaps((await give(second, 'tino')).json, 'tino')[0].code, 'CLASS_OVERLAP', 'who teaches elsewhere is expected there');
});

test('a list gives the place and tells the warning with its line', async () => {
	await give(first, 'bruno');
	const {json} = await provider.send('POST', `/api/classes/${second.event.id}/people.csv?state=enrolled`, Buffer.from(`gruppo;codice_fiscale\nClasse A;${codeOf('carla')}\nClasse A;${codeOf('bruno')}\n`));
	assert.deepEqual([json.taken, json.rejected, json.problems.map(one => [one.line, one.severity, one.code])], [2, 0, [[3, 'warning', 'CLASS_OVERLAP']]]);
});

test('presence by list and by hand: not in two sessions in the same hours; one after the other is fine', async () => {
	assert.equal((await list(first, `${codeOf('anna')};09:00;12:00`)).json.taken, 1);
	const {json} = await list(second, `${codeOf('anna')};11:00;15:00`);
	assert.deepEqual([json.taken, json.problems[0].code, json.problems[0].line], [0, 'CLASS_TWO_PLACES', 2]);
	assert.match(json.problems[0].it, /^Maria Rossi risulterebbe in due posti, dalle 11:00 alle 12:00: «Classe A» \(Secondo corso.*11:00–15:00\) e «Classe A» \(Primo corso.*09:00–13:00\)\.$/);
	assert.match(json.problems[0].mend_it, /uscita dall’altro incontro/);
	assert.deepEqual((await marksOf(second, 'anna')).marks, [], 'neither the entry nor the exit of a refused line');
	const byHand = await mark(second, 'anna', 'in', '11:30');
	assert.equal(byHand.code, 'CLASS_TWO_PLACES');
	assert.match(byHand.json.problem.it, /in due posti, alle 11:30:/);
	assert.equal((await list(second, `${codeOf('anna')};12:00;15:00`)).json.taken, 1);
});

test('who has not signed out of one session is in it until its end: the exit comes first', async () => {
	assert.equal((await mark(first, 'bruno', 'in', '09:00')).status, 200);
	assert.equal((await mark(second, 'bruno', 'in', '11:00')).code, 'CLASS_TWO_PLACES');
	assert.equal((await mark(first, 'bruno', 'out', '11:00')).status, 200);
	assert.equal((await mark(second, 'bruno', 'in', '11:00')).status, 200);
	assert.equal((await provider.post(`/api/class-sessions/${second.sessions[0].id}/exits`, {why: 'fine'})).status, 200);
});

test('a correction cannot make it so either: not by voiding an exit in between, not by all exits at once', async () => {
	assert.equal((await mark(first, 'bruno', 'in', '12:30')).code, 'CLASS_TWO_PLACES');
	const {marks} = await marksOf(first, 'bruno');
	const exit = marks.find(one => one.way === 'out');
	assert.equal((await voidMark(first, exit.id)).status, 200, 'a stay without an end counts nowhere yet');
	const exits = await provider.post(`/api/class-sessions/${first.sessions[0].id}/exits`, {why: 'fine'});
	assert.equal(exits.code, 'CLASS_TWO_PLACES');
	assert.equal((await mark(first, 'bruno', 'out', '11:30')).code, 'CLASS_TWO_PLACES');
	assert.equal((await mark(first, 'bruno', 'out', '11:00')).status, 200);
	const entry = (await marksOf(second, 'bruno')).marks.find(one => one.way === 'in');
	assert.equal((await voidMark(second, entry.id)).status, 200);
	assert.equal((await mark(second, 'bruno', 'in', '10:40')).status, 200, 'early, but the session begins at eleven');
});

test('presence recorded before the rule: the register does not close, and the report’s check names it', async () => {
	const close = made => provider.post(`/api/class-groups/${made.group.id}/close`, {report: ''});
	const exit = (await marksOf(first, 'anna')).marks.find(one => one.way === 'out');
	const move = clock => execFileSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute('UPDATE class_mark SET at = (SELECT begins_at FROM class_session n WHERE n.id = session) + ? * 60000 WHERE id = ?', (int(sys.argv[2]), int(sys.argv[3])))
db.commit()`, join(server.folder, 'fad.db'), String(clock), String(exit.id)]);
	move(240);
	const closed = await close(first);
	assert.equal(closed.code, 'CLASS_TWO_PLACES');
	assert.match(closed.json.problem.it, /Maria Rossi risulterebbe in due posti, dalle 12:00 alle 13:00/);
	const entry = (await marksOf(second, 'anna')).marks.find(one => one.way === 'in');
	assert.equal((await voidMark(second, entry.id)).status, 200);
	assert.equal((await close(first)).status, 200);
	assert.ok((await people.anna.post(`/api/me/quality?event=${first.event.id}`, {standard: {1: '4', 2: '4', 3: '5', 4: '3', 5: '1'}, extra: {}})).status < 300);
	assert.equal((await people.anna.post(`/api/me/declaration?event=${first.event.id}`, yes)).status, 200);
	const check = async () => (await provider.get(`/api/ecm/events/${first.event.id}/check`)).json;
	assert.deepEqual([(await check()).participants, (await check()).problems], [1, []]);
	execFileSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute("UPDATE class_mark SET void_at = NULL, void_by = NULL, void_why = '' WHERE id = ?", (int(sys.argv[2]),))
db.commit()`, join(server.folder, 'fad.db'), String(entry.id)]);
	const found = await check();
	assert.deepEqual([found.participants, found.problems.map(one => [one.code, one.severity, one.person])], [0, [['CLASS_TWO_PLACES', 'error', people.anna.id]]], JSON.stringify(found));
	assert.match(found.problems[0].where, /presenza/);
	const made = await provider.post(`/api/ecm/events/${first.event.id}/export`);
	assert.equal(made.status, 422, made.text);
});
