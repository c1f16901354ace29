// The debug view's readers: records and inspection as the engine writes them, exception codes as it numbers them.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {Bytes} from '../debug/bytes.js';
import {EXCEPTIONS} from '../debug/exceptions.js';

test('exceptions have the engine’s numbers', () => {
	const source = readFileSync(new URL('../../engine/sequencing_exceptions.def', import.meta.url), 'utf8');
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
});
