// Campaigns against a real SMTP server on loopback: what is sent to whom, once, and what happens when the relay
// refuses, puts off, hangs up, or the server is killed in the middle.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Browser, Server, send} from './harness.mjs';
import {Relay} from './relay.mjs';

const PASSWORD = 'Prima-Password';
const server = new Server(), relay = new Relay();
const settings = {security: 'none', host: '127.0.0.1', user: 'fad', password: 'segreta-del-relay', sender: 'fad@example.it',
	sender_name: 'Formazione', reply_to: 'aiuto@example.it', per_minute: 60000, retry_seconds: 1};
let admin, provider, templates;

let born = 0;
/** A tax code nobody had yet, with its right check letter. */
function code() {
	const n = born++;
	const start = `RSSMRA${String(50 + n % 50)}A${String(1 + Math.floor(n / 50)).padStart(2, '0')}H501`;
	const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
	const value = letter => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65);
	const sum = [...start].reduce((all, letter, at) => all + (at % 2 === 0 ? odd[value(letter)] : value(letter)), 0);
	return start + String.fromCharCode(65 + sum % 26);
}

/** Operators by their log-ins, each in a company of the test's own. */
function operators(company, rows) {
	const path = join(server.folder, `${company}.csv`);
	const lines = rows.map(({login, name = 'Maria', family = 'Rossi', email = `${login}@example.it`, language = 'it', password = ''}) =>
		`${code()};${family};${name};${login};operatore;${password};${email};${company};${language}`);
	writeFileSync(path, ['codice_fiscale;cognome;nome;login;ruoli;password;email;azienda;lingua', ...lines].join('\n'));
	const {status, out} = server.run('users', 'import', path);
	assert.equal(status, 0, out);
}

const template = kind => templates.find(each => each.kind === kind).id;
const draft = async (kind, company, more = {}) => {
	const {status, json, text} = await provider.post('/api/campaigns', {name: `${kind} ${company}`, template: template(kind), company, ...more});
	assert.equal(status, 200, text);
	return json;
};
const go = (id, move) => provider.post(`/api/campaigns/${id}/${move}`);
const one = async id => (await provider.get(`/api/campaigns/${id}`)).json;
const messages = async (id, state = '') => (await provider.get(`/api/campaigns/${id}/messages?state=${state}`)).json.messages;

async function until(what, seconds = 15) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
		const value = await what();
		if (value) {
			return value;
		}
		await new Promise(resolve => { setTimeout(resolve, 40); });
	}
	return assert.fail(`waited in vain: ${what}`);
}
const done = id => until(async () => { const each = await one(id); return each.state === 'done' && each; });
const put = async more => {
	const answer = await admin.put('/api/mail/relay', {...settings, port: relay.port, ...more});
	assert.equal(answer.status, 200, answer.text);
	return answer;
};

async function logIn() {
	provider = new Browser(server);
	await provider.logIn('provider', 'Nuova-Password-1');
}

before(async () => {
	await relay.start();
	await server.start();
	admin = await server.administrator();
	const path = join(server.folder, 'staff.csv');
	writeFileSync(path, `codice_fiscale;cognome;nome;login;ruoli;password\n${code()};Bianchi;Anna;provider;provider;${PASSWORD}`);
	const {status, out} = server.run('users', 'import', path);
	assert.equal(status, 0, out);
	provider = await server.person('provider', PASSWORD);
	({templates} = (await provider.get('/api/mail/templates')).json);
});
after(async () => {
	await server.finish();
	await relay.stop();
});

test('the relay: off until set, bad settings refused, the password never comes out', async () => {
	assert.equal((await admin.get('/api/mail/relay')).json.host, '');
	for (const [member, bad] of [['host', 'a b'], ['host', 'a\r\nb'], ['port', 0], ['sender', 'x'], ['sender', 'a@b.it\r\nBcc: c@d.it'],
		['sender_name', 'a\nb'], ['per_minute', 0], ['retry_seconds', 3601], ['security', 'forse']]) {
		const answer = await admin.put('/api/mail/relay', {...settings, port: relay.port, [member]: bad});
		assert.deepEqual([answer.status, answer.json.problem.where], [422, member]);
	}
	assert.equal((await admin.put('/api/mail/relay', {...settings, port: 25, host: 'mail.example.it'})).code, 'RELAY_UNPROTECTED');
	const answer = await put();
	assert.equal(answer.json.has_password, true);
	const acts = (await admin.get('/api/audit')).text;
	for (const text of [answer.text, (await admin.get('/api/mail/relay')).text, acts, server.output]) {
		assert.ok(!text.includes(settings.password));
	}
	const tried = await admin.post('/api/mail/relay/test', {address: 'prova@example.it'});
	assert.deepEqual([tried.json.sent, relay.taken.at(-1).to], [true, 'prova@example.it']);
	assert.equal(Buffer.from(relay.auth.split(' ')[2], 'base64').toString(), '\0fad\0segreta-del-relay');
	relay.answer = stage => (stage === 'auth' ? '535 5.7.8 no' : undefined);
	const refused = await admin.post('/api/mail/relay/test', {address: 'prova@example.it'});
	relay.answer = () => undefined;
	assert.equal(refused.json.sent, false);
	assert.match(refused.json.answer, /^535/);
});

