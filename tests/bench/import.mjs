// import.mjs BUILD FOLDER: importing a package against unzip on the same file, each followed by a sync.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {randomFillSync} from 'node:crypto';
import {line, median, microseconds} from './figures.mjs';
import {scoPage, treeManifest} from './packages.mjs';
import {zip} from '../server/harness.mjs';

const build = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'fad-bench-'));
const ROUNDS = 3;
/** Runs a command and prints its peak memory in KiB. */
const PEAK = 'import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); ' +
	'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)';

/** A package of `count` files of `size` bytes that do not compress, as video and pictures do not. */
function makePackage(path, count, size) {
	const bytes = randomFillSync(Buffer.alloc(size));
	const files = {'imsmanifest.xml': treeManifest(1, 2), 'sco.html': scoPage};
	for (let n = 0; n < count; n++) {
		files[`media/file-${n}.mp4`] = bytes;
	}
	writeFileSync(path, zip(files));
}

/**
 * Seconds of one import and one unzip, in turn, and the importer's peak memory. Nothing is removed between the
 * rounds: ext4 shuns inodes that were freed a moment ago, and who comes next would pay.
 */
function compare(what, path) {
	const ours = [];
	const theirs = [];
	let memory = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const data = mkdtempSync(join(folder, 'data-'));
		/* As in life, the data base is there already; what is missing comes to nothing. */
		spawnSync(join(build, 'server/fad'), ['import', '--data', data, join(folder, 'missing.zip')]);
		execFileSync('sync');
		ours.push(microseconds(() => {
			const run = spawnSync('python3', ['-c', PEAK, join(build, 'server/fad'), 'import', '--data', data, path]);
			memory = Math.max(memory, Number(String(run.stdout).trim()) / 1024);
			execFileSync('sync');
		}) / 1e6);
		const target = mkdtempSync(join(folder, 'unzip-'));
		theirs.push(microseconds(() => {
			execFileSync('unzip', ['-q', path, '-d', target]);
			execFileSync('sync');
		}) / 1e6);
	}
	line(`${what}, s (fad / unzip)`, `${median(ours).toFixed(2)} / ${median(theirs).toFixed(2)}   ` +
		`${(median(ours) / median(theirs)).toFixed(2)}× the time, ${memory.toFixed(0)} MiB at most`);
}

const large = join(folder, 'large.zip');
makePackage(large, 10, 10 * 2 ** 20);
compare('import of 100 MB in 10 files', large);
const many = join(folder, 'many.zip');
makePackage(many, 10000, 10 * 1024);
compare('import of 10,000 files of 10 kB', many);
rmSync(folder, {recursive: true});
