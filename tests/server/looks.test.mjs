// Looking into somebody's attempt: who may, for how long, and what the journal tells.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {codes, Player, Server, smallPackage} from './harness.mjs';

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
