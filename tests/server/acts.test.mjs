// Every route that changes something, as a table: what it writes into the log of acts, with who did it; or why it writes
// nothing. A new route without a row fails.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {answerAll, code, eventFields, finalBank, school, study} from './exams.mjs';
import {Browser, send, smallPackage} from './harness.mjs';
import {Relay} from './relay.mjs';

const relay = new Relay();
let server, admin, provider, designer, people, bank, event, course, version, campaign, letter, session, fresh, placement;

before(async () => {
	({server, provider, designer, people, bank, event} = await school(['anna', 'bruno', 'carla']));
	await relay.start();
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	for (const login of ['anna', 'bruno']) {
		await admin.put(`/api/users/${people[login].id}`, {profession: 14, disciplines: [85], contract: 'D', company: 'AUSLTC', email: `${login}@example.it`});
	}
	({courses: [course]} = (await designer.get('/api/courses')).json);
	const {json} = await designer.get(`/api/courses/${course.id}`);
	[version] = (json.course ?? json).versions;
});
after(async () => {
	await server.finish();
	await relay.stop();
});

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const yes = {recruited: false, sponsor: '', works_here: true, confirmed: true};
const relayFields = () => ({security: 'none', host: '127.0.0.1', port: relay.port, user: '', sender: 'fad@example.it', sender_name: '', reply_to: '',
	per_minute: 60000, retry_seconds: 1});
const ratings = () => Buffer.from(['giro;giudice;livello;quesito;valutazione', ...['intermedio', 'avanzato'].flatMap((level, i) => finalBank.items.map(each =>
	`1;Uno;${level};${each.id};${i ? '0,8' : '0,5'}`))].join('\n'));
async function until(what) {
	for (let tries = 0; tries < 1000; tries++) {
		const found = await what();
		if (found) {
			return found;
		}
		await new Promise(resolve => { setTimeout(resolve, 10); });
	}
	return assert.fail(`waited in vain: ${what}`);
}
const policy = async () => (await designer.get('/api/placement/policy')).json;

