// Builds the sample courses: node build.mjs SOURCE_FOLDER OUTPUT_FOLDER [STAMP [FILE...]]
// One SCORM 1.2 package for each modules/N-name/LEVEL.md, and path.json, which says what is what. The files named
// are laid beside them. STAMP is touched at the end.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { read } from './markup.mjs';
import { form, shuffled } from './questions.mjs';
import { manifest } from './manifest.mjs';
import { escape, inline } from './text.mjs';
import { zip } from './zip.mjs';

const [source, output, stamp, ...others] = process.argv.slice(2);
const path = JSON.parse(readFileSync(join(source, 'path.json'), 'utf8'));
const template = Object.fromEntries(readdirSync(join(source, 'template')).sort()
	.map(name => [name, readFileSync(join(source, 'template', name), 'utf8')]));

const DEMO = '<p class="demo"><strong>Contenuto dimostrativo.</strong> Questo modulo mostra il funzionamento della ' +
	'piattaforma: non sostituisce la normativa, né le indicazioni della tua azienda sanitaria.</p>';

function screen(number, id, title, html) {
	return `<section id="${id}" class="screen" aria-labelledby="${id}-title"${number ? ' hidden' : ''}>\n` +
		`<h1 id="${id}-title" tabindex="-1">${inline(title)}</h1>\n${html}\n</section>`;
}

function screens(course, questions) {
	const all = course.screens.map((one, i) => ({ id: `s${i + 1}`, title: one.title, html: one.html }));
	all[0].html = `${DEMO}\n${all[0].html}`;
	all.push({ id: 'check', title: 'Mettiti alla prova', html: form(questions) });
	all.push({ id: 'end', title: 'In sintesi', html: `${course.summary}\n<div id="outcome"></div>\n${DEMO}` });
	return all;
}

/** Fills {{name}}; a name without a value is a fault of the template. */
function fill(text, values) {
	return text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
		if (!(name in values)) {
			throw new Error(`the template asks for {{${name}}}`);
		}
		return values[name];
	});
}

/** A later version of a module's text: what revisions.json says is replaced and added. */
function revise(text, { replace, before, add }) {
	const place = `\n${before}\n`;
	let revised = text;
	for (const [from, to] of [...replace, [place, `\n${add.join('\n')}${place}`]]) {
		if (!revised.includes(from)) {
			throw new Error(`revisions.json: there is no "${from}"`);
		}
		revised = revised.replace(from, to);
	}
	return revised;
}

function build(module, level, folder, revision = null) {
	const text = join('modules', folder, `${level.id}.md`);
	const words = readFileSync(join(source, text), 'utf8');
	const course = read(revision ? revise(words, revision) : words, text);
	const id = `fse-modulo-${module.index}-${level.id}`;
	const title = `${module.title_it} (${level.name_it.toLowerCase()})`;
	const questions = course.questions.map(question => shuffled(question, id));
	const all = screens(course, questions);
	const data = { id, screens: all.map(one => one.id), pass: path.pass_percent,
		questions: questions.map(({ id: name, type, key }) => ({ id: name, type, key })) };
	const files = {
		...template,
		'index.html': fill(template['index.html'], {
			title: escape(module.title_it), index: module.index, level: escape(level.name_it.toLowerCase()),
			contents: all.map((one, i) => `<li><a href="#${one.id}" data-screen="${i}">${inline(one.title)}</a></li>`)
				.join('\n'),
			screens: all.map((one, i) => screen(i, one.id, one.title, one.html)).join('\n\n'),
		}),
		'data.js': `// What course.js must know of this course.\nwindow.courseData = ${JSON.stringify(data, null, '\t')};\n`,
	};
	files['imsmanifest.xml'] = manifest({ id, title, about: course.meta.about, files: Object.keys(files) });
	const file = `${id}${revision ? `-versione-${revision.version}` : ''}.zip`;
	writeFileSync(join(output, file), zip(files));
	return { file, screens: data.screens, questions: data.questions };
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const folders = readdirSync(join(source, 'modules'));
const folderOf = module => folders.find(name => name.startsWith(`${module.index}-`));
const built = path.modules.filter(folderOf).map(module => {
	const folder = folderOf(module);
	const levels = path.levels.filter(level => readdirSync(join(source, 'modules', folder)).includes(`${level.id}.md`));
	return { ...module, packages: Object.fromEntries(levels.map(level => [level.id, build(module, level, folder)])) };
});
const revisions = JSON.parse(readFileSync(join(source, 'revisions.json'), 'utf8')).map(revision => {
	const module = path.modules.find(each => each.index === revision.module);
	const level = path.levels.find(each => each.id === revision.level);
	return { module: module.index, level: level.id, ...build(module, level, folderOf(module), revision) };
});
writeFileSync(join(output, 'path.json'), `${JSON.stringify({ ...path, modules: built, revisions }, null, '\t')}\n`);
for (const file of others) {
	copyFileSync(file, join(output, basename(file)));
}
if (stamp) {
	writeFileSync(stamp, '');
}
