// Tests of learning taken in class: who enters them, what the threshold makes of them, corrections, lists, and what they mean for credits.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {factsOf, localDay, makeClass} from './classes.mjs';
import {code, school} from './exams.mjs';
import {Browser} from './harness.mjs';

let server, provider, people, admin, made, path;
const logins = ['anna', 'bruno', 'carla', 'dina', 'tino'];
const yes = {recruited: false, sponsor: '', works_here: true, confirmed: true};
const yesterday = localDay(-1), today = localDay(0);
const codeOf = login => code(2 + logins.indexOf(login));
const csv = (address, ...lines) => provider.send('POST', address, Buffer.from(lines.join('\n')), {'X-File-Name': 'esiti.csv'});
const oral = (login, change = {}) => ({person: people[login].id, test: 'oral', day: yesterday, score: null, maximum: null, passed: true, note: '', ...change});
const enter = (login, change, by = provider) => by.post(path, oral(login, change));
const row = json => login => json.people.find(one => one.person === people[login].id);
const results = async () => row((await provider.get(path)).json);
const condition = async (login, who = people[login]) => (await who.get(`/api/me/credits?event=${made.event.id}`)).json.conditions.find(one => one.code === 'final');

before(async () => {
	({server, provider, people} = await school(logins));
	admin = new Browser(server);
	await admin.logIn('admin', 'Nuova-Password-1');
	for (const login of ['anna', 'bruno', 'carla', 'dina']) {
		await admin.put(`/api/users/${people[login].id}`, {profession: 14, disciplines: [85], contract: 'D', company: 'AUSLTC'});
	}
	await provider.put('/api/ecm/provider', {name: 'Ente', code: '999', accreditation: '1', accredited_until: '', accreditor: 'la Regione', legal_name: 'Lea Rossi', legal_quality: 'Legale', place: 'Firenze', organiser: '', partner: ''});
	made = await makeClass(provider, {cod_evento: 'RES-V', ore: 4, crediti: '5.2'}, [{day: yesterday, begins: '09:00', ends: '13:00'}], {test: 'oral'});
	path = `/api/class-groups/${made.group.id}/results`;
	await provider.put(`/api/class-groups/${made.group.id}/staff/${people.tino.id}`, {role: 'D'});
	await provider.post(`/api/class-groups/${made.group.id}/people`, {people: ['anna', 'bruno', 'carla'].map(login => people[login].id), state: 'enrolled', why: ''});
	await csv(`/api/class-sessions/${made.sessions[0].id}/list.csv`, 'codice_fiscale;entrata;uscita', ...['anna', 'bruno', 'carla'].map(login => `${codeOf(login)};09:00;13:00`));
});
after(() => server.finish());

test('where the test is taken is the event’s setting; an unknown kind is refused and the setting stays', async () => {
	const {json} = await provider.get(`/api/classes/${made.event.id}`);
	assert.deepEqual(json.test, {where: 'oral', demanded: true, share_percent: 75, questions: 16, attempts_max: 1});
	const put = await provider.put(`/api/classes/${made.event.id}`, {project: '', class_people: 25, presence_percent: 90, test: 'telepatia'});
	assert.deepEqual([put.status, put.json.problem.where], [422, 'test'], put.text);
	assert.equal((await provider.put(`/api/classes/${made.event.id}`, {project: '', class_people: 25, presence_percent: 90})).json.test.where, 'oral');
	const mine = (await people.anna.get(`/api/me/final?event=${made.event.id}`)).json;
	assert.deepEqual([mine.may_start, mine.missing.map(one => one.code)], [false, ['FINAL_IN_CLASS']]);
	assert.match(mine.missing[0].it, /esame orale/);
	assert.match(mine.missing[0].en, /oral exam/);
	assert.match((await condition('anna')).mend_it, /in aula/);
	assert.equal((await people.anna.get(`/api/me/quality?event=${made.event.id}`)).json.may_hand_in, true, 'the questionnaire does not wait for who enters the results');
});

