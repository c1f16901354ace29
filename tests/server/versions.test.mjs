/* Versions of courses: who changes to a new one, who stays, what is kept, rolled back, retired, freed, compared. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Player, Server, smallPackage} from './harness.mjs';

const server = new Server();
const POLICIES = ['never', 'not_started', 'incomplete', 'always'];
const people = {}; /* by what they have done */
const running = {}; /* their players, by module */
let designer, provider, administrator, course, v1, v2, v3, other;

async function newPerson(login, ...roles) {
	const made = await administrator.post('/api/users', {login, family_name: 'Rossi', given_name: login, roles});
	const {json} = await administrator.post(`/api/users/${made.json.user.id}/reset-password`);
	const person = await server.person(login, json.one_time_password);
	person.id = made.json.user.id;
	return person;
}

async function upload(options) {
	const answer = await designer.post('/api/courses', smallPackage(options), {'X-File-Name': 'corso.zip'});
	assert.equal(answer.status, 201, answer.text);
	return answer.json;
}

async function open(person, module) {
	const answer = await person.post('/api/me/launch', {module});
	assert.equal(answer.status, 200, answer.text);
	return new Player(server, answer.json.url).open();
}

/** Opens a module, says what the course would, and leaves it. */
async function study(person, module, values = {}) {
	const player = await open(person, module);
	player.begin();
	for (const [name, value] of Object.entries(values)) {
		player.api('setValue', name, value);
		player.engine.presence(Date.now(), 60_000);
	}
	assert.equal((await player.save()).status, 200);
	return player;
}

const versionOf = async (person, module) => (await open(person, module)).launch.course.version;
const moduleOf = async (person, module) => (await person.get('/api/me/path')).json.modules[module - 1];
const at = (module, version) => [{module, level: 'base', version}];
const look = async changes => (await designer.post('/api/publications/preview', {changes})).json;

before(async () => {
	await server.start();
	administrator = await server.administrator();
	[designer, provider] = [await newPerson('dora', 'designer'), await newPerson('piero', 'provider')];
	for (const login of ['nuova', 'curiosa', 'inizia', 'finisce']) {
		people[login] = await newPerson(login, 'operator');
		await provider.post(`/api/people/${people[login].id}/placement/override`, {level: 'base', why: 'prova'});
	}
	({course, version: {id: v1}} = await upload());
	v2 = (await upload({extra: {'nuovo.txt': 'la versione due'}})).version.id;
	v3 = (await upload({extra: {'nuovo.txt': 'la versione tre', 'Media/altro.mp3': 'un suono finto, lungo abbastanza'}})).version.id;
	other = await upload({title: 'Tutto un altro corso', identifier: 'ALTRO'});
	for (const module of [1, 2, 3, 4]) {
		assert.equal((await designer.publish(at(module, v1), 'never')).status, 201);
		await study(people.curiosa, module);
		running[module] = await study(people.inizia, module, {'cmi.core.lesson_status': 'incomplete', 'cmi.core.lesson_location': `pagina-${module}`});
		await study(people.finisce, module, {'cmi.core.lesson_status': 'passed', 'cmi.core.score.raw': '90'});
	}
});
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

test('before it is confirmed each policy tells whom it touches', async () => {
	const preview = await look([1, 2, 3, 4].flatMap(module => at(module, v2)));
	assert.deepEqual(preview.changes[0].people, {fresh: 1, opened: 1, in_progress: 1, completed: 1, already: 0, working: 3, asked: 0});
	assert.deepEqual([preview.changes[0].from.number, preview.changes[0].to.number], [1, 2]);
	assert.deepEqual(preview.policies.map(each => [each.policy, each.people]), [['never', 0], ['not_started', 4], ['incomplete', 8], ['always', 12]]);
	assert.equal((await moduleOf(people.inizia, 4)).update, null, 'nothing was changed');
});

