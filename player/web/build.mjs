// Assembles the player page: what the content origin serves below /player/.
//
//   node build.mjs OUT STAMP DEPFILE ENGINE_WASM
//
// The sources are plain ES modules and stay what they are. npm runs only when the lock file changed.

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const [out, stamp, depfile, engine] = process.argv.slice(2);
const CUTS = ['400', '600', '700'];

function install() {
	const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
	const mark = join(modules, '.installed-lock');
	if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) {
		return;
	}
	execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: root, stdio: 'inherit'});
	writeFileSync(mark, lock);
}

install();
rmSync(out, {recursive: true, force: true});
mkdirSync(join(out, 'fonts'), {recursive: true});
const sources = readdirSync(root).filter(name => /\.(js|css|html|svg)$/.test(name));
for (const name of sources) {
	copyFileSync(join(root, name), join(out, name));
}
mkdirSync(join(out, 'debug'));
const debug = readdirSync(join(root, 'debug')).map(name => join('debug', name));
for (const name of debug) {
	copyFileSync(join(root, name), join(out, name));
}
copyFileSync(engine, join(out, 'engine.wasm'));
for (const cut of CUTS) {
	for (const script of ['latin', 'latin-ext']) {
		copyFileSync(join(modules, '@fontsource/titillium-web/files', `titillium-web-${script}-${cut}-normal.woff2`),
			join(out, 'fonts', `titillium-web-${script}-${cut}.woff2`));
	}
}
copyFileSync(join(modules, '@fontsource/titillium-web/LICENSE'), join(out, 'fonts/LICENSE'));
const read = ['.', 'build.mjs', 'package-lock.json', 'debug', ...sources, ...debug].map(name => join(root, name).replace(/ /g, '\\ '));
writeFileSync(depfile, `${stamp}: ${read.join(' ')}\n`);
writeFileSync(stamp, '');
