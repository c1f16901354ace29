/* Item files of other makers, through the browser's door and through the command line. */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Server, codes} from './harness.mjs';

const items = join(process.env.FAD_SOURCE, 'tests/assessment/items');
let server, designer;

before(async () => {
	server = await new Server().start();
	server.people({codice: codes[0], login: 'disegna', ruoli: 'progettista'});
	designer = await server.person('disegna');
});
after(() => server.finish());

test('a GIFT file with bad items imports the good ones and names the others', async () => {
	const answer = await designer.post('/api/banks', readFileSync(join(items, 'trappole.gift')), {'Content-Type': 'text/plain'});
	assert.equal(answer.status, 201, answer.text);
	assert.equal(answer.json.bank.items, 6);
	const refused = answer.json.findings.filter(each => /^IMPORT_(TYPE|WEIGHTS|COMPOSITE|SYNTAX)$/.test(each.code));
	assert.equal(refused.length, 7);
	assert.ok(refused.every(each => each.line > 0 && each.it && each.en));
	const bank = (await designer.get(`/api/banks/${answer.json.bank.id}`)).json;
	assert.ok(!JSON.stringify(bank).includes('script'));
	const again = await designer.post('/api/banks', readFileSync(join(items, 'trappole.gift')), {'Content-Type': 'text/plain'});
	assert.equal(again.json.bank.id, answer.json.bank.id, 'the same file is the same bank');
});

test('a web page instead of items is refused, and nothing is stored', async () => {
	const stored = (await designer.get('/api/banks')).json.banks.length;
	const quiz = await designer.post('/api/banks', Buffer.from('<quiz><question'), {'Content-Type': 'text/xml'});
	assert.equal(quiz.status, 422);
	assert.equal(quiz.code, 'IMPORT_XML');
	const page = await designer.post('/api/banks', Buffer.from('<!doctype html><p>404</p>'), {'Content-Type': 'text/html'});
	assert.equal(page.status, 422);
	assert.equal((await designer.get('/api/banks')).json.banks.length, stored);
});

test('the command line checks, imports, and exports what it can read again', () => {
	const check = server.run('bank', 'check', join(items, 'due-buoni.aiken'));
	assert.equal(check.status, 1);
	assert.match(check.out, /2 quesiti validi, 3 respinti/);
	const added = server.run('bank', 'import', join(items, 'quiz.xml'));
	assert.equal(added.status, 0, added.out);
	const id = /banca (\d+)/.exec(added.out)[1];
	const csv = join(server.folder, 'banca.csv');
	assert.equal(server.run('bank', 'export', '--bank', id, csv).status, 0);
	const first = readFileSync(csv, 'utf8');
	assert.match(server.run('bank', 'check', csv).out, /3 quesiti validi, 0 respinti/);
	const second = /banca (\d+)/.exec(server.run('bank', 'import', csv).out)[1];
	server.run('bank', 'export', '--bank', second, csv);
	assert.equal(readFileSync(csv, 'utf8'), first);
	writeFileSync(csv, 'né carne né pesce');
	assert.equal(server.run('bank', 'check', csv).status, 1);
	assert.equal(server.run('bank', 'boh').status, 2);
});
