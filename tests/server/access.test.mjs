import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {Browser, codes, send, Server} from './harness.mjs';

const server = new Server();
const roles = ['operator', 'designer', 'provider', 'coordinator', 'administrator'];
const people = {};
let operations;

/** Every operation of the API's own description, with parameters filled in that fit and name nothing. */
async function readOperations() {
	const {paths} = (await send(server, {path: '/api/openapi.json'})).json;
	return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({
		...operation,
		method: method.toUpperCase(),
		path: operation.parameters.filter(each => each.in === 'path').reduce((text, {name, schema}) => (
			text.replace(`{${name}}`, schema.type === 'integer' ? '999999' : ['token', 'former'].includes(name) ? 'A'.repeat(43) : 'nessuno')), path),
	})));
}

before(async () => {
	await server.start();
	people.administrator = await server.administrator();
	const rest = roles.filter(role => role !== 'administrator');
	for (const role of rest) {
		const made = await people.administrator.post('/api/users', {login: role, family_name: 'Rossi', given_name: role, roles: [role]});
		const {json} = await people.administrator.post(`/api/users/${made.json.user.id}/reset-password`);
		people[role] = await server.person(role, json.one_time_password);
	}
	operations = await readOperations();
});
after(() => server.finish());

test('the description names every way in once', () => {
	assert.ok(operations.length > 40);
	assert.equal(new Set(operations.map(each => each.operationId)).size, operations.length);
});

/** What each role is answered, and nobody: one row a route (access_table.txt). */
const table = new Map(readFileSync(new URL('access_table.txt', import.meta.url), 'utf8').split('\n')
	.filter(line => line && !line.startsWith('#')).map(line => {
		const [id, ...cells] = line.split(/\s+/);
		return [id, cells.map(cell => (cell === '.' ? 403 : Number(cell)))];
	}));

test('every application route stands in the table of role and route, and nothing else does', () => {
	const ids = operations.filter(each => each['x-origin'] === 'application').map(each => each.operationId);
	assert.deepEqual([...table.keys()].filter(id => !ids.includes(id)), [], 'rows of no route');
	assert.deepEqual(ids.filter(id => !table.has(id)), [], 'routes with no row in tests/server/access_table.txt');
});

test('each role gets from each route what the table says', async () => {
	const wrong = [];
	for (const {operationId, method, path, 'x-origin': origin} of operations) {
		if (origin !== 'application' || !table.has(operationId)) {
			continue;
		}
		const answers = [];
		for (const role of [null, ...roles]) {
			const browser = new Browser(server);
			if (role === null || operationId === 'session.close') {
				await browser.get('/api/session');
			} else {
				Object.assign(browser, {cookie: people[role].cookie, csrf: people[role].csrf});
			}
			answers.push((await browser.send(method, path)).status);
		}
		const said = table.get(operationId);
		if (answers.join() !== said.join()) {
			wrong.push(`${operationId} ${answers.map(each => (each === 403 ? '.' : each)).join(' ')}`);
		}
	}
	assert.deepEqual(wrong, [], 'what was answered instead');
});

test('the table agrees with the roles that the description tells', () => {
	for (const operation of operations.filter(each => each['x-origin'] === 'application' && !each['x-roles'].includes('anyone'))) {
		const [nobody, ...cells] = table.get(operation.operationId);
		assert.equal(nobody, 401, operation.operationId);
		assert.deepEqual(roles.filter((_, i) => cells[i] !== 403), roles.filter(role => operation['x-roles'].includes(role)), operation.operationId);
	}
});

test('each unsafe application route asks for the CSRF token', async () => {
	for (const operation of operations.filter(each => each['x-origin'] === 'application' && each.method !== 'GET'
		&& each.operationId !== 'mail.stop.one_click')) { // a mail program's: the address is the secret
		const role = roles.find(each => operation['x-roles'].includes(each)) ?? 'operator';
		const browser = new Browser(server);
		browser.cookie = people[role].cookie;
		const answer = await browser.send(operation.method, operation.path);
		assert.deepEqual([answer.status, answer.code], [403, 'BAD_CSRF'], `${operation.method} ${operation.path}`);
	}
});

test('the content origin knows tokens only, and no cookie', async () => {
	const host = `127.0.0.1:${server.port}`;
	for (const {method, path, operationId} of operations.filter(each => each['x-origin'] === 'content')) {
		const answer = await send(server, {method, path, host, headers: {Cookie: people.administrator.cookie}});
		assert.ok(answer.status === 401 || operationId === 'play.page', `${path} ${answer.status}`);
		assert.equal(answer.headers['set-cookie'], undefined);
	}
	assert.equal((await send(server, {path: '/api/session', host})).status, 404);
	assert.equal((await send(server, {path: `/play/${'A'.repeat(43)}/launch.json`})).headers['content-type'], 'text/html; charset=utf-8');
});

test('any other Host is refused, whatever the path', async () => {
	for (const host of ['evil.example', `localhost:${server.port + 1}`, 'localhost', `localhost:${server.port}.evil.example`]) {
		const answer = await send(server, {path: '/api/session', host});
		assert.ok([421, 400].includes(answer.status), `${host}: ${answer.status}`);
	}
});

test('security headers stand on every answer', async () => {
	for (const [path, host] of [['/', 'localhost'], ['/api/session', 'localhost'], ['/nessuno', '127.0.0.1'], ['/api/no', 'localhost']]) {
		const {headers} = await send(server, {path, host: `${host}:${server.port}`});
		assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, path);
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.equal(headers['permissions-policy'], 'unload=(self)');
		assert.equal(headers['referrer-policy'], 'same-origin');
	}
	assert.ok(!/unsafe-eval|script-src[^;]*unsafe-inline/.test((await send(server, {path: '/'})).headers['content-security-policy']));
});

test('bodies have their limits, and JSON is JSON', async () => {
	const {administrator} = people;
	assert.equal((await administrator.post('/api/users', Buffer.alloc(2 << 20, 32))).status, 413);
	assert.equal((await administrator.send('POST', '/api/users', Buffer.alloc(2 << 20, 32), {'Transfer-Encoding': 'chunked'})).status, 413);
	for (const body of ['', '[]', '{"a":', '{"a":1,"a":2}', '"\\ud800"', '{"login":"a\\u0000b"}']) {
		const answer = await administrator.post('/api/users', Buffer.from(body));
		assert.equal(answer.status, 400, body);
		assert.equal(answer.code, 'BAD_JSON');
	}
	assert.equal((await administrator.send('PATCH', '/api/users')).status, 405);
	assert.equal((await administrator.put('/api/users', {})).status, 405);
});

test('hostile paths name nothing', async () => {
	const bad = ['/%', '/%zz', '/a%00b', '/..%2f..%2fetc/passwd', '/../../etc/passwd', '//etc/passwd', '/%2e%2e/x', '/\xff',
		'/assets/../../../etc/passwd', `/${'a/'.repeat(100)}`, `/${'a'.repeat(5000)}`, '/api/users/0x10/reset-password', '/api/courses/-1'];
	for (const path of bad) {
		const answer = await send(server, {path: encodeURI(path).replaceAll('%25', '%')});
		assert.ok([400, 404, 414, 431, 405].includes(answer.status) || answer.headers['content-type'].startsWith('text/html'), `${path}: ${answer.status}`);
		assert.ok(!/root:/.test(answer.text), path);
	}
});
