import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {codes, Player, send, Server, shared, smallPackage, zip} from './harness.mjs';

const server = new Server();
let designer, provider, maria, version;

before(async () => {
	await server.start();
	server.people({codice: codes[0], login: 'maria', ruoli: 'operatore'}, {codice: codes[1], login: 'dora', ruoli: 'progettista'},
		{codice: codes[2], login: 'piero', ruoli: 'provider'});
	[designer, provider, maria] = [await server.person('dora'), await server.person('piero'), await server.person('maria')];
});
after(async () => assert.deepEqual(await server.finish(), {code: 0, signal: null}));

const upload = (bytes, name = 'corso.zip', path = '/api/courses') => designer.post(path, bytes, {'X-File-Name': encodeURIComponent(name)});

test('a package is uploaded, listed with its version, and known the second time', async () => {
	const bytes = smallPackage();
	const first = await upload(bytes, 'Lezione è.zip');
	assert.equal(first.status, 201, first.text);
	assert.equal(first.json.already_known, false);
	({version} = first.json);
	assert.equal(version.sha256, createHash('sha256').update(bytes).digest('hex'));
	assert.equal(version.file_name, 'Lezione è.zip');
	assert.equal((await upload(bytes)).json.already_known, true);
	const {courses} = (await designer.get('/api/courses')).json;
	assert.deepEqual(courses.map(each => [each.title, each.edition, each.versions.length]), [['Prova', '1.2', 1]]);
});

test('the same identifier and title is a new version of the same course', async () => {
	const {json} = await upload(smallPackage({extra: {'nuovo.txt': 'nuovo'}}));
	assert.equal(json.course.versions.length, 2);
	const other = await upload(smallPackage({title: 'Altro corso'}));
	assert.notEqual(other.json.course.id, json.course.id);
	const detail = (await designer.get(`/api/courses/${json.course.id}`)).json;
	assert.equal(detail.versions[0].organizations[0].title, 'Prova');
	assert.ok(Array.isArray(detail.versions[0].problems));
});

test('a broken package changes nothing and says why', async () => {
	const before = (await designer.get('/api/courses')).json.courses.length;
	for (const bytes of [Buffer.from('questo non è uno zip'), zip({'a.txt': 'a'}), zip({'../../etc/passwd': 'x', 'imsmanifest.xml': 'x'})]) {
		for (const path of ['/api/courses', '/api/courses/check']) {
			const answer = await upload(bytes, 'rotto.zip', path);
			assert.equal(answer.status, 422, answer.text);
			assert.ok(answer.json.problems.length > 0 && answer.json.problems[0].it !== '');
		}
	}
	assert.equal((await designer.get('/api/courses')).json.courses.length, before);
});

test('the command line imports beside the running server', () => {
	const path = join(server.folder, 'riga.zip');
	writeFileSync(path, smallPackage({title: 'Da riga di comando', identifier: 'RIGA'}));
	const {status, out} = server.run('import', path, '--module', '2', '--level', 'base');
	assert.equal(status, 0, out);
	assert.equal(server.run('import', path, '--module', '99', '--level', 'base').status, 1);
});

test('nobody gets a module before a level, nor one without a package', async () => {
	assert.equal((await maria.post('/api/me/launch', {module: 1})).code, 'NOT_PLACED');
	const {users: [person]} = (await (await server.person('admin', server.password)).get('/api/users?search=maria')).json;
	const placed = await provider.post(`/api/people/${person.id}/placement/override`, {level: 'base', why: 'prova'});
	assert.ok(placed.status < 300, placed.text);
	assert.equal((await maria.post('/api/me/launch', {module: 1})).code, 'NO_PACKAGE');
	assert.equal((await maria.post('/api/me/launch', {module: 'uno'})).code, 'BAD_JSON');
	assert.equal((await designer.put('/api/path/modules/1/levels/base', {version: version.id})).status, 200);
	assert.equal((await designer.put('/api/path/modules/1/levels/nessuno', {version: version.id})).status, 404);
	const path = (await maria.get('/api/me/path')).json;
	assert.equal(path.level.id, 'base');
	assert.deepEqual(path.modules.slice(0, 3).map(each => each.status), ['not_started', 'not_started', 'unassigned']);
	assert.equal(path.next, 1);
});

