/* Packages as jobs: progress, cancelling, a server that is killed, a disk that is full, nothing left behind. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {codes, Server, smallPackage} from './harness.mjs';

let server, designer;

before(async () => {
	server = await new Server().start();
	server.people({codice: codes[0], login: 'dis', ruoli: 'designer'}, {codice: codes[1], login: 'ope', ruoli: 'operator'});
	designer = await server.person('dis');
});
after(() => server.finish());

const handIn = (bytes, name = 'corso.zip', query = '') => designer.post(`/api/imports${query}`, bytes, {'X-File-Name': encodeURIComponent(name)});

async function ended(id) {
	for (let n = 0; n < 600; n++) {
		const {json} = await designer.get(`/api/imports/${id}`);
		if (json.ended_at) {
			return json;
		}
		await wait(25);
	}
	throw new Error(`import ${id} does not end`);
}

const courses = async () => (await designer.get('/api/courses')).json.courses;
const titled = async title => (await courses()).filter(each => each.title === title);
/** Course folders, and what is left of imports that died. */
const folders = () => readdirSync(join(server.folder, 'content')).filter(name => name !== '.shared');
const incoming = () => readdirSync(join(server.folder, 'incoming'));
/** A job's zip goes right after its end was noted. */
async function nothingIncoming() {
	for (let n = 0; n < 100 && incoming().length > 0; n++) {
		await wait(20);
	}
	assert.deepEqual(incoming(), []);
}
/** A package that takes a while: many files, and some megabytes. */
function largePackage(title, files = 3000) {
	const extra = {};
	for (let n = 0; n < files; n++) {
		extra[`media/${n % 50}/file-${n}.txt`] = `${title} ${n} `.repeat(200);
	}
	return smallPackage({title, identifier: title, extra});
}

test('a package becomes a course', async () => {
	const answer = await handIn(smallPackage({title: 'Uno', identifier: 'UNO'}), 'Corso è uno.zip');
	assert.equal(answer.status, 202);
	const job = await ended(answer.json.id);
	assert.equal(job.state, 'done');
	assert.equal(job.file_name, 'Corso è uno.zip');
	assert.equal(job.files, 3);
	assert.deepEqual(job.findings, (await titled('Uno'))[0].versions[0].findings);
	assert.deepEqual(job.problems, []);
	const [course] = await titled('Uno');
	assert.equal(course.id, job.course);
	assert.equal(course.versions[0].file_name, 'Corso è uno.zip');
	await nothingIncoming();
	assert.ok((await designer.get('/api/imports')).json.imports.some(each => each.id === job.id));
	assert.equal((await designer.send('DELETE', `/api/imports/${job.id}`)).code, 'IMPORT_ENDED');
	assert.equal((await designer.send('DELETE', '/api/imports/999')).status, 404);
	const next = await ended((await handIn(smallPackage({title: 'Uno bis', identifier: 'ALTRO'}), 'bis.zip', `?course=${course.id}`)).json.id);
	assert.deepEqual([next.course, next.for_course, job.for_course], [course.id, course.id, null]);
	assert.equal((await handIn(smallPackage(), 'x.zip', '?course=9999')).code, 'UNKNOWN_COURSE');
	await nothingIncoming();
});

test('a broken package fails with findings that name it', async () => {
	const before = [folders(), (await courses()).length];
	const job = await ended((await handIn(Buffer.from('non è uno zip'), 'Rotto.zip')).json.id);
	assert.equal(job.state, 'failed');
	assert.equal(job.findings, null);
	assert.ok(job.problems.length > 0 && job.problem_count === job.problems.length);
	assert.ok(job.problems.some(problem => `${problem.where} ${problem.it}`.includes('Rotto.zip')), JSON.stringify(job.problems));
	assert.ok(!JSON.stringify(job.problems).includes('job-'), 'the name in incoming/ is nobody’s business');
	assert.deepEqual([folders(), (await courses()).length], before);
	await nothingIncoming();
});

test('the same package twice at once is one course', async () => {
	const bytes = largePackage('Doppio', 500);
	const answers = await Promise.all([handIn(bytes, 'a.zip'), handIn(bytes, 'b.zip')]);
	const jobs = await Promise.all(answers.map(answer => ended(answer.json.id)));
	assert.deepEqual(jobs.map(job => job.state), ['done', 'done']);
	assert.equal(jobs[0].version, jobs[1].version);
	assert.deepEqual(jobs.map(job => job.already_known).sort(), [false, true]);
	const found = await titled('Doppio');
	assert.equal(found.length, 1);
	assert.equal(found[0].versions.length, 1);
});

