import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {answerAll, day, eventFields, finalBank, rightText, school, sit, study} from './exams.mjs';

let server, designer, provider, people, bank, event;

before(async () => {
	({server, designer, provider, people, bank, event} = await school(['anna', 'bea', 'carla', 'dina', 'elsa']));
});
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

const rules = change => provider.put(`/api/ecm/events/${event.id}/final`, change);
const codesOf = answer => answer.json.missing.map(each => each.code);

test('the numbers follow from the credits', async () => {
	for (const [crediti, questions, needed] of [['4.0', 12, 9], ['5.2', 16, 12], ['6.0', 18, 14], ['7.2', 22, 17]]) {
		assert.equal((await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, crediti})).status, 200);
		const {json} = await provider.get(`/api/ecm/events/${event.id}/final`);
		assert.deepEqual([json.rules.questions, json.rules.needed, json.rules.attempts_max], [questions, needed, 5]);
	}
	await provider.put(`/api/ecm/events/${event.id}`, eventFields);
});

test('a bank that does not fit is refused by the name of each item', async () => {
	const items = structuredClone(finalBank.items.slice(0, 13));
	items[0].options.pop();
	items[0].key = [items[0].options[0].id];
	items[1].type = 'multiple';
	const areas = finalBank.areas.filter(area => items.some(item => item.area === area.id));
	const {json: {bank: bad}} = await designer.post('/api/banks', {...finalBank, name: 'Rotta', areas, items});
	const refused = await rules({bank: bad.id});
	assert.equal(refused.status, 422);
	assert.deepEqual(refused.json.problems.map(each => [each.where, each.code]),
		[[items[0].id, 'FINAL_NOT_FOUR'], [items[1].id, 'FINAL_NOT_SINGLE'], ['bank', 'FINAL_FEW_QUESTIONS']]);
	assert.equal((await rules({bank: 999})).code, 'BANK_UNKNOWN');
	assert.equal((await rules({attempts_max: 6})).code, 'FINAL_SAME_SET_LIMIT');
	assert.equal((await rules({attempts_max: 0})).code, 'FINAL_SAME_SET_LIMIT');
	assert.equal((await rules({share_percent: 0})).code, 'FINAL_RULE_NUMBER');
	assert.equal((await provider.get(`/api/ecm/events/${event.id}/final`)).json.rules.bank, null);
});

test('it opens when the path is done and says what is missing', async () => {
	const {anna} = people;
	assert.deepEqual(codesOf(await anna.get('/api/me/final')), ['FINAL_NOT_READY', 'MODULES_MISSING']);
	assert.equal((await rules({bank: bank.id, again_seconds: 1})).status, 200);
	assert.deepEqual(codesOf(await anna.get('/api/me/final')), ['MODULES_MISSING']);
	assert.equal((await anna.post('/api/me/final')).code, 'MODULES_MISSING');
	await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, seconds_needed: 3600});
	await study(server, anna);
	assert.deepEqual(codesOf(await anna.get('/api/me/final')), ['TIME_MISSING']);
	await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, data_ini: day(1)});
	assert.deepEqual(codesOf(await anna.get('/api/me/final')), ['FINAL_EVENT_CLOSED']);
	await provider.put(`/api/ecm/events/${event.id}`, eventFields);
	assert.equal((await anna.get('/api/me/final')).json.may_start, true);
});

test('two tabs that start get one attempt; a stale tab neither overwrites nor submits another', async () => {
	const {anna} = people;
	const [one, two] = await Promise.all([anna.post('/api/me/final'), anna.post('/api/me/final')]);
	assert.deepEqual([one.status, two.status], [200, 200]);
	assert.equal(one.json.attempt.id, two.json.attempt.id);
	const {attempt} = one.json;
	const put = (answer, revision, id = attempt.id) => anna.put('/api/me/final/items/0', {attempt: id, answer, revision});
	assert.equal((await put(['2'], 0)).json.revision, 1);
	const stale = await put(['3'], 0);
	assert.deepEqual([stale.status, stale.code, stale.json.item.answer], [409, 'STALE_REVISION', ['2']]);
	const race = await Promise.all([put(['1'], 1), put(['4'], 1)]);
	assert.deepEqual(race.map(each => each.status).sort(), [200, 409]);
	for (const answer of [['5'], ['0'], ['1', '2'], '1', null, [1]]) {
		assert.equal((await put(answer, 2)).status, 422);
	}
	assert.equal((await put(['1'], 2, attempt.id + 1)).code, 'FINAL_OTHER_ATTEMPT');
	assert.equal((await anna.post('/api/me/final/submit', {attempt: attempt.id + 1})).code, 'FINAL_OTHER_ATTEMPT');
	assert.equal((await anna.get('/api/me/final/items/12')).status, 404);
	/* Resumed at the very question, also after the log-in has expired. */
	await anna.send('DELETE', '/api/session');
	await anna.logIn('anna', 'Nuova-Password-1');
	assert.equal((await anna.get('/api/me/final')).json.attempt.position, 1);
});