const launch = async (module = 1) => {
	const answer = await maria.post('/api/me/launch', {module});
	assert.equal(answer.status, 200, answer.text);
	return new Player(server, answer.json.url).open();
};

test('a forced order locks the later modules', async () => {
	await designer.put('/api/path', {order: 'forced'});
	assert.equal((await maria.get('/api/me/path')).json.modules[1].locked, true);
	assert.equal((await maria.post('/api/me/launch', {module: 2})).code, 'MODULE_LOCKED');
	await designer.put('/api/path', {order: 'free'});
	assert.equal((await maria.get('/api/me/path')).json.modules[1].locked, false);
});

test('the journal is taken in once, however often it comes', async () => {
	const player = await launch();
	assert.equal(player.launch.learner.name, 'Rossi, Maria');
	assert.equal(player.launch.snapshot_sequence, 0);
	assert.equal(player.begin(), 'true');
	player.api('setValue', 'cmi.core.lesson_location', 'pagina-3');
	player.api('setValue', 'cmi.suspend_data', 'è'.repeat(3000));
	player.api('commit');
	const first = await player.save();
	assert.deepEqual([first.status, first.json.sequence], [200, player.increment.last]);
	assert.deepEqual((await player.post(player.increment.bytes)).json, first.json);
	player.engine.presence(Date.now(), 1000);
	const [one, two] = await Promise.all([player.save(), player.post(player.increment.bytes)]);
	assert.deepEqual([one.status, two.status], [200, 200]);
	const {modules: [module]} = (await maria.get('/api/me/path')).json;
	assert.equal(module.status, 'in_progress');
	assert.ok(module.seconds <= 1);
});

test('a journal that claims other terms than its launch was told is refused', async () => {
	for (const forged of [{credit: false}, {mode: 'review'}, {masteryOverride: true}, {statusRule: 'any'}, {seed: '1'}, {id: '999999'}]) {
		const player = await launch();
		const {learner, mode, credit, mastery_override: masteryOverride, status_rule: statusRule, seed} = player.launch;
		player.engine.beginSession(Date.now(), {...learner, mode, credit, masteryOverride, statusRule, seed, ...forged});
		const answer = await player.save();
		assert.deepEqual([answer.status, answer.code], [422, 'OTHER_TERMS'], JSON.stringify(forged));
	}
});

test('a value beyond the SPM is kept whole, and told once an attempt and element', async () => {
	const told = () => server.output.split('\n').filter(line => /oltre i \d+ garantiti/.test(line));
	const before = told().length;
	const player = await launch();
	player.begin();
	player.api('setValue', 'cmi.suspend_data', 'è'.repeat(4096));
	await player.save();
	assert.equal(told().length, before, 'two bytes are one character');
	player.api('setValue', 'cmi.suspend_data', 'è'.repeat(4097));
	assert.equal((await player.save()).status, 200);
	await player.post(player.increment.bytes);
	player.api('setValue', 'cmi.suspend_data', 'è'.repeat(5000));
	await player.save();
	const again = await launch();
	again.begin();
	assert.equal(again.api('getValue', 'cmi.suspend_data').length, 5000);
	again.api('setValue', 'cmi.suspend_data', 'è'.repeat(6000));
	again.api('setValue', 'cmi.comments', 'c'.repeat(4097));
	await again.save();
	await new Promise(resolve => setTimeout(resolve, 100));
	const lines = told().slice(before);
	assert.equal(lines.length, 2, lines.join('\n'));
	assert.match(lines[0], /corso \d+, tentativo \d+: cmi\.suspend_data di 4097 caratteri, oltre i 4096 garantiti/);
	assert.match(lines[1], /cmi\.comments di 4097 caratteri/);
});

test('a gap is told with what the server holds; damage and lies change nothing', async () => {
	const player = await launch();
	player.begin();
	const skipped = player.engine.takeJournal();
	player.api('setValue', 'cmi.core.lesson_location', 'pagina-4');
	const gap = await player.save();
	assert.deepEqual([gap.status, gap.json.code, gap.json.sequence], [409, 'SEQUENCE_GAP', skipped.first - 1]);
	assert.equal((await player.post(Buffer.from('questo non è un giornale'))).json.code, 'BAD_RECORD');
	assert.equal((await player.post(skipped.bytes.slice(0, -1))).status, 422);
	const both = Buffer.concat([skipped.bytes, player.increment.bytes]);
	assert.equal((await player.post(both)).json.sequence, player.increment.last);
});