test('a cancelled import leaves nothing, waiting or at work', async () => {
	/* What the one before had unpacked aside for nothing may be going still. */
	const before = folders().filter(name => !name.startsWith('.'));
	/* Three at once for two threads: the last one waits. */
	const packages = ['Via 1', 'Via 2', 'Via 3'].map(title => largePackage(title, 6000));
	const answers = await Promise.all(packages.map((bytes, n) => handIn(bytes, `via-${n}.zip`)));
	for (const {json} of answers.reverse()) {
		const {status, json: job} = await designer.send('DELETE', `/api/imports/${json.id}`);
		assert.equal(status, 200);
		assert.equal(job.state, 'cancelled');
	}
	for (let n = 0; n < 200 && (folders().length > before.length || incoming().length > 0); n++) {
		await wait(25);
	}
	assert.deepEqual(folders(), before);
	await nothingIncoming();
	assert.deepEqual((await courses()).filter(each => each.title.startsWith('Via')), []);
	/* And the same package can be brought in afterwards. */
	assert.equal((await ended((await handIn(packages[0])).json.id)).state, 'done');
});

test('a server killed at any moment goes on, and makes the course once', async () => {
	const known = folders().length;
	const delays = [0, 15, 40, 80, 120, 180, 260, 400];
	for (const [n, delay] of delays.entries()) {
		const {json: {id}} = await handIn(largePackage(`Ucciso ${n}`, 1500), `ucciso-${n}.zip`);
		await wait(delay);
		await server.kill('SIGKILL');
		await server.start();
		const job = await ended(id);
		assert.equal(job.state, 'done', JSON.stringify(job));
		const found = await titled(`Ucciso ${n}`);
		assert.equal(found.length, 1);
		assert.equal(found[0].versions.length, 1);
		assert.ok(existsSync(join(server.folder, 'content', found[0].versions[0].sha256, 'files.json')));
	}
	await nothingIncoming();
	assert.equal(folders().filter(name => !name.startsWith('.')).length, known + delays.length);
});

test('a server stopped in good order goes on without counting a try', async () => {
	const {json: {id}} = await handIn(largePackage('Fermato'), 'fermato.zip');
	await wait(100);
	await server.kill();
	await server.start();
	const job = await ended(id);
	assert.equal(job.state, 'done');
	assert.equal(job.tries, 1);
});

test('a disk that takes no more is told, and nothing is left', async () => {
	const before = folders(); /* what a killed import left may still wait to be swept */
	/* No file above 1 MB, from now on: the spool fits, one file of the package does not. */
	const text = 'x'.repeat(3 * 2 ** 20);
	writeFileSync(join(server.folder, 'plain.zip'), smallPackage({title: 'Pieno', identifier: 'PIENO', extra: {'grande.txt': text}}));
	execFileSync('python3', ['-c', `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as out, zipfile.ZipFile(sys.argv[2]) as source:
	for name in source.namelist():
		out.writestr(name, source.read(name))`, join(server.folder, 'full.zip'), join(server.folder, 'plain.zip')]);
	const bytes = readFileSync(join(server.folder, 'full.zip'));
	execFileSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${2 ** 20}:${2 ** 40}`]);
	const job = await ended((await handIn(bytes, 'pieno.zip')).json.id);
	execFileSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${2 ** 40}:${2 ** 40}`]);
	assert.equal(job.state, 'failed');
	assert.equal(job.problems[0].code, 'IMPORT_WRITE');
	assert.deepEqual(folders().filter(name => !name.startsWith('.tmp-removed') && !before.includes(name)), []);
	await nothingIncoming();
	assert.deepEqual(await titled('Pieno'), []);
	const again = await ended((await handIn(bytes, 'pieno.zip')).json.id);
	assert.equal(again.state, 'done');
});

test('the terminal, too, brings a version into a course', async () => {
	const {course} = await ended((await handIn(smallPackage({title: 'Quattro', identifier: 'QUATTRO'}))).json.id);
	const path = join(server.folder, 'altra.zip');
	writeFileSync(path, smallPackage({title: 'Quattro bis', identifier: 'ALTRA'}));
	const unknown = server.run('import', '--course', '9999', path);
	assert.equal(unknown.status, 1);
	assert.match(unknown.out, /UNKNOWN_COURSE/);
	const {status, out} = server.run('import', '--course', String(course), path);
	assert.equal(status, 0, out);
	const {versions} = (await courses()).find(({id}) => id === course);
	assert.deepEqual(versions.map(version => version.title).sort(), ['Quattro', 'Quattro bis']);
});

test('only designers', async () => {
	const operator = await server.person('ope');
	assert.equal((await operator.get('/api/imports')).status, 403);
	assert.equal((await operator.post('/api/imports', smallPackage())).status, 403);
});