test('no payload tells a key, an explanation or the mark of one question', async () => {
	const {anna} = people;
	const secrets = finalBank.items.flatMap(item => [item.id, item.explanation]);
	const heard = [await anna.get('/api/me/final'), await anna.get('/api/me/final/answers'), await anna.get('/api/me/path')];
	for (let position = 0; position < 12; position++) {
		heard.push(await anna.get(`/api/me/final/items/${position}`));
	}
	const attempt = await answerAll(anna, 8);
	const results = await Promise.all([1, 2, 3].map(() => anna.post('/api/me/final/submit', {attempt: attempt.id})));
	assert.deepEqual(results.map(each => [each.status, each.json.history[0].score]), [[200, 8], [200, 8], [200, 8]]);
	assert.equal(results[0].json.passed, false);
	heard.push(...results, await anna.get('/api/me/final'), await anna.get('/api/me/final/items/0'), await anna.get('/api/me/final/answers'));
	for (const {text} of heard) {
		for (const secret of secrets) {
			assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1)), `${secret} in ${text.slice(0, 200)}`);
		}
		assert.doesNotMatch(text, /"(key|right|explanation|correct|is_right|seed)"/);
	}
	assert.equal((await anna.get('/api/me/final/answers')).code, 'FINAL_NOT_DISCLOSED');
	assert.equal((await anna.get('/api/me/final/items/0')).code, 'FINAL_DONE');
	/* Nor do those of others: only the provider's pages have keys. */
	assert.equal((await anna.get(`/api/ecm/events/${event.id}/final/statistics`)).status, 403);
	assert.equal((await anna.get(`/api/banks/${bank.id}`)).status, 403);
});

test('after a failure the contents come first; the same questions come in other orders', async () => {
	const {anna} = people;
	assert.deepEqual(codesOf(await anna.get('/api/me/final')), ['FINAL_CONTENTS_AGAIN']);
	assert.equal((await anna.post('/api/me/final')).code, 'FINAL_CONTENTS_AGAIN');
	await study(server, anna, 1100);
	const passed = await sit(anna, 9);
	assert.deepEqual([passed.json.passed, passed.json.attempts_used], [true, 2]);
	assert.equal((await anna.post('/api/me/final')).code, 'FINAL_PASSED');
	const {attempts} = (await provider.get(`/api/ecm/events/${event.id}/final/people/${anna.id}`)).json;
	const [second, first] = attempts.map(each => each.sheet);
	assert.deepEqual(first.map(each => each.id).sort(), second.map(each => each.id).sort(), 'the same set');
	assert.notDeepEqual(first.map(each => each.id), second.map(each => each.id), 'in another order');
	const options = sheet => Object.fromEntries(sheet.map(each => [each.id, each.options.map(option => option.id).join('')]));
	assert.ok(first.some(({id}) => options(first)[id] !== options(second)[id]), 'options in another order');
	for (const {id, right, stem, options: shown} of first) {
		assert.equal(shown.find(each => each.id === right).text, rightText[stem], id);
	}
	assert.equal(second.filter(each => each.is_right).length, 9);
});

test('five attempts and no more', async () => {
	const {bea} = people;
	await rules({contents_again: 'none'});
	await study(server, bea);
	for (let n = 1; n <= 5; n++) {
		assert.equal((await sit(bea, 0)).json.attempts_used, n);
	}
	assert.equal((await bea.post('/api/me/final')).code, 'FINAL_NO_ATTEMPTS');
	assert.deepEqual(codesOf(await bea.get('/api/me/final')), ['FINAL_NO_ATTEMPTS']);
});

