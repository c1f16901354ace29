import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {code} from './exams.mjs';
import {Server} from './harness.mjs';

const server = new Server();
let designer, operator, bank, session;

/** Ten items with parameters, two of them equal in difficulty. */
const items = Array.from({length: 10}, (_, i) => ({id: `Q-${i}`, area: 'a', difficulty: 1, type: 'single', stem: `Domanda ${i}?`,
	options: ['a', 'b', 'c', 'd'].map(id => ({id, text: `${id}${i}`})), key: ['a'],
	parameters: {model: 'rasch', b: (i - 4.5) / 2, provenance: 'prova'}}));

before(async () => {
	await server.start();
	server.people({codice: code(0), login: 'dora', ruoli: 'progettista'}, {codice: code(1), login: 'olga', ruoli: 'operatore'});
	[designer, operator] = [await server.person('dora'), await server.person('olga')];
	const answer = await designer.post('/api/banks', {format: 'fad-bank-1', name: 'B', version: '1', language: 'it',
		areas: [{id: 'a', name_it: 'A', name_en: 'A'}], items});
	assert.equal(answer.status, 201, answer.text);
	({bank} = answer.json);
});
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

const send = (csv, id = session.id) => designer.post(`/api/standards/${id}/ratings`, Buffer.from(csv));

/** Each judge rates each item for each level; `shift` moves the judges apart. */
function csv(round, cuts, judges = 4, shift = 0.02) {
	const lines = ['giro;giudice;livello;quesito;valutazione'];
	for (let j = 0; j < judges; j++) {
		for (const [level, share] of Object.entries(cuts)) {
			lines.push(...items.map(({id}) => `${round};Giudice ${j + 1};${level};${id};${String(share + (j - (judges - 1) / 2) * shift).replace('.', ',')}`));
		}
	}
	return lines.join('\r\n');
}

test('a session is recorded; bad ratings are told by line', async () => {
	assert.equal((await designer.post('/api/standards', {name: 'x', method: 'altro', bank: bank.id})).code, 'STANDARD_BAD');
	assert.equal((await operator.get('/api/standards')).status, 403);
	const made = await designer.post('/api/standards', {name: 'Giuria', method: 'angoff', bank: bank.id, panel: 'Quattro infermieri'});
	assert.equal(made.status, 201, made.text);
	session = made.json;
	const bad = await send('giro;giudice;livello;quesito;valutazione\n1;A;intermedio;Q-0;2x\n0;A;base;Q-99;0,5\n1;A;intermedio');
	assert.deepEqual(bad.json.problems.map(each => [each.where, each.code]), [['2', 'STANDARD_RATING'], ['3', 'STANDARD_ROUND'],
		['3', 'STANDARD_LEVEL'], ['3', 'STANDARD_ITEM'], ['4', 'STANDARD_LINE']]);
	const crowd = count => ['giro;giudice;livello;quesito;valutazione', ...Array.from({length: count}, (_, i) => `${i % 20 + 1};G${i};intermedio;Q-0;0,5`)].join('\n');
	const crowded = await send(crowd(102));
	assert.deepEqual(crowded.json.problems.map(each => [each.where, each.code]), [['102', 'STANDARD_JUDGES'], ['103', 'STANDARD_JUDGES']]);
	assert.equal((await send('a;b')).code, 'STANDARD_HEADER');
	assert.equal((await send('giro;giudice;livello;quesito;valutazione\n')).code, 'STANDARD_EMPTY');
	assert.deepEqual((await designer.get(`/api/standards/${session.id}`)).json.rounds, []);
});

test('Angoff: the mean over judges with its SE, and theta by the curve', async () => {
	const {json} = await send(csv(1, {intermedio: .5, avanzato: .8}));
	const [{cuts: [middle, high], monotone, rudner, lee}] = json.rounds;
	assert.ok(monotone);
	assert.ok(Math.abs(middle.cut - 5) < 1e-9 && Math.abs(middle.share - .5) < 1e-9);
	assert.ok(Math.abs(middle.sd - Math.sqrt((.09 + .01 + .01 + .09) / 3)) < 1e-9, String(middle.sd));
	assert.ok(Math.abs(middle.se - middle.sd / 2) < 1e-12);
	assert.ok(Math.abs(middle.theta) < 1e-9, 'the items lie evenly about 0');
	assert.ok(high.theta > 1 && high.theta_se > 0);
	for (const quality of [rudner, lee]) {
		assert.ok(quality.accuracy > .5 && quality.accuracy < 1 && quality.consistency <= quality.accuracy);
	}
});

test('cuts that do not increase are refused, and so are missing ratings', async () => {
	const {json} = await send(csv(2, {intermedio: .8, avanzato: .7}));
	assert.equal(json.rounds[1].monotone, false);
	assert.equal((await designer.post(`/api/standards/${session.id}/adopt`, {round: 2})).code, 'STANDARD_NOT_MONOTONE');
	await send(csv(3, {intermedio: .4, avanzato: .7}).split('\r\n').slice(0, -1).join('\n'));
	const third = (await designer.get(`/api/standards/${session.id}`)).json.rounds[2];
	assert.deepEqual(third.cuts[1].missing, {judge: 'Giudice 4', item: 'Q-9'});
	assert.equal((await designer.post(`/api/standards/${session.id}/adopt`, {round: 3})).code, 'STANDARD_NOT_MONOTONE');
	assert.equal((await designer.post(`/api/standards/${session.id}/adopt`, {round: 9})).code, 'STANDARD_NOT_MONOTONE');
});

test('adopted cuts are the placement\'s, with an act', async () => {
	const adopted = await designer.post(`/api/standards/${session.id}/adopt`, {round: 1});
	assert.equal(adopted.status, 200, adopted.text);
	assert.ok(adopted.json.adopted_at);
	const {levels} = (await designer.get('/api/placement/policy')).json;
	assert.deepEqual(levels.map(each => each.cut), [0, .5, .8]);
	const {acts} = (await (await server.administrator()).get('/api/audit')).json;
	assert.ok(acts.some(each => each.act === 'standard.adopt') && acts.some(each => each.act === 'policy.change'));
});

test('bookmark: b plus the logit of the mastery probability', async () => {
	const {json} = await designer.post('/api/standards', {name: 'Segnalibro', method: 'bookmark', bank: bank.id, rp: 2 / 3});
	const marks = ['round,judge,level,item,rating', '1,A,intermedio,Q-3,1', '1,B,intermedio,Q-5,1', '1,A,avanzato,Q-7,1', '1,B,avanzato,Q-7,1'].join('\n');
	const answer = await send(marks, json.id);
	assert.equal(answer.status, 200, answer.text);
	const [{cuts}] = answer.json.rounds;
	assert.ok(Math.abs(cuts[0].theta - (-.25 + Math.LN2)) < 1e-9, String(cuts[0].theta));
	assert.ok(Math.abs(cuts[0].se - .5) < 1e-9);
	assert.ok(Math.abs(cuts[1].theta - (1.25 + Math.LN2)) < 1e-9);
	assert.equal(cuts[1].se, 0);
	const judged = names => ['round,judge,level,item,rating', ...names.map(name => `2,${name},intermedio,Q-3,1`)].join('\n');
	assert.equal((await send(judged(Array.from({length: 98}, (_, i) => `Z${i}`)), json.id)).status, 200);
	assert.equal((await send(judged(['A', 'Z98']), json.id)).code, 'STANDARD_JUDGES', 'a hundred in all, with A and B');
});
