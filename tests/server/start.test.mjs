/** Starting, stopping, and what is said when it cannot. */
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {Browser, send, Server} from './harness.mjs';

const program = process.env.FAD_PROGRAM;
const serve = (...words) => spawnSync(program, ['serve', ...words], {encoding: 'utf8', timeout: 20000});

test('a port in use is told by name', async () => {
	const server = await new Server().start();
	const other = mkdtempSync(join(tmpdir(), 'fad-server-'));
	const {status, stderr} = serve('--data', other, '--port', String(server.port));
	assert.equal(status, 1);
	assert.match(stderr, new RegExp(`${server.port}.*\\[PORT_IN_USE\\]`));
	assert.match(serve('--data', server.folder, '--port', '0').stderr, /\[DATA_IN_USE\]/);
	assert.deepEqual(await server.finish(), {code: 0, signal: null});
	rmSync(other, {recursive: true});
});

test('a data folder that cannot be one is told', () => {
	const folder = mkdtempSync(join(tmpdir(), 'fad-server-'));
	writeFileSync(join(folder, 'file'), '');
	assert.match(serve('--data', join(folder, 'file'), '--port', '0').stderr, /\[DATA_UNWRITABLE\]/);
	mkdirSync(join(folder, 'damaged'));
	writeFileSync(join(folder, 'damaged/fad.db'), 'niente di buono'.repeat(100));
	assert.match(serve('--data', join(folder, 'damaged'), '--port', '0').stderr, /\[DATA_DAMAGED\]/);
	if (process.getuid() !== 0) {
		mkdirSync(join(folder, 'closed'));
		chmodSync(join(folder, 'closed'), 0o500);
		assert.match(serve('--data', join(folder, 'closed'), '--port', '0').stderr, /\[DATA_UNWRITABLE\]/);
	}
	rmSync(folder, {recursive: true});
});

test('used wrongly, each command says how', () => {
	assert.equal(serve('inatteso').status, 2);
	assert.equal(serve('--data', '/tmp', '--port', '99999').status, 2);
	assert.equal(spawnSync(program, ['nessuno']).status, 2);
	assert.equal(spawnSync(program, ['import']).status, 2);
	assert.equal(spawnSync(program, ['users', 'import']).status, 2);
	const help = execFileSync(program, ['help'], {encoding: 'utf8'});
	const names = [...help.matchAll(/^fad ([\w-]+)/gm)].map(([, name]) => name);
	assert.ok(names.length >= 6);
	for (const name of names) {
		assert.match(execFileSync(program, [name, '--help'], {encoding: 'utf8'}), new RegExp(`^fad ${name} `));
	}
});

test('a command finds the data folder by itself', () => {
	const folder = mkdtempSync(join(tmpdir(), 'fad-server-'));
	const {FAD_DATA, ...without} = process.env;
	const run = env => spawnSync(program, ['users', 'password', 'nessuno'], {cwd: folder, env});
	assert.equal(run({...without, FAD_DATA: join(folder, 'altrove')}).status, 1);
	assert.ok(existsSync(join(folder, 'altrove/fad.db')));
	assert.equal(run(without).status, 1);
	assert.ok(existsSync(join(folder, 'data/fad.db')));
	rmSync(folder, {recursive: true});
});

test('the one-time password is printed once; sessions outlive a restart', async () => {
	const server = await new Server().start();
	const admin = await server.administrator();
	assert.deepEqual(await server.kill(), {code: 0, signal: null});
	await server.start();
	assert.doesNotMatch(server.output, /password/);
	assert.equal((await admin.get('/api/users')).status, 200);
	assert.equal((await admin.put('/api/settings', {order: 'free'})).status, 200);
	await server.finish();
});

test('other origins can be set, and then only they answer', async () => {
	const server = new Server();
	await server.start('--app-origin', 'https://fad.example/', '--content-origin', 'https://corsi.example');
	const ask = host => send(server, {path: '/api/session', host});
	const answer = await ask('fad.example');
	assert.match(answer.headers['set-cookie'][0], /; Secure/);
	assert.equal((await ask('corsi.example')).status, 404);
	assert.equal((await ask(`localhost:${server.port}`)).status, 421);
	await server.finish();
});

test('a stop waits for what is being worked on', async () => {
	const server = await new Server().start();
	const browser = new Browser(server);
	await browser.get('/api/session');
	/* A log-in takes some tens of milliseconds of hashing, two at a time: when one is done, others still wait. */
	const answers = [1, 2, 3, 4, 5, 6].map(() => browser.post('/api/session', {login: 'admin', password: 'x'}));
	await Promise.race(answers);
	const ended = server.kill();
	for (const {status} of await Promise.all(answers)) {
		assert.ok([401, 429, 503].includes(status));
	}
	assert.deepEqual(await ended, {code: 0, signal: null});
	rmSync(server.folder, {recursive: true});
});
