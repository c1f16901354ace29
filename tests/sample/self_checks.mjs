// node self_checks.mjs SOURCE BUILT: every self-check in the built zips has the keys that its source says, what
// a course keeps in suspend_data fits SCORM 1.2, and nothing in a package is loaded from elsewhere.
import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from './unzip.mjs';

const [source, built] = process.argv.slice(2);
const { read } = await import(join(source, 'builder', 'markup.mjs'));
const { inline } = await import(join(source, 'builder', 'text.mjs'));
const SUSPEND_DATA = 4096;

function checkQuestion(question, known, page, where) {
	assert.equal(known.type, question.type, where);
	for (const option of question.options) {
		const label = new RegExp(`<label for="${question.id}-([a-f])">([^<]*(?:<(?!span)[^<]*)*) <span`, 'g');
		const found = [...page.matchAll(label)].find(match => match[2] === inline(option.text));
		assert.ok(found, `${where}: the option "${option.text}" is on the page`);
		assert.equal(known.key.includes(found[1]), option.right, `${where}: "${option.text}"`);
	}
}

function largestState(data) {
	const answers = Object.fromEntries(data.questions.map(({ id }) => [id, 'abcdef']));
	return JSON.stringify({ v: 1, seen: '1'.repeat(data.screens.length), answers, checked: true, best: 100, tries: 9999 });
}

const path = JSON.parse(readFileSync(join(built, 'path.json'), 'utf8'));
let checked = 0;
for (const module of path.modules) {
	const folder = readdirSync(join(source, 'modules')).find(name => name.startsWith(`${module.index}-`));
	for (const level of path.levels) {
		const where = `module ${module.index} ${level.id}`;
		const course = read(readFileSync(join(source, 'modules', folder, `${level.id}.md`), 'utf8'), where);
		const files = unzip(readFileSync(join(built, module.packages[level.id].file)));
		const data = JSON.parse(files['data.js'].replace(/^[^{]*/, '').replace(/;\s*$/, ''));
		const page = files['index.html'];

		assert.ok(course.screens.length >= 5 && course.screens.length <= 8, `${where}: five to eight screens`);
		assert.ok(course.questions.length >= 4 && course.questions.length <= 6, `${where}: four to six questions`);
		assert.equal(data.questions.length, course.questions.length, where);
		course.questions.forEach((question, i) => checkQuestion(question, data.questions[i], page, where));
		assert.ok(largestState(data).length < SUSPEND_DATA, `${where}: suspend_data`);
		assert.equal(page.match(/Contenuto dimostrativo/g).length, 2, `${where}: said on the first and last page`);
		assert.doesNotMatch(page, /\son\w+=|\sstyle=|(?:src|href)="(?:https?:)?\/\//, `${where}: own files only`);
		checked++;
	}
}
assert.equal(checked, 24);
