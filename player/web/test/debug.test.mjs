// The debug view's readers: records and inspection as the engine writes them, exception codes as it numbers them.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {Bytes} from '../debug/bytes.js';
import {EXCEPTIONS} from '../debug/exceptions.js';
import {readRecords} from '../debug/records.js';

test('exceptions have the engine’s numbers', () => {
	const source = readFileSync(new URL('../../engine/sequencing/exceptions.def', import.meta.url), 'utf8');
	const rows = [...source.matchAll(/^EXCEPTION\(\w+, "([^"]+)", "([^"]+)"\)/gm)];
	assert.ok(rows.length > 50);
	assert.deepEqual(EXCEPTIONS.map(([code, , english]) => [code, english]), rows.map(([, code, english]) => [code, english]));
	assert.ok(EXCEPTIONS.every(([, italian, english]) => italian !== english));
});

test('numbers, texts and doubles as bytes.h has them', () => {
	const from = new Bytes(new Uint8Array([0x7f, 0x80, 0x01, 0x03, 0x04, 2, 0xc3, 0xa8, 0, 0, 0, 0, 0, 0, 0xe0, 0xbf, 0]));
	assert.deepEqual([from.number(), from.number(), from.signed(), from.signed()], [127, 128, -2, 2]);
	assert.equal(from.string(), 'è');
	assert.equal(from.double(), -0.5);
	assert.equal(from.index(), null);
	assert.equal(from.left, 0);
	assert.throws(() => from.number(), RangeError);
	assert.throws(() => from.raw(1), RangeError);
});

test('damaged records are told from good ones', () => {
	assert.deepEqual(readRecords(new Uint8Array([4, 1, 4, 9, 0])), [{sequence: 1, kind: 'unloaded', now: 9, error: 0, end: 5}]);
	for (const damaged of [[4, 1, 4, 9], [4, 1, 99, 9, 0], [2, 1, 4], [4, 1, 5, 9, 0]]) {
		assert.throws(() => readRecords(new Uint8Array(damaged)), RangeError, String(damaged));
	}
});
