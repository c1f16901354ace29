// Events in class over HTTP, from the first session to report and certificate; each rule of ECM 3 by its name.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {factsOf, localDay, makeClass, sessionNow} from './classes.mjs';
import {code, rightText, school} from './exams.mjs';
import {Browser} from './harness.mjs';

let server, provider, people, bank, admin, made;
const yes = {recruited: false, sponsor: '', works_here: true, confirmed: true};
const csv = text => Buffer.from(text);
const yesterday = localDay(-1);
const morning = {day: yesterday, begins: '09:00', ends: '13:00'}, afternoon = {day: yesterday, begins: '14:00', ends: '18:00'};
const group = async (id = made.group.id) => (await provider.get(`/api/class-groups/${id}`)).json;
const presence = async login => (await group()).people.find(one => one.person === people[login].id).presence;
const codeOf = login => code(2 + Object.keys(people).indexOf(login));
const list = (session, ...lines) => provider.send('POST', `/api/class-sessions/${session.id}/list.csv`, csv(['codice_fiscale;entrata;uscita', ...lines].join('\n')), {'X-File-Name': 'lettore.csv'});
const enrol = (id, logins, state = 'enrolled') => provider.post(`/api/class-groups/${id}/people`, {people: logins.map(login => people[login].id), state, why: ''});

before(async () => {
	({server, provider, people, bank} = await school(['anna', 'bruno', 'carla', 'tino', 'ugo', 'vera']));
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	for (const login of ['anna', 'bruno', 'ugo']) {
		await admin.put(`/api/users/${people[login].id}`, {profession: 14, disciplines: [85], contract: 'D'});
	}
	await provider.put('/api/ecm/provider', {name: 'Ente', code: '999', accreditation: '1', accredited_until: '', accreditor: 'la Regione', legal_name: 'Lea Rossi', legal_quality: 'Legale', place: 'Firenze', organiser: '', partner: ''});
	made = await makeClass(provider, {}, [morning, afternoon]);
});
after(() => server.finish());

test('[ECM 1.4] classes belong to the forms FSC and RES; distance learning has none', async () => {
	const {json: {events}} = await provider.get('/api/ecm/events');
	assert.equal((await provider.get(`/api/classes/${events.find(one => one.tipo_form === 1).id}`)).code, 'EVENT_NOT_IN_CLASS');
	const {json} = await provider.get(`/api/classes/${made.event.id}`);
	assert.deepEqual([json.groups[0].sessions, json.groups[0].planned_minutes, json.class_people], [2, 480, 25]);
});

test('[ECM 3] credits of a residential event of 8 hours in classes of at most 25: 1.0 + 0.3 an hour', async () => {
	const {json} = await provider.get(`/api/classes/${made.event.id}`);
	assert.deepEqual([json.computed.credits, json.event.num_part], ['10.4', 100]);
	assert.equal((await provider.put(`/api/classes/${made.event.id}`, {project: 'formatori', class_people: 101, presence_percent: 90})).json.computed.credits, '8.0');
	assert.equal((await provider.put(`/api/classes/${made.event.id}`, {project: 'formatori', class_people: 25, presence_percent: 90})).json.computed.credits, '10.4');
});

