// An adaptive placement over HTTP: chosen item by item, resumed, guarded, recorded, run again.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Server, codes} from './harness.mjs';

const policy = {
	format: 'fad-adaptive-1', name: 'Prova', cuts: [-0.5, 0.7], exposure: {maximum: 1},
	select: {rule: 'information', among: 3},
	content: {shares: {uno: 0.5, due: 0.5}, tolerance: 1},
	stop: {minimum: 4, maximum: 9, mean: 6, rules: [{rule: 'posterior', at: 0.97}]}, pilots: 2,
};

function bank(calibrated) {
	const items = [];
	for (let i = 0; i < 44; i += 1) {
		const parameters = calibrated && i < 40 ? {model: '2pl', a: 1.3, b: -2 + i / 10} : undefined;
		items.push({
			id: `Q-${i}`, area: i % 2 ? 'uno' : 'due', difficulty: 1 + Math.floor(i / 9), type: 'single', stem: `Domanda ${i}`,
			options: [{id: 'giusta', text: 'Giusta'}, {id: 'no', text: 'Sbagliata'}, {id: 'mai', text: 'Errata'}], key: ['giusta'],
			...parameters && {parameters}, ...calibrated && i >= 40 && {state: 'pilot'},
		});
	}
	return {
		format: 'fad-bank-1', name: 'Prova', version: calibrated ? '2' : '1', language: 'it', items,
		areas: [{id: 'uno', name_it: 'Uno', name_en: 'One'}, {id: 'due', name_it: 'Due', name_en: 'Two'}],
	};
}

const server = new Server();
let designer, operator, colleague, provider, view;

before(async () => {
	await server.start();
	server.people(
		{codice: codes[0], login: 'operatore', ruoli: 'operatore'},
		{codice: codes[1], login: 'collega', ruoli: 'operatore'},
		{codice: codes[2], login: 'capo', ruoli: 'progettista provider'},
	);
	operator = await server.person('operatore');
	colleague = await server.person('collega');
	designer = await server.person('capo');
	provider = designer;
});

after(() => server.finish());

const right = item => [item.options.find(option => option.text === 'Giusta').id];
const wrong = item => [item.options.find(option => option.text === 'Errata').id];
const save = (who, item, answer, revision = item.revision) => who.put(`/api/me/placement/items/${item.position}`, {answer, revision});
const advance = (who, now, more = {}) => who.post('/api/me/placement/advance', {test: now.id, position: now.item.position, revision: now.item.revision + 1, ...more});

test('an uncalibrated bank is gated', async () => {
	assert.equal((await designer.post('/api/banks', Buffer.from(JSON.stringify(bank(false))))).status, 201);
	assert.equal((await designer.put('/api/placement/adaptive', {policy: {...policy, cuts: [0.7, -0.5]}})).status, 422);
	assert.equal((await designer.put('/api/placement/adaptive', {policy: {...policy, cuts: [0]}})).code, 'ADAPTIVE_LEVELS');
	const put = await designer.put('/api/placement/adaptive', {policy});
	assert.equal(put.status, 200, put.text);
	assert.equal(put.json.method, 'gated');
	let now = (await colleague.post('/api/me/placement')).json;
	assert.equal(now.total, 18);
	const areas = [];
	for (let i = 0; now.state === 'open'; i += 1) {
		assert.ok(i < 19);
		areas.push(now.item.area_it);
		await save(colleague, now.item, now.item.area_it === areas[0] ? right(now.item) : wrong(now.item));
		now = (await advance(colleague, now)).json;
	}
	assert.equal(areas.length, 12, 'all levels of one area, the first of the other');
	assert.equal(now.result.method, 'gated');
	assert.equal(now.result.probability, null);
	assert.equal(now.result.level.id, 'avanzato', 'half of the areas reach it');
	const record = (await provider.get(`/api/placements/${now.id}/record`)).json;
	assert.deepEqual(record.again, {same: true, why: ''});
});