test('templates: an unknown placeholder is refused with its line', async () => {
	const {json: {templates: [first]}} = await provider.get('/api/mail/templates');
	const bad = await provider.put(`/api/mail/templates/${first.id}`, {...first, body_it: 'Ciao {nome}\n{congome}'});
	assert.deepEqual([bad.status, bad.code, bad.json.problem.where, bad.json.problem.line], [422, 'UNKNOWN_PLACEHOLDER', 'body_it', 2]);
	assert.equal((await provider.put(`/api/mail/templates/${first.id}`, {...first, subject_it: 'a\nBcc: x@y.it'})).status, 422);
	assert.equal((await provider.put(`/api/mail/templates/${first.id}`, first)).status, 200);
});

test('a draft says whom it would reach and why, and sends nothing; started, each gets one right message', async () => {
	operators('AUSLTC', [
		{login: 'zoe', name: 'Zoë', family: 'D’Ambrosio Ćirić', language: 'it'},
		{login: 'evil', name: 'Eve "X"\\', family: 'Rossi', language: 'en'},
		{login: 'noaddress', email: ''},
	]);
	const before = relay.taken.length;
	const campaign = await draft('invitation', 'AUSLTC');
	assert.deepEqual([campaign.audience.people, campaign.audience.no_address], [2, 1]);
	assert.match(campaign.audience.sample[0].reason_it, /non hai ancora cominciato/);
	assert.equal(relay.taken.length, before);
	await go(campaign.id, 'start');
	const ended = await done(campaign.id);
	assert.equal(ended.counts.sent, 2);
	const [zoe] = relay.taken.filter(each => each.to === 'zoe@example.it');
	assert.match(zoe.headers.to, /Zoë D’Ambrosio Ćirić <zoe@example.it>/);
	assert.match(zoe.headers.subject, /^Zoë, il tuo percorso «/);
	assert.match(zoe.headers.from, /"Formazione" <fad@example.it>/);
	assert.match(zoe.headers['message-id'], /^<[0-9a-f]{24}@example\.it>$/);
	assert.ok(Math.abs(Date.parse(zoe.headers.date) - Date.now()) < 60000);
	assert.equal(zoe.headers['content-type'], 'text/plain; charset=utf-8');
	assert.match(zoe.body, /Gentile Zoë D’Ambrosio Ćirić,/);
	assert.match(zoe.body, /messaggio di servizio/);
	assert.equal(zoe.headers['list-unsubscribe'], undefined);
	assert.ok(zoe.text.split('\r\n').every(line => line.length <= 78) && !/[^\x00-\x7f]/.test(zoe.text));
	const [eve] = relay.taken.filter(each => each.to === 'evil@example.it');
	assert.match(eve.body, /^Dear Eve "X"\\ Rossi,/);
	assert.equal(eve.headers['content-language'], 'en');
	assert.match((await admin.get('/api/audit')).text, /campaign\.start/);
});