test('sessions: inside the event, in order, not two at once, with a teacher of the group', async () => {
	const post = change => provider.post(`/api/class-groups/${made.group.id}/sessions`, {...morning, ...change});
	assert.equal((await post({})).code, 'CLASS_SESSION_CLASH');
	assert.equal((await post({day: localDay(40)})).code, 'CLASS_SESSION_OUTSIDE');
	assert.equal((await post({begins: '13:00', ends: '09:00'})).code, 'CLASS_SESSION_TIMES');
	assert.equal((await post({begins: '25:00'})).code, 'CLASS_SESSION_TIMES');
	assert.equal((await post({begins: '00:00', ends: '13:00'})).code, 'CLASS_SESSION_LONG');
	assert.equal((await post({day: localDay(-2), teacher: people.tino.id})).code, 'CLASS_SESSION_TEACHER');
	assert.equal((await post({day: localDay(-2), venue: 99})).code, 'CLASS_SESSION_VENUE');
	assert.equal((await provider.post('/api/venues', {name: 'Aula 1', town: ''})).code, 'VENUE');
	const venue = (await provider.post('/api/venues', {name: 'Aula 1', address: 'Largo Brambilla 3', town: 'Firenze', seats: 3})).json;
	assert.equal((await provider.put(`/api/class-groups/${made.group.id}/staff/${people.tino.id}`, {role: 'D'})).status, 200);
	for (const [session, times] of [[made.sessions[0], morning], [made.sessions[1], afternoon]]) {
		const changed = await provider.put(`/api/class-sessions/${session.id}`, {...times, venue: venue.id, teacher: people.tino.id});
		assert.deepEqual([changed.status, changed.json.town, changed.json.begins], [200, 'Firenze', times.begins]);
	}
	const other = (await provider.post(`/api/classes/${made.event.id}/groups`, {name: 'Classe B'})).json;
	assert.equal((await provider.put(`/api/class-groups/${other.id}/staff/${people.tino.id}`, {role: 'D'})).status, 200);
	assert.equal((await provider.post(`/api/class-groups/${other.id}/sessions`, {...morning, teacher: people.tino.id})).code, 'CLASS_TEACHER_BUSY');
	assert.equal((await provider.send('DELETE', `/api/class-groups/${other.id}`)).status, 204);
});

test('places: invited, accepted or declined with a reason, withdrawn; one group each; who teaches does not attend', async () => {
	assert.equal((await enrol(made.group.id, ['anna', 'bruno', 'vera'], 'invited')).status, 200);
	assert.equal((await enrol(made.group.id, ['carla'])).code, 'CLASS_SEATS');
	assert.equal((await enrol(made.group.id, ['tino'])).code, 'CLASS_PERSON_TEACHES');
	await provider.put(`/api/ecm/events/${made.event.id}/staff/${people.ugo.id}`, {duty: 'docente', amount: 60, credits: null, day: null, recruited: false, sponsor: '', reason: ''});
	assert.equal((await provider.get(`/api/ecm/events/${made.event.id}/staff`)).json.staff.length, 1);
	const taught = await provider.post(`/api/class-groups/${made.group.id}/people`, {people: [people.ugo.id], state: 'invited', why: ''});
	assert.equal(taught.code, 'CLASS_PERSON_TEACHES', 'a row of the report as teacher already');
	assert.equal((await provider.send('DELETE', `/api/ecm/events/${made.event.id}/staff/${people.ugo.id}`)).status, 200);
	assert.equal((await people.vera.put(`/api/me/classes/${made.event.id}`, {accept: false, why: ''})).code, 'CLASS_WHY');
	assert.equal((await people.vera.put(`/api/me/classes/${made.event.id}`, {accept: false, why: 'Turno'})).status, 200);
	assert.equal((await people.vera.put(`/api/me/classes/${made.event.id}`, {accept: true})).code, 'CLASS_NOT_INVITED');
	assert.equal((await enrol(made.group.id, ['carla'])).status, 200);
	assert.equal((await people.anna.put(`/api/me/classes/${made.event.id}`, {accept: true})).json.classes[0].state, 'enrolled');
	assert.equal((await enrol(made.group.id, ['bruno'])).status, 200);
	const other = (await provider.post(`/api/classes/${made.event.id}/groups`, {name: 'Classe B'})).json;
	assert.equal((await enrol(other.id, ['anna'])).code, 'CLASS_ELSEWHERE');
	const steps = (await provider.get(`/api/classes/${made.event.id}/people/${people.vera.id}`)).json.steps;
	assert.deepEqual(steps.map(one => [one.state, one.why]), [['declined', 'Turno'], ['invited', '']]);
	const put = await provider.put(`/api/class-groups/${made.group.id}/staff/${people.anna.id}`, {role: 'T'});
	assert.equal(put.code, 'CLASS_TEACHER_SEATED');
});