test('with a new set each time there is no limit, and most questions are new', async () => {
	const {carla} = people;
	assert.equal((await rules({new_set: true, attempts_max: 0, new_percent: 100, contents_again: 'none'})).status, 200);
	await study(server, carla);
	for (let n = 1; n <= 7; n++) {
		assert.equal((await sit(carla, 3)).json.attempts_used, n);
	}
	const {attempts} = (await provider.get(`/api/ecm/events/${event.id}/final/people/${carla.id}`)).json;
	const sets = attempts.map(each => new Set(each.sheet.map(item => item.id)));
	for (let i = 1; i < sets.length; i++) {
		assert.equal([...sets[i]].filter(id => sets[i - 1].has(id)).length, 0);
	}
	assert.equal(new Set(sets.slice(3).flatMap(set => [...set])).size, 48, 'the whole bank before any repeats');
	const small = {...finalBank, name: 'Corta', items: finalBank.items.filter((_, i) => i % 2 === 0)};
	const {json: {bank: short}} = await designer.post('/api/banks', small);
	assert.equal((await rules({bank: short.id, new_percent: 100})).status, 200);
	await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, crediti: '5.0'});
	assert.equal((await rules({bank: short.id})).code, 'FINAL_FEW_FRESH');
	await provider.put(`/api/ecm/events/${event.id}`, eventFields);
	await rules({bank: bank.id, new_set: false, attempts_max: 5});
});

test('right answers are shown when the course is over', async () => {
	const {anna, bea} = people;
	await rules({disclose: 'passed'});
	const {questions} = (await anna.get('/api/me/final/answers')).json;
	assert.equal(questions.filter(each => each.answer[0] === each.right).length, 9);
	for (const {stem, right, options} of questions) {
		assert.equal(options.find(each => each.id === right).text, rightText[stem]);
	}
	assert.equal((await bea.get('/api/me/final/answers')).status, 200, 'no attempt is left');
	await rules({disclose: 'event_end'});
	assert.equal((await anna.get('/api/me/final/answers')).code, 'FINAL_NOT_DISCLOSED');
	await provider.put(`/api/ecm/events/${event.id}`, {...eventFields, data_fine: day(-1)});
	assert.equal((await anna.get('/api/me/final/answers')).status, 200);
	await provider.put(`/api/ecm/events/${event.id}`, eventFields);
});

test('the crash of the server loses no answer; answering and submitting at once end in one mark', async () => {
	const {dina} = people;
	await study(server, dina);
	await dina.post('/api/me/final');
	const attempt = await answerAll(dina, 12);
	await server.kill('SIGKILL');
	await server.start();
	const {json} = await dina.get('/api/me/final');
	assert.ok(json.attempt.answered.every(Boolean));
	const [submitted, late] = await Promise.all([dina.post('/api/me/final/submit', {attempt: attempt.id}),
		dina.put('/api/me/final/items/0', {attempt: attempt.id, answer: [], revision: 1})]);
	assert.equal(submitted.status, 200);
	assert.equal(submitted.json.history[0].score, late.status === 200 ? 11 : 12);
	const again = await dina.post('/api/me/final/submit', {attempt: attempt.id});
	assert.deepEqual(again.json.history, submitted.json.history);
});

test('the provider sees how the test and its questions did', async () => {
	const {json} = await provider.get(`/api/ecm/events/${event.id}/final/statistics`);
	assert.deepEqual([json.people, json.passed, json.passed_first], [4, 2, 1]);
	assert.deepEqual(json.by_attempt.slice(0, 2), [{number: 1, taken: 4, passed: 1}, {number: 2, taken: 3, passed: 1}]);
	assert.equal(json.items.reduce((sum, each) => sum + each.asked, 0), 48);
	let blank = 0;
	for (const item of json.items) {
		blank += item.asked - item.options.reduce((sum, each) => sum + each.chosen, 0);
		assert.equal(item.options.find(each => each.right).chosen, item.right);
	}
	assert.ok(blank === 0 || blank === 1, 'the answer that was taken back while the test was handed in');
});