test('what does not fit is refused with a reason', async () => {
	for (const [changes, status, code] of [
		[[], 422, 'BAD_CHANGE'], [[{module: 1, level: 'base'}], 422, 'BAD_CHANGE'], [[...at(1, v2), ...at(1, v1)], 422, 'BAD_CHANGE'],
		[at(99, v2), 404, 'NOT_FOUND'], [at(1, 9999), 404, 'NOT_FOUND'], [[{module: 1, level: 'no', version: v2}], 404, 'NOT_FOUND'],
	]) {
		const answer = await designer.post('/api/publications/preview', {changes});
		assert.deepEqual([answer.status, answer.code], [status, code], JSON.stringify(changes));
	}
	const {policies: [{token}]} = await look(at(1, v2));
	assert.equal((await designer.post('/api/publications', {changes: at(1, v2), policy: 'perhaps', token})).code, 'BAD_POLICY');
	/* The token of one policy, or of other changes, confirms nothing else. */
	assert.equal((await designer.post('/api/publications', {changes: at(1, v2), policy: 'always', token})).code, 'NUMBERS_CHANGED');
	assert.equal((await designer.post('/api/publications', {changes: at(1, v3), policy: 'never', token})).code, 'NUMBERS_CHANGED');
});

test('what is confirmed is what was shown: who begins meanwhile makes it ask again', async () => {
	const before = await look(at(4, v2));
	await study(people.nuova, 4, {'cmi.core.lesson_status': 'incomplete'});
	const token = before.policies[3].token;
	const refused = await designer.post('/api/publications', {changes: at(4, v2), policy: 'always', token});
	assert.deepEqual([refused.status, refused.code], [409, 'NUMBERS_CHANGED']);
	assert.deepEqual(refused.json.preview.changes[0].people, {fresh: 0, opened: 1, in_progress: 2, completed: 1, already: 0, working: 4, asked: 0});
	assert.equal(await versionOf(people.nuova, 4), v1, 'nothing was published');
	assert.equal((await designer.post('/api/publications', {changes: at(4, v2), policy: 'always', token: refused.json.preview.policies[3].token})).status, 201);
});

test('each policy moves those it names, and nobody else', async () => {
	for (const [i, policy] of POLICIES.slice(0, 3).entries()) {
		const answer = await designer.publish(at(i + 1, v2), policy);
		assert.deepEqual([answer.status, answer.json.people], [201, i], policy);
	}
	const got = await Promise.all(['nuova', 'curiosa', 'inizia', 'finisce'].map(async login => (
		Promise.all([1, 2, 3, 4].map(async module => (await versionOf(people[login], module)) === v2)))));
	assert.deepEqual(got, [
		[true, true, true, true],
		[false, true, true, true],
		[false, false, true, true],
		[false, false, false, true],
	]);
});

test('a player that is open goes on writing to its attempt', async () => {
	/* inizia is on version 2 of module 4 by now; the old tab has the old attempt. */
	const player = running[4];
	player.api('setValue', 'cmi.core.lesson_location', 'ultima');
	assert.equal((await player.save()).status, 200);
	const renewed = await people.inizia.post('/api/me/launch/renew', {attempt: player.launch.attempt});
	assert.equal(renewed.json.attempt, player.launch.attempt);
	const {status, update, seconds} = await moduleOf(people.inizia, 4);
	assert.deepEqual([status, update.state], ['in_progress', 'done']);
	assert.ok(seconds <= 1);
	/* What it completes there is completed. */
	player.api('setValue', 'cmi.core.lesson_status', 'passed');
	assert.equal((await player.save()).status, 200);
	assert.equal((await moduleOf(people.inizia, 4)).status, 'completed');
});

