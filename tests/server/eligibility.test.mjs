// What credits rest on, over HTTP [ECM 3]: one condition after the other, the list of who misses something, and that
// the report, the list and each person's checklist agree.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {day, eventFields, school, sit, study} from './exams.mjs';
import {Browser, Server} from './harness.mjs';

let server, provider, designer, people, bank, event;
const credits = async person => (await person.get('/api/me/credits')).json;
const missing = async person => (await credits(person)).conditions.filter(one => !one.fulfilled).map(one => one.code);
const report = async () => (await provider.get(`/api/ecm/events/${event.id}/check`)).json;
const yes = {recruited: false, sponsor: '', works_here: true, confirmed: true};

before(async () => {
	({server, provider, designer, people, bank, event} = await school(['anna', 'bruno']));
	const admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	for (const login of ['anna', 'bruno']) {
		const saved = await admin.put(`/api/users/${people[login].id}`, {profession: 14, disciplines: [85], contract: 'D'});
		assert.equal(saved.status, 200, saved.text);
	}
	assert.equal((await provider.put(`/api/ecm/events/${event.id}/final`, {bank: bank.id})).status, 200);
});
after(() => server.finish());

test('[ECM 3] credits ask for path, test, questionnaire, declaration and region, and are earned with the last of them', async () => {
	const {anna} = people;
	assert.deepEqual(await missing(anna), ['region', 'declaration', 'path', 'final', 'quality']);
	await study(server, anna);
	assert.deepEqual(await missing(anna), ['region', 'declaration', 'final', 'quality']);
	assert.deepEqual([(await report()).participants, (await report()).waiting], [0, 1]);
	assert.deepEqual((await anna.get('/api/me/certificates')).json.available, []);
	assert.equal((await anna.post('/api/me/certificates', {event: event.id})).status, 409);
	assert.equal((await sit(anna, 12)).status, 200);
	assert.deepEqual(await missing(anna), ['region', 'declaration', 'quality']);
	const handed = await anna.post('/api/me/quality', {standard: {1: '4', 2: '4', 3: '5', 4: '3', 5: '1'}, extra: {}});
	assert.ok(handed.status < 300, handed.text);
	assert.deepEqual(await missing(anna), ['region', 'declaration']);
	assert.equal((await anna.post('/api/me/declaration', yes)).status, 200);
	const mine = await credits(anna);
	assert.deepEqual([mine.eligible, mine.earned_on?.length], [true, 10]);
	assert.deepEqual([(await report()).participants, (await report()).waiting], [1, 0]);
	assert.equal((await anna.get('/api/me/certificates')).json.available.length, 1);
});

test('[ECM 1.6] who was recruited names the sponsor, and it is in the report; the declaration must be confirmed', async () => {
	const {anna} = people;
	const declare = change => anna.post('/api/me/declaration', {...yes, ...change});
	assert.equal((await declare({recruited: true})).code, 'DECLARATION_SPONSOR');
	assert.equal((await declare({recruited: true, sponsor: 'Società & C.'})).code, 'DECLARATION_SPONSOR');
	assert.equal((await declare({sponsor: 'Nessuno'})).code, 'DECLARATION_SPONSOR');
	assert.equal((await declare({confirmed: false})).code, 'DECLARATION_UNCONFIRMED');
	assert.equal((await declare({recruited: true, sponsor: 'Esempio S.p.A.'})).json.declaration.sponsor, 'Esempio S.p.A.');
	const csv = (await provider.get(`/api/ecm/events/${event.id}/participants.csv?format=ecm`)).text.split('\r\n');
	assert.match(csv[1], /;1;Esempio S\.p\.A\.;14\.85$/);
	const acts = (await provider.get(`/api/people/${anna.id}`)).json.acts.filter(act => act.act === 'credits.declare');
	assert.equal(acts.length, 2);
});

