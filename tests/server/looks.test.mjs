// Looking into somebody's attempt: who may, for how long, and what the journal tells.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {codes, openEngine, Player, Server, smallPackage} from './harness.mjs';

const server = new Server();
let admin, designer, provider, maria, course;
const ids = {};

before(async () => {
	await server.start();
	server.people({codice: codes[0], login: 'maria', ruoli: 'operatore'}, {codice: codes[1], login: 'dora', ruoli: 'progettista'},
		{codice: codes[2], login: 'piero', ruoli: 'provider'});
	admin = await server.administrator();
	[designer, provider, maria] = [await server.person('dora'), await server.person('piero'), await server.person('maria')];
	for (const {id, login} of (await admin.get('/api/users')).json.users) {
		ids[login] = id;
	}
	await provider.post(`/api/people/${ids.maria}/placement/override`, {level: 'base', why: 'prova'});
	course = await put(1, smallPackage());
});
after(() => server.finish());

/** Imports a package and gives it to a module. */
async function put(module, bytes) {
	const {json, text} = await designer.post('/api/courses', bytes, {'X-File-Name': 'corso.zip'});
	assert.ok(json.version, text);
	assert.equal((await designer.publish([{module, level: 'base', version: json.version.id}])).status, 201);
	return json.course;
}

const play = async module => new Player(server, (await maria.post('/api/me/launch', {module})).json.url).open();

/** Opens the journal of an attempt. */
async function look(attempt, who = provider) {
	const answer = await who.post(`/api/people/${ids.maria}/attempts/${attempt}/inspect`);
	assert.equal(answer.status, 200, answer.text);
	return new Player(server, answer.json.url);
}

test('provider and administrator look into a journal, and only as long as they are that', async () => {
	const player = await play(1);
	player.begin();
	await player.save();
	const {attempt} = player.launch;
	for (const other of [designer, maria]) {
		assert.equal((await other.post(`/api/people/${ids.maria}/attempts/${attempt}/inspect`)).status, 403);
	}
	const looks = [await look(attempt), await look(attempt, admin)];
	for (const each of looks) {
		assert.equal((await each.send('GET', `${each.path}launch.json`)).json.inspect, true);
		assert.ok((await each.send('GET', `${each.path}records`)).bytes.length > 0);
		assert.deepEqual((await each.send('GET', `${each.path}standing`)).json.refused, []);
		assert.equal((await each.send('POST', `${each.path}lease`)).status, 401);
	}
	assert.equal((await player.send('GET', `${player.path}standing`)).status, 404, 'who plays does not look');
	assert.equal((await player.send('GET', `${player.path}records`)).status, 404);

	const preview = new Player(server, (await designer.post(`/api/courses/${course.id}/preview`)).json.url);
	assert.equal((await preview.send('GET', `${preview.path}launch.json`)).status, 200);
	assert.equal((await admin.put(`/api/users/${ids.piero}`, {roles: ['coordinator']})).status, 200);
	assert.equal((await admin.put(`/api/users/${ids.dora}`, {roles: ['coordinator']})).status, 200);
	for (const path of ['launch.json', 'course.img', 'snapshot', 'records', 'standing']) {
		assert.equal((await looks[0].send('GET', looks[0].path + path)).status, 401, path);
		assert.equal((await preview.send('GET', preview.path + path)).status, 401, path);
	}
	assert.equal((await preview.send('GET', `/content/${preview.token}/index.html`)).status, 401);
	assert.equal((await looks[1].send('GET', `${looks[1].path}records`)).status, 200, 'the administrator still is one');
	await admin.put(`/api/users/${ids.piero}`, {roles: ['provider']});
	await admin.put(`/api/users/${ids.dora}`, {roles: ['designer']});
	assert.ok((await player.save()).status < 300, 'the learner never noticed');
});

const lookers = async () => {
	const [records, inspect, reasons, panel, words] = await Promise.all(['records', 'inspect', 'why', 'why_panel', 'words'].map(name => (
		import(join(process.env.FAD_SOURCE, `player/web/debug/${name}.js`)))));
	return {...records, ...inspect, ...reasons, ...panel, ...words};
};

/** What the page would say of an attempt: reasons, and their words in Italian. */
async function ask(player) {
	const {readRecords, readInspection, why, verdict, reasonText} = await lookers();
	const looker = await look(player.launch.attempt);
	const get = async path => looker.send('GET', looker.path + path);
	const journal = (await get('records')).bytes;
	const engine = await openEngine((await get('course.img')).bytes);
	engine.replay(journal);
	const found = why({course: engine, records: readRecords(journal), seen: readInspection(engine.inspect(Date.now())), summary: engine.summary(),
		standing: (await get('standing')).json, errorWords: code => engine.api(Date.now(), 'getErrorString', String(code), '')});
	const texts = reasons => reasons.map(reasonText);
	return {...found, verdict: verdict(found), texts: found.activities.map(each => texts(each.reasons)), courseTexts: texts(found.course),
		names: found.activities.map(each => each.reasons.map(({name}) => name)), courseNames: found.course.map(({name}) => name)};
}