test('work that a browser kept of the old attempt still reaches it', async () => {
	const old = running[3];
	old.api('setValue', 'cmi.core.lesson_location', 'fuori rete');
	const {bytes} = old.engine.takeJournal();
	const now = await open(people.inizia, 3);
	assert.deepEqual([now.launch.earlier, now.launch.updated], [[old.launch.attempt], true]);
	const send = (player, attempt, lease) => player.send('POST', `${player.path}journal?lease=${lease}&attempt=${attempt}`, Buffer.from(bytes));
	const kept = await send(now, old.launch.attempt, old.lease);
	assert.equal(kept.status, 200, kept.text);
	assert.deepEqual((await send(now, old.launch.attempt, old.lease)).json, kept.json, 'twice is once');
	assert.equal((await send(now, old.launch.attempt, old.lease + 1)).code, 'LEASE_TAKEN');
	/* Nobody else's, nor another module's, nor one that did not give way. */
	for (const attempt of [running[4].launch.attempt, running[1].launch.attempt, 99999]) {
		assert.equal((await send(now, attempt, 1)).status, 404);
	}
	assert.equal((await send(await open(people.curiosa, 3), old.launch.attempt, old.lease)).status, 404);
	now.begin();
	await now.save();
	assert.equal((await open(people.inizia, 3)).launch.updated, false, 'told once');
});

test('what was completed stays so on a new version, with its score', async () => {
	const {status, score, success} = await moduleOf(people.finisce, 4);
	assert.deepEqual([status, score, success], ['completed', 90, 'passed']);
	const player = await study(people.finisce, 4, {'cmi.core.lesson_status': 'failed', 'cmi.core.score.raw': '10'});
	assert.equal(player.launch.course.version, v2);
	assert.deepEqual(await moduleOf(people.finisce, 4).then(each => [each.status, each.score, each.success]), ['completed', 90, 'passed']);
	const {modules} = (await provider.get(`/api/people/${people.finisce.id}`)).json;
	assert.deepEqual([modules[3].attempts, modules[3].completed, modules[3].score, modules[0].attempts], [2, true, 90, 1]);
});

test('who completes while a change waits need not begin again', async () => {
	const player = await open(people.inizia, 1);
	const {json} = await designer.publish(at(1, v3), 'incomplete');
	assert.equal(json.people, 3);
	assert.equal((await moduleOf(people.inizia, 1)).update.state, 'waiting');
	player.begin();
	player.api('setValue', 'cmi.core.lesson_status', 'completed');
	assert.equal((await player.save()).status, 200);
	assert.equal((await moduleOf(people.inizia, 1)).update, null);
	assert.equal(await versionOf(people.inizia, 1), v1);
	assert.equal(await versionOf(people.curiosa, 1), v3);
});

test('rolled back, people find their old attempt again', async () => {
	const first = running[3].launch.attempt;
	assert.equal(await versionOf(people.inizia, 3), v2);
	const {json} = await designer.publish(at(3, v1), 'always');
	assert.equal(json.people, 3, 'finisce has version 1 still');
	assert.equal((await moduleOf(people.inizia, 3)).update.state, 'returning');
	const back = await open(people.inizia, 3);
	assert.equal(back.launch.attempt, first);
	back.begin();
	assert.equal(back.api('getValue', 'cmi.core.lesson_location'), 'fuori rete');
	/* A change that waited for version 2 is no news for who is on version 1. */
	assert.equal(await versionOf(people.finisce, 3), v1);
	assert.equal((await moduleOf(people.finisce, 3)).update, null);
});

test('a version is offered in all its places at once', async () => {
	const changes = [1, 2, 3, 4].flatMap(module => at(module, v3));
	const preview = await look(changes);
	assert.equal(preview.changes.length, 4);
	assert.equal((await designer.publish(changes, 'always')).status, 201);
	const {used_by: uses} = (await designer.get(`/api/courses/${course.id}`)).json;
	assert.deepEqual(uses.map(each => each.version), [v3, v3, v3, v3]);
	assert.equal(await versionOf(people.curiosa, 2), v3);
});

