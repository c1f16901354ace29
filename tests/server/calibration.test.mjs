import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {code} from './exams.mjs';
import {Server, shared} from './harness.mjs';

const server = new Server();
const N = 14;
let designer, bank;

/** The same numbers on every machine. */
let state = 1n;
function uniform() {
	state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
	return Number(state >> 11n) / 2 ** 53;
}
const normal = () => Math.sqrt(-2 * Math.log(uniform() + 1e-300)) * Math.cos(2 * Math.PI * uniform());
const difficulty = i => (i - (N - 1) / 2) / 3;

/** Answers of `persons` to items of the difficulties given; `skip` leaves holes. */
function csv(name, persons, b, skip = () => false) {
	const lines = [['persona', ...b.map((_, i) => `Q-${i}`)].join(';')];
	for (let p = 0; p < persons; p++) {
		const theta = normal();
		lines.push([`p${p}`, ...b.map((each, i) => (skip(p, i) ? '' : Number(uniform() < 1 / (1 + Math.exp(each - theta)))))].join(';'));
	}
	const path = join(server.folder, name);
	writeFileSync(path, lines.join('\n'));
	return path;
}

function calibrate(...words) {
	const out = join(server.folder, 'report.json');
	const {status, out: text} = server.run('calibrate', '--out', out, ...words);
	return {status, text, report: status === 0 ? JSON.parse(readFileSync(out, 'utf8')) : null};
}

before(async () => {
	await server.start();
	server.people({codice: code(0), login: 'dora', ruoli: 'progettista'});
	designer = await server.person('dora');
	const items = Array.from({length: N}, (_, i) => ({id: `Q-${i}`, area: 'a', difficulty: 1, type: 'single', stem: `Domanda ${i}?`,
		options: ['a', 'b', 'c'].map(id => ({id, text: id + i})), key: ['a'], parameters: {model: 'rasch', b: difficulty(i), provenance: 'prova'}}));
	const answer = await designer.post('/api/banks', {format: 'fad-bank-1', name: 'B', version: '1', language: 'it', areas: [{id: 'a', name_it: 'A', name_en: 'A'}], items});
	assert.equal(answer.status, 201, answer.text);
	({bank} = answer.json);
});
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

test('a drifted item is told, the others keep their place, nobody is adopted unasked', async () => {
	const b = Array.from({length: N}, (_, i) => difficulty(i) + (i === 4 ? 1.5 : 0));
	const {status, text, report} = calibrate('--bank', String(bank.id), '--csv', csv('drift.csv', 3000, b), '--model', 'rasch');
	assert.equal(status, 0, text);
	assert.deepEqual(report.items.filter(each => each.drifted).map(each => each.item), ['Q-4']);
	for (const item of report.items) {
		const i = Number(item.item.slice(2));
		assert.ok(Math.abs(item.linked.b - b[i]) < .25, `${item.item}: ${item.linked.b} and not ${b[i]}`);
		assert.ok(Math.abs(item.infit - 1) < .1 && Math.abs(item.outfit - 1) < .2 && item.se_b < .1, JSON.stringify(item));
		assert.equal(item.misfit, false);
	}
	assert.equal(report.people.table.flat().reduce((sum, each) => sum + each), 3000);
	const offDiagonal = report.people.table.flatMap((row, was) => row.filter((_, is) => is !== was)).reduce((sum, each) => sum + each);
	assert.equal(report.people.changed, offDiagonal);
	assert.ok(offDiagonal < 1000, 'one item of fourteen places few people elsewhere');
	assert.ok(report.accuracy.old > .5 && report.accuracy.new > .5);
	assert.equal((await designer.get('/api/banks')).json.banks.length, 1);
});

test('CML and MML agree; 2PL finds slopes; wrong wishes are refused by name', () => {
	const path = csv('whole.csv', 2000, Array.from({length: N}, (_, i) => difficulty(i)));
	const [cml, mml, two, three] = [['rasch', 'cml'], ['rasch', 'mml'], ['2pl', 'mml'], ['3pl', 'mml']].map(([model, method]) => calibrate('--csv', path, '--model', model, '--method', method).report);
	const centre = report => report.items.map(each => each.b - report.items.reduce((sum, one) => sum + one.b, 0) / N);
	centre(cml).forEach((each, i) => assert.ok(Math.abs(each - centre(mml)[i]) < .06));
	for (const item of two.items) {
		assert.ok(item.a > .75 && item.a < 1.3, `${item.item}: ${item.a}`);
	}
	assert.equal(three.model, '3pl');
	assert.ok(three.items.every(item => item.c > 0 && item.c < .4));
	const refused = (expected, ...words) => {
		const {status, text} = calibrate('--csv', ...words);
		assert.equal(status, 1);
		assert.match(text, expected);
	};
	refused(/CALIBRATION_3PL/, csv('some.csv', 900, [-1, 0, 1]), '--model', '3pl');
	refused(/CALIBRATION_CML_RASCH/, path, '--model', '2pl', '--method', 'cml');
	refused(/CALIBRATION_FEW_PERSONS/, csv('few.csv', 50, [0, 1]));
	refused(/CALIBRATION_MISSING/, csv('holes.csv', 300, [0, .5, 1], (p, i) => (p + i) % 3 === 0), '--method', 'cml');
	writeFileSync(join(server.folder, 'bad.csv'), 'persona;A;A\n1;0;2\n2;0\n');
	refused(/RESPONSES_TWICE[\s\S]*RESPONSES_MARK[\s\S]*RESPONSES_COLUMNS/, join(server.folder, 'bad.csv'));
});

