// Certificates over HTTP: who gets one, what it says, how it is checked, replaced and printed for everybody.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Browser, Server} from './harness.mjs';

const PASSWORD = 'fse-dimostrativo';
const server = new Server();
let provider, operator, clerk, anybody, event;

/** Somebody of the demonstration who has completed the path, logged in. */
async function completedOperator(admin, wanted = 14) {
	const {people} = (await provider.get('/api/people?state=completed')).json;
	for (const person of people.filter(({profession}) => (profession?.code ?? null) === wanted)) {
		const {users: [user]} = (await admin.get(`/api/users?search=${person.codice_fiscale}`)).json;
		const {one_time_password: once} = (await admin.post(`/api/users/${user.id}/reset-password`)).json;
		const browser = new Browser(server);
		await browser.logIn(user.login, once);
		await browser.post('/api/session/password', {old: once, new: 'una-nuova-parola-lunga'});
		/* Some of them miss a condition for the credits. */
		if ((await browser.get('/api/me/certificates')).json.available.length > 0) {
			return browser;
		}
	}
	return assert.fail('nobody has a certificate to get');
}

before(async () => {
	server.run('demo');
	await server.start();
	provider = new Browser(server);
	await provider.logIn('provider', PASSWORD);
	const admin = new Browser(server);
	await admin.logIn('admin', PASSWORD);
	operator = await completedOperator(admin);
	clerk = await completedOperator(admin, null);
	anybody = new Browser(server);
	[event] = (await provider.get('/api/ecm/events')).json.events;
});
after(() => server.finish());

test('[ECM 3.1] who completed the event gets the attestato, once, as PDF', async () => {
	const {json: mine} = await operator.get('/api/me/certificates');
	assert.deepEqual(mine.available.map(row => row.event), [event.id]);
	const issued = await operator.post('/api/me/certificates', {event: event.id});
	assert.deepEqual([issued.status, issued.json.kind, issued.json.credits], [201, 'ecm', '4,0']);
	const again = await operator.post('/api/me/certificates', {event: event.id});
	assert.equal(again.json.code, issued.json.code);
	const pdf = await operator.get(`/api/me/certificates/${issued.json.id}/pdf`);
	assert.equal(pdf.headers['content-type'], 'application/pdf');
	assert.match(pdf.text ?? '', /^%PDF-1\.5/);
	assert.equal((await new Browser(server).get(`/api/me/certificates/${issued.json.id}/pdf`)).status, 401);
});

test('anybody checks a certificate by its code, and learns no more than is printed', async () => {
	const [{code}] = (await operator.get('/api/me/certificates')).json.certificates;
	const {status, json} = await anybody.get(`/api/verify/${code.toLowerCase()}`);
	assert.deepEqual([status, json.valid, json.event_code, json.credits], [200, true, 'DEMO-1', '4,0']);
	assert.ok(!('person' in json) && !('id' in json) && !('birth_day' in json));
	assert.deepEqual((await anybody.get('/api/verify/00000-00000-00000-00000')).json, {known: false});
});

test('what the check tells is printed on the certificate, every word of it', async () => {
	const [{code}] = (await operator.get('/api/me/certificates')).json.certificates;
	const {json} = await anybody.get(`/api/verify/${code}`);
	const zip = join(server.folder, 'dati.zip');
	writeFileSync(zip, (await operator.get('/api/me/data.zip')).bytes);
	const {attestati} = JSON.parse(execFileSync('unzip', ['-p', zip, 'dati.json'], {encoding: 'utf8', maxBuffer: 1 << 28}));
	const printed = Object.values(attestati.find(each => each.codice === code).contenuto);
	const told = Object.entries(json).filter(([name, value]) => typeof value === 'string' && !['code', 'kind', 'issued_on', 'issued_at', 'issued_day', 'revoked_why', 'revoked_on'].includes(name));
	assert.ok(told.length >= 4, JSON.stringify(json));
	for (const [name, value] of told) {
		assert.ok(printed.some(each => each.includes(value)), `${name}: ${value}`);
	}
	assert.ok(!/birth|order|email|"id"|"person"/.test(JSON.stringify(json)));
});

