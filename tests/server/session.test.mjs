import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser, codes, send, Server} from './harness.mjs';

const server = new Server();
before(() => server.start());
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

test('the first administrator has to change the one-time password before anything else', async () => {
	const browser = new Browser(server);
	const answer = await browser.logIn('admin', server.password);
	assert.equal(answer.json.user.must_change_password, true);
	assert.deepEqual(answer.json.user.roles, ['administrator']);
	assert.equal((await browser.get('/api/users')).code, 'MUST_CHANGE_PASSWORD');
	assert.equal((await browser.post('/api/session/password', {old: server.password, new: 'corta'})).code, 'WEAK_PASSWORD');
	assert.equal((await browser.post('/api/session/password', {old: 'sbagliata', new: 'Nuova-Password-1'})).code, 'BAD_CREDENTIALS');
	assert.equal((await browser.post('/api/session/password', {old: server.password, new: 'Nuova-Password-1'})).status, 200);
	assert.equal((await browser.get('/api/users')).status, 200);
	await assert.rejects(new Browser(server).logIn('admin', server.password), /BAD_CREDENTIALS/);
});

test('the cookie is out of reach of scripts and changes at log-in and log-out', async () => {
	const browser = new Browser(server);
	const first = await browser.get('/api/session');
	assert.match(first.headers['set-cookie'][0], /^fad_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/);
	const planted = browser.cookie;
	await browser.logIn('admin', 'Nuova-Password-1');
	assert.notEqual(browser.cookie, planted);
	assert.equal((await send(server, {path: '/api/users', headers: {Cookie: planted}})).status, 401);
	const old = browser.cookie;
	assert.equal((await browser.send('DELETE', '/api/session')).json.user, null);
	assert.equal((await send(server, {path: '/api/users', headers: {Cookie: old}})).status, 401);
});

test('an unsafe method without the right CSRF token does nothing', async () => {
	const browser = new Browser(server);
	await browser.logIn('admin', 'Nuova-Password-1');
	const {csrf} = browser;
	for (const token of ['', 'x', csrf.slice(1), csrf.replace(/.$/, c => c === 'A' ? 'B' : 'A')]) {
		browser.csrf = token;
		assert.equal((await browser.post('/api/users', {login: 'nessuno'})).code, 'BAD_CSRF');
	}
	const other = new Browser(server);
	await other.get('/api/session');
	browser.csrf = other.csrf;
	assert.equal((await browser.put('/api/settings', {order: 'forced'})).code, 'BAD_CSRF');
	browser.csrf = csrf;
	assert.equal((await browser.put('/api/settings', {order: 'forced'})).json.order, 'forced');
});

test('guessing is slowed down for one account, and others are not locked out by it', async () => {
	server.people({codice: codes[0], login: 'maria', ruoli: 'operatore'});
	const browser = new Browser(server);
	await browser.get('/api/session');
	for (let i = 0; i < 5; i++) {
		assert.equal((await browser.post('/api/session', {login: 'maria', password: `prova${i}`})).code, 'BAD_CREDENTIALS');
	}
	const refused = await browser.post('/api/session', {login: 'MARIA', password: 'Prima-Password'});
	assert.equal(refused.status, 429);
	assert.equal(refused.code, 'TOO_MANY_ATTEMPTS');
	assert.ok(refused.json.retry_after_seconds > 0 && refused.json.retry_after_seconds <= 300);
	assert.equal((await new Browser(server).logIn('admin', 'Nuova-Password-1')).status, 200);
});

test('one address cannot try many accounts', async () => {
	const browser = new Browser(server);
	await browser.get('/api/session');
	let last;
	for (let i = 0; i < 31 && last?.status !== 429; i++) {
		last = await browser.post('/api/session', {login: `nessuno${i}`, password: 'x'});
	}
	assert.equal(last.status, 429);
});

test('an unknown account takes as long as a wrong password', async () => {
	/* The limiter counts both; here only that neither answer tells which it was. */
	const fresh = await new Server().start();
	const browser = new Browser(fresh);
	await browser.get('/api/session');
	const one = await browser.post('/api/session', {login: 'admin', password: 'x'});
	const other = await browser.post('/api/session', {login: 'nessuno', password: 'x'});
	assert.equal(one.text, other.text);
	await fresh.finish();
});