test('another course in the module does not take away what was completed', async () => {
	assert.equal((await designer.publish(at(4, other.version.id), 'never')).status, 201);
	assert.equal((await moduleOf(people.finisce, 4)).status, 'completed');
	const {people: counts} = (await look(at(4, other.version.id))).changes[0];
	assert.deepEqual([counts.already, counts.asked], [0, 4], 'all of them wait for version 3, which is not there any more');
	assert.equal(await versionOf(people.inizia, 4), other.version.id);
	assert.equal((await designer.publish(at(4, other.version.id), 'always')).status, 201);
	assert.equal(await versionOf(people.finisce, 4), other.version.id);
	assert.equal((await moduleOf(people.finisce, 4)).status, 'completed');
});

test('who had the course from another level keeps what it gave when another course comes', async () => {
	const mover = await newPerson('sposta', 'operator');
	await provider.post(`/api/people/${mover.id}/placement/override`, {level: 'base', why: 'prova'});
	const here = version => [{module: 5, level: 'intermedio', version}];
	assert.equal((await designer.publish([...at(5, v1), ...here(v1)], 'never')).status, 201);
	await study(mover, 5, {'cmi.core.lesson_status': 'passed'});
	await provider.post(`/api/people/${mover.id}/placement/override`, {level: 'intermedio', why: 'prova'});
	assert.equal((await moduleOf(mover, 5)).status, 'completed');
	assert.equal((await designer.publish(here(other.version.id), 'never')).status, 201);
	assert.equal((await moduleOf(mover, 5)).status, 'completed');
	assert.equal(await versionOf(mover, 5), v1);
	assert.equal((await designer.publish(here(v1), 'never')).status, 201);
	await designer.publish(here(other.version.id), 'incomplete');
	assert.equal(await versionOf(mover, 5), v1, 'completed: not asked');
	await designer.publish(here(other.version.id), 'always');
	assert.equal(await versionOf(mover, 5), other.version.id);
	assert.equal((await moduleOf(mover, 5)).status, 'completed');
});

test('retired: nobody begins it, those in it finish, it comes back', async () => {
	const latecomer = await newPerson('tardi', 'operator');
	await provider.post(`/api/people/${latecomer.id}/placement/override`, {level: 'base', why: 'prova'});
	const address = `/api/courses/${course.id}/versions/${v3}`;
	assert.equal((await designer.post(`${address}/retire`)).status, 200);
	assert.equal((await latecomer.post('/api/me/launch', {module: 2})).code, 'COURSE_RETIRED');
	assert.equal((await moduleOf(latecomer, 2)).status, 'unassigned');
	assert.equal(await versionOf(people.curiosa, 2), v3);
	assert.equal((await designer.post('/api/publications/preview', {changes: at(5, v3)})).code, 'RETIRED');
	assert.equal((await designer.put('/api/path/modules/5/levels/base', {version: v3})).code, 'RETIRED');
	/* Those asked to change to it stay where they are. */
	assert.notEqual(await versionOf(people.finisce, 2), v3);
	assert.equal((await designer.post(`${address}/restore`)).status, 200);
	assert.equal(await versionOf(latecomer, 2), v3);
	assert.equal((await designer.post(`/api/courses/${course.id}/retire`)).status, 200);
	assert.equal((await latecomer.post('/api/me/launch', {module: 3})).code, 'COURSE_RETIRED');
	assert.equal((await designer.post('/api/publications/preview', {changes: at(5, v1)})).code, 'RETIRED');
	assert.equal((await designer.post(`/api/courses/${course.id}/restore`)).status, 200);
	assert.equal((await designer.post('/api/courses/999/retire')).status, 404);
	assert.equal((await designer.post(`/api/courses/${course.id}/versions/${other.version.id}/retire`)).status, 404);
});