test('who has no ECM profession gets an attestato di partecipazione, with no credits', async () => {
	const issued = await clerk.post('/api/me/certificates', {event: event.id});
	assert.deepEqual([issued.status, issued.json.kind], [201, 'participation'], issued.text);
	const {json} = await anybody.get(`/api/verify/${issued.json.code}`);
	assert.equal(json.valid, true);
	assert.deepEqual([json.credits, json.role, json.professions, json.event_code], [null, null, null, null], 'not printed on it');
	assert.ok(json.event_title && json.person_name);
	assert.equal((await clerk.get(`/api/me/certificates/${issued.json.id}/pdf`)).headers['content-type'], 'application/pdf');
});

test('when what it says has changed, the old one is revoked and a new one takes its place', async () => {
	const before = (await operator.get('/api/me/certificates')).json.certificates[0];
	const bad = await operator.put('/api/me/register', {birth_place: 'Prato', birth_day: '31/12/1980', order_name: '', order_number: ''});
	assert.deepEqual([bad.status, bad.json.problem.where], [422, 'birth_day']);
	await operator.put('/api/me/register', {birth_place: 'Prato', birth_day: '1980-12-31', order_name: 'OPI', order_number: '12'});
	const after = (await operator.post('/api/me/certificates', {event: event.id})).json;
	assert.notEqual(after.code, before.code);
	assert.equal((await anybody.get(`/api/verify/${before.code}`)).json.valid, false);
	assert.equal((await anybody.get(`/api/verify/${after.code}`)).json.valid, true);
});

test('[ECM 3.1] who teaches gets an attestato «in qualità di docente», with credits of its own', async () => {
	const teacher = new Browser(server);
	await teacher.logIn('operatore', PASSWORD);
	const {id} = (await teacher.get('/api/session')).json.user;
	const today = new Date().toISOString().slice(0, 10);
	const staff = {duty: 'docente', amount: 60, day: today < event.data_fine ? today : event.data_fine};
	assert.equal((await provider.put(`/api/ecm/events/${event.id}/staff/${id}`, staff)).status, 201);
	assert.deepEqual((await teacher.get('/api/me/certificates')).json.available.map(row => row.event), [event.id]);
	const issued = await teacher.post('/api/me/certificates', {event: event.id});
	assert.deepEqual([issued.status, issued.json.credits], [201, '3,0']);
	const {json} = await anybody.get(`/api/verify/${issued.json.code}`);
	assert.deepEqual([json.role, json.credits, json.valid], ['docente', '3,0', true]);
	await provider.send('DELETE', `/api/ecm/events/${event.id}/staff/${id}`);
});

test('the provider’s record: bad data and a bad logo are refused; without a name nothing is issued', async () => {
	const {json: record} = await provider.get('/api/ecm/provider');
	const late = await provider.put('/api/ecm/provider', {...record, accredited_until: 'domani'});
	assert.deepEqual([late.status, late.json.problem.where], [422, 'accredited_until']);
	assert.equal((await provider.send('PUT', '/api/ecm/provider/logo', Buffer.from('no picture'))).status, 422);
	assert.equal((await provider.put('/api/ecm/provider', {...record, legal_name: ''})).status, 200);
	const refused = await operator.post('/api/me/certificates', {event: event.id});
	assert.deepEqual([refused.status, refused.json.problems[0].code, refused.json.problems[0].where], [422, 'PROVIDER_INCOMPLETE', 'legal_name']);
	await provider.put('/api/ecm/provider', record);
});