test('the newest tab holds the attempt', async () => {
	const old = await launch();
	old.begin();
	const young = await launch();
	assert.equal((await old.save()).json.code, 'LEASE_TAKEN');
	young.begin();
	assert.equal((await young.save()).status, 200);
});

test('study time fits the clock on the wall, and two tabs count once', async () => {
	const seconds = async () => (await maria.get('/api/me/path')).json.modules.map(each => each.seconds).slice(0, 2);
	const before = await seconds();
	const one = await launch(1), two = await launch(2);
	one.begin();
	two.begin();
	one.engine.presence(Date.now(), 3600_000);
	two.engine.presence(Date.now(), 3600_000);
	assert.deepEqual([(await one.save()).status, (await two.save()).status], [200, 200]);
	const total = (await seconds()).reduce((sum, each) => sum + each) - before.reduce((sum, each) => sum + each);
	assert.ok(total < 60, `an hour claimed twice within seconds gave ${total} s`);
});

test('kill -9 loses nothing that was acknowledged, and the learner goes on', async () => {
	const player = await launch();
	player.begin();
	for (let page = 10; page < 15; page++) {
		player.api('setValue', 'cmi.core.lesson_location', `pagina-${page}`);
		player.api('setValue', 'cmi.core.exit', 'suspend');
		assert.equal((await player.save()).status, 200);
	}
	player.api('setValue', 'cmi.core.lesson_location', 'pagina-99');
	const unsent = player.engine.takeJournal();
	await server.kill('SIGKILL');
	await server.start();
	assert.equal((await player.post(unsent.bytes)).json.sequence, unsent.last);
	player.api('terminate');
	assert.equal((await player.save()).status, 200);
	const again = await launch();
	again.begin();
	assert.equal(again.api('getValue', 'cmi.core.lesson_location'), 'pagina-99');
});

test('what was completed stays completed, with its best score', async () => {
	const first = await launch();
	first.begin();
	first.api('setValue', 'cmi.core.score.raw', '90');
	first.api('setValue', 'cmi.core.lesson_status', 'passed');
	first.api('terminate');
	assert.equal((await first.save()).status, 200);
	const {modules: [done], next} = (await maria.get('/api/me/path')).json;
	assert.deepEqual([done.status, done.success, done.score, done.progress], ['completed', 'passed', 90, 1]);
	assert.equal(next, 2);
	const second = await launch();
	second.begin();
	second.api('setValue', 'cmi.core.score.raw', '10');
	second.api('setValue', 'cmi.core.lesson_status', 'incomplete');
	second.api('terminate');
	await second.save();
	const {modules: [still]} = (await maria.get('/api/me/path')).json;
	assert.deepEqual([still.status, still.success, still.score], ['completed', 'passed', 90]);
});

test('a version never changes under a learner in progress', async () => {
	const {courses} = (await designer.get('/api/courses')).json;
	const newer = courses.find(each => each.title === 'Prova').versions[0];
	assert.notEqual(newer.id, version.id);
	await designer.put('/api/path/modules/1/levels/base', {version: newer.id});
	assert.equal((await launch()).launch.course.version, version.id);
});

test('log-out ends the launch; a renewal brings the running player back', async () => {
	const player = await launch();
	player.begin();
	await maria.send('DELETE', '/api/session');
	const expired = await player.save();
	assert.deepEqual([expired.status, expired.json.code], [401, 'TOKEN_EXPIRED']);
	await maria.logIn('maria', 'Nuova-Password-1');
	const {url, token} = (await maria.post('/api/me/launch/renew', {attempt: player.launch.attempt})).json;
	assert.ok(url.includes(token));
	player.path = new URL(url).pathname;
	assert.equal((await player.post(player.increment.bytes)).status, 200);
	assert.equal((await maria.post('/api/me/launch/renew', {attempt: 999999})).status, 404);
});