test('the register is for who teaches the class and for the provider, for nobody else', async () => {
	const path = `/api/class-sessions/${made.sessions[0].id}`;
	assert.equal((await people.tino.get(path)).status, 200);
	for (const login of ['anna', 'ugo']) {
		assert.equal((await people[login].get(path)).code, 'CLASS_NOT_YOURS');
		assert.equal((await people[login].get(`${path}/code`)).status, 403);
		assert.equal((await people[login].post(`${path}/scan`, {badge: 'x'})).status, 403);
		assert.equal((await people[login].post(`${path}/marks`, {person: people.anna.id, way: 'in', clock: '09:00', why: 'x'})).status, 403);
		assert.equal((await people[login].post(`${path}/exits`, {why: 'x'})).status, 403);
		assert.equal((await people[login].post(`/api/class-groups/${made.group.id}/close`, {report: ''})).status, 403);
	}
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/reopen`, {why: 'x'})).status, 403);
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/people`, {people: [], state: 'enrolled'})).status, 403);
});

test('attendance from a list: good lines come in, each other is told with its number; the same list adds nothing', async () => {
	const {json} = await list(made.sessions[0], `${codeOf('anna')};08:55;13:00`, `${codeOf('bruno')};09:00;`, 'RSSMRA80A01H501U;09:00;13:00',
		`${codeOf('carla')};9;13:00`, `${codeOf('carla')};13:00;09:00`, `${codeOf('carla')};;`, `${codeOf('ugo')};09:00;13:00`, `${codeOf('carla')};09:00;20:00`);
	assert.deepEqual([json.taken, json.rejected], [2, 6]);
	assert.deepEqual(json.problems.map(one => [one.line, one.code]), [[4, 'CLASS_LIST_NOBODY'], [5, 'CLASS_LIST_TIME'], [6, 'CLASS_LIST_ORDER'],
		[7, 'CLASS_LIST_EMPTY'], [8, 'CLASS_NOT_ENROLLED'], [9, 'CLASS_MARK_OUTSIDE']]);
	await list(made.sessions[0], `${codeOf('anna')};08:55;13:00`);
	assert.equal((await people.tino.get(`/api/class-sessions/${made.sessions[0].id}`)).json.people.find(one => one.person === people.anna.id).marks.length, 2);
	assert.equal((await list(made.sessions[0], 'x')).json.rejected, 1);
	const wrong = await provider.send('POST', `/api/class-sessions/${made.sessions[0].id}/list.csv`, csv('a;b\n1;2'));
	assert.equal(wrong.code, 'CLASS_LIST_COLUMNS');
});