/** [operation, act, who does it ('': who holds a link), how] in an order in which each is possible; or [operation, null, why there is none]. */
const table = [
	// People
	['users.create', 'user.create', 'admin', async () => { const made = await admin.post('/api/users', {login: 'dario', family_name: 'Neri', given_name: 'Dario', codice_fiscale: code(50), roles: ['operator']}); fresh = made.json.user; return made; }],
	['users.change', 'user.change', 'admin', () => admin.put(`/api/users/${fresh.id}`, {company: 'AOUC'})],
	['users.reset', 'password.reset', 'admin', () => admin.post(`/api/users/${fresh.id}/reset-password`)],
	['users.import', 'users.import', 'admin', () => admin.post('/api/users/import', Buffer.from(`codice_fiscale;cognome;nome;login;ruoli\n${code(51)};Blu;Eva;eva;operatore`))],
	['session.open', 'session.open', 'carla', () => people.carla.post('/api/session', {login: 'carla', password: 'Nuova-Password-1'})],
	['session.password', 'password.change', 'carla', () => people.carla.post('/api/session/password', {old: 'Nuova-Password-1', new: 'Nuova-Password-2'})],
	['session.close', null, 'nothing is done to anybody: the session is gone, its log-in stays in the log'],
	['settings.put', 'settings.change', 'admin', () => admin.put('/api/settings', {support_email: 'aiuto@example.it'})],
	['me.register.put', 'person.register', 'anna', () => people.anna.put('/api/me/register', {birth_place: 'Prato', birth_day: '1980-12-31', order_name: 'OPI', order_number: '1'})],
	// Placement and the path
	['people.override', 'level.override', 'provider', () => provider.post(`/api/people/${people.bruno.id}/placement/override`, {level: 'base', why: 'prova'})],
	['people.retake', 'placement.allow-retake', 'provider', () => provider.post(`/api/people/${people.bruno.id}/placement/allow-retake`, {why: 'prova'})],
	['placement.start', 'placement.start', 'carla', async () => { const made = await people.carla.post('/api/me/placement'); placement = made.json; return made; }],
	['placement.answer', null, 'the person’s own answers, kept with their times in the test'],
	['placement.advance', null, 'the same'],
	['placement.submit', 'placement.submit', 'carla', () => people.carla.post('/api/me/placement/submit', {test: placement.id})],
	['me.launch', null, 'the person’s own work, kept in the journal'],
	['me.renew', null, 'the same'],
	['people.attempt.inspect', 'attempt.inspect', 'provider', async () => { await study(server, people.anna); const [attempt] = (await provider.get(`/api/people/${people.anna.id}`)).json.attempts; return provider.post(`/api/people/${people.anna.id}/attempts/${attempt.id}/inspect`); }],
	// Events, credits, reports, certificates
	['ecm.provider.put', 'provider.change', 'provider', async () => provider.put('/api/ecm/provider', {...(await provider.get('/api/ecm/provider')).json, name: 'FORMAS', code: '999', accreditation: '7', accreditor: 'la Regione', legal_name: 'Anna Bo', legal_quality: 'Direttrice', place: 'Firenze'})],
	['ecm.provider.logo.put', 'provider.logo', 'provider', () => provider.send('PUT', '/api/ecm/provider/logo', PNG)],
	['ecm.event.create', 'ecm.event.create', 'provider', () => provider.post('/api/ecm/events', {...eventFields, cod_edi: 2, levels: ['avanzato']})],
	['ecm.event.change', 'ecm.event.change', 'provider', () => provider.put(`/api/ecm/events/${event.id}`, {...eventFields, title: 'Altro titolo'})],
	['ecm.event.requirements', 'ecm.event.requirements', 'provider', () => provider.put(`/api/ecm/events/${event.id}/requirements`, {declaration: true})],
	['final.rules.change', 'final.rules', 'provider', () => provider.put(`/api/ecm/events/${event.id}/final`, {bank: bank.id})],
	['final.start', 'final.start', 'anna', () => people.anna.post('/api/me/final')],
	['final.answer', null, 'the person’s own answers, kept with their times in the attempt'],
	['final.submit', 'final.submit', 'anna', async () => people.anna.post('/api/me/final/submit', {attempt: (await answerAll(people.anna, 12)).id})],
	['quality.settings', 'quality.settings', 'provider', () => provider.put(`/api/ecm/events/${event.id}/quality`, {required: false})],
	['quality.hand_in', null, 'a time in the log would help to join sheet and person'],
	['me.declaration', 'credits.declare', 'anna', () => people.anna.post('/api/me/declaration', yes)],
	['me.certificates.issue', 'certificate.issue', 'anna', () => people.anna.post('/api/me/certificates', {event: event.id})],
	['ecm.event.export', 'ecm.export', 'provider', () => provider.post(`/api/ecm/events/${event.id}/export`)],
	['ecm.export.sent', 'ecm.export.sent', 'provider', async () => { const [made] = (await provider.get('/api/ecm/exports')).json.exports; return provider.post(`/api/ecm/exports/${made.id}/sent`, {protocol: '77/2026'}); }],
	['ecm.report.compare', null, 'only compares'],
	['ecm.staff.change', 'ecm.staff.save', 'provider', () => provider.put(`/api/ecm/events/${event.id}/staff/${people.bruno.id}`, {duty: 'docente', amount: 60, day: eventFields.data_ini})],
	['ecm.staff.remove', 'ecm.staff.remove', 'provider', () => provider.send('DELETE', `/api/ecm/events/${event.id}/staff/${people.bruno.id}`)],
	['people.mend', 'person.mend', 'provider', () => provider.put(`/api/people/${people.bruno.id}/data`, {contract: 'L'})],
	['ecm.certificates.start', 'certificates.batch', 'provider', () => provider.post(`/api/ecm/events/${event.id}/certificates`)],
	['ecm.certificates.cancel', 'certificates.cancel', 'provider', () => provider.send('DELETE', `/api/ecm/events/${event.id}/certificates`)],
	// Mail
	['mail.relay.put', 'mail.relay', 'admin', () => admin.put('/api/mail/relay', relayFields())],
	['mail.relay.test', 'mail.test', 'admin', () => admin.post('/api/mail/relay/test', {address: 'a@example.it'})],
	['mail.templates.add', 'mail.template.add', 'provider', async () => { const [like] = (await provider.get('/api/mail/templates')).json.templates; const made = await provider.post('/api/mail/templates', {...like, kind: 'general', name: 'Nuovo'}); letter = {...like, ...made.json, kind: 'general'}; return made; }],
	['mail.templates.put', 'mail.template.change', 'provider', () => provider.put(`/api/mail/templates/${letter.id}`, {...letter, name: 'Cambiato'})],
	['campaigns.add', 'campaign.draft', 'provider', async () => { const made = await provider.post('/api/campaigns', {name: 'Uno', template: letter.id, company: 'AUSLTC'}); campaign = made.json; return made; }],
	['campaigns.put', 'campaign.change', 'provider', () => provider.put(`/api/campaigns/${campaign.id}`, {name: 'Due', template: letter.id, company: 'AUSLTC'})],
	['campaigns.move', 'campaign.start', 'provider', () => provider.post(`/api/campaigns/${campaign.id}/start`)],
	['campaigns.delete', 'campaign.delete', 'provider', async () => { const made = await provider.post('/api/campaigns', {name: 'Tre', template: letter.id}); return provider.send('DELETE', `/api/campaigns/${made.json.id}`); }],
	['mail.mine.put', 'mail.opt_out', 'carla', () => people.carla.put('/api/me/mail', {opted_out: true})],
	['mail.stop.one_click', 'mail.opt_out', '', async () => { const mail = await until(() => relay.taken.find(each => each.headers['list-unsubscribe'])); session = new URL(/<(.*)>/.exec(mail.headers['list-unsubscribe'])[1]).pathname; return send(server, {method: 'POST', path: session, body: 'List-Unsubscribe=One-Click', headers: {'Content-Type': 'application/x-www-form-urlencoded'}}); }],
	['mail.stop.post', 'mail.opt_in', '', async () => { const visitor = new Browser(server); await visitor.get('/api/session'); return visitor.post(`/api/unsubscribe/${session.split('/').pop()}`, {opted_out: false}); }],
	// Courses and banks
	['courses.check', null, 'nothing is kept'],
	['courses.import', 'course.import', 'designer', () => designer.post('/api/courses', smallPackage({identifier: 'ALTRO', title: 'Altro'}), {'X-File-Name': 'altro.zip'})],
	['imports.add', 'course.import', 'designer', async () => { const made = await designer.post('/api/imports', smallPackage({identifier: 'TERZO', title: 'Terzo'}), {'X-File-Name': 'terzo.zip'}); await until(async () => (await designer.get('/api/courses')).json.courses.some(each => each.title === 'Terzo')); return made; }],
	['imports.cancel', null, 'nothing is kept of a package that did not become a course'],
	['courses.preview', null, 'leaves no trace'],
	['courses.settings', 'course.settings', 'designer', () => designer.put(`/api/courses/${course.id}/settings`, {mastery_override: true, status_rule: 'all'})],
	['courses.retire', 'course.retire', 'designer', () => designer.post(`/api/courses/${course.id}/retire`)],
	['courses.restore', 'course.restore', 'designer', () => designer.post(`/api/courses/${course.id}/restore`)],
	['versions.retire', 'course.retire', 'designer', () => designer.post(`/api/courses/${course.id}/versions/${version.id}/retire`)],
	['versions.restore', 'course.restore', 'designer', () => designer.post(`/api/courses/${course.id}/versions/${version.id}/restore`)],
	['versions.free', 'course.free', 'designer', async () => { const {json} = await designer.post('/api/courses', smallPackage({identifier: 'QUARTO', title: 'Quarto'}), {'X-File-Name': 'quarto.zip'}); const path = `/api/courses/${json.course.id}/versions/${json.version.id}`; await designer.post(`${path}/retire`); return designer.post(`${path}/free`); }],
	['path.put', 'path.change', 'designer', async () => designer.put('/api/path', {order: 'forced', modules: (await designer.get('/api/path')).json.modules})],
	['path.package', 'course.publish', 'designer', () => designer.put('/api/path/modules/1/levels/avanzato', {version: version.id})],
	['publications.preview', null, 'only tells what would be'],
	['publications.confirm', 'course.publish', 'designer', () => designer.publish([{module: 1, level: 'intermedio', version: version.id}])],
	['banks.import', 'bank.import', 'designer', () => designer.post('/api/banks', {...finalBank, version: 'altra'})],
	['banks.activate', 'bank.activate', 'designer', () => designer.post(`/api/banks/${bank.id}/activate`)],
	['policy.put', 'policy.change', 'designer', async () => designer.put('/api/placement/policy', await policy())],
	['adaptive.simulate', null, 'only computes'],
	['standards.create', 'standard.create', 'designer', async () => { const made = await designer.post('/api/standards', {name: 'Giuria', method: 'angoff', bank: bank.id, panel: 'Uno'}); session = made.json.id; return made; }],
	['standards.ratings', 'standard.ratings', 'designer', () => designer.post(`/api/standards/${session}/ratings`, ratings())],
	['standards.adopt', 'standard.adopt', 'designer', () => designer.post(`/api/standards/${session}/adopt`, {round: 1})],
	// Leaving
	['users.anonymise', 'person.anonymise', 'admin', () => admin.post(`/api/users/${fresh.id}/anonymise`, {login: 'dario', why: 'prova'})],
	['retention.apply', 'retention.apply', 'admin', () => admin.post('/api/retention/messages', {due: 0})],
];
/** Played through in the tests of their subjects; here it is held that the server knows their acts. */
const elsewhere = {
	'adaptive.put': 'policy.change', 'calibrations.run': 'calibration.run', 'calibrations.adopt': 'calibration.adopt', 'banks.parameters_import': 'bank.import',
	'media.add': 'bank.import', 'ecm.staff.add': 'ecm.staff.save',
	'classes.setting': 'class.setting', 'classes.group.create': 'class.create', 'classes.group.rename': 'class.rename', 'classes.group.delete': 'class.delete',
	'classes.staff.set': 'class.teacher', 'classes.staff.remove': 'class.teacher.remove', 'classes.candidate.choose': 'class.choice',
	'me.classes.answer': 'class.place', 'classes.people.give': 'class.place', 'classes.people.withdraw': 'class.place', 'classes.people.list': 'class.place',
	'classes.session.create': 'class.session.create', 'classes.session.change': 'class.session.change', 'classes.session.delete': 'class.session.delete',
	'me.presence': 'class.mark', 'classes.scan': 'class.mark', 'classes.mark': 'class.mark', 'classes.exits': 'class.mark', 'classes.list': 'class.mark',
	'classes.mark.void': 'class.mark.void', 'classes.close': 'class.close', 'classes.reopen': 'class.reopen', 'venues.create': 'venue.save',
	'venues.change': 'venue.save', 'classes.result': 'class.result', 'classes.results.list': 'class.result', 'classes.event.results.list': 'class.result', 'classes.result.correct': 'class.result.void',
	'classes.result.void': 'class.result.void',
};

