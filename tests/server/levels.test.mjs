// A path that differs by level, with an event for each [ECM 4, consequence of levels]: modules, hours, credits, test, report,
// numbers and reminders follow the person's level; who changes level changes event, or stays in it, and it is written down.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {eventFields, school, sit, study} from './exams.mjs';
import {smallPackage} from './harness.mjs';

let server, designer, provider, people, bank, low, high;
const cell = (module, level, body) => designer.put(`/api/path/modules/${module}/levels/${level}`, body);
const modules = async person => (await person.get('/api/me/path')).json.modules.map(each => each.index);
const codes = list => list.map(one => one.code).filter(code => /^(EVENT|LEVEL)_/.test(code));
const warnings = async id => codes((await provider.get(`/api/ecm/events/${id}/check`)).json.problems);
const override = (person, level) => provider.post(`/api/people/${person.id}/placement/override`, {level, why: 'prova'});
const look = async (person, level) => (await provider.get(`/api/people/${person.id}/placement/override?level=${level}`)).json;
const eventOf = async person => (await person.get('/api/me/credits')).json.event;
const moves = async person => (await provider.get(`/api/people/${person.id}`)).json.acts.filter(act => act.act === 'level.event').map(act => JSON.parse(act.detail));
const completions = async person => (await provider.get(`/api/people/${person.id}`)).json.completions.map(one => [one.event, one.level]);

/** Three modules of an hour: base takes all, avanzato the first, which is the same course, and the third. */
before(async () => {
	({server, designer, provider, people, bank, event: low} = await school(['anna', 'bruno', 'carla', 'dario', 'elsa']));
	const hour = index => ({index, title_it: `Modulo ${index}`, title_en: `Module ${index}`, minutes_expected: 60});
	assert.equal((await designer.put('/api/path', {order: 'free', modules: [1, 2, 3].map(hour)})).status, 200);
	const [{id: first}] = (await designer.get('/api/courses')).json.courses[0].versions;
	const others = [];
	for (const identifier of ['DUE', 'TRE', 'TRE-AVANZATO']) {
		others.push((await designer.post('/api/courses', smallPackage({identifier, title: identifier}), {'X-File-Name': 'corso.zip'})).json.version.id);
	}
	for (const [module, level, body] of [[1, 'base', {version: first}], [2, 'base', {version: others[0]}], [3, 'base', {version: others[1]}],
		[1, 'avanzato', {version: first}], [2, 'avanzato', {version: null, part: false}], [3, 'avanzato', {version: others[2]}]]) {
		assert.equal((await cell(module, level, body)).status, 200);
	}
	for (const login of ['bruno', 'elsa']) {
		await override(people[login], 'avanzato');
	}
});
after(() => server.finish());

test('a level has the modules that are part of it, and as many minutes', async () => {
	const {json} = await designer.get('/api/path');
	assert.deepEqual(json.modules.map(each => each.part_of), [['base', 'intermedio', 'avanzato'], ['base', 'intermedio'], ['base', 'intermedio', 'avanzato']]);
	assert.deepEqual(json.levels.map(level => [level.id, level.modules, level.minutes]), [['base', 3, 180], ['intermedio', 3, 180], ['avanzato', 2, 120]]);
	assert.deepEqual([await modules(people.anna), await modules(people.bruno)], [[1, 2, 3], [1, 3]]);
	const refused = await people.bruno.post('/api/me/launch', {module: 2});
	assert.ok(refused.status >= 400, 'a module of other levels does not open');
});

test('a level keeps one module at least, and a module comes back with its course', async () => {
	await cell(1, 'intermedio', {version: null, part: false});
	await cell(2, 'intermedio', {version: null, part: false});
	assert.equal((await cell(3, 'intermedio', {version: null, part: false})).code, 'LAST_MODULE');
	const [{id}] = (await designer.get('/api/courses')).json.courses[0].versions;
	assert.equal((await designer.publish([{module: 1, level: 'intermedio', version: id}])).status, 201);
	await cell(2, 'intermedio', {version: null});
	const {json} = await designer.get('/api/path');
	assert.deepEqual(json.modules.map(each => each.part_of.includes('intermedio')), [true, true, true]);
	const hour = {index: 1, title_it: 'Uno', title_en: 'One', minutes_expected: 60};
	await cell(1, 'intermedio', {version: null, part: false});
	assert.equal((await designer.put('/api/path', {modules: [hour]})).code, 'LAST_MODULE');
	assert.equal((await designer.get('/api/path')).json.modules.length, 3);
	assert.equal((await designer.publish([{module: 1, level: 'intermedio', version: id}])).status, 201);
	const odd = await designer.post('/api/publications/preview', {changes: [{module: 1, level: 'base', version: id, part: false}]});
	assert.equal(odd.code, 'BAD_CHANGE');
});

