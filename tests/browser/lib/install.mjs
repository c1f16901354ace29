// Installs what package-lock.json names, when it is not there yet.  node install.mjs FOLDER STAMP
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [folder, stamp] = process.argv.slice(2);
const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
const mark = join(folder, 'node_modules/.installed-lock');
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
	execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: folder, stdio: 'inherit'});
	writeFileSync(mark, lock);
}
writeFileSync(stamp, '');