test('items that nobody joins, that everybody knows, or that few were asked are left out by name', () => {
	const b = [...Array.from({length: 6}, (_, i) => difficulty(i)), -30, 0, 0, 0];
	/* Items 7 and 8 are asked of the second half only, which is asked nothing else; item 9 of twenty people. */
	const skip = (p, i) => (i === 9 ? p >= 20 : p < 300 ? i === 7 || i === 8 : i < 7);
	const {report} = calibrate('--csv', csv('apart.csv', 600, b, skip), '--model', 'rasch');
	assert.deepEqual(report.dropped.map(each => [each.item, each.why]).sort(), [['Q-6', 'all_right'], ['Q-7', 'not_joined'], ['Q-8', 'not_joined'], ['Q-9', 'few_answers']]);
	assert.equal(report.items.length, 6);
});

test('an item that does not fit is told', () => {
	const path = csv('noise.csv', 1500, Array.from({length: N}, (_, i) => difficulty(i)));
	const lines = readFileSync(path, 'utf8').split('\n').map((line, p) => (p === 0 ? line : line.split(';').map((cell, i) => (i === 3 ? String(p % 2) : cell)).join(';')));
	writeFileSync(path, lines.join('\n'));
	const {report} = calibrate('--csv', path, '--model', 'rasch');
	const worst = [...report.items].sort((one, other) => other.outfit - one.outfit)[0];
	assert.equal(worst.item, 'Q-2');
	assert.ok(worst.outfit > 1.2, String(worst.outfit));
	assert.ok(report.items.every(each => each === worst || each.outfit < 1.1));
});

test('adopting makes a new version of the bank with its provenance; activating stays another act', async () => {
	const path = csv('adopt.csv', 1200, Array.from({length: N}, (_, i) => difficulty(i)));
	const {status, text} = calibrate('--bank', String(bank.id), '--csv', path, '--model', '2pl', '--adopt');
	assert.equal(status, 0, text);
	const {banks} = (await designer.get('/api/banks')).json;
	const [fresh] = banks;
	assert.match(fresh.version, /^1\+cal\d+$/);
	assert.equal(fresh.active, false);
	const {items} = (await designer.get(`/api/banks/${fresh.id}`)).json;
	for (const {id, parameters} of items) {
		assert.equal(parameters.model, '2pl');
		assert.match(parameters.provenance, /^calibrazione \d+, \d{4}-\d\d-\d\d, 2pl mml, 1200 persone$/);
		assert.ok(Math.abs(parameters.b - difficulty(Number(id.slice(2)))) < .6);
	}
	const {calibrations: [kept]} = (await designer.get('/api/calibrations')).json;
	assert.deepEqual([kept.adopted, kept.persons, kept.model], [fresh.id, 1200, '2pl']);
	assert.equal((await designer.get(`/api/calibrations/${kept.id}`)).json.report.items.length, N);
	assert.equal((await designer.post('/api/calibrations', {bank: bank.id, model: 'rasch', method: 'mml'})).code, 'CALIBRATION_FEW_PERSONS');
	assert.equal((await designer.post('/api/calibrations', {bank: 99, model: 'rasch', method: 'mml'})).status, 404);
});

test('the difficulties and errors of public data are those of psychotools', {skip: shared === ''}, () => {
	const reference = JSON.parse(readFileSync(join(shared, 'placement/psychotools_VerbalAggression.json'), 'utf8'));
	const {report} = calibrate('--csv', join(shared, 'placement/data_VerbalAggression_dich.csv'), '--method', 'cml');
	const expected = Object.values(reference).find(each => Array.isArray(each) && each.length === 24 && typeof each[0] === 'number');
	if (expected) {
		const mean = expected.reduce((sum, each) => sum + each) / 24;
		report.items.forEach((item, i) => assert.ok(Math.abs(item.b - (expected[i] - mean)) < 2e-3));
	}
	assert.ok(Math.abs(report.log_likelihood - -3049.923) < 1e-2);
});
