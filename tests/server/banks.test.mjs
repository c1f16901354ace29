/* Item files of other makers, through the browser's door and through the command line. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Server, codes, send} from './harness.mjs';

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
	assert.equal(answer.json.bank.items, 10);
	const refused = answer.json.findings.filter(each => /^IMPORT_(TYPE|WEIGHTS|COMPOSITE|SYNTAX)$/.test(each.code));
	assert.equal(refused.length, 3);
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

test('a bank goes out as a QTI package and comes back with every type', async () => {
	const abc = ['a', 'b', 'c'].map(id => ({id, text: `Voce ${id}`}));
	const row = (type, stem, more) => ({id: type, area: 'x', difficulty: 2, type, stem, ...more});
	const bank = {format: 'fad-bank-1', name: 'Tipi', version: '1', language: 'it', areas: [{id: 'x', name_it: 'Area <x>'}], items: [
		row('single', 'Quale? <b>', {options: abc, key: ['b']}),
		row('match', 'Abbina', {prompts: [{id: 'p', text: 'P'}, {id: 'q', text: 'Q'}], options: abc, key: ['p a', 'q c'], partial: true}),
		row('order', 'Ordina', {options: abc, key: ['c', 'a', 'b']}),
		row('text_entry', 'Sono [[g]]', {gaps: [{id: 'g', answers: [{number: 5, tolerance: 0.5}]}]}),
		row('gap_match', 'Prima [[g]]', {options: abc, gaps: [{id: 'g'}], key: ['g b']}),
	]};
	const stored = await designer.post('/api/banks', Buffer.from(JSON.stringify(bank)));
	assert.equal(stored.status, 201, stored.text);
	const file = join(server.folder, 'tipi.zip');
	assert.equal(server.run('bank', 'export', '--bank', String(stored.json.bank.id), file).status, 0);
	assert.match(server.run('bank', 'check', file).out, /5 quesiti validi, 0 respinti/);
	const again = await designer.post('/api/banks', readFileSync(file));
	assert.equal(again.status, 201, again.text);
	const back = (await designer.get(`/api/banks/${again.json.bank.id}`)).json;
	assert.equal(back.areas[0].name_it, 'Area <x>');
	const types = Object.fromEntries(back.items.map(item => [item.type, item]));
	assert.deepEqual(Object.keys(types).sort(), bank.items.map(item => item.type).sort());
	assert.equal(types.single.stem, 'Quale? <b>');
	assert.deepEqual(types.order.key, ['c', 'a', 'b']);
	assert.deepEqual(types.match.key, ['p1 a', 'p2 c']);
	assert.equal(types.match.partial, true);
	assert.equal(types.text_entry.gaps[0].answers[0].number, 5);
	assert.equal(Math.round(types.text_entry.gaps[0].answers[0].tolerance * 1e6), 500000);
	assert.equal((await designer.get(`/api/banks/${again.json.bank.id}/qti`)).status, 200);
	assert.equal((await designer.get(`/api/banks/${again.json.bank.id}/csv`)).status, 200);
	const broken = await designer.post('/api/banks', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200)]));
	assert.equal(broken.status, 422, broken.text);
});

test('a pool that Blackboard packed comes in, and its other files are left alone', async () => {
	const folder = join(server.folder, 'bb');
	mkdirSync(folder);
	writeFileSync(join(folder, 'imsmanifest.xml'), '<manifest><resources><resource type="assessment/x-bb-qti-pool" file="res00001.dat"/></resources></manifest>');
	writeFileSync(join(folder, 'res00001.dat'), readFileSync(join(items, 'blackboard.dat')));
	writeFileSync(join(folder, 'res00002.dat'), '<?xml version="1.0"?><CATEGORIES/>');
	const file = join(server.folder, 'bb.zip');
	execFileSync('zip', ['-q', '-r', file, '.'], {cwd: folder});
	const answer = await designer.post('/api/banks', readFileSync(file));
	assert.equal(answer.status, 201, answer.text);
	assert.equal(answer.json.bank.items, 10);
	assert.deepEqual(answer.json.findings.filter(each => each.severity === 'warning').map(each => each.where.split(': ')[1]).sort(), ['CA1', 'SK1']);
	assert.ok(answer.json.findings.every(each => each.where.startsWith('res00001.dat')));
});

test('parameters come in as CSV on the items of a bank, as a new version, and go out again', async () => {
	const base = (await designer.post('/api/banks', readFileSync(join(items, 'due-buoni.aiken')))).json.bank;
	const [one, two] = (await designer.get(`/api/banks/${base.id}`)).json.items.map(item => item.id);
	const csv = Buffer.from(`model;difficulty;discrimination;guessing;label\n2pl;-0,5;1,25;;${one}\n3pl;0.75;1;0.2;${two}\nrasch;1;;;chissà\n`);
	const made = await designer.post(`/api/banks/${base.id}/parameters`, csv, {'Content-Type': 'text/csv', 'X-File-Name': 'calibra.csv'});
	assert.equal(made.status, 201, made.text);
	assert.notEqual(made.json.bank.id, base.id);
	assert.deepEqual(made.json.findings.map(each => [each.code, each.line]), [['PARAMETERS_UNKNOWN_ITEM', 4]]);
	const fresh = (await designer.get(`/api/banks/${made.json.bank.id}`)).json;
	assert.equal(fresh.items[0].parameters.b, -0.5);
	assert.match(fresh.items[0].parameters.provenance, /^calibra\.csv, \d{4}-\d\d-\d\d, SHA-256 /);
	assert.equal(fresh.items[0].state, 'calibrated');
	assert.equal((await designer.get(`/api/banks/${base.id}`)).json.items[0].parameters, undefined, 'the old version stays');
	const out = await designer.get(`/api/banks/${made.json.bank.id}/parameters`);
	assert.match(out.text, new RegExp(`^${one};[^;]*;2pl;-0\\.5;1\\.25;;;calibrated$`, 'm'));
	const twice = await designer.post(`/api/banks/${base.id}/parameters`, Buffer.from(`id;b\n${one};1\n${one};2\n`), {'Content-Type': 'text/csv'});
	assert.equal(twice.status, 422);
	assert.equal(twice.code, 'PARAMETERS_TWICE');
	assert.equal((await designer.post('/api/banks/9999/parameters', csv, {'Content-Type': 'text/csv'})).status, 404);
	const file = join(server.folder, 'parametri.csv');
	assert.equal(server.run('bank', 'export-parameters', '--bank', String(made.json.bank.id), file).status, 0);
	assert.equal(readFileSync(file, 'utf8'), out.text);
	assert.match(server.run('bank', 'parameters', '--bank', String(base.id), file).out, /2 quesiti con parametri/);
	writeFileSync(file, 'id;b\nx;y\n');
	assert.equal(server.run('bank', 'parameters', '--bank', String(base.id), file).status, 1);
});

test('images come in with items, are shown to who is signed in, and go out in the package', async () => {
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	const xml = `<quiz><question type="multichoice"><name><text>Fig</text></name><questiontext format="html"><text><![CDATA[<p>Che <b>cosa</b>?</p><p><img src="@@PLUGINFILE@@/f.png" alt="Un punto"></p>]]></text>
		<file name="f.png" path="/" encoding="base64">${png.toString('base64')}</file></questiontext><answer fraction="100"><text>A</text></answer><answer fraction="0"><text>B</text></answer></question></quiz>`;
	const made = await designer.post('/api/banks', Buffer.from(xml), {'Content-Type': 'text/xml'});
	assert.equal(made.status, 201, made.text);
	const bank = (await designer.get(`/api/banks/${made.json.bank.id}`)).json;
	const image = bank.items[0].stem[1].of[0];
	assert.deepEqual({tag: image.tag, type: image.type, alt: image.alt}, {tag: 'img', type: 'image/png', alt: 'Un punto'});
	const shown = await designer.get(`/api/media/${image.sha256}`);
	assert.equal(shown.status, 200);
	assert.equal(shown.headers['content-type'], 'image/png');
	assert.equal(shown.headers['x-content-type-options'], 'nosniff');
	assert.match(shown.headers['content-security-policy'], /default-src 'none'; sandbox/);
	assert.equal((await designer.get('/api/media/' + '0'.repeat(64))).status, 404);
	assert.equal((await send(server, {path: `/api/media/${image.sha256}`})).status, 401);
	const part = await designer.get(`/api/media/${image.sha256}`, {Range: 'bytes=0-3'});
	assert.equal(part.status, 206);
	assert.equal(part.headers['content-range'], `bytes 0-3/${png.length}`);

	const file = join(server.folder, 'figure.zip');
	assert.equal(server.run('bank', 'export', '--bank', String(made.json.bank.id), file).status, 0);
	const other = await new Server().start();
	other.people({codice: codes[0], login: 'disegna', ruoli: 'progettista'});
	const elsewhere = await other.person('disegna');
	const lost = await elsewhere.post('/api/banks', Buffer.from(JSON.stringify(bank)));
	assert.equal(lost.code, 'BANK_MEDIA_MISSING', 'JSON alone does not bring the image');
	const back = await elsewhere.post('/api/banks', readFileSync(file));
	assert.equal(back.status, 201, back.text);
	assert.deepEqual((await elsewhere.get(`/api/banks/${back.json.bank.id}`)).json.items[0].stem, bank.items[0].stem);
	assert.equal((await elsewhere.get(`/api/media/${image.sha256}`)).status, 200);
	await other.finish();

	const add = (alt, bytes = png) => designer.post(`/api/banks/${bank.id ?? made.json.bank.id}/items/${bank.items[0].id}/media?alt=${encodeURIComponent(alt)}`, bytes, {'Content-Type': 'application/octet-stream'});
	const uploaded = await add('Lo stesso punto');
	assert.equal(uploaded.status, 201, uploaded.text);
	assert.notEqual(uploaded.json.bank.id, made.json.bank.id);
	assert.equal((await designer.get(`/api/banks/${uploaded.json.bank.id}`)).json.items[0].media[0].alt, 'Lo stesso punto');
	assert.equal((await add('')).code, 'BANK_MEDIA_ALT');
	assert.equal((await add('x', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).code, 'BANK_MEDIA_REFUSED');
});