test('what is wrong is told: who, the day, the points, the outcome', async () => {
	const wrong = async (login, change) => (await enter(login, change)).code;
	assert.equal(await wrong('dina'), 'CLASS_NOT_ENROLLED');
	assert.equal(await wrong('anna', {test: 'online'}), 'CLASS_RESULT');
	assert.equal(await wrong('anna', {day: '31/12/2025'}), 'CLASS_RESULT_DAY');
	assert.equal(await wrong('anna', {day: localDay(1)}), 'CLASS_RESULT_FUTURE');
	assert.equal(await wrong('anna', {day: localDay(-2)}), 'CLASS_RESULT_OUTSIDE');
	assert.equal(await wrong('anna', {passed: null}), 'CLASS_RESULT_EMPTY');
	assert.equal(await wrong('anna', {score: 31, maximum: 30}), 'CLASS_RESULT_POINTS');
	assert.equal(await wrong('anna', {score: 3}), 'CLASS_RESULT_POINTS');
	assert.equal(await wrong('anna', {score: 22, maximum: 30}), 'CLASS_RESULT_CONTRADICTS');
	assert.equal(await wrong('anna', {test: 'questionnaire'}), 'CLASS_RESULT_WANTS_POINTS');
	assert.equal(await wrong('anna', {test: 'questionnaire', score: 15, maximum: 15}), 'CLASS_RESULT_QUESTIONS');
	assert.equal((await enter('anna', {}, people.bruno)).code, 'CLASS_NOT_YOURS');
	assert.deepEqual((await results())('anna').results, []);
});

test('[ECM 3] the threshold of 75 % decides: 23 of 30 passes, 22 does not; who teaches the class enters it too', async () => {
	const entered = await enter('anna', {score: 23, maximum: 30, passed: null, note: 'commissione A'}, people.tino);
	const [anna] = row(entered.json)('anna').results;
	assert.deepEqual([anna.passed, anna.score, anna.needed, anna.note, anna.day, anna.how], [true, 23, 23, 'commissione A', yesterday, 'manual'], entered.text);
	assert.equal(anna.by, 'Maria Rossi');
	assert.equal(row((await enter('bruno', {score: 22, maximum: 30, passed: null})).json)('bruno').results[0].passed, false);
	assert.equal((await enter('anna', {score: 30, maximum: 30, passed: null})).code, 'CLASS_RESULT_PASSED');
	assert.equal((await enter('bruno', {score: 30, maximum: 30, passed: null})).code, 'CLASS_RESULT_ATTEMPTS');
	const again = await enter('bruno', {score: 22, maximum: 30, passed: null});
	assert.deepEqual([again.status, row(again.json)('bruno').results.length], [200, 1], 'the same result again adds nothing');
	const counts = (await provider.get(`/api/classes/${made.event.id}`)).json.groups[0].tested;
	assert.deepEqual(counts, {passed: 1, failed: 1, waiting: 1});
});

test('the checklist says what was found; the person sees their own result and no test to begin', async () => {
	const ofAnna = await condition('anna'), ofBruno = await condition('bruno');
	assert.deepEqual([ofAnna.fulfilled, ofAnna.day, ofAnna.it], [true, yesterday, 'Superata in aula: esame orale, 23 su 30 (la soglia è 23).']);
	assert.deepEqual([ofBruno.fulfilled, ofBruno.it], [false, 'Non superata in aula: esame orale, 22 su 30 (la soglia è 23).']);
	const mine = (await people.anna.get(`/api/me/final?event=${made.event.id}`)).json;
	assert.deepEqual([mine.passed, mine.may_start, mine.history], [true, false, [{test: 'oral', day: yesterday, score: 23, questions: 30, needed: 23, passed: true}]]);
	const missing = (await provider.get(`/api/ecm/events/${made.event.id}/eligibility?missing=final`)).json;
	assert.deepEqual(missing.people.map(one => one.id).sort(), [people.bruno.id, people.carla.id].sort());
});

test('a correction voids with a reason and puts another in its place; both stay, and the acts say so', async () => {
	const [wrong] = (await results())('bruno').results;
	const put = (change, by = provider) => by.put(`${path}/${wrong.id}`, {...oral('bruno'), ...change});
	assert.equal((await put({score: 24, maximum: 30})).code, 'CLASS_WHY');
	assert.equal((await put({score: 24, maximum: 20, why: 'x'})).code, 'CLASS_RESULT_POINTS');
	assert.equal((await results())('bruno').results[0].void_at, null, 'refused: nothing was changed');
	const {json} = await put({score: 24, maximum: 30, why: 'sommata male'});
	const list = row(json)('bruno').results;
	assert.deepEqual(list.map(one => [one.score, one.passed, one.void_why]), [[24, true, ''], [22, false, 'sommata male']]);
	assert.equal((await put({score: 25, maximum: 30, why: 'x'})).code, 'CLASS_RESULT_VOIDED');
	assert.equal((await provider.put(`${path}/999999`, {...oral('bruno'), why: 'x'})).status, 404);
	const acts = (await provider.get(`/api/people/${people.bruno.id}`)).json.acts.filter(one => one.act.startsWith('class.result'));
	assert.deepEqual(acts.map(one => one.act).sort(), ['class.result', 'class.result', 'class.result.void']);
	assert.match(acts.find(one => one.act === 'class.result.void').detail, /22\/30, failed.*sommata male/);
});

