import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Browser, codes, Server} from './harness.mjs';

const server = new Server();
let admin;
before(async () => {
	await server.start();
	admin = await server.administrator();
});
after(() => server.finish());

const upload = text => admin.post('/api/users/import', Buffer.isBuffer(text) ? text : Buffer.from(text));
const header = 'codice_fiscale;cognome;nome;email;login;ruoli;professione;disciplina;azienda;contratto;gruppo\r\n';

test('good rows come in, each bad cell is told, a second time updates', async () => {
	const file = `\ufeff${header}${codes[0]};Rossi;Nicolò;n@example.org;nicolo;operatore;14;85;AUSLTC;D;operatori\r\n` +
		`${codes[0].replace('U', 'Z')};Bianchi;Ada;sbagliata;;;99;;XX;Q;boh\r\n` +
		`${codes[1]};"Verdi; detto ""il Verde""";Ugo;;;;;;;;\r\n${codes[1]};Doppio;Ugo;;;;;;;;\r\n`;
	const first = (await upload(file)).json;
	assert.deepEqual([first.created, first.updated, first.rejected], [2, 0, 2]);
	const told = first.problems.map(({code, line}) => `${line} ${code}`);
	assert.deepEqual(told, ['3 CF_CHECK_LETTER', '3 BAD_EMAIL', '3 UNKNOWN_PROFESSION', '3 UNKNOWN_COMPANY',
		'3 UNKNOWN_CONTRACT', '3 UNKNOWN_GROUP', '5 CODICE_FISCALE_TWICE']);
	const again = (await upload(file)).json;
	assert.deepEqual([again.created, again.updated, again.rejected], [0, 2, 2]);
	const {users: [verdi]} = (await admin.get('/api/users?search=verde')).json;
	assert.equal(verdi.family_name, 'Verdi; detto "il Verde"');
	assert.equal(verdi.login, codes[1].toLowerCase());
});

test('a column that the file does not have stays as it is', async () => {
	await upload(`codice_fiscale,cognome,nome\n${codes[0]},Rossi,Nicola\n`);
	const {users: [rossi]} = (await admin.get('/api/users?search=nicola')).json;
	assert.deepEqual([rossi.given_name, rossi.company, rossi.profession, rossi.login], ['Nicola', 'AUSLTC', 14, 'nicolo']);
});

test('a person may have several professions, each with its disciplines', async () => {
	const file = columns => `codice_fiscale;cognome;nome;${columns}\n${codes[0]};Rossi;Nicola;`;
	const rows = [
		['professioni', '1.58.59:5.78', '1.58.59:5.78'],
		['professioni', '', '1.58.59:5.78'],
		['professione;disciplina', '1;60', '1.60:5.78'], // the main one alone changes
		['professione;disciplina', '14;', '14.85:5.78'],
		['professione', '1.58:14', '1.58:14.85'], // written in full: all of them
		['professione;disciplina', ';', ''],
		['professione;disciplina', '1;58 59', '1.58.59'],
	];
	const text = user => user.professions.map(({code, disciplines}) => [code, ...disciplines.map(each => each.code)].join('.')).join(':');
	for (const [columns, cells, wanted] of rows) {
		const answer = (await upload(`${file(columns)}${cells}\n`)).json;
		assert.deepEqual([answer.updated, answer.problems], [1, []], cells);
		const {users: [rossi]} = (await admin.get('/api/users?search=nicola')).json;
		assert.equal(text(rossi), wanted, cells);
	}
	const refused = [['1.58:5.58', 'UNKNOWN_DISCIPLINE'], ['1.58:1.59', 'PROFESSION_TWICE'], ['1:14', 'DISCIPLINE_MISSING'],
		['31.1', 'UNKNOWN_PROFESSION'], ['1.1.2.3.4.5.6.7.8.9', 'TOO_MANY_DISCIPLINES'], ['14:15:16:17:18', 'TOO_MANY_PROFESSIONS']];
	for (const [cells, code] of refused) {
		const answer = (await upload(`${file('professioni')}${cells}\n`)).json;
		assert.deepEqual([answer.rejected, answer.problems[0].code, answer.problems[0].line], [1, code, 2], cells);
	}
	const {users: [rossi]} = (await admin.get('/api/users?search=nicola')).json;
	const changed = await admin.put(`/api/users/${rossi.id}`, {professions: [{code: 5, disciplines: [78]}, {code: 1, disciplines: [58, 59]}]});
	assert.deepEqual([changed.status, text(changed.json.user), changed.json.user.profession], [200, '5.78:1.58.59', 5]);
	assert.equal(text((await admin.put(`/api/users/${rossi.id}`, {professions: changed.json.user.professions})).json.user), '5.78:1.58.59');
	await admin.put(`/api/users/${rossi.id}`, {profession: 14, disciplines: [85]});
});