test('[ECM 3] presence counts inside the hours; who has not signed out counts nothing until somebody says when', async () => {
	assert.equal((await presence('anna')).minutes, 240);
	const bruno = await presence('bruno');
	assert.deepEqual([bruno.minutes, bruno.lacks_exit], [0, true]);
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/close`, {report: ''})).code, 'CLASS_EXITS_MISSING');
	assert.equal((await people.tino.post(`/api/class-sessions/${made.sessions[0].id}/exits`, {why: ''})).code, 'CLASS_WHY');
	assert.equal((await people.tino.post(`/api/class-sessions/${made.sessions[0].id}/exits`, {why: 'fine lezione'})).status, 200);
	assert.equal((await presence('bruno')).minutes, 240);
});

test('by hand: who, when, why; a correction voids the mark and both stay', async () => {
	const path = `/api/class-sessions/${made.sessions[0].id}`;
	const mark = (way, clock, why = 'badge dimenticato') => people.tino.post(`${path}/marks`, {person: people.carla.id, way, clock, why});
	assert.equal((await mark('in', '09:30', '')).code, 'CLASS_WHY');
	assert.equal((await mark('in', '9')).code, 'CLASS_MARK');
	assert.equal((await mark('in', '07:30')).code, 'CLASS_MARK_OUTSIDE');
	assert.equal((await mark('in', '09:30')).status, 200);
	const {json} = await mark('out', '13:00');
	const wrong = json.people.find(one => one.person === people.carla.id).marks[0];
	assert.deepEqual([wrong.how, wrong.why, wrong.clock], ['manual', 'badge dimenticato', '09:30']);
	assert.equal((await people.tino.post(`${path}/marks/${wrong.id}/void`, {why: ''})).code, 'CLASS_WHY');
	await people.tino.post(`${path}/marks/${wrong.id}/void`, {why: 'era entrata alle 9'});
	const after = (await mark('in', '09:00', 'era entrata alle 9')).json.people.find(one => one.person === people.carla.id);
	assert.deepEqual([after.minutes, after.marks.length, after.marks.find(one => one.void_at).void_why], [240, 3, 'era entrata alle 9']);
	const acts = (await provider.get(`/api/people/${people.carla.id}`)).json.acts.map(one => one.act);
	assert.ok(acts.includes('class.mark') && acts.includes('class.mark.void'));
});

test('[ECM 3] signing with the code shown in class, as oneself and only while the session is on', async () => {
	const now = await makeClass(provider, {cod_evento: 'RES-2', ore: 1, crediti: '1.3', data_fine: localDay(1)}, [sessionNow()]);
	assert.equal((await people.ugo.post('/api/me/presence', {code: '000000'})).code, 'CLASS_NO_SESSION');
	await enrol(now.group.id, ['ugo', 'vera']);
	const shown = (await provider.get(`/api/class-sessions/${now.sessions[0].id}/code`)).json;
	assert.match(shown.code, /^\d{6}$/);
	assert.ok(shown.url.endsWith(`/presenza/${shown.code}`) && shown.qr.rows.length === shown.qr.size);
	const wrong = shown.code === '123456' ? '654321' : '123456';
	assert.equal((await people.ugo.post('/api/me/presence', {code: wrong})).code, 'CLASS_CODE');
	const signed = await people.ugo.post('/api/me/presence', {code: `${shown.code.slice(0, 3)} ${shown.code.slice(3)}`});
	assert.deepEqual([signed.status, signed.json.way, signed.json.again], [200, 'in', false], signed.text);
	assert.equal((await people.ugo.post('/api/me/presence', {code: shown.code})).json.again, true);
	assert.equal((await people.carla.post('/api/me/presence', {code: shown.code})).code, 'CLASS_NO_SESSION');
	const badge = (await people.vera.get('/api/me/classes')).json.classes.find(one => one.event.id === now.event.id).badge;
	const scanned = await provider.post(`/api/class-sessions/${now.sessions[0].id}/scan`, {badge: badge.toLowerCase()});
	assert.deepEqual([scanned.status, scanned.json.mark.way, scanned.json.mark.how], [200, 'in', 'badge'], scanned.text);
	const forged = badge.replace(/[BCDFGHJKLNPRSTVX]$/, last => (last === 'B' ? 'C' : 'B'));
	assert.equal((await provider.post(`/api/class-sessions/${now.sessions[0].id}/scan`, {badge: forged})).code, 'CLASS_BADGE');
	assert.equal((await provider.post(`/api/class-sessions/${made.sessions[0].id}/scan`, {badge})).code, 'CLASS_BADGE');
	assert.equal((await provider.post(`/api/class-groups/${now.group.id}/close`, {report: ''})).code, 'CLASS_RUNNING');
	for (let tries = 0; tries < 6; tries++) {
		await people.vera.post('/api/me/presence', {code: wrong});
	}
	assert.equal((await people.vera.post('/api/me/presence', {code: wrong})).code, 'CLASS_CODE_WAIT');
});

test('[ECM 3] presence of at least 90 % of the hours: the test opens with it, one attempt within three days', async () => {
	const {anna, bruno} = people;
	const event = made.event.id;
	await provider.put(`/api/ecm/events/${event}/final`, {bank: bank.id, questions_per_credit: 3});
	assert.equal((await anna.get(`/api/me/final?event=${event}`)).json.missing[0].code, 'PRESENCE_MISSING');
	assert.equal((await list(made.sessions[1], `${codeOf('anna')};14:00;17:12`, `${codeOf('bruno')};14:48;17:59`, `${codeOf('carla')};14:00;18:00`)).json.taken, 3);
	assert.deepEqual([(await presence('anna')).percent, (await presence('anna')).enough], [90, true]);
	assert.deepEqual([(await presence('bruno')).percent, (await presence('bruno')).enough], [89, false]);
	const mine = (await anna.get(`/api/me/final?event=${event}`)).json;
	assert.deepEqual([mine.may_start, mine.attempts_max, mine.questions, mine.needed], [true, 1, 32, 24]);
	assert.equal((await bruno.post(`/api/me/final?event=${event}`)).code, 'PRESENCE_MISSING');
	assert.equal((await people.ugo.get(`/api/me/final?event=${event}`)).json.missing[0].code, 'FINAL_NO_EVENT');
	const {attempt} = (await anna.post(`/api/me/final?event=${event}`)).json;
	for (let i = 0; i < attempt.total; i++) {
		const item = (await anna.get(`/api/me/final/items/${i}?event=${event}`)).json;
		const right = item.options.find(one => one.text === rightText[item.stem]);
		const saved = await anna.put(`/api/me/final/items/${i}?event=${event}`, {attempt: attempt.id, answer: [right.id], revision: item.revision});
		assert.equal(saved.status, 200, saved.text);
	}
	assert.equal((await anna.post(`/api/me/final/submit?event=${event}`, {attempt: attempt.id})).json.passed, true);
});

test('[ECM 3] a test of an event in class that ended more than three days ago can no longer be taken', async () => {
	const old = {day: localDay(-4), begins: '09:00', ends: '10:00'};
	const late = await makeClass(provider, {cod_evento: 'RES-3', ore: 1, crediti: '1.3'}, [old]);
	await enrol(late.group.id, ['ugo']);
	await list(late.sessions[0], `${codeOf('ugo')};09:00;10:00`);
	await provider.put(`/api/ecm/events/${late.event.id}/final`, {bank: bank.id});
	assert.deepEqual((await people.ugo.get(`/api/me/final?event=${late.event.id}`)).json.missing.map(one => one.code), ['FINAL_CLASS_OVER']);
});

test('the register is closed: who was there has completed, the checklist says what is missing, then the credits are there', async () => {
	const {anna} = people, event = made.event.id;
	const missing = async () => (await anna.get(`/api/me/credits?event=${event}`)).json.conditions.filter(one => !one.fulfilled).map(one => one.code);
	assert.deepEqual(await missing(), ['region', 'declaration', 'path', 'quality']);
	assert.ok((await anna.post(`/api/me/quality?event=${event}`, {standard: {1: '4', 2: '4', 3: '5', 4: '3', 5: '1'}, extra: {}})).status < 300);
	assert.equal((await anna.post(`/api/me/declaration?event=${event}`, yes)).status, 200);
	assert.deepEqual(await missing(), ['path']);
	const closed = await people.tino.post(`/api/class-groups/${made.group.id}/close`, {report: ''});
	assert.equal(closed.status, 200, closed.text);
	assert.deepEqual(await missing(), []);
	const done = (await group()).people.filter(one => one.completed).map(one => one.person).sort();
	assert.deepEqual(done, [people.anna.id, people.carla.id].sort());
	const late = await list(made.sessions[0], `${codeOf('anna')};09:30;10:00`);
	assert.equal(late.json.problems[0].code, 'CLASS_CLOSED');
});

test('the register as a file: every signature, who wrote it and the voided ones with their reason', async () => {
	const file = await people.tino.get(`/api/class-groups/${made.group.id}/register.csv`);
	const lines = file.text.trim().split('\r\n').map(line => line.split(';'));
	assert.deepEqual([file.status, lines[0].length, lines.length], [200, 13, 14]);
	const wrong = lines.find(line => line[12] === 'era entrata alle 9');
	assert.deepEqual(wrong.slice(4, 8), ['entrata', '09:30', 'manual', 'badge dimenticato']);
	assert.equal((await people.anna.get(`/api/class-groups/${made.group.id}/register.csv`)).status, 403);
});

test('[ECM 1.3] the report of a residential event: one row, credits on the last day of the event at most', async () => {
	const check = (await provider.get(`/api/ecm/events/${made.event.id}/check`)).json;
	assert.equal(check.participants, 1, JSON.stringify(check));
	const made_report = await provider.post(`/api/ecm/events/${made.event.id}/export`);
	assert.ok(made_report.status < 300, made_report.text);
	const xml = (await provider.get(`/api/ecm/exports/${made_report.json.id ?? made_report.json.export?.id}/report.xml`)).text;
	assert.match(xml, /tipo_form="3"[^>]*cod_tipologia_form="1"/);
	assert.match(xml, new RegExp(`cred_acq="10.4" data_acq="${localDay(0)}"`));
	const rows = (await provider.get(`/api/ecm/events/${made.event.id}/participants.csv?format=ecm`)).text.split('\r\n');
	assert.ok(rows[1].startsWith(`${codeOf('anna')};`) && rows[1].includes(';10.4;'), rows[1]);
	const listed = (await provider.get(`/api/ecm/events/${made.event.id}/eligibility`)).json;
	assert.deepEqual([listed.concerned, listed.eligible], [3, 1]);
});

test('[ECM 3.1] certificates: with place and days for who earned credits, of participation for reception staff', async () => {
	const ecm = await people.anna.post('/api/me/certificates', {event: made.event.id});
	assert.ok(ecm.status < 300, ecm.text);
	const participation = await people.carla.post('/api/me/certificates', {event: made.event.id});
	assert.ok(participation.status < 300, participation.text);
	assert.equal((await people.bruno.post('/api/me/certificates', {event: made.event.id})).status, 409);
	const when = yesterday.split('-').reverse().join('/');
	const facts = Object.fromEntries(factsOf(server).map(one => [one.codice_fiscale, one]));
	const [ofAnna, ofCarla] = [facts[codeOf('anna')], facts[codeOf('carla')]];
	assert.deepEqual([ofAnna.event_period, ofAnna.credits, ofAnna.level], [`tenutosi a Firenze (Aula 1) il ${when}`, '10,4', undefined]);
	assert.deepEqual([ofCarla.event_period, ofCarla.presence_hours, ofCarla.credits], [`tenutosi a Firenze (Aula 1) il ${when}`, '8 ore', undefined]);
	const pdf = await people.carla.get(`/api/me/certificates/${participation.json.id ?? participation.json.certificate.id}/pdf`);
	assert.match(pdf.bytes.toString('latin1'), /^%PDF-1\.5/);
});

test('opened again with a reason, corrected, closed: the completion and the certificate go with what is true', async () => {
	const path = `/api/class-groups/${made.group.id}`;
	assert.equal((await provider.post(`${path}/reopen`, {why: ''})).code, 'CLASS_WHY');
	assert.equal((await provider.post(`${path}/reopen`, {why: 'La presenza di Carla era di un’altra'})).status, 200);
	const register = (await provider.get(`/api/class-sessions/${made.sessions[1].id}`)).json;
	for (const mark of register.people.find(one => one.person === people.carla.id).marks) {
		await provider.post(`/api/class-sessions/${made.sessions[1].id}/marks/${mark.id}/void`, {why: 'scambio di persona'});
	}
	assert.equal((await provider.post(`${path}/close`, {report: ''})).status, 200);
	assert.equal((await group()).people.find(one => one.person === people.carla.id).completed, null);
	const {certificates} = (await people.carla.get('/api/me/certificates')).json;
	assert.ok(certificates.every(one => one.revoked_at));
});
