// Every text used exists, in both languages, with the same values in it; and every text is used.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { fill, pick, setLanguage, t } from '../src/i18n.js';
import { texts } from '../src/text/index.js';

globalThis.document ??= /** @type {any} */ ({ documentElement: {} });
const source = fileURLToPath(new URL('../src', import.meta.url));

function scripts(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? (name === 'text' ? [] : scripts(path)) : path.endsWith('.js') ? [path] : [];
	});
}

const code = scripts(source).map((file) => readFileSync(file, 'utf8')).join('\n');

test('texts stand in both languages, with the same values', () => {
	for (const [key, pair] of Object.entries(texts)) {
		assert.equal(pair.length, 2, key);
		for (const text of pair) {
			assert.ok(text.trim() === text && text.length > 0, `${key}: "${text}"`);
			assert.doesNotMatch(text, /'|\.\.\./, `${key}: typographic apostrophes and ellipses only`);
		}
		const [it, en] = pair.map((text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1]))].sort());
		assert.deepEqual(it, en, `${key}: the values differ`);
	}
});

test('no key is written twice', () => {
	const folder = join(source, 'text');
	const keys = readdirSync(folder).flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/^\t'([\w.]+)':/gm)].map((found) => found[1]));
	assert.deepEqual(keys.filter((key, i) => keys.indexOf(key) !== i), []);
});

test('every key used in the code exists', () => {
	const used = [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((found) => found[1]);
	assert.ok(used.length > 30);
	assert.deepEqual([...new Set(used)].filter((key) => !(key in texts)), []);
});

test('every text is used: by its key, or by a key put together from its group', () => {
	const groups = [...code.matchAll(/`([\w.]+[._])\$\{/g)].map((found) => found[1]);
	const unused = Object.keys(texts).filter((key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`) && !groups.some((group) => key.startsWith(group)));
	assert.deepEqual(unused, []);
});

test('values and plurals are filled in', () => {
	assert.equal(fill('{n} {n|modulo|moduli}', { n: 1 }), '1 modulo');
	assert.equal(fill('{n} {n|modulo|moduli}', { n: 8 }), '8 moduli');
	assert.equal(fill('resta {questo}', {}), 'resta {questo}');
});

test('the language decides, and falls back to Italian', () => {
	setLanguage('en');
	assert.equal(t('action.save'), 'Save');
	assert.equal(pick({ title_it: 'Titolo', title_en: 'Title' }, 'title'), 'Title');
	assert.equal(pick({ title_it: 'Titolo', title_en: '' }, 'title'), 'Titolo');
	assert.equal(pick({ it: 'Guasto', en: 'Fault' }), 'Fault');
	setLanguage('it');
	assert.equal(t('action.save'), 'Salva');
	assert.equal(t('no.such.key'), 'no.such.key');
});