test('[ECM 3] credits go to accredited professions, inside the dates of the event, to who works in the region', async () => {
	const {anna} = people, where = `/api/ecm/events/${event.id}`;
	await provider.put(where, {...eventFields, accredited: ['1']});
	assert.deepEqual(await missing(anna), ['profession']);
	await provider.put(where, {...eventFields, data_ini: day(2), data_fine: day(30)});
	assert.deepEqual(await missing(anna), ['dates']);
	assert.equal((await report()).excluded, 1);
	await provider.put(where, eventFields);
	await anna.post('/api/me/declaration', {...yes, works_here: false});
	assert.deepEqual(await missing(anna), ['region']);
	await provider.put(where, {...eventFields, cod_accr: '000'}); // a national event takes people from everywhere
	assert.deepEqual(await missing(anna), []);
	await provider.put(where, eventFields);
	await anna.post('/api/me/declaration', yes);
});

test('an event may do without test, questionnaire and declaration', async () => {
	const {bruno} = people, where = `/api/ecm/events/${event.id}`;
	await study(server, bruno);
	assert.deepEqual(await missing(bruno), ['region', 'declaration', 'final', 'quality']);
	await provider.put(`${where}/final`, {required: false});
	await provider.put(`${where}/quality`, {required: false});
	assert.equal((await provider.put(`${where}/requirements`, {declaration: false})).status, 200);
	assert.deepEqual(await missing(bruno), []);
	assert.equal((await report()).participants, 2);
	await provider.put(`${where}/requirements`, {declaration: true});
	assert.deepEqual(await missing(bruno), ['region', 'declaration']);
	assert.equal((await bruno.get(`${where}/eligibility`)).status, 403);
	assert.equal((await bruno.get(`/api/people/${people.anna.id}/credits`)).status, 403);
});

test('report, list and checklists agree on everybody of the demonstration', async () => {
	const demo = new Server();
	demo.run('demo');
	await demo.start();
	try {
		const office = new Browser(demo);
		await office.logIn('provider', 'fse-dimostrativo');
		const [{id}] = (await office.get('/api/ecm/events')).json.events, where = `/api/ecm/events/${id}`;
		const listed = new Map();
		for (let page = 1, pages = 1; page <= pages; page++) {
			const {json} = await office.get(`${where}/eligibility?page=${page}`);
			pages = json.pages;
			json.people.forEach(one => listed.set(one.id, one.missing.sort()));
		}
		const rows = (await office.get(`${where}/participants.csv?format=ecm`)).text.trim().split('\r\n').slice(1).map(line => line.split(';'));
		const reported = new Map(rows.map(row => [row[0], row[6]]));
		assert.ok(reported.size > 20, `${reported.size} in the report`);
		assert.ok(rows.some(row => row[7] === '1' && row[8] !== ''), 'somebody was recruited');
		let eligible = 0, compared = 0;
		for (let page = 1, pages = 1; page <= pages; page++) {
			const {json} = await office.get(`/api/people?page=${page}`);
			pages = json.pages;
			for (const person of json.people) {
				const mine = (await office.get(`/api/people/${person.id}/credits`)).json;
				if (mine.event === null) {
					continue; // no level yet
				}
				const codes = mine.conditions.filter(one => !one.fulfilled).map(one => one.code).sort();
				assert.deepEqual(listed.get(person.id) ?? [], codes, person.family_name);
				assert.equal(reported.get(person.codice_fiscale) ?? null, mine.earned_on, person.family_name);
				eligible += mine.eligible;
				compared++;
			}
		}
		assert.equal(eligible, reported.size);
		assert.ok(compared > 50);
		const filtered = (await office.get(`${where}/eligibility?missing=declaration`)).json;
		assert.ok(filtered.total > 0 && filtered.people.every(one => one.missing.includes('declaration')));
		const csv = (await office.get(`${where}/eligibility.csv?missing=declaration`)).text.trim().split('\r\n');
		assert.equal(csv.length - 1, filtered.total);
	} finally {
		await demo.finish();
	}
});