test('space is freed only of what nothing rests on', async () => {
	const fresh = await upload({extra: {'nuovo.txt': 'mai usata'}});
	const folder = join(server.folder, 'content', fresh.version.sha256);
	const address = `/api/courses/${course.id}/versions/${fresh.version.id}`;
	assert.equal((await designer.post(`${address}/free`)).code, 'NOT_RETIRED');
	await designer.post(`/api/courses/${course.id}/versions/${v2}/retire`);
	assert.equal((await designer.post(`/api/courses/${course.id}/versions/${v2}/free`)).code, 'IN_USE', 'attempts rest on it, replaced or not');
	await designer.post(`${address}/retire`);
	assert.ok(existsSync(folder));
	assert.equal((await designer.post(`${address}/free`)).status, 200);
	assert.ok(!existsSync(folder));
	assert.equal((await designer.post(`/api/courses/${course.id}/preview`, {version: fresh.version.id})).status, 404);
	assert.equal((await designer.get(`/api/versions/${v1}/diff/${fresh.version.id}`)).code, 'FREED');
	assert.equal((await designer.post(`${address}/restore`)).code, 'FREED');
	/* The same package again fills it. */
	const again = await upload({extra: {'nuovo.txt': 'mai usata'}});
	assert.deepEqual([again.version.id, again.version.freed, again.already_known], [fresh.version.id, false, true]);
	assert.ok(existsSync(folder));
	assert.equal((await designer.post(`${address}/restore`)).status, 200);
});

test('two versions are compared', async () => {
	const {json} = await designer.get(`/api/versions/${v2}/diff/${v3}`);
	assert.deepEqual(json.files.changed.map(each => each.path), ['nuovo.txt']);
	assert.deepEqual(json.files.added.map(each => each.path), ['Media/altro.mp3']);
	assert.deepEqual([json.equal, json.manifest.activities, json.files.same], [false, [], 3]);
	assert.equal((await designer.get(`/api/versions/${v2}/diff/${v2}`)).json.equal, true);
	const far = (await designer.get(`/api/versions/${v2}/diff/${other.version.id}`)).json;
	assert.deepEqual(far.manifest.course.map(each => each.what), ['title', 'identifier']);
	assert.equal((await designer.get(`/api/versions/${v2}/diff/9999`)).status, 404);
});

test('the command line compares too', () => {
	const [one, two] = ['uno.zip', 'due.zip'].map(name => join(server.folder, name));
	writeFileSync(one, smallPackage());
	writeFileSync(two, smallPackage({extra: {'nuovo.txt': 'nuovo'}}));
	const diff = (...words) => spawnSync(process.env.FAD_PROGRAM, ['diff', ...words], {encoding: 'utf8'});
	assert.equal(diff(one, one).status, 0);
	const told = diff(one, two);
	assert.equal(told.status, 1);
	assert.match(told.stdout, /file: 1 aggiunti, 0 tolti, 0 cambiati, 0 spostati, 3 uguali\n  \+ nuovo\.txt/);
	assert.match(diff(one, two, '--lang', 'en').stdout, /files: 1 added/);
	assert.equal(JSON.parse(diff('--json', one, two).stdout).files.added[0].path, 'nuovo.txt');
	assert.deepEqual([diff(one).status, diff(one, join(server.folder, 'nulla.zip')).status, diff(one, two, '--lang', 'de').status], [2, 2, 2]);
});

test('the history of a course says who published what, when', async () => {
	const {acts} = (await designer.get(`/api/courses/${course.id}/history`)).json;
	const published = acts.filter(each => each.act === 'course.publish').map(each => each.detail);
	assert.deepEqual(published.find(each => each.policy === 'incomplete' && each.module === 1),
		{module: 1, level: 'base', version: v3, number: 3, previous: v2, previous_number: 2, policy: 'incomplete', people: 3});
	for (const act of ['course.import', 'course.retire', 'course.restore', 'course.free', 'course.refill', 'course.withdraw']) {
		assert.ok(acts.some(each => each.act === act && each.by !== ''), act);
	}
	assert.equal((await designer.get('/api/courses/999/history')).status, 404);
});