test('[ECM 4] events are held against the path: hours by level, levels twice and levels without an event', async () => {
	const where = `/api/ecm/events/${low.id}`, three = {...eventFields, ore: 3, crediti: '3.0'};
	const all = (await provider.put(where, three)).json.computed;
	assert.deepEqual([codes(all.warnings), all.path_hours], [['EVENT_PATH_HOURS'], null]);
	assert.match(all.warnings.find(one => one.code === 'EVENT_PATH_HOURS').it, /\(Avanzato\) durano 2 ore intere, l’evento ne dichiara 3/);
	assert.deepEqual(await warnings(low.id), ['EVENT_PATH_HOURS']);
	const some = (await provider.put(where, {...three, levels: ['base', 'intermedio']})).json;
	assert.deepEqual([some.levels.sort(), codes(some.computed.warnings), some.computed.path_hours], [['base', 'intermedio'], [], 3]);
	assert.deepEqual(await warnings(low.id), ['LEVEL_WITHOUT_EVENT']);
	assert.deepEqual((await provider.get('/api/ecm/events')).json.warnings.map(one => [one.code, one.where]), [['LEVEL_WITHOUT_EVENT', 'avanzato']]);
	const two = {...eventFields, cod_edi: 2, title: 'Evento avanzato', ore: 2, crediti: '2.0', levels: ['avanzato', 'base']};
	const made = (await provider.post('/api/ecm/events', two)).json;
	assert.deepEqual(codes(made.computed.warnings), ['EVENT_PATH_HOURS', 'EVENT_OVERLAP']);
	({json: high} = await provider.put(`/api/ecm/events/${made.id}`, {...two, levels: ['avanzato']}));
	assert.deepEqual([codes(high.computed.warnings), high.computed.credits], [[], '2.0']);
	assert.deepEqual([await warnings(low.id), await warnings(high.id), (await provider.get('/api/ecm/events')).json.warnings], [[], [], []]);
	const slow = (await provider.put(`/api/ecm/events/${made.id}`, {...two, levels: ['avanzato'], seconds_needed: 9000})).json.computed;
	assert.deepEqual(codes(slow.warnings), ['EVENT_TIME_LONG']);
	assert.match(slow.warnings[0].it, /150 minuti.*Avanzato/);
	await provider.put(`/api/ecm/events/${made.id}`, {...two, levels: ['avanzato']});
	assert.equal((await provider.put(`/api/ecm/events/${made.id}`, {...two, levels: 'avanzato'})).code, 'EVENT_LEVEL');
	assert.equal((await provider.put(`/api/ecm/events/${made.id}`, {...two, levels: ['nessuno']})).code, 'LEVEL_UNKNOWN');
	for (const {id} of [low, high]) {
		await provider.put(`/api/ecm/events/${id}/final`, {bank: bank.id});
		await provider.put(`/api/ecm/events/${id}/quality`, {required: false});
		await provider.put(`/api/ecm/events/${id}/requirements`, {declaration: false});
	}
});

test('[ECM 4] test, conditions, report and list are those of the event of one’s level', async () => {
	const {anna, bruno} = people;
	assert.deepEqual([(await eventOf(anna)).id, (await eventOf(bruno)).id], [low.id, high.id]);
	assert.deepEqual([(await anna.get('/api/me/final')).json.questions, (await bruno.get('/api/me/final')).json.questions], [9, 6]);
	await study(server, bruno);
	assert.deepEqual(await completions(bruno), []);
	await study(server, bruno, 0, 3);
	assert.deepEqual(await completions(bruno), [[high.id, 'avanzato']]);
	assert.equal((await sit(bruno, 6)).status, 200);
	const listed = async id => (await provider.get(`/api/ecm/events/${id}/eligibility`)).json;
	assert.deepEqual([(await listed(low.id)).concerned, (await listed(high.id)).concerned], [3, 2]);
	assert.deepEqual([(await listed(low.id)).counts.path, (await listed(high.id)).counts.path], [3, 1]);
	const checked = async id => (await provider.get(`/api/ecm/events/${id}/check`)).json.without_profession;
	assert.deepEqual([await checked(low.id), await checked(high.id)], [0, 1]);
});

