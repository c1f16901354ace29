// Assembles the application: what the browser is given, all of it from our own host.
//
//   node build.mjs OUT STAMP DEPFILE
//
// Every address holds a hash of all files, so that browsers may keep them for ever, and what is text also lies
// there as gzip. There is no bundler. The sources are ES modules and stay what they are; only the names of the three
// libraries are replaced by the addresses at which we serve them, so that the page needs no import map and the
// content security policy can forbid inline scripts.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const [out, stamp, depfile] = process.argv.slice(2);

/** Library name → [its file in node_modules, its address]. */
const libraries = {
	'preact': ['preact/dist/preact.mjs', '/assets/vendor/preact.mjs'],
	'preact/hooks': ['preact/hooks/dist/hooks.mjs', '/assets/vendor/preact-hooks.mjs'],
	'htm': ['htm/dist/htm.module.js', '/assets/vendor/htm.mjs'],
};

/** Files taken over as they are: [from node_modules, to assets]. */
const copies = [
	['bootstrap-italia/dist/css/bootstrap-italia.min.css', 'css/bootstrap-italia.min.css'],
	['bootstrap-italia/dist/svg/sprites.svg', 'img/icons.svg'],
	['bootstrap-italia/LICENSE', 'vendor/bootstrap-italia.LICENSE'],
	['preact/LICENSE', 'vendor/preact.LICENSE'],
	...['300', 'regular', 'italic', '600', '700'].map((cut) => [
		`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${cut}.woff2`,
		`fonts/titillium-web-${cut}.woff2`,
	]),
];

/** Runs npm ci, only when the lock file is not the one the folder was installed from. */
function install() {
	const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
	const mark = join(modules, '.installed-lock');
	if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) {
		return;
	}
	execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
	writeFileSync(mark, lock);
}

/** All files below a folder, and the folders themselves, as paths. @param {string} folder */
function walk(folder) {
	const files = [];
	const folders = [folder];
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			const below = walk(path);
			files.push(...below.files);
			folders.push(...below.folders);
		} else {
			files.push(path);
		}
	}
	return { files: files.sort(), folders };
}

/** Replaces library names by their addresses. @param {string} text @param {string} file */
function resolveImports(text, file) {
	const resolved = text.replace(/\b(from|import)(\s*)(["'])([a-z@][\w@/-]*)\3/g, (all, word, space, quote, name) => {
		if (!libraries[name]) {
			throw new Error(`${file}: no address is known for the module "${name}"`);
		}
		return `${word}${space}${quote}${libraries[name][1]}${quote}`;
	});
	return resolved.replace(/\n?\/\/# sourceMappingURL=.*$/m, '');
}

/** Address → contents of everything that the browser is given. @type {Map<string, string | Buffer>} */
const files = new Map();

/** @param {string} folder @param {string} address */
function take(folder, address) {
	for (const file of walk(folder).files) {
		files.set(`${address}/${relative(folder, file)}`, readFileSync(file));
	}
}

/** @param {string} to @param {string | Buffer} contents */
function put(to, contents) {
	const path = join(out, to);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, contents);
	if (['.js', '.mjs', '.css', '.svg', '.html'].includes(extname(path)) && contents.length > 1000) {
		writeFileSync(`${path}.gz`, gzipSync(contents, { level: 9 }));
	}
}

install();
rmSync(out, { recursive: true, force: true });
for (const [from, address] of Object.values(libraries)) {
	files.set(address, resolveImports(readFileSync(join(modules, from), 'utf8'), from));
}
for (const [from, to] of copies) {
	files.set(`/assets/${to}`, readFileSync(join(modules, from)));
}
const sources = walk(join(root, 'src'));
const scripts = sources.files.filter((file) => file.endsWith('.js'));
for (const file of scripts) {
	files.set(`/assets/app/${relative(join(root, 'src'), file)}`, resolveImports(readFileSync(file, 'utf8'), file));
}
take(join(root, 'css'), '/assets/css');
take(join(root, 'img'), '/assets/img');

const hash = createHash('sha256');
for (const [address, contents] of files) {
	hash.update(address).update(contents);
}
const versioned = `/assets/v-${hash.digest('hex').slice(0, 16)}/`;
for (const [address, contents] of files) {
	const text = /\.m?js$/.test(address) ? String(contents).replaceAll('/assets/', versioned) : contents;
	put(address.replace('/assets/', versioned), text);
}

// Every module is announced in the page: one round of requests instead of one for each level of imports.
const preloads = [
	...Object.values(libraries).map(([, address]) => address),
	...scripts.map((file) => `/assets/app/${relative(join(root, 'src'), file)}`),
].map((address) => `\t<link rel="modulepreload" href="${address}">`).join('\n');
const page = readFileSync(join(root, 'index.html'), 'utf8').replace('\t<!-- preloads -->', preloads);
put('index.html', page.replaceAll('/assets/', versioned));

const read = [sources, walk(join(root, 'css')), walk(join(root, 'img'))].flatMap((tree) => [...tree.files, ...tree.folders]);
const named = ['index.html', 'build.mjs', 'package-lock.json'].map((name) => join(root, name));
writeFileSync(depfile, `${stamp}: ${[...named, ...read].map((path) => path.replace(/ /g, '\\ ')).join(' ')}\n`);
writeFileSync(stamp, '');
