// The programme's projects in class, over HTTP: trainers chosen among who finished the path, managers' four sessions of
// four hours, coaching in the field in groups of five; and the coordinators' numbers, which come from these events.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {localDay, makeClass} from './classes.mjs';
import {code, school, study} from './exams.mjs';
import {Browser} from './harness.mjs';

let server, provider, people, admin;
const logins = ['anna', 'bruno', 'carla', 'dino', 'elsa', 'fabio', 'gino', 'tino'];
const codeOf = login => code(2 + logins.indexOf(login));
const csv = (...lines) => Buffer.from(lines.join('\n'));
const day = days => localDay(days);
const enrol = (group, names, state = 'enrolled') => provider.post(`/api/class-groups/${group}/people`, {people: names.map(name => people[name].id), state, why: ''});
const attend = (session, ...rows) => provider.send('POST', `/api/class-sessions/${session.id}/list.csv`, csv('codice_fiscale;entrata;uscita', ...rows.map(([login, from, to]) => `${codeOf(login)};${from};${to}`)));
const target = async id => (await provider.get('/api/progress')).json.targets.find(one => one.id === id);

before(async () => {
	({server, provider, people} = await school(logins));
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	const groups = {anna: 'operatori', bruno: 'operatori', carla: 'mmg_pls', dino: 'mmg_pls', elsa: 'segreteria', fabio: 'segreteria', gino: 'dirigenti'};
	for (const [login, group] of Object.entries(groups)) {
		const saved = await admin.put(`/api/users/${people[login].id}`, {target_group: group, company: 'AUSLTC'});
		assert.equal(saved.status, 200, saved.text);
	}
	await study(server, people.anna);
	await study(server, people.bruno);
});
after(() => server.finish());

test('trainers: chosen among who finished the path; every verdict is kept with its reason', async () => {
	const sessions = [{day: day(-2), begins: '09:00', ends: '13:00'}, {day: day(-2), begins: '14:00', ends: '18:00'}];
	const made = await makeClass(provider, {cod_evento: 'FORM', num_part: 115}, sessions, {project: 'formatori'});
	const path = `/api/classes/${made.event.id}/candidates`;
	const found = async query => (await provider.get(`${path}?${query}`)).json.people.map(one => one.person);
	assert.deepEqual(await found(''), [people.anna.id, people.bruno.id]);
	assert.deepEqual(await found(`from=${day(1)}`), []);
	assert.deepEqual(await found(`to=${day(0)}&level=base&company=AUSLTC`), [people.anna.id, people.bruno.id]);
	assert.deepEqual(await found('company=AOUC'), []);
	assert.deepEqual(await found('profession=14'), []);
	assert.deepEqual(await found('score=50'), []);
	const verdict = (login, body) => provider.put(`${path}/${people[login].id}`, body);
	assert.equal((await verdict('carla', {verdict: 'shortlisted'})).code, 'CLASS_PATH_UNFINISHED');
	assert.equal((await verdict('anna', {verdict: 'shortlisted'})).status, 200);
	assert.equal((await verdict('anna', {verdict: 'chosen', why: ''})).code, 'CLASS_WHY');
	assert.equal((await verdict('anna', {verdict: 'forse', why: 'x'})).code, 'CLASS_VERDICT');
	const kept = await verdict('anna', {verdict: 'chosen', why: 'Ottimo esito'});
	assert.deepEqual(kept.json.choices.map(one => [one.verdict, one.why]), [['chosen', 'Ottimo esito'], ['shortlisted', '']]);
	assert.ok(kept.json.choices[0].by.length > 0 && kept.json.choices[0].at);
	await verdict('bruno', {verdict: 'declined', why: 'Non disponibile'});
	const {json} = await provider.get(`${path}?verdict=declined`);
	assert.deepEqual([json.people.map(one => one.person), json.counts], [[people.bruno.id], {shortlisted: 0, chosen: 1, declined: 1}]);
	assert.deepEqual(await found('verdict=open'), []);
	const chosen = async () => (await provider.get(`/api/classes/${made.event.id}/chosen`)).json.people.map(one => one.person);
	assert.deepEqual(await chosen(), [people.anna.id]);
	assert.equal((await enrol(made.group.id, ['anna'], 'invited')).status, 200);
	assert.deepEqual(await chosen(), []);
	assert.equal((await people.anna.put(`/api/me/classes/${made.event.id}`, {accept: true})).status, 200);
	await provider.put(`/api/class-groups/${made.group.id}/staff/${people.tino.id}`, {role: 'D'});
	await attend(made.sessions[0], ['anna', '09:00', '13:00']);
	await attend(made.sessions[1], ['anna', '14:00', '18:00']);
	const before = await target('formatori');
	assert.deepEqual([before.target, before.reached], [115, 0]);
	assert.equal((await provider.post(`/api/class-groups/${made.group.id}/close`, {report: ''})).status, 200);
	assert.equal((await target('formatori')).reached, 1);
	const {teaching} = (await provider.get(`/api/classes/${made.event.id}/teaching`)).json;
	assert.deepEqual(teaching.map(one => [one.person, one.role, one.minutes]), [[people.tino.id, 'D', 480]]);
	const operators = await target('operatori');
	assert.equal(operators.reached, 2, 'the path alone counts for the operators');
});