async function untilEnded() {
	for (let i = 0; i < 300; i++) {
		const {json} = await provider.get(`/api/ecm/events/${event.id}/certificates`);
		if (json.batch?.state !== 'running') {
			return json;
		}
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	throw new Error('the batch does not end');
}

test('all certificates of the event as one zip, which survives a kill in the middle', async () => {
	assert.equal((await provider.post(`/api/ecm/events/${event.id}/certificates`)).json.batch.state, 'running');
	await server.kill('SIGKILL');
	await server.start();
	const ended = await untilEnded();
	assert.equal(ended.batch.state, 'done');
	assert.ok(ended.batch.total > 20);
	assert.equal(ended.batch.done + ended.batch.refused, ended.batch.total);
	const zip = await provider.get(`/api/ecm/events/${event.id}/certificates/zip`);
	const path = join(server.folder, 'attestati.zip');
	writeFileSync(path, zip.bytes);
	const names = execFileSync('unzip', ['-Z1', path], {encoding: 'utf8'}).trim().split('\n');
	assert.equal(names.length, ended.batch.done);
	assert.ok(names.every(name => /^attestato-[A-Za-z0-9-]+\.pdf$/.test(name)));
	execFileSync('unzip', ['-tq', path]);
});

test('the command line prints the same certificates, and only what is missing', () => {
	const out = join(server.folder, 'attestati');
	mkdirSync(out, {recursive: true});
	const first = server.run('certificates', '--event', String(event.id), '--out', out);
	const names = readdirSync(out);
	assert.equal(first.status, 0, first.out);
	assert.ok(names.length > 20);
	const second = server.run('certificates', '--event', String(event.id), '--out', out);
	assert.equal(second.status, 0);
	assert.deepEqual(readdirSync(out).sort(), names.sort());
});

test('the dashboard counts, foresees, and comes as a spreadsheet; one company sees itself alone', async () => {
	const coordinator = new Browser(server);
	await coordinator.logIn('coordinatore', PASSWORD);
	const {json: all} = await coordinator.get('/api/progress');
	assert.ok(all.totals.people > all.totals.completed && all.totals.completed > 20);
	assert.equal(all.by_month.reduce((sum, {completed}) => sum + completed, 0), all.totals.completed);
	assert.equal(all.by_company.reduce((sum, {people}) => sum + people, 0), all.totals.people);
	const {json: nurses} = await coordinator.get('/api/progress?profession=14');
	assert.ok(nurses.totals.people > 0 && nurses.totals.people < all.totals.people);
	assert.ok(nurses.by_profession.every(({profession}) => profession === 14));
	const sheet = await coordinator.get('/api/progress.xlsx?profession=14');
	const path = join(server.folder, 'avanzamento.xlsx');
	writeFileSync(path, sheet.bytes);
	const text = execFileSync('unzip', ['-p', path, 'xl/sharedStrings.xml'], {encoding: 'utf8'});
	assert.match(text, /Infermiere/);
	const csv = async query => (await coordinator.get(`/api/progress.csv${query}`)).text;
	const companies = await csv('');
	const lines = companies.split('\r\n');
	assert.equal(lines[0], '\ufeffazienda;iscritti;invitati;collocati;iniziati;completati;nel_rapporto');
	const [first] = all.by_company;
	assert.equal(lines[1], [first.name ?? '', first.people, first.invited, first.placed, first.started, first.completed, first.reported].join(';'));
	assert.deepEqual([lines.length, lines.at(-1)], [all.by_company.length + 2, '']);
	const month = all.by_month.at(-1);
	assert.ok((await csv('?table=month')).endsWith(`${month.month};${month.completed}\r\n`));
	assert.equal((await csv('?table=target')).split('\r\n')[0], '\ufeffobiettivo;da_raggiungere;raggiunti');
	assert.match(await csv('?table=profession&profession=14'), /^\ufeffprofessione;[^\n]*\r\nInfermiere;[^\n]*\r\n$/);
	assert.equal((await csv('?table=module')).split('\r\n').length, all.by_module.length + 2);
	assert.equal((await coordinator.get('/api/progress.csv?table=altro')).code, 'PROGRESS_TABLE');
});