test('a preview plays and stores nothing', async () => {
	const {courses: [course]} = (await designer.get('/api/courses')).json;
	const {json: {url}} = await designer.post(`/api/courses/${course.id}/preview`);
	const player = await new Player(server, url).open();
	assert.equal(player.launch.preview, true);
	player.begin();
	player.api('setValue', 'cmi.core.lesson_location', 'x');
	const saved = await player.save();
	assert.deepEqual([saved.status, saved.json.sequence], [200, player.increment.last]);
	assert.equal((await player.send('GET', `${player.path}snapshot`)).status, 204);
});

test('what decides the status of a course is a setting of the course, and reaches its sessions', async () => {
	const item = (n, mastery) => `<item identifier="I${n}" identifierref="R"><title>Pagina ${n}</title>${mastery}</item>`;
	const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="REGOLA" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Regola</title>${item(1, '<adlcp:masteryscore>60</adlcp:masteryscore>')}${item(2, '')}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`;
	const {json: imported, text} = await upload(smallPackage({extra: {'imsmanifest.xml': manifest}}));
	const id = imported.course?.id, address = `/api/courses/${id}`;
	assert.deepEqual([imported.course?.mastery_override, imported.course?.status_rule], [false, 'all'], text);
	await designer.put('/api/path/modules/4/levels/base', {version: imported.version.id});
	const play = async () => {
		const player = await launch(4);
		player.engine.navigate(Date.now(), 'choice', 1);
		player.api('initialize');
		player.api('setValue', 'cmi.core.score.raw', '50');
		player.api('setValue', 'cmi.core.lesson_status', 'completed');
		player.api('terminate');
		const status = player.engine.contents(Date.now())[1].success;
		player.engine.navigate(Date.now(), 'suspendAll');
		assert.equal((await player.save()).status, 200);
		const module = (await maria.get('/api/me/path')).json.modules[3];
		return [player.launch.mastery_override, player.launch.status_rule, status, module.status, module.success];
	};
	assert.deepEqual(await play(), [false, 'all', 'unknown', 'in_progress', 'unknown']);

	assert.equal((await provider.put(`${address}/settings`, {mastery_override: true, status_rule: 'all'})).status, 403);
	assert.equal((await designer.put('/api/courses/999999/settings', {mastery_override: true, status_rule: 'all'})).status, 404);
	for (const wrong of [{}, {mastery_override: true}, {mastery_override: 'yes', status_rule: 'all'}, {mastery_override: true, status_rule: 'most'}]) {
		assert.equal((await designer.put(`${address}/settings`, wrong)).status, 422, JSON.stringify(wrong));
	}
	const detail = async () => (({mastery_override, status_rule}) => [mastery_override, status_rule])((await designer.get(address)).json);
	assert.deepEqual(await detail(), [false, 'all']);

	assert.equal((await designer.put(`${address}/settings`, {mastery_override: true, status_rule: 'last'})).status, 200);
	assert.deepEqual(await detail(), [true, 'last']);
	assert.deepEqual(await play(), [true, 'last', 'failed', 'in_progress', 'unknown']);
	assert.equal((await designer.put(`${address}/settings`, {mastery_override: false, status_rule: 'any'})).status, 200);
	assert.deepEqual((await play()).slice(0, 4), [false, 'any', 'unknown', 'completed']);
	const {acts} = (await (await server.person('admin', 'Nuova-Password-1')).get('/api/audit')).json;
	assert.deepEqual(acts.filter(each => each.act === 'course.settings').map(each => [each.subject, each.detail]),
		[[`course:${id}`, 'mastery_override: no, status_rule: any'], [`course:${id}`, 'mastery_override: yes, status_rule: last']]);
	/* It was one setting of the whole programme. */
	assert.equal((await (await server.person('admin', 'Nuova-Password-1')).put('/api/settings', {mastery_override: 'no'})).code, 'UNKNOWN_SETTING');
});

test('courses of every edition are taken in, played and replayed alike', {skip: !existsSync(join(shared, 'packages'))}, async () => {
	const folder = join(shared, 'packages');
	for (const name of readdirSync(folder).filter(each => each.endsWith('.zip'))) {
		const imported = await upload(readFileSync(join(folder, name)), name);
		assert.equal(imported.status, 201, `${name}: ${imported.text}`);
		assert.equal((await designer.publish([{module: 3, level: 'base', version: imported.json.version.id}])).status, 201);
		const player = await launch(3);
		assert.equal(player.begin(), 'true', name);
		const [location, exit] = imported.json.version.edition === '1.2' ? ['cmi.core.lesson_location', 'cmi.core.exit'] : ['cmi.location', 'cmi.exit'];
		assert.equal(player.api('setValue', location, 'qui'), 'true', name);
		player.api('setValue', exit, 'suspend');
		player.api('terminate');
		player.engine.navigate(Date.now(), 'suspendAll');
		assert.equal((await player.save()).status, 200, name);
		const again = await launch(3);
		const outcome = again.engine.navigate(Date.now(), 'resumeAll');
		if (outcome.delivered === null) {
			again.begin();
		} else {
			again.api('initialize');
		}
		assert.equal(again.api('getValue', location), 'qui', name);
		assert.equal((await again.save()).status, 200, name);
		assert.equal((await again.send('GET', `/content/${again.token}/${again.engine.activities[again.engine.current].href}`)).status, 200, name);
	}
});

/** One of two packages of the conformance suite that share something; its only file is the SCO. */
async function assign(module, trace, letter) {
	const folder = join(process.env.FAD_SOURCE, 'tests/conformance/traces', trace);
	const manifest = readFileSync(join(folder, `imsmanifest-${letter}.xml`));
	const imported = await upload(zip({'imsmanifest.xml': manifest, 'sco.html': `<!doctype html><title>${trace}</title>`}));
	assert.equal(imported.status, 201, imported.text);
	assert.equal((await designer.publish([{module, level: 'base', version: imported.json.version.id}])).status, 201);
	return imported.json;
}

/** Opens the module's course, gives it these values, and ends it properly. */
async function say(module, values) {
	const player = await launch(module);
	assert.equal(player.begin(), 'true');
	for (const [name, value] of Object.entries(values)) {
		assert.equal(player.api('setValue', name, value), 'true', name);
	}
	player.api('terminate');
	player.engine.navigate(Date.now(), 'exitAll');
	assert.equal((await player.save()).status, 200);
	return player;
}

/** What the module's course finds when it is opened. */
async function find(module, ...names) {
	const player = await launch(module);
	assert.equal(player.begin(), 'true');
	const found = names.map(name => player.api('getValue', name));
	assert.equal((await player.save()).status, 200);
	return found;
}

test('what one course leaves in a global objective, the learner\'s other courses read', async () => {
	await assign(4, 'global-objective-two-packages', 'P');
	const {course} = await assign(5, 'global-objective-two-packages', 'Q');
	const read = () => find(5, 'cmi.objectives.0.success_status', 'cmi.objectives.0.score.scaled');
	assert.deepEqual(await read(), ['unknown', '']);
	const wrote = await say(4, {'cmi.success_status': 'passed', 'cmi.score.scaled': '0.75'});
	assert.equal(wrote.globals.status, 204);
	assert.deepEqual(await read(), ['passed', '0.75']);
	/* It was no news the second time, and did not come back from the reader. */
	assert.equal((await launch(5)).globals.status, 204);
	assert.equal((await launch(4)).globals.status, 204);
	assert.equal((await launch(1)).globals.status, 204);
	/* A reader that took over an old value, and tells of it late, does not undo the new one. */
	await say(4, {'cmi.success_status': 'passed', 'cmi.score.scaled': '0.5'});
	const late = await launch(5);
	assert.equal(late.globals.status, 200);
	late.begin();
	await say(4, {'cmi.success_status': 'failed', 'cmi.score.scaled': '0.25'});
	assert.equal((await late.save()).status, 200);
	assert.deepEqual(await read(), ['failed', '0.25']);
	/* A writer whose page vanished: what it said last counts when it is opened again, and is not undone. */
	const vanished = await launch(4);
	vanished.begin();
	vanished.api('setValue', 'cmi.success_status', 'passed');
	assert.equal((await vanished.save()).status, 200);
	const again = await launch(4);
	assert.equal(again.globals.status, 204);
	assert.equal((await again.save()).status, 200);
	assert.equal((await read())[0], 'passed');
	/* Not for a preview. */
	const {json: {url}} = await designer.post(`/api/courses/${course.id}/preview`);
	const preview = await new Player(server, url).open();
	assert.equal(preview.globals.status, 204);
	preview.begin();
	assert.equal(preview.api('getValue', 'cmi.objectives.0.success_status'), 'unknown');
});

test('shared data go to and fro between two courses, and to nobody else', async () => {
	await assign(6, 'shared-data-two-packages', 'P');
	await assign(7, 'shared-data-two-packages', 'Q');
	await say(6, {'adl.data.0.store': 'da P, è'});
	assert.deepEqual(await find(7, 'adl.data.0.store'), ['da P, è']);
	const reader = await launch(7);
	reader.begin();
	reader.api('terminate');
	reader.engine.navigate(Date.now(), 'continue');
	assert.equal(reader.api('initialize'), 'true');
	assert.equal(reader.api('setValue', 'adl.data.0.store', 'da Q'), 'true');
	assert.equal((await reader.save()).status, 200);
	await server.kill('SIGKILL');
	await server.start();
	assert.deepEqual(await find(6, 'adl.data.0.store'), ['da Q']);
	assert.deepEqual(await find(5, 'cmi.objectives.0.success_status'), ['passed']);
});

test('a course loads scripts from the hosts that the administrator allows, by default from none', async () => {
	const admin = await server.person('admin', 'Nuova-Password-1');
	const policy = async (path) => {
		const player = await launch(2);
		const answer = await send(server, {path: `/content/${player.token}/${path}`, host: player.host});
		return answer.headers['content-security-policy'];
	};
	const strict = await policy('index.html');
	assert.match(strict, /^default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:;/);
	assert.equal((await admin.put('/api/settings', {content_hosts: 'ajax.googleapis.com cdn.example.org:8443'})).status, 200);
	assert.equal(await policy('index.html'),
		strict.replace(' blob:;', ' blob: https://ajax.googleapis.com https://cdn.example.org:8443;'));
	assert.equal(await policy('media/suono.mp3'), strict);
	assert.equal((await admin.put('/api/settings', {content_hosts: ''})).status, 200);
	assert.equal(await policy('index.html'), strict);
});

test('course files: types, ranges, tags, letter case; nothing outside the folder', async () => {
	const player = await launch(2);
	const get = (path, headers) => send(server, {path: `/content/${player.token}/${path}`, host: player.host, headers});
	const page = await get('index.html');
	assert.deepEqual([page.status, page.headers['content-type']], [200, 'text/html']);
	assert.match(page.headers['cache-control'], /immutable/);
	assert.match(page.headers['content-security-policy'], /frame-ancestors 'self'/);
	assert.equal((await get('index.html', {'If-None-Match': page.headers.etag})).status, 304);
	assert.equal((await get('INDEX.HTML?x=1')).status, 200);
	assert.equal((await get('media/suono.mp3')).headers['content-type'], 'audio/mpeg');
	const part = await get('Media/Suono.MP3', {Range: 'bytes=3-7'});
	assert.deepEqual([part.status, part.text, part.headers['content-range']], [206, 'suono', 'bytes 3-7/32']);
	assert.equal((await get('Media/Suono.MP3', {Range: 'bytes=-10'})).text, 'abbastanza');
	assert.equal((await get('Media/Suono.MP3', {Range: 'bytes=99-'})).status, 416);
	const head = await send(server, {method: 'HEAD', path: `/content/${player.token}/index.html`, host: player.host});
	assert.deepEqual([head.status, head.bytes.length, Number(head.headers['content-length'])], [200, 0, page.bytes.length]);
	assert.equal((await get('index.html', {'Service-Worker': 'script'})).status, 403);
	for (const path of ['../course.json', '..%2fcourse.json', '%2e%2e/course-0.img', '../../../fad.db', 'Media', 'Media/', '', 'nessuno.html',
		'index.html/x', '.%00./fad.db', '..\\course.json']) {
		assert.ok([400, 404].includes((await get(path)).status), path);
	}
});
