import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, asApiError, errorOf, meansExpired, query } from '../src/api.js';
import { placeOf } from '../src/ui/problems.js';
import { faults } from '../src/pages/password.js';

test('an answer becomes an error with its problems', () => {
	const one = errorOf(409, { problem: { code: 'STALE_REVISION', it: 'Vecchia', en: 'Stale' } });
	assert.equal(one.code, 'STALE_REVISION');
	assert.equal(one.status, 409);
	const many = errorOf(422, { problems: [{ code: 'A', it: 'a', en: 'a' }, { code: 'B', it: 'b', en: 'b' }] });
	assert.deepEqual(many.problems.map((problem) => problem.code), ['A', 'B']);
});

test('no answer, and an answer that is not ours, are errors too', () => {
	assert.equal(errorOf(0, null).code, 'NETWORK');
	const strange = errorOf(502, null);
	assert.equal(strange.code, 'UNEXPECTED');
	assert.equal(strange.problems[0].where, 'HTTP 502');
	assert.equal(errorOf(422, { problems: [] }).code, 'UNEXPECTED');
});

test('whatever is thrown can be shown', () => {
	const error = errorOf(0, null);
	assert.equal(asApiError(error), error);
	assert.ok(asApiError(new TypeError('x')) instanceof ApiError);
});

test('a wrong password is not an ended session', () => {
	assert.equal(meansExpired(errorOf(401, { problem: { code: 'BAD_CREDENTIALS', it: '', en: '' } })), false);
	assert.equal(meansExpired(errorOf(401, { problem: { code: 'NO_SESSION', it: '', en: '' } })), true);
	assert.equal(meansExpired(errorOf(401, null)), true);
	assert.equal(meansExpired(errorOf(403, null)), false);
});

test('a query string holds what is set', () => {
	assert.equal(query({ search: 'Rossi & C', page: 2, company: '', level: null }), '?search=Rossi+%26+C&page=2');
	assert.equal(query({ search: '' }), '');
});

test('the place of a problem is one line', () => {
	assert.equal(placeOf({ code: 'X', it: '', en: '', where: 'imsmanifest.xml', line: 12 }), 'imsmanifest.xml, riga 12');
	assert.equal(placeOf({ code: 'X', it: '', en: '' }), '');
});

test('a new password is long, new and written twice', () => {
	assert.deepEqual(faults('vecchia', 'una frase lunga', 'una frase lunga'), {});
	assert.deepEqual(faults('', 'corta', 'altra'), { old: 'field.required', next: 'password.too_short', again: 'password.differs' });
	assert.equal(faults('una frase lunga', 'una frase lunga', 'una frase lunga').next, 'password.same');
});