test('a calibrated bank is adaptive, and simulated first', async () => {
	const {json: {bank: {id}}} = await designer.post('/api/banks', Buffer.from(JSON.stringify(bank(true))));
	assert.equal((await designer.post(`/api/banks/${id}/activate`)).status, 200);
	const {json} = await designer.get('/api/placement/adaptive');
	assert.equal(json.method, 'adaptive');
	assert.deepEqual(json.bank.calibrated, 40);
	const simulated = await designer.post('/api/placement/adaptive/simulate', {policy, persons: 500});
	assert.equal(simulated.status, 200, simulated.text);
	assert.equal(simulated.json.persons, 500);
	assert.ok(simulated.json.accuracy > 0.6 && simulated.json.length <= 9);
	assert.equal((await operator.post('/api/placement/adaptive/simulate', {policy})).status, 403);
});

test('an item at a time, no way back, stale tabs refused', async () => {
	view = (await operator.post('/api/me/placement')).json;
	assert.equal(view.adaptive, true);
	assert.equal(view.may_go_back, false);
	assert.equal(view.total, 11);
	assert.equal(JSON.stringify(view).includes('key'), false);
	assert.equal((await advance(operator, view, {revision: 0})).code, 'PLACEMENT_NO_ANSWER');
	assert.equal((await save(operator, view.item, wrong(view.item))).status, 200);
	assert.equal((await save(operator, view.item, right(view.item))).status, 409, 'an older revision');
	assert.equal((await save(operator, view.item, right(view.item), 1)).status, 200, 'changing one\'s mind before confirming');
	assert.equal((await advance(operator, view)).code, 'STALE_REVISION', 'another tab changed it');
	const next = await advance(operator, view, {revision: 2});
	assert.equal(next.status, 200, next.text);
	assert.equal(next.json.item.position, 1);
	const again = await advance(operator, view, {revision: 2});
	assert.deepEqual(again.json.item, next.json.item, 'a resend changes nothing');
	const back = await save(operator, view.item, wrong(view.item), 2);
	assert.equal(back.status, 409);
	assert.equal(back.code, 'PLACEMENT_CONFIRMED');
	assert.equal((await operator.post('/api/me/placement/submit')).code, 'PLACEMENT_NOT_OVER');
	view = next.json;
});

test('it is resumed at the very item after a crash', async () => {
	await save(operator, view.item, right(view.item));
	await server.kill('SIGKILL');
	await server.start();
	const resumed = (await operator.post('/api/me/placement')).json;
	assert.equal(resumed.id, view.id);
	assert.equal(resumed.position, 1);
	assert.deepEqual(resumed.item.answer, right(view.item));
});

test('it ends by itself, with a level, its probability, and a record that runs again', async () => {
	for (let i = 0; view.state === 'open'; i += 1) {
		assert.ok(i < 12);
		if (i > 0) {
			await save(operator, view.item, right(view.item));
		}
		view = (await advance(operator, view)).json;
	}
	assert.equal(view.result.level.id, 'avanzato');
	assert.ok(view.result.probability > 0.8 && view.result.probability <= 1);
	assert.equal(view.result.levels.length, 3);
	const {json: record} = await provider.get(`/api/placements/${view.id}/record`);
	assert.deepEqual(record.again, {same: true, why: ''});
	assert.equal(record.steps.filter(step => step.pilot).length, 2);
	assert.equal(record.steps[0].pilot, false);
	assert.ok(record.steps.every(step => step.confirmed_at && step.key.length === 1));
	const scored = record.steps.filter(step => !step.pilot);
	assert.ok(scored.length >= 4 && scored.length <= 9);
	for (let i = 1; i < scored.length; i += 1) {
		assert.ok(scored[i].theta > scored[i - 1].theta, 'each right answer raises theta');
	}
	const ones = scored.filter(step => step.area_it === 'Uno').length;
	assert.ok(Math.abs(ones - scored.length / 2) <= 1.5, 'areas are balanced');
	assert.equal(view.result.maximum, scored.length, 'pilots do not count');
	assert.equal(new Set(record.steps.map(step => step.id)).size, record.steps.length);
	assert.equal((await operator.get(`/api/placements/${view.id}/record`)).status, 403);
});

test('the second try shows other items', async () => {
	const {json: first} = await provider.get(`/api/placements/${view.id}/record`);
	assert.equal((await provider.post(`/api/people/${first.person.id}/placement/allow-retake`, {why: 'prova'})).status, 204);
	const {json: second} = await operator.post('/api/me/placement');
	assert.equal(second.state, 'open');
	const {json: record} = await provider.get(`/api/placements/${second.id}/record`);
	assert.ok(!first.steps.some(step => step.id === record.steps[0].id));
});