const item = (n, more = '') => `<item identifier="I${n}" identifierref="R"><title>Pagina ${n}</title>${more}</item>`;
const manifest12 = (name, ...items) => ({'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${name}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>${name}</title>${items.join('')}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`});
const manifest2004 = (name, ...items) => ({'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${name}" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>${name}</title>${items.join('')}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>`});

/** Opens an activity, says what is given, and leaves. */
function visit(player, at, calls, {terminate = true} = {}) {
	player.engine.navigate(Date.now(), 'choice', at);
	const answers = calls.length > 0 ? [player.api('initialize'), ...calls.map(([element, value]) => player.api('setValue', element, value))] : [];
	if (terminate && calls.length > 0) {
		player.api('terminate');
	}
	return answers;
}

test('why a SCORM 1.2 course stands as in progress, for each activity and in words', async () => {
	await put(2, smallPackage({extra: manifest12('PERCHE', ...[1, 2, 3, 4, 5].map(n => item(n)), item(6, '<adlcp:masteryscore>80</adlcp:masteryscore>'), item(7))}));
	const player = await play(2);
	visit(player, 1, [['cmi.core.lesson_status', 'completed']]);
	visit(player, 2, [['cmi.core.lesson_status', 'incomplete'], ['cmi.core.lesson_status', 'finito']]);
	visit(player, 3, []);
	visit(player, 4, [['cmi.core.lesson_location', '3']], {terminate: false});
	visit(player, 6, [['cmi.core.score.raw', '55'], ['cmi.core.lesson_status', 'failed']]);
	visit(player, 7, [['cmi.core.lesson_status', 'completed'], ['cmi.core.lesson_status', 'incomplete']]);
	player.engine.navigate(Date.now(), 'suspendAll');
	assert.equal((await player.save()).status, 200);
	const told = await ask(player);
	assert.equal(told.verdict, 'Il corso non risulta completato: attività non concluse 6 su 7.');
	assert.deepEqual(told.activities.map(({title}) => title), [2, 3, 4, 5, 6, 7].map(n => `Pagina ${n}`));
	assert.deepEqual(told.names, [['LastStatus', 'RefusedSet'], ['NeverBegan'], ['NoStatus', 'NotTerminated'], ['NeverOpened'],
		['LastStatus', 'BelowScore'], ['LastStatus', 'WasDone']]);
	assert.match(told.texts[0][0], /^Ultimo stato detto dal corso: cmi\.core\.lesson_status = «incomplete»\. \(\d\d\/\d\d\/\d\d, \d\d:\d\d:\d\d\)$/);
	assert.match(told.texts[0][1], /= «finito», rifiutato con errore 405: \S/);
	assert.match(told.texts[4][1], /^Il punteggio cmi\.core\.score\.raw è 55: ne serve almeno 80\./);
	assert.ok(told.activities[0].reasons.every(({sequence}) => sequence > 1), 'each leads to its record');
	assert.equal(told.courseNames[0], 'RuleAll');
	assert.ok(told.courseNames.includes('Path'), 'modules of the path are still missing');
	assert.ok(told.courseTexts.some(text => /La persona legge: «Hai completato 0 moduli/.test(text)), told.courseTexts.join('\n'));
});

test('why a SCORM 2004 course stands as in progress: thresholds, measures, refused values', async () => {
	const measure = '<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>';
	await put(3, smallPackage({extra: manifest2004('PERCHE4', item(1, '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.9"/>'),
		item(2, measure), item(3, measure), item(4))}));
	const player = await play(3);
	player.engine.navigate(Date.now(), 'start');
	visit(player, 1, [['cmi.progress_measure', '0.5'], ['cmi.completion_status', 'completed']]);
	visit(player, 2, [['cmi.score.scaled', '0.4'], ['cmi.completion_status', 'completed'], ['cmi.success_status', 'passed']]);
	visit(player, 3, [['cmi.score.scaled', '7'], ['cmi.completion_status', 'incomplete']]);
	visit(player, 4, [['cmi.completion_status', 'completed']]);
	player.engine.navigate(Date.now(), 'suspendAll');
	assert.equal((await player.save()).status, 200);
	const told = await ask(player);
	assert.deepEqual(told.activities.map(({at}) => at), [1, 2, 3]);
	assert.deepEqual(told.names, [['LastStatus', 'BelowProgress'], ['LastStatus', 'LastStatus', 'BelowScore'], ['LastStatus', 'RefusedSet', 'NoScore']]);
	assert.match(told.texts[0][1], /^L’avanzamento cmi\.progress_measure è 0,5: serve almeno 0,9\./);
	assert.match(told.texts[1][2], /^Il punteggio cmi\.score\.scaled è 0,4: ne serve almeno 0,7\./);
	assert.match(told.texts[2][1], /rifiutato con errore 407/);
});

test('a request that is turned down is told live with process and exception', async () => {
	const {TracedEngine} = await import(join(process.env.FAD_SOURCE, 'player/web/debug/trace.js'));
	const {exceptionWords} = await lookers();
	const {json} = await designer.post('/api/courses', smallPackage({extra: manifest2004('RIFIUTO', item(1), item(2))}), {'X-File-Name': 'r.zip'});
	const preview = new Player(server, (await designer.post(`/api/courses/${json.course.id}/preview`)).json.url);
	const image = (await preview.send('GET', `${preview.path}course.img`)).bytes;
	const engine = new TracedEngine((await WebAssembly.instantiate(readFileSync(join(process.env.FAD_BUILD, 'player/engine/engine.wasm')), {})).instance, image);
	engine.beginSession(1, {id: '1', name: 'Prova', language: 'it', mode: 'normal', credit: true, masteryOverride: false, statusRule: 'all', seed: '1'});
	engine.navigate(2, 'choice', 1);
	const held = engine.summary().lastSequence;
	for (const request of ['continue', 'previous', 'resumeAll']) {
		assert.equal(engine.mayNavigate(3, request), false, request);
		engine.refuse(3, request, null);
		const entry = engine.trace.entries[engine.trace.entries.length - 1];
		assert.deepEqual([entry.kind, entry.what, entry.result], ['navigation', request, 'rifiutata']);
		assert.match(exceptionWords(entry.error), /^[NTSD]B\.[\d.]+-\d+: \S/, request);
	}
	assert.equal(engine.summary().lastSequence, held, 'asking changes nothing');
});

test('a course that is done says so, with what the path still lacks; what was refused is told', async () => {
	const player = await play(1);
	player.begin();
	player.api('setValue', 'cmi.core.lesson_status', 'completed');
	player.api('terminate');
	player.engine.navigate(Date.now(), 'suspendAll');
	assert.equal((await player.save()).status, 200);
	assert.equal((await player.post(Buffer.from('non è un registro'))).status, 422);
	const told = await ask(player);
	assert.deepEqual([told.done, told.activities], [true, []]);
	assert.deepEqual(told.courseNames.slice(0, 2), ['RefusedRecords', 'Path']);
	assert.match(told.courseTexts[0], /BAD_RECORD, registrazioni danneggiate/);
	const looker = await look(player.launch.attempt);
	const {refused: [row]} = (await looker.send('GET', `${looker.path}standing`)).json;
	assert.equal(Buffer.from(row.records, 'base64').toString(), 'non è un registro');
	const {json: all} = await looker.send('GET', `${looker.path}launch.json`);
	const whole = await looker.send('GET', `${looker.path}records`);
	assert.equal((await looker.send('GET', `${looker.path}records?after=${all.snapshot_sequence}`)).bytes.length, 0);
	assert.ok((await looker.send('GET', `${looker.path}records?after=1`)).bytes.length < whole.bytes.length);
	const again = await play(1);
	again.begin();
	again.api('setValue', 'cmi.core.lesson_status', 'incomplete');
	await again.save();
	const kept = await ask(again);
	assert.deepEqual([kept.done, kept.courseNames.includes('Kept') || kept.done], [kept.done, true], 'once completed it stays so');
});

test('twenty thousand records are played back to any of them at once', async () => {
	const {Playback} = await import(join(process.env.FAD_SOURCE, 'player/web/debug/playback.js'));
	const {readRecords, readInspection} = await lookers();
	const player = await play(1);
	player.begin();
	const parts = [];
	for (let page = 0; page < 20000; page++) {
		player.api('setValue', 'cmi.core.lesson_location', `pagina-${page}`);
		parts.push(Buffer.from(player.engine.takeJournal().bytes));
	}
	const journal = Buffer.concat(parts), records = readRecords(journal);
	assert.ok(records.length >= 20000);
	const image = (await player.send('GET', `${player.path}course.img`)).bytes;
	const snapshot = await player.send('GET', `${player.path}snapshot`);
	const open = async () => {
		const engine = await openEngine(image);
		if (snapshot.status === 200) {
			engine.restore(snapshot.bytes);
		}
		return engine;
	};
	const start = performance.now();
	const playback = new Playback(open, records, journal);
	await playback.prepare();
	assert.equal(playback.broken, null);
	const prepared = performance.now() - start;
	let slowest = 0, sum = 0;
	const places = Array.from({length: 60}, (_, i) => 10 + i * 7919 % (records.length - 10));
	for (const count of places) {
		const before = performance.now();
		const engine = await playback.at(count);
		const took = performance.now() - before;
		slowest = Math.max(slowest, took);
		sum += took;
		const {data} = readInspection(engine.inspect(Date.now()));
		assert.equal(data.find(([element]) => element === 'cmi.core.lesson_location')[1], records[count - 1].args?.[1] ?? '', String(count));
	}
	console.log(`# 20000 records: prepared in ${prepared.toFixed(0)} ms, a step ${(sum / places.length).toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`);
	assert.ok(sum / places.length < 100);
});