test('from a list: good lines come in, each other is told with its number; the same list adds nothing', async () => {
	const list = () => csv(`${path}.csv`, 'codice_fiscale;tipo;giorno;punti;massimo;esito', `${codeOf('carla')};Esame pratico;${yesterday};;;superata`,
		`${codeOf('anna')};;;30;30;`, 'RSSMRA80A01H501U;;;1;1;', `${codeOf('dina')};;;30;30;`, `${codeOf('bruno')};colloquio;;30;30;`, `${codeOf('bruno')};;;trenta;30;`,
		`${codeOf('bruno')};;;;;forse`, `${codeOf('bruno')};;;;;`, `${codeOf('bruno')};;ieri;30;30;`);
	const {json} = await list();
	assert.deepEqual([json.taken, json.rejected], [1, 8]);
	assert.deepEqual(json.problems.map(one => [one.line, one.code]), [[3, 'CLASS_RESULT_PASSED'], [4, 'CLASS_LIST_NOBODY'], [5, 'CLASS_NOT_ENROLLED'],
		[6, 'CLASS_RESULT_TEST'], [7, 'CLASS_RESULT_POINTS'], [8, 'CLASS_RESULT_OUTCOME'], [9, 'CLASS_RESULT_EMPTY'], [10, 'CLASS_RESULT_DAY']]);
	assert.deepEqual([(await list()).json.taken, (await results())('carla').results.length], [1, 1]);
	assert.deepEqual((({test: kind, how, note, passed, score}) => [kind, how, note, passed, score])((await results())('carla').results[0]), ['practical', 'list', 'esiti.csv', true, null]);
	assert.equal((await csv(`${path}.csv`, 'codice_fiscale;punti', 'x;1')).code, 'CLASS_RESULTS_COLUMNS');
});

test('every result as a file: with who entered it, and the voided ones with their reason', async () => {
	const file = await provider.get(`${path}.csv`);
	const lines = file.text.trim().split('\r\n').map(line => line.split(';'));
	assert.deepEqual([lines.length, lines[0].length], [5, 16]);
	const voided = lines.find(line => line[15] === 'sommata male');
	assert.deepEqual(voided.slice(3, 9), ['esame orale', yesterday, '22', '30', '23', 'non superata']);
});

test('the list to fill in names who has not passed, with the event’s test and the last day; filled in, it comes back', async () => {
	const blank = await provider.get(`${path}.csv?blank=1`);
	assert.equal(blank.text, '\ufeffcodice_fiscale;cognome;nome;tipo;giorno;punti;massimo;esito\r\n', 'everybody has passed');
	await provider.post(`/api/class-groups/${made.group.id}/people`, {people: [people.dina.id], state: 'enrolled', why: ''});
	const lines = (await provider.get(`${path}.csv?blank=1`)).text.trim().split('\r\n');
	assert.deepEqual(lines.slice(1), [`${codeOf('dina')};Rossi;Maria;esame orale;${yesterday};;;`]);
	assert.deepEqual((await csv(`${path}.csv`, lines[0], lines[1])).json.problems.map(one => [one.line, one.code]), [[2, 'CLASS_RESULT_EMPTY']]);
	assert.equal((await csv(`${path}.csv`, lines[0], lines[1].replace(/;;;$/, ';20;30;'))).json.taken, 1);
	assert.equal((await results())('dina').results[0].passed, false);
	await provider.post(`${path}/${(await results())('dina').results[0].id}/void`, {why: 'prova'});
	await provider.post(`/api/class-groups/${made.group.id}/people/${people.dina.id}/withdraw`, {why: 'prova'});
});

test('one list for all groups of the event: each person in the group where they sit', async () => {
	const event = `/api/classes/${made.event.id}/results.csv`;
	const group = (await provider.post(`/api/classes/${made.event.id}/groups`, {name: 'Classe B'})).json;
	await provider.post(`/api/class-groups/${group.id}/sessions`, {day: today, begins: '00:00', ends: '01:00'});
	await provider.post(`/api/class-groups/${group.id}/people`, {people: [people.dina.id], state: 'enrolled', why: ''});
	const blank = (await provider.get(`${event}?blank=1`)).text.trim().split('\r\n').slice(1);
	assert.deepEqual(blank, [`${codeOf('dina')};Rossi;Maria;esame orale;${today};;;`]);
	const {json} = await csv(event, 'codice_fiscale;esito', `${codeOf('dina')};superata`, `${codeOf('tino')};superata`, `${codeOf('anna')};superata`);
	assert.deepEqual([json.taken, json.problems.map(one => [one.line, one.code])], [1, [[3, 'CLASS_NOT_ENROLLED'], [4, 'CLASS_RESULT_PASSED']]]);
	const [result] = row((await provider.get(`/api/class-groups/${group.id}/results`)).json)('dina').results;
	assert.deepEqual([result.day, result.passed, result.how], [today, true, 'list']);
	assert.equal((await provider.get(event)).text.trim().split('\r\n').length, 7);
	assert.equal((await people.tino.get(event)).status, 403);
	await provider.post(`/api/class-groups/${group.id}/people/${people.dina.id}/withdraw`, {why: 'prova'});
});