test('whoever does not want reminders gets none, but service mail', async () => {
	operators('AUSLTSE', [{login: 'uno'}, {login: 'due'}, {login: 'tre', password: PASSWORD}, {login: 'quattro'}]);
	const first = await draft('placement', 'AUSLTSE');
	await go(first.id, 'start');
	await done(first.id);
	const link = to => new URL(/<(.*)>/.exec(relay.taken.find(each => each.to === to).headers['list-unsubscribe'])[1]).pathname;
	const path = link('uno@example.it');
	assert.equal(relay.taken.at(-1).headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
	assert.match((await send(server, {path})).text, /<html/);
	const click = await send(server, {method: 'POST', path, body: 'List-Unsubscribe=One-Click', headers: {'Content-Type': 'application/x-www-form-urlencoded'}});
	assert.deepEqual(click.json, {opted_out: true});
	assert.equal((await send(server, {method: 'POST', path: `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`})).status, 404);
	const visitor = new Browser(server);
	await visitor.get('/api/session');
	const api = `/api/unsubscribe/${link('due@example.it').split('/').pop()}`;
	assert.deepEqual((await visitor.get(api)).json, {opted_out: false});
	assert.deepEqual((await visitor.post(api, {opted_out: true})).json, {opted_out: true});
	const tre = await server.person('tre', PASSWORD);
	assert.deepEqual((await tre.put('/api/me/mail', {opted_out: true})).json, {opted_out: true});
	const before = relay.taken.length;
	const second = await draft('placement', 'AUSLTSE');
	assert.deepEqual([second.audience.people, second.audience.opted_out], [1, 3]);
	await go(second.id, 'start');
	await done(second.id);
	const service = await draft('invitation', 'AUSLTSE');
	await go(service.id, 'start');
	await done(service.id);
	assert.deepEqual(relay.taken.slice(before).map(each => each.to).sort(),
		['due', 'quattro', 'quattro', 'tre', 'uno'].map(each => `${each}@example.it`));
});

test('4xx and a dropped connection are tried again, 5xx never, an unanswered end is uncertain', async () => {
	operators('AUSLTNO', [{login: 'later'}, {login: 'never'}, {login: 'dropped'}, {login: 'unsure'}, {login: 'full'}]);
	relay.answer = (stage, to, count) => ({
		'rcpt later': count < 3 && '451 4.2.0 later',
		'rcpt never': '550 5.1.1 nobody here',
		'rcpt dropped': count < 2 && 'drop',
		'data unsure': 'drop',
		'data full': '552 5.2.2 full',
	})[`${stage} ${to?.split('@')[0]}`] || undefined;
	const campaign = await draft('placement', 'AUSLTNO');
	await go(campaign.id, 'start');
	const {counts} = await done(campaign.id);
	relay.answer = () => undefined;
	assert.deepEqual([counts.sent, counts.bounced, counts.uncertain], [2, 2, 1]);
	const count = login => relay.named.filter(each => each === `${login}@example.it`).length;
	assert.deepEqual(['later', 'never', 'dropped', 'unsure', 'full'].map(count), [3, 1, 2, 1, 1]);
	const bounced = await messages(campaign.id, 'bounced');
	assert.deepEqual(bounced.map(each => each.reply).sort(), ['550 5.1.1 nobody here', '552 5.2.2 full']);
	const id = relay.taken.find(each => each.to === 'unsure@example.it').headers['message-id'];
	await go(campaign.id, 'again');
	assert.equal((await done(campaign.id)).counts.sent, 3);
	assert.equal(relay.taken.at(-1).headers['message-id'], id);
});

test('a relay that refuses the log-in stops everything and costs no message', async () => {
	operators('AOUP', [{login: 'fermo'}]);
	relay.answer = stage => (stage === 'auth' ? '535 5.7.8 wrong' : undefined);
	const campaign = await draft('placement', 'AOUP');
	await go(campaign.id, 'start');
	await until(async () => (await one(campaign.id)).relay.stopped);
	assert.equal((await one(campaign.id)).counts.queued, 1);
	relay.answer = () => undefined;
	await put();
	assert.equal((await done(campaign.id)).counts.sent, 1);
});

test('killed in the middle of a campaign, it goes on and writes to nobody twice', async () => {
	operators('AOUS', Array.from({length: 30}, (_, n) => ({login: `s${n}`})));
	const campaign = await draft('placement', 'AOUS');
	const mine = () => relay.taken.filter(each => /^s\d+@/.test(each.to));
	relay.delay = 25;
	await go(campaign.id, 'start');
	for (const wanted of [5, 15]) {
		await until(() => mine().length >= wanted);
		await server.kill('SIGKILL');
		await server.start();
		await logIn();
	}
	const {counts} = await done(campaign.id);
	relay.delay = 0;
	const addresses = mine().map(each => each.to);
	assert.equal(new Set(addresses).size, addresses.length);
	assert.equal(counts.sent + counts.uncertain, 30);
	assert.ok(counts.uncertain <= 2 && addresses.length >= counts.sent);
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
});

test('the rate, pause and cancel hold', async () => {
	operators('AOUC', Array.from({length: 20}, (_, n) => ({login: `r${n}`})));
	await put({per_minute: 300});
	const campaign = await draft('placement', 'AOUC');
	const mine = () => relay.taken.filter(each => /^r\d+@/.test(each.to));
	await go(campaign.id, 'start');
	await until(() => mine().length >= 5);
	const times = mine().map(each => each.at);
	assert.ok(times[4] - times[0] >= 700, `${times[4] - times[0]} ms for 4 pauses of 200 ms`);
	assert.equal((await go(campaign.id, 'pause')).json.state, 'paused');
	await until(async () => (await one(campaign.id)).counts.sending === 0);
	const held = mine().length;
	await new Promise(resolve => { setTimeout(resolve, 600); });
	assert.equal(mine().length, held);
	assert.equal((await go(campaign.id, 'cancel')).json.counts.queued, 0);
	assert.equal((await go(campaign.id, 'resume')).status, 409);
	await put();
});

test('a later start waits; a reminder that repeats keeps its number and its next day', async () => {
	operators('MEYER', [{login: 'poi'}]);
	const later = await draft('placement', 'MEYER', {start_at: new Date(Date.now() + 3600000).toISOString()});
	await go(later.id, 'start');
	const weekly = await draft('placement', 'MEYER', {repeat_days: 7, rounds_max: 4});
	await go(weekly.id, 'start');
	const after = await until(async () => { const each = await one(weekly.id); return each.counts.sent === 1 && each; });
	assert.deepEqual([after.state, after.rounds], ['active', 1]);
	assert.ok(Math.abs(Date.parse(after.next_round_at) - Date.now() - 7 * 86400000) < 60000);
	assert.equal((await one(later.id)).rounds, 0);
	const general = await provider.post('/api/campaigns', {name: 'x', template: template('placement'), repeat_days: 91});
	assert.deepEqual([general.status, general.json.problem.where], [422, 'repeat_days']);
});

/** Changes the data base while the server is down. */
const alter = sql => execFileSync('python3', ['-c', 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute(sys.argv[2])\ndb.commit()',
	join(server.folder, 'fad.db'), sql]);
const stored = () => readdirSync(server.folder).filter(each => each.startsWith('fad.db')).map(each => readFileSync(join(server.folder, each), 'latin1')).join('');
const logAllIn = async () => {
	await logIn();
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
};
const begun = async (login, company) => {
	operators(company, [{login}]);
	const campaign = await draft('placement', company);
	await go(campaign.id, 'start');
	return campaign;
};

test('the relay’s password is sealed with a key that is not in the data base; one stored in clear is sealed at the start', async () => {
	const key = join(server.folder, 'fad.key');
	assert.equal(statSync(key).mode & 0o777, 0o600);
	assert.ok(!stored().includes(settings.password));
	await server.kill();
	alter('UPDATE mail_relay SET sealed = x\'\', password = \'segreta-del-relay\'');
	assert.ok(stored().includes(settings.password));
	await server.start();
	await logAllIn();
	assert.equal((await admin.get('/api/mail/relay')).json.has_password, true);
	assert.equal((await done((await begun('sigillo', 'ISPRO')).id)).counts.sent, 1);
	assert.equal(Buffer.from(relay.auth.split(' ')[2], 'base64').toString(), '\0fad\0segreta-del-relay');
	await server.kill();
	assert.ok(!stored().includes(settings.password));
});

test('without its key the server runs and mail waits, saying why; the password entered again mends it', async () => {
	const key = join(server.folder, 'fad.key'), kept = readFileSync(key);
	rmSync(key);
	await server.start();
	await logAllIn();
	const campaign = await begun('chiave', 'FTGM');
	const {relay: state} = await until(async () => { const each = await one(campaign.id); return each.relay.stopped && each; });
	assert.match(state.fault, /fad\.key/);
	const tried = await admin.post('/api/mail/relay/test', {address: 'prova@example.it'});
	assert.deepEqual([tried.status, tried.code], [422, 'RELAY_KEY_MISSING']);
	await put();
	assert.equal((await done(campaign.id)).counts.sent, 1);
	const told = server.run('audit', 'verify');
	assert.equal(told.status, 1, 'another key cannot vouch for the acts before it');
	assert.match(told.out, /sigillata/);
	await server.kill();
	writeFileSync(key, kept);
	for (const [mode, text, wrong] of [[0o644, kept, 'KEY_UNSAFE'], [0o600, 'breve', 'KEY_DAMAGED']]) {
		writeFileSync(key, text);
		chmodSync(key, mode);
		const {status, out} = server.run('audit', 'verify');
		assert.equal(status, 1);
		assert.match(out, new RegExp(wrong));
	}
	writeFileSync(key, kept);
	await server.start();
});