test('who changes level under way changes event, and takes along what both levels have', async () => {
	const {carla} = people;
	await study(server, carla);
	const move = await look(carla, 'avanzato');
	assert.deepEqual([move.from.id, move.to.id, move.because, move.kept, move.modules_completed, move.modules], [low.id, high.id, 'level', false, 1, 2]);
	assert.equal((await eventOf(carla)).id, low.id, 'looking changes nothing');
	assert.equal((await override(carla, 'avanzato')).status, 204);
	assert.deepEqual([(await eventOf(carla)).id, await moves(carla)], [high.id, [{from: 'E-1/1', to: 'E-1/2', because: 'level'}]]);
	await study(server, carla, 0, 3);
	assert.deepEqual(await completions(carla), [[high.id, 'avanzato']]);
	assert.equal((await provider.get(`/api/people/${carla.id}/placement/override?level=nessuno`)).code, 'LEVEL_UNKNOWN');
	assert.equal((await provider.get('/api/people/999999/placement/override?level=base')).status, 404);
});

test('who has completed the path stays in its event, with its test, and earns nothing twice', async () => {
	const {dario} = people;
	for (const module of [1, 2, 3]) {
		await study(server, dario, 0, module);
	}
	const move = await look(dario, 'avanzato');
	assert.deepEqual([move.from.id, move.to.id, move.because, move.kept], [low.id, low.id, 'completed', true]);
	await override(dario, 'avanzato');
	assert.deepEqual([(await eventOf(dario)).id, await moves(dario)], [low.id, [{from: 'E-1/1', to: 'E-1/1', because: 'completed'}]]);
	assert.equal((await sit(dario, 9)).json.passed ?? true, true);
	await study(server, dario, 0, 3);
	assert.deepEqual(await completions(dario), [[low.id, 'base']]);
	const listed = (await provider.get(`/api/ecm/events/${high.id}/eligibility`)).json;
	assert.ok(!listed.people.some(one => one.id === dario.id));
	const again = (await provider.put(`/api/ecm/events/${low.id}`, {...eventFields, ore: 3, crediti: '3.0', levels: ['intermedio']})).json;
	assert.deepEqual(codes(again.computed.warnings), ['EVENT_OTHER_LEVELS']);
	await provider.put(`/api/ecm/events/${low.id}`, {...eventFields, ore: 3, crediti: '3.0', levels: ['base', 'intermedio']});
});

test('numbers and reminders count the modules of each one’s level', async () => {
	const {by_module: counted} = (await provider.get('/api/progress')).json;
	const {by_module: base} = (await provider.get('/api/progress?level=base')).json;
	assert.deepEqual(counted.map(one => one.people), [5, 1, 5]);
	assert.deepEqual(base.map(one => one.people), [1, 1, 1]);
	await study(server, people.elsa);
	const left = async module => (await provider.get(`/api/progress/people?module=${module}`)).json.people.map(one => one.id);
	assert.deepEqual(await left(2), [], 'nobody is behind in a module that the level does not have');
	const {templates} = (await provider.get('/api/mail/templates')).json;
	const made = await provider.post('/api/campaigns', {name: 'Quasi', template: templates.find(one => one.kind === 'almost').id, few: 1});
	assert.equal(made.status, 200, made.text);
	const {audience} = (await provider.get(`/api/campaigns/${made.json.id}`)).json;
	assert.equal(audience.no_address, 1, 'one module is left to elsa, of two');
});

test('who lacked no more than a module that the level loses has completed the path', async () => {
	const {elsa} = people;
	assert.deepEqual(await completions(elsa), []);
	assert.equal((await designer.publish([{module: 3, level: 'avanzato', version: null, part: false}], 'never')).status, 201);
	assert.deepEqual(await completions(elsa), [[high.id, 'avanzato']]);
	assert.deepEqual(await modules(elsa), [1]);
});
