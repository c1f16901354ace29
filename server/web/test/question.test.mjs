// Answers and entries of questions in words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords } from '../src/ui/question-answer.js';
import { entryTexts } from '../src/ui/question-entries.js';
import { plainText } from '../src/ui/rich.js';

const image = { tag: 'img', sha256: '0'.repeat(64), type: 'image/png', alt: 'Lucchetto' };
const options = [{ id: '1', text: [image] }, { id: '2', text: 'Chiave' }];
const item = (/** @type {any} */ more) => ({ position: 0, area_it: '', stem: '', options, answer: [], revision: 0, ...more });

test('an answer of every type is told in words', () => {
	assert.deepEqual(answerWords(item({ type: 'multiple' }), ['1', '2']), ['Lucchetto', 'Chiave']);
	assert.deepEqual(answerWords(item({ type: 'order' }), ['2', '1']), ['Chiave', 'Lucchetto']);
	assert.deepEqual(answerWords(item({ type: 'match', slots: [{ id: '1', text: 'Apre' }] }), ['1 2']), ['Apre → Chiave']);
	assert.deepEqual(answerWords(item({ type: 'gap_match', slots: [{ id: '1', text: '' }] }), ['1 1']), ['1 → Lucchetto']);
	assert.deepEqual(answerWords(item({ type: 'inline_choice', slots: [{ id: '1', text: '', options: [{ id: '1', text: 'suo' }] }] }), ['1 1']), ['1 → suo']);
	assert.deepEqual(answerWords(item({ type: 'text_entry' }), ['due parole', '5']), ['due parole', '5']);
	assert.deepEqual(answerWords(item({ type: 'single' }), []), []);
});

test('entries have letters only where words alone would not show them', () => {
	assert.deepEqual(entryTexts(options), [['1', 'A. Lucchetto'], ['2', 'B. Chiave']]);
	assert.deepEqual(entryTexts([{ id: '1', text: 'suo' }, { id: '2', text: 'mio' }]), [['1', 'suo'], ['2', 'mio']]);
});

test('raised and lowered text keeps its place in words', () => {
	assert.equal(plainText(['10', { tag: 'sup', of: ['-3'] }, ' m', { tag: 'sup', of: ['2'] }, ' H', { tag: 'sub', of: ['2'] }, 'O']), '10^(-3) m² H₂O');
});