test('a file in another encoding, or of another shape, is refused as a whole with its line', async () => {
	const rows = [
		[Buffer.from(`${header}${codes[0]};Rossi;Nicol\xf2;;;;;;;;`, 'latin1'), 'CSV_ENCODING', 2],
		[Buffer.from(`\ufeff${header}`, 'utf16le'), 'CSV_ENCODING', 1],
		[Buffer.from(`${header}${codes[0]};Ro\0ssi`), 'CSV_ENCODING', 2],
		[Buffer.from(`${header}\n\n${codes[0]};"Rossi;Mario;;;;;;;;\n`), 'CSV_QUOTE', 4],
		[Buffer.from('nome;cognome\nMario;Rossi\n'), 'CSV_COLUMNS', 1],
		[Buffer.from(''), 'CSV_EMPTY', 1],
	];
	for (const [file, code, line] of rows) {
		const {status, json} = await upload(file);
		assert.deepEqual([status, json.problems[0].code, json.problems[0].line], [422, code, line]);
		assert.ok(json.problems[0].mend_it !== '' || code === 'CSV_EMPTY');
	}
});

test('the command line says the same and ends with 1', () => {
	const path = join(server.folder, 'sbagliato.csv');
	writeFileSync(path, Buffer.from(`${header}${codes[0]};Rossi;Nicol\xf2;;;;;;;;`, 'latin1'));
	const {status, out} = server.run('users', 'import', path);
	assert.equal(status, 1);
	assert.match(out, /sbagliato\.csv:2: .*Windows-1252.*\[CSV_ENCODING\]/);
});

test('a person is added, changed, given a password, shut out', async () => {
	const made = await admin.post('/api/users', {login: 'paola', family_name: 'Neri', given_name: 'Paola', roles: ['provider', 'coordinator']});
	assert.equal(made.status, 201);
	assert.deepEqual(made.json.user.roles, ['provider', 'coordinator']);
	const {id} = made.json.user;
	assert.equal((await admin.post('/api/users', {login: 'PAOLA', family_name: 'N', given_name: 'P'})).code, 'LOGIN_TAKEN');
	const bad = await admin.post('/api/users', {login: 'a b', family_name: '', given_name: 'P', profession: 77});
	assert.deepEqual(bad.json.problems.map(each => each.where), ['family_name', 'login', 'profession']);
	const {json: {one_time_password: password}} = await admin.post(`/api/users/${id}/reset-password`);
	const paola = await server.person('paola', password);
	assert.equal((await paola.get('/api/session')).json.user.given_name, 'Paola');
	assert.equal((await admin.put(`/api/users/${id}`, {active: false})).json.user.active, false);
	assert.equal((await paola.get('/api/session')).json.user, null);
	await assert.rejects(new Browser(server).logIn('paola', 'Nuova-Password-1'), /BAD_CREDENTIALS/);
});

test('the last administrator cannot be taken away', async () => {
	const {users: [me]} = (await admin.get('/api/users?role=administrator')).json;
	assert.equal((await admin.put(`/api/users/${me.id}`, {roles: ['operator']})).code, 'LAST_ADMINISTRATOR');
	assert.equal((await admin.put(`/api/users/${me.id}`, {active: false})).code, 'LAST_ADMINISTRATOR');
	assert.equal((await admin.get('/api/users')).status, 200);
});

test('what was done stands in the acts, newest first', async () => {
	const {acts} = (await admin.get('/api/audit')).json;
	assert.ok(acts.some(({act, by}) => act === 'users.import' && by === 'Amministrazione Prima'));
	assert.ok(acts[0].id > acts[1].id);
	assert.match(acts[0].at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test('the chain of acts is verified from the command line', () => {
	const {status, out} = server.run('audit', 'verify');
	assert.equal(status, 0);
	const [, end] = /\d+ atti, catena intatta[^\n]*\n +(\d+:[0-9a-f]{64})\n/.exec(out);
	assert.equal(server.run('audit', 'verify', '--end', end).status, 0, 'an end kept elsewhere');
	for (const other of ['', 'x', end.replace(/.$/, last => (last === '0' ? '1' : '0')), `9${end}`]) {
		assert.equal(server.run('audit', 'verify', '--end', other).status, 1, other);
	}
	assert.equal(server.run('audit', 'mend').status, 2);
});

test('settings keep to their bounds', async () => {
	assert.equal((await admin.put('/api/settings', {programme_deadline: '2026-02-30'})).code, 'BAD_SETTING');
	assert.equal((await admin.put('/api/settings', {heartbeat_seconds: 1})).code, 'BAD_SETTING');
	assert.equal((await admin.put('/api/settings', {nessuna: 'x'})).code, 'UNKNOWN_SETTING');
	for (const hosts of ['https://cdn.example.org', '*', '*.example.org', 'cdn.example.org/x', 'localhost', "a.it; script-src 'unsafe-eval'",
		'a.it\nX: y', ' a.it', Array.from({length: 9}, (_, n) => `h${n}.it`).join(' ')]) {
		assert.equal((await admin.put('/api/settings', {content_hosts: hosts})).code, 'BAD_SETTING', hosts);
	}
	assert.equal((await admin.put('/api/settings', {programme_title_it: 'FSE', programme_deadline: '2026-06-30'})).status, 200);
	assert.deepEqual((await admin.get('/api/session')).json.programme.title_it, 'FSE');
});