test('[ECM 1.3] who passed in class is in the report, who did not waits; a correction takes the credits’ certificate back', async () => {
	for (const login of ['anna', 'bruno', 'carla']) {
		assert.ok((await people[login].post(`/api/me/quality?event=${made.event.id}`, {standard: {1: '4', 2: '4', 3: '5', 4: '3', 5: '1'}, extra: {}})).status < 300);
		assert.equal((await people[login].post(`/api/me/declaration?event=${made.event.id}`, yes)).status, 200);
	}
	const [carla] = (await results())('carla').results;
	assert.equal((await provider.post(`${path}/${carla.id}/void`, {why: ''})).code, 'CLASS_WHY');
	assert.equal((await provider.post(`${path}/${carla.id}/void`, {why: 'era un’altra'})).status, 200);
	assert.equal((await people.tino.post(`/api/class-groups/${made.group.id}/close`, {report: ''})).status, 200);
	const check = async () => (({participants, waiting}) => ({participants, waiting}))((await provider.get(`/api/ecm/events/${made.event.id}/check`)).json);
	assert.deepEqual(await check(), {participants: 2, waiting: 1});
	assert.ok((await people.bruno.post('/api/me/certificates', {event: made.event.id})).status < 300);
	assert.equal((await enter('carla', {}, people.tino)).code, 'CLASS_CLOSED', 'now it is the provider who enters results');
	const right = (await results())('bruno').results.find(one => one.void_at === null);
	assert.equal((await provider.put(`${path}/${right.id}`, {...oral('bruno', {score: 22, maximum: 30, passed: null}), why: 'era giusta la prima'})).status, 200);
	assert.deepEqual(await check(), {participants: 1, waiting: 2});
	assert.deepEqual(factsOf(server).filter(one => one.codice_fiscale === codeOf('bruno')), []);
});

test('the provider sees one person’s classes: the way there, presence by session, every result, credits', async () => {
	const {classes, taught} = (await provider.get(`/api/people/${people.bruno.id}/classes`)).json;
	const [one, ...more] = classes;
	assert.deepEqual([one.event.id, one.group.name, one.state, one.steps.map(step => step.state), more], [made.event.id, 'Classe A', 'enrolled', ['enrolled'], []]);
	assert.deepEqual(one.presence.sessions.map(({day, minutes, came, went}) => [day, minutes, came, went]), [[yesterday, 240, '09:00', '13:00']]);
	assert.deepEqual([one.outcome.passed, one.outcome.score, one.results.length, one.credits, one.overlaps], [false, 22, 3, {eligible: false, earned_on: null}, []]);
	assert.deepEqual(taught, []);
	const anna = (await provider.get(`/api/people/${people.anna.id}/classes`)).json.classes[0];
	assert.deepEqual([anna.outcome.passed, anna.credits.eligible, anna.completed], [true, true, yesterday]);
	assert.deepEqual((await provider.get(`/api/people/${people.tino.id}/classes`)).json.taught.map(each => each.group.id), [made.group.id]);
	assert.equal((await people.bruno.get(`/api/people/${people.bruno.id}/classes`)).status, 403);
	assert.equal((await people.bruno.get('/api/me/classes')).json.classes[0].outcome.score, 22);
});

test('an event that asks for no test says so and takes no results', async () => {
	const put = await provider.put(`/api/ecm/events/${made.event.id}/final`, {required: false});
	assert.equal(put.status, 200, put.text);
	assert.equal((await provider.get(path)).json.test.demanded, false);
	assert.equal((await enter('carla')).code, 'CLASS_TEST_NONE');
	const found = await condition('carla');
	assert.deepEqual([found.demanded, found.fulfilled, found.it], [false, true, 'Questo evento non chiede una verifica dell’apprendimento.']);
});

test('the results are in the copy of one’s data, with the voided ones', async () => {
	const file = join(server.folder, 'dati.zip');
	writeFileSync(file, (await people.bruno.get('/api/me/data.zip')).bytes);
	const {verifiche_in_aula: list} = JSON.parse(execFileSync('unzip', ['-p', file, 'dati.json'], {encoding: 'utf8'}));
	assert.deepEqual(list.map(one => [one.tipo, one.punti, one.motivo_annullamento]),
		[['esame orale', 22, 'sommata male'], ['esame orale', 24, 'era giusta la prima'], ['esame orale', 22, '']]);
});