const acts = async () => (await admin.get('/api/audit')).json.acts;
const names = {admin: '', provider: '', designer: '', anna: '', bruno: '', carla: ''};

test('every route that changes something stands in the table', async () => {
	const {paths} = (await send(server, {path: '/api/openapi.json'})).json;
	const ids = Object.values(paths).flatMap(methods => Object.entries(methods).filter(([method, operation]) => method !== 'get' && operation['x-origin'] === 'application')
		.map(([, operation]) => operation.operationId));
	const rows = [...table.map(row => row[0]), ...Object.keys(elsewhere)];
	assert.deepEqual(ids.filter(id => !rows.includes(id)), [], 'routes without a row in tests/server/acts.test.mjs');
	assert.deepEqual(rows.filter(id => !ids.includes(id)), [], 'rows of no route');
});

for (const [id, act, who, go] of table.filter(row => row[1] !== null)) {
	test(`${id} writes ${act}`, async () => {
		const [{id: last} = {id: 0}] = await acts();
		const answer = await go();
		assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
		const found = (await acts()).filter(each => each.id > last && each.act === act);
		assert.equal(found.length >= 1, true, `no ${act} among ${(await acts()).slice(0, 3).map(each => each.act)}`);
		if (who) {
			assert.notEqual(found[0].by, '', 'with who did it');
			names[who] ||= found[0].by;
			assert.equal(found[0].by, names[who]);
		}
	});
}

test('the acts that other tests play through are written somewhere', () => {
	const sources = readdirSync(join(process.env.FAD_SOURCE, 'server'), {recursive: true}).filter(each => each.endsWith('.c'))
		.map(each => readFileSync(join(process.env.FAD_SOURCE, 'server', each), 'utf8')).join('');
	for (const [id, act] of Object.entries(elsewhere)) {
		assert.ok(sources.includes(`"${act}"`), `${id}: ${act}`);
	}
});

test('every act has a name in Italian and English', () => {
	const folder = join(process.env.FAD_SOURCE, 'server/web/src/text');
	const texts = readdirSync(folder).map(each => readFileSync(join(folder, each), 'utf8')).join('');
	for (const act of new Set(table.map(row => row[1]).filter(Boolean))) {
		assert.ok(texts.includes(`'act.${act}': [`), act);
	}
});

test('after all this the chain is whole', () => {
	assert.equal(server.run('audit', 'verify').status, 0);
});
