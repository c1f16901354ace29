/** A path of one module, an ECM event that asks for little, and people who have completed it. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Player, Server, smallPackage} from './harness.mjs';

const odd = {0: 1, 1: 0, 2: 5, 3: 7, 4: 9, 5: 13, 6: 15, 7: 17, 8: 19, 9: 21, A: 1, B: 0, C: 5, D: 7, E: 9, F: 13, G: 15, H: 17, I: 19,
	J: 21, K: 2, L: 4, M: 18, N: 20, O: 11, P: 3, Q: 6, R: 8, S: 12, T: 14, U: 16, V: 10, W: 22, X: 25, Y: 24, Z: 23};

/** The nth of as many tax codes as one likes. */
export function code(n) {
	const stem = `RSSMRA80A01H${String(100 + n)}`;
	const sum = [...stem].reduce((total, c, i) => total + (i % 2 === 0 ? odd[c] : /\d/.test(c) ? Number(c) : c.charCodeAt(0) - 65), 0);
	return stem + String.fromCharCode(65 + sum % 26);
}

export const finalBank = JSON.parse(readFileSync(join(process.env.FAD_SOURCE, 'assessment/sample/fse-final.json'), 'utf8'));

/** The stem's right option, as text. */
export const rightText = Object.fromEntries(finalBank.items.map(item => [item.stem, item.options.find(each => each.id === item.key[0]).text]));

export const day = offset => new Date(Date.now() + offset * 86400_000).toISOString().slice(0, 10);

export const eventFields = {title: 'Evento', levels: [], cod_evento: 'E-1', cod_edi: 1, cod_org: '999', cod_accr: '090',
	data_ini: day(-30), data_fine: day(30), crediti: '4.0', ore: 4, tipo_form: 1, tipo_eve: 'P', cod_obi: 17, num_part: 1000,
	cod_tipologia_form: 10, seconds_needed: 0, accredited: []};

/** A server with one module for everybody, an event and the bank. `logins` have the level but no module yet. */
export async function school(logins) {
	const server = await new Server().start();
	server.people({codice: code(0), login: 'dora', ruoli: 'progettista'}, {codice: code(1), login: 'piero', ruoli: 'provider'},
		...logins.map((login, i) => ({codice: code(2 + i), login, ruoli: 'operatore'})));
	const designer = await server.person('dora'), provider = await server.person('piero');
	const {json: {version}} = await designer.post('/api/courses', smallPackage(), {'X-File-Name': 'corso.zip'});
	const path = await designer.put('/api/path', {order: 'free', modules: [{index: 1, title_it: 'Modulo', title_en: 'Module', minutes_expected: 30}]});
	assert.ok(path.status < 300, path.text);
	assert.equal((await designer.put('/api/path/modules/1/levels/base', {version: version.id})).status, 200);
	const {json: {bank}} = await designer.post('/api/banks', finalBank);
	const event = await provider.post('/api/ecm/events', eventFields);
	assert.equal(event.status, 201, event.text);
	const people = {};
	for (const login of logins) {
		const {people: [row]} = (await provider.get(`/api/people?search=${login}`)).json;
		people[login] = await server.person(login);
		people[login].id = row?.id;
	}
	const {users} = (await (await server.administrator()).get('/api/users?role=operator')).json;
	for (const {id, login} of users) {
		people[login].id = id;
		assert.ok((await provider.post(`/api/people/${id}/placement/override`, {level: 'base', why: 'prova'})).status < 300);
	}
	return {server, designer, provider, people, bank, event: event.json};
}

/** Goes through a module for `ms`, to its end. */
export async function study(server, person, ms = 0, module = 1) {
	const {json} = await person.post('/api/me/launch', {module});
	const player = await new Player(server, json.url).open();
	player.begin();
	await new Promise(resolve => setTimeout(resolve, ms));
	player.engine.presence(Date.now(), ms + 100);
	player.api('setValue', 'cmi.core.lesson_status', 'completed');
	player.api('commit');
	assert.equal((await player.save()).status, 200);
}

/** Answers every question of the open attempt: the first `right` of them rightly. */
export async function answerAll(person, right) {
	const {attempt} = (await person.get('/api/me/final')).json;
	for (let position = 0; position < attempt.total; position++) {
		const item = (await person.get(`/api/me/final/items/${position}`)).json;
		const good = item.options.find(each => each.text === rightText[item.stem]);
		const bad = item.options.find(each => each !== good);
		const saved = await person.put(`/api/me/final/items/${position}`,
			{attempt: attempt.id, answer: [(position < right ? good : bad).id], revision: item.revision});
		assert.equal(saved.status, 200, saved.text);
	}
	return attempt;
}

/** Begins, answers, hands in. */
export async function sit(person, right) {
	const begun = await person.post('/api/me/final');
	assert.equal(begun.status, 200, begun.text);
	const attempt = await answerAll(person, right);
	return person.post('/api/me/final/submit', {attempt: attempt.id});
}
