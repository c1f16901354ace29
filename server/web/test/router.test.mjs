import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match, parts } from '../src/router.js';
import { destination } from '../src/pages/log-in.js';
import { detour } from '../src/app.js';
import { routes } from '../src/routes.js';
import { navigation } from '../src/ui/navigation.js';

test('a pattern gives the parts of an address', () => {
	assert.deepEqual(parts('/persone/:id', '/persone/42'), { id: '42' });
	assert.deepEqual(parts('/persone/:id', '/persone/a%20b/'), { id: 'a b' });
	assert.equal(parts('/persone/:id', '/persone/'), null);
	assert.equal(parts('/persone/:id', '/persone/1/2'), null);
	assert.equal(parts('/persone/:id', '/persone/%E0%A4%A'), null);
	assert.deepEqual(parts('/', '/'), {});
});

test('the first fitting route is taken', () => {
	const table = [{ path: '/utenti/importa', page: 1 }, { path: '/utenti/:id', page: 2 }];
	assert.equal(match(table, '/utenti/importa').route.page, 1);
	assert.equal(match(table, '/utenti/7').route.page, 2);
	assert.equal(match(table, '/altro'), null);
});

test('every page of the navigation has a route, for its role', () => {
	for (const [role, entries] of Object.entries(navigation)) {
		for (const { href } of entries) {
			assert.equal(match(routes, href)?.route.role, role, href);
		}
	}
});

test('after log-in only addresses of this application are visited', () => {
	assert.equal(destination('?poi=%2Fpersone%2F4'), '/persone/4');
	for (const bad of ['//altrove.it', '/\\altrove.it', 'https://altrove.it', 'javascript:alert(1)', '']) {
		assert.equal(destination(`?poi=${encodeURIComponent(bad)}`), null, bad);
	}
});

test('people are sent where they have to be', () => {
	const user = { id: 1, login: 'a', given_name: '', family_name: '', roles: ['provider'], must_change_password: false };
	assert.equal(detour('/persone', null, { path: '/persone', page: 0 }), '/accesso?poi=%2Fpersone');
	assert.equal(detour('/', null, undefined), '/accesso');
	assert.equal(detour('/accesso', null, { path: '/accesso', page: 0, open: true }), null);
	assert.equal(detour('/', user, undefined), '/persone');
	assert.equal(detour('/persone', user, { path: '/persone', page: 0 }), null);
	assert.equal(detour('/persone', { ...user, must_change_password: true }, { path: '/persone', page: 0 }), '/profilo/password');
});