test('[ECM 3] managers: four sessions of four hours, 90 % of sixteen hours, attendance of each session', async () => {
	const sessions = [-12, -11, -10, -9].map(days => ({day: day(days), begins: '09:00', ends: '13:00'}));
	const made = await makeClass(provider, {cod_evento: 'DIR', ore: 16, crediti: '20.8'}, sessions, {project: 'dirigenti'});
	const {json} = await provider.get(`/api/classes/${made.event.id}`);
	assert.deepEqual([json.computed.credits, json.groups[0].sessions, json.groups[0].planned_minutes], ['20.8', 4, 960]);
	await provider.put(`/api/class-groups/${made.group.id}/staff/${people.tino.id}`, {role: 'D'});
	await enrol(made.group.id, ['gino', 'elsa']);
	for (const session of made.sessions) {
		await attend(session, ['gino', '09:00', session === made.sessions[3] ? '11:24' : '13:00'], ['elsa', '09:00', session === made.sessions[3] ? '11:23' : '13:00']);
	}
	assert.equal((await provider.post(`/api/class-groups/${made.group.id}/close`, {report: ''})).status, 200);
	const group = (await provider.get(`/api/class-groups/${made.group.id}`)).json;
	const of = login => group.people.find(one => one.person === people[login].id);
	assert.deepEqual([of('gino').presence.percent, of('gino').completed, of('elsa').completed], [90, day(-9), null]);
	assert.deepEqual(of('gino').presence.sessions.map(one => one.minutes), [240, 240, 240, 144]);
	assert.deepEqual([(await target('dirigenti')).target, (await target('dirigenti')).reached], [100, 1]);
});

test('[ECM 3] coaching in the field: one tutor for at most five, by hand and by list; a report closes it', async () => {
	const session = {day: day(-1), begins: '14:00', ends: '19:00'};
	const made = await makeClass(provider, {cod_evento: 'FSC', tipo_form: 2, cod_tipologia_form: 6, ore: 5, crediti: '7.5', num_part: 3800}, [session], {project: 'affiancamento'});
	const five = ['carla', 'dino', 'elsa', 'fabio', 'gino'];
	assert.equal((await enrol(made.group.id, five)).code, 'CLASS_TUTOR_LIMIT', 'no tutor yet');
	await provider.put(`/api/class-groups/${made.group.id}/staff/${people.tino.id}`, {role: 'T'});
	assert.equal((await enrol(made.group.id, [...five, 'anna'])).code, 'CLASS_TUTOR_LIMIT');
	assert.equal((await enrol(made.group.id, five)).status, 200);
	const refused = await enrol(made.group.id, ['anna']);
	assert.match(refused.json.problem.it, /un tutor segue al massimo 5 persone: con 1 tutor non ce ne possono essere 6/);
	assert.equal((await provider.send('DELETE', `/api/class-groups/${made.group.id}/staff/${people.tino.id}`)).code, 'CLASS_TUTOR_LIMIT');
	const list = await provider.send('POST', `/api/classes/${made.event.id}/people.csv?state=enrolled`,
		csv('gruppo;codice_fiscale;tutor', `Ambulatorio;${codeOf('anna')};${codeOf('tino')}`, `Ambulatorio;${codeOf('bruno')};`, `Ambulatorio;${codeOf('carla')};`, 'Ambulatorio;RSSMRA80A01H501U;', `;${codeOf('bruno')};`));
	assert.deepEqual([list.json.taken, list.json.groups, list.json.problems.map(one => [one.line, one.code])],
		[2, 1, [[4, 'CLASS_ELSEWHERE'], [5, 'CLASS_CSV_NOBODY'], [6, 'CLASS_CSV_GROUP']]]);
	assert.equal((await provider.send('POST', `/api/classes/${made.event.id}/people.csv`, csv('a;b', '1;2'))).code, 'CLASS_CSV_COLUMNS');
	await attend(made.sessions[0], ...['carla', 'elsa', 'gino'].map(login => [login, '14:00', '19:00']));
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/close`, {report: ''})).code, 'CLASS_REPORT');
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/close`, {report: 'Esercitazioni svolte'})).status, 200);
	assert.equal((await provider.get(`/api/class-groups/${made.group.id}`)).json.report, 'Esercitazioni svolte');
	const [coached, doctors] = [await target('affiancamento'), await target('mmg_pls_85')];
	assert.deepEqual([coached.target, coached.reached], [3800, 2], 'GPs, paediatricians and reception staff');
	assert.deepEqual([doctors.target, doctors.reached], [2, 1], '85 % of two GPs, rounded up; one was coached');
});

test('a project counts a person once, whatever the number of events; another project does not count', async () => {
	const session = {day: day(-1), begins: '08:00', ends: '13:00'};
	const again = await makeClass(provider, {cod_evento: 'FSC-2', tipo_form: 2, cod_tipologia_form: 6, ore: 5, crediti: '7.5', num_part: 3800}, [session], {project: 'affiancamento'});
	await provider.put(`/api/class-groups/${again.group.id}/staff/${people.tino.id}`, {role: 'T'});
	await enrol(again.group.id, ['carla']);
	await attend(again.sessions[0], ['carla', '08:00', '13:00']);
	assert.equal((await provider.post(`/api/class-groups/${again.group.id}/close`, {report: 'Fatto'})).status, 200);
	assert.deepEqual([(await target('affiancamento')).reached, (await target('formatori')).reached], [2, 1]);
});

test('a campaign writes to who is invited to an event, as service mail that names event and sessions', async () => {
	const made = await makeClass(provider, {cod_evento: 'INV', title: 'Aula di prova', ore: 1, data_fine: localDay(20)}, [{day: localDay(10), begins: '09:00', ends: '10:00'}]);
	const venue = (await provider.post('/api/venues', {name: 'Aula 2', address: '', town: 'Pisa', seats: 0})).json;
	await provider.put(`/api/class-sessions/${made.sessions[0].id}`, {day: localDay(10), begins: '09:00', ends: '10:00', venue: venue.id});
	await enrol(made.group.id, ['dino'], 'invited');
	await enrol(made.group.id, ['fabio']);
	for (const login of ['dino', 'fabio', 'carla']) {
		await admin.put(`/api/users/${people[login].id}`, {email: `${login}@example.org`});
	}
	const template = (await provider.get('/api/mail/templates')).json.templates.find(one => one.subject_it.includes('{evento}'));
	const draft = await provider.post('/api/campaigns', {name: 'Inviti', template: template.id, event: made.event.id, event_state: 'invited'});
	assert.equal(draft.status, 200, draft.text);
	assert.deepEqual([draft.json.service, draft.json.event, draft.json.audience.people], [true, made.event.id, 1]);
	assert.equal(draft.json.audience.letter.subject, 'Invito: Aula di prova');
	const [year, month, number] = localDay(10).split('-');
	assert.ok(draft.json.audience.letter.body.includes(`Incontri: ${number}/${month}/${year} (Aula 2, Pisa).`), draft.json.audience.letter.body);
	const both = await provider.put(`/api/campaigns/${draft.json.id}`, {name: 'Inviti', template: template.id, event: made.event.id, event_state: ''});
	assert.equal(both.json.audience.people, 2);
	assert.equal((await provider.post('/api/campaigns', {name: 'x', template: template.id, event: 999999})).code, 'BAD_CAMPAIGN');
});
